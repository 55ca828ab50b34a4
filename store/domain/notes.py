"""The notes on paper that goods go with, by document: titles and sides as they are customary in Poland."""

from collections.abc import Mapping

from store.domain.language import N_
from store.domain.papers import PaperWords
from store.domain.terms import DocumentType

NOTES: Mapping[DocumentType, PaperWords] = {
    DocumentType.DELIVERY: PaperWords(
        title=N_("Goods receipt (PZ)"), giver=N_("Supplier"), taker=N_("Recipient")
    ),
    DocumentType.ISSUE: PaperWords(
        title=N_("Goods issue note (WZ)"), giver=N_("Issued by"), taker=N_("Recipient")
    ),
    DocumentType.TRANSFER: PaperWords(
        title=N_("Transfer note (MM)"), giver=N_("From warehouse"), taker=N_("To warehouse")
    ),
    DocumentType.INVOICE: PaperWords(
        title=N_("Goods issued by invoice (RF)"), giver=N_("Issued by"), taker=N_("Recipient")
    ),
    DocumentType.CORRECTION: PaperWords(
        title=N_("Return by correction (KF)"),
        giver=N_("Returned by"),
        taker=N_("Recipient"),
    ),
    DocumentType.DEAL: PaperWords(
        title=N_("Goods issued by a deal (RT)"), giver=N_("Issued by"), taker=N_("Recipient")
    ),
    DocumentType.ON_SITE: PaperWords(
        title=N_("List of serials at the customer (NS)"), giver=N_("Issued by"), taker=N_("Recipient")
    ),
    DocumentType.CONSIGNMENT: PaperWords(
        title=N_("Issue into consignment (WK)"), giver=N_("Consignor"), taker=N_("Consignee")
    ),
    DocumentType.CONSIGNMENT_RETURN: PaperWords(
        title=N_("Return from consignment (ZK)"), giver=N_("Consignee"), taker=N_("Consignor")
    ),
    DocumentType.CONSIGNMENT_SALE: PaperWords(
        title=N_("Sale from consignment (SK)"), giver=N_("Consignor"), taker=N_("Consignee")
    ),
    DocumentType.SUPPLIER_RETURN: PaperWords(
        title=N_("Return to supplier (ZD)"), giver=N_("Returned by"), taker=N_("Supplier")
    ),
    DocumentType.BORROWING: PaperWords(
        title=N_("Deposit taken into use (WU)"), giver=N_("User"), taker=N_("Owner")
    ),
    DocumentType.BORROWING_END: PaperWords(
        title=N_("Back from use to the deposit (ZU)"), giver=N_("User"), taker=N_("Owner")
    ),
    DocumentType.BUYOUT: PaperWords(
        title=N_("Buy-out of a deposit (WD)"), giver=N_("Seller"), taker=N_("Buyer")
    ),
}
DEPOSIT_RECEIPT = PaperWords(
    title=N_("Receipt into deposit (PZ)"), giver=N_("Depositor"), taker=N_("Depositary")
)
"""Of a delivery whose units stay the supplier's."""
