"""Words for units in service: why they come, what is wrong, what came of it, why one is refused."""

from collections.abc import Mapping

from store.domain.errors import RefusalCode
from store.domain.language import N_
from store.domain.repairs import Settlement, TakenAs

TAKEN_AS: Mapping[TakenAs, str] = {
    TakenAs.COMPLAINT: N_("Complaint"),
    TakenAs.SERVICE: N_("Service to be paid"),
}
FAULTS = (
    N_("Does not start"),
    N_("Switches off or restarts"),
    N_("Bad picture or print"),
    N_("Mechanical damage"),
    N_("Battery does not hold"),
    N_("Inspection"),
)
"""What is usually wrong; anything else is typed or scanned."""
ACCESSORIES = (N_("Nothing"), N_("Power supply"), N_("Power supply and bag"), N_("Box with all its parts"))
"""What usually comes with a unit, nothing first."""
OUTCOMES = (N_("Repaired"), N_("Nothing found"), N_("Refused"), N_("Money given back"))
"""What usually comes of a complaint that is settled without the unit being here."""
SETTLEMENTS: Mapping[Settlement, str] = {
    Settlement.ESSENTIAL: N_("Essential repair under warranty"),
    Settlement.MINOR: N_("Other repair under warranty"),
    Settlement.PAID: N_("Repaired, the customer pays"),
    Settlement.NONE: N_("Goes back without a repair"),
    Settlement.REPLACED: N_("Replaced by another unit"),
}
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
