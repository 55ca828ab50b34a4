"""Words for deals: why something was refused, and how far one is."""

from collections.abc import Mapping

from store.domain.errors import RefusalCode
from store.domain.language import N_

REFUSALS: Mapping[RefusalCode, str] = {
    RefusalCode.BAD_CURRENCY: N_("{text} is no currency. Enter its three letters, like PLN or EUR."),
    RefusalCode.NO_LINES: N_("Deal {deal} has no lines. Add a product first."),
    RefusalCode.WRONG_STATE: N_("Deal {deal} is {state}: this cannot be done with it."),
    RefusalCode.IN_DOCUMENT: N_("An issue of deal {deal} is still open. Close or cancel it first."),
    RefusalCode.NOTHING_OPEN: N_(
        "Nothing of deal {deal} is open: all of it is delivered or in open documents. Go on there."
    ),
    RefusalCode.LESS_THAN_TAKEN: N_(
        "{product}: {taken} are delivered or in open documents, so {wanted} is too few."
    ),
}
