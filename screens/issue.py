"""Scanning goods out to a customer."""

from screens.scan_document import ScanDocument
from store.domain.terms import DocumentType


class Issue(ScanDocument):
    """Only units of a model that a line still needs leave, and they leave with their serials."""

    TYPE = DocumentType.ISSUE
