"""The documents that an invoice has made: opened by a scan of their numbers, and posted already."""

from screens.scan_document import ScanDocument
from store.domain.terms import DocumentType


class Placed(ScanDocument):
    """What an invoice put on its buyer's holdings."""

    TYPE = DocumentType.INVOICE


class Corrected(ScanDocument):
    """What a correction or a reversal brought back."""

    TYPE = DocumentType.CORRECTION
