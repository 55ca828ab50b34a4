"""Words for what is out and how it comes back."""

from collections.abc import Mapping

from store.domain.language import N_
from store.domain.loans import BackAs
from store.domain.unreturned import Which

WHICH: Mapping[Which, str] = {
    Which.ALL: N_("all"),
    Which.OVERDUE: N_("overdue"),
    Which.WEEK: N_("due this week"),
    Which.SUPPLIER: N_("a supplier's"),
    Which.CONSIGNED: N_("consigned"),
}
"""What is listed of what is out."""
BACK_AS: Mapping[BackAs, str] = {
    BackAs.COMPLAINT: N_("complaint"),
    BackAs.WITHDRAWAL: N_("withdrawal"),
    BackAs.SERVICE: N_("for service"),
}
