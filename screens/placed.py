"""Documents that nobody scans into: opened by a scan of their numbers, and posted already."""

from screens.scan_document import ScanDocument
from store.domain.terms import DocumentType


class Placed(ScanDocument):
    """What an invoice put on its buyer's holdings."""

    TYPE = DocumentType.INVOICE


class PlacedByDeal(ScanDocument):
    """What a deal put on its customer's holdings without an issue."""

    TYPE = DocumentType.DEAL


class Corrected(ScanDocument):
    """What a correction or a reversal brought back."""

    TYPE = DocumentType.CORRECTION


class ServicesGiven(ScanDocument):
    """Policies, certificates or licences that a customer was given."""

    TYPE = DocumentType.SERVICES


class Replaced(ScanDocument):
    """A unit that came in for good, and the one that its holder got for it."""

    TYPE = DocumentType.REPLACEMENT
