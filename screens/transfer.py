"""Scanning goods from one of our locations to another."""

from screens.scan_document import ScanDocument
from store.domain.terms import DocumentType


class Transfer(ScanDocument):
    """Whatever lies here goes to another location of ours; whose it is and on which terms stays."""

    TYPE = DocumentType.TRANSFER
