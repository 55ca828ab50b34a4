"""The lock that every change of an open document stands under."""

from store.domain.documents import Document
from store.domain.errors import RefusalCode, RefusedError
from store.domain.terms import DocumentStatus
from store.queries.documents import head

SHARED = "FOR SHARE"
"""Several terminals may scan into a document at once."""
ALONE = "FOR UPDATE"
"""Closing waits for the scans under way, and lets none in after."""


def open_head(document_id: int, *, lock: str = SHARED) -> Document:
    """Return the head of an open document, which stays open until this transaction ends.

    Raises RefusedError(NOT_OPEN) when it is not open or does not exist.
    """
    document = head(document_id, lock=lock)
    if document is None or document.status is not DocumentStatus.OPEN:
        name = (document.number or document.reference) if document else str(document_id)
        raise RefusedError(RefusalCode.NOT_OPEN, document=name, status=document.status if document else None)
    return document
