"""Scanning goods to a customer who sells them for us, back from there, or as sold there."""

from screens.scan_document import ScanDocument
from store.domain.terms import DocumentType


class Consignment(ScanDocument):
    """Ours go to a customer and stay ours until they are sold there."""

    TYPE = DocumentType.CONSIGNMENT


class ConsignmentReturn(ScanDocument):
    """What the customer has of ours on consignment comes back into stock."""

    TYPE = DocumentType.CONSIGNMENT_RETURN


class ConsignmentSale(ScanDocument):
    """What the customer has on consignment becomes theirs where it is, and its warranty begins."""

    TYPE = DocumentType.CONSIGNMENT_SALE
