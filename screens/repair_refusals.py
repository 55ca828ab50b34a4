"""Words for why a unit is refused in service."""

from collections.abc import Mapping

from store.domain.errors import RefusalCode
from store.domain.language import N_

REFUSALS: Mapping[RefusalCode, str] = {
    RefusalCode.IN_SERVICE: N_("{serial} is in service already: {place}, since {since}. Look at its card."),
    RefusalCode.NOT_IN_SERVICE: N_("{serial} is not in service: {place}, {terms}. Check the number."),
    RefusalCode.GOES_BACK: N_("{serial} goes back to {party}. Open a hand-out for them."),
    RefusalCode.NOT_OURS: N_("{text} was not sold by us. Scan or add its product first, then scan it again."),
    RefusalCode.NO_SERIALS: N_("{product} has no serials and cannot be followed piece by piece."),
    RefusalCode.FAULT_NEEDED: N_("{serial}: say what is wrong with it first."),
    RefusalCode.OUTCOME_NEEDED: N_("{serial}: say what came of it first."),
    RefusalCode.HAS_PARTS: N_("{part} is built into {serial}. Take it out first."),
    RefusalCode.NOT_TOGETHER: N_("{serial} ({place}) and {carrier} ({other}) must be at one place, of one owner, on the same terms."),
    RefusalCode.NOT_INSTALLED: N_("It is built into nothing."),
    RefusalCode.SAME_UNIT: N_("{serial} cannot be built into itself or into a part of it."),
    RefusalCode.INSTALLED: N_("{serial} is built into {carrier} ({product}) and moves with it. Take it out first."),
}  # fmt: skip
"""Why a unit is not taken into service or out of it."""
