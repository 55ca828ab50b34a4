"""Whether a place has as much of a product without serials as a document takes from it."""

from datetime import date
from decimal import Decimal

from store.domain.documents import DocumentLine, Refused
from store.domain.errors import RefusalCode
from store.domain.judgement import Case
from store.domain.kinds import KINDS
from store.domain.transitions import BIRTHS
from store.operations.counting_once import moved_ahead
from store.operations.promised import check_pieces
from store.queries.balances import takeable


def check_available(case: Case, line: DocumentLine, quantity: Decimal, today: date) -> Refused | None:
    """Refuse to take `quantity` more than lies there and nobody else was promised from `today` on.

    A document that brings pieces in takes from nowhere, and one that takes back from what is lent. What an
    invoice of the same customer has moved in the books, before the issue by which it leaves, lies there.
    """
    document = case.document
    if document.type in BIRTHS or KINDS[document.type].takes_back:
        return None
    left = takeable(document, line.product.id)
    if quantity > left:
        left += moved_ahead(document, line.product.id)
    if quantity <= left:
        return check_pieces(case, line, quantity, today)
    return case.refuse(
        RefusalCode.TOO_FEW,
        product=line.product.name,
        wanted=quantity,
        available=max(left, Decimal(0)),
    )
