"""Words for the store's codes, as papers say them."""

from collections.abc import Mapping

from store.domain.language import N_
from store.domain.loans import BackAs
from store.domain.terms import Terms

TERMS: Mapping[Terms, str] = {
    Terms.STOCK: N_("in stock"),
    Terms.HELD: N_("held for the supplier"),
    Terms.BORROWED: N_("borrowed by us"),
    Terms.SOLD: N_("sold"),
    Terms.RENTED: N_("rented"),
    Terms.CONSIGNED: N_("consigned"),
    Terms.RETURNED: N_("returned to supplier"),
    Terms.SERVICE: N_("in service"),
    Terms.SCRAPPED: N_("written off"),
}
BACK_AS: Mapping[BackAs, str] = {
    BackAs.COMPLAINT: N_("complaint"),
    BackAs.WITHDRAWAL: N_("withdrawal from the sale"),
    BackAs.SERVICE: N_("for service"),
}
