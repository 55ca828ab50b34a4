"""The protocol of a document, whichever it is."""

from collections.abc import Callable, Mapping

from store.domain.loan_papers import RentalProtocol, ReturnProtocol
from store.domain.papers import PaperRequest
from store.domain.terms import DocumentType
from store.models.sql import select
from store.queries.loan_papers import rental_record
from store.queries.return_papers import return_record

RECORDS: Mapping[DocumentType, Callable[[PaperRequest], RentalProtocol | ReturnProtocol]] = {
    DocumentType.RENTAL: rental_record,
    DocumentType.RETURN: return_record,
}
"""The documents that have a protocol, and what reads it."""


def protocol_record(request: PaperRequest) -> RentalProtocol | ReturnProtocol:
    """Return the protocol of the posted document with a number. Raises StoreError when there is none."""
    rows = select("SELECT type FROM document WHERE number = :number", number=request.number.strip())
    kind = DocumentType(rows[0]["type"]) if rows else DocumentType.RENTAL
    return RECORDS.get(kind, rental_record)(request)
