"""What is particular to each type of document, as data: whom it is with, where it goes, its words.

A further type is a member of `DocumentType`, a row here and its rows in `transitions`; where goods go with a
note on paper, a row in `notes`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from store.domain.language import N_
from store.domain.terms import DocumentType


class PartySide(StrEnum):
    """Whom a document is with."""

    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    US = "us"
    """Nobody is asked for: it stays within our company."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind:
    """What is particular to one type of document. Its texts are marked, to be translated when shown."""

    series: str
    """Printable ASCII: the number is a barcode on paper."""
    receives: bool = False
    """The goods come to us: the other side gives, and we take."""
    party: PartySide
    has_target: bool = False
    """Goes to another location of ours, which is asked for."""
    lends: bool = False
    """What it moves comes back: until when is asked for."""
    takes_back: bool = False
    """It takes what came back from whomever: it is with nobody in particular, and expects nothing."""
    may_be_deposit: bool = False
    """Its units may stay the party's: whose they are is asked for."""
    rest_waits: bool = False
    """What is not scanned waits on, and nothing beyond what waits is taken: neither is a difference."""
    by_piece: bool = False
    """Takes pieces with serials only."""
    is_priced: bool = False
    """Each of its products needs a price before it is closed."""
    counts: bool = False
    """A scan says that a piece lies here and takes it from nobody; only what differs is posted."""
    name: str
    listed: str
    """The name of several."""
    party_label: str = ""
    location_label: str = N_("Location")
    location_question: str = N_("Where?")
    target_label: str = ""
    target_question: str = ""
    reference_label: str
    reasons: tuple[str, ...]
    """Why it may differ from what was expected, to choose from."""
    reason_question: str = ""
    """Asked at every closing: such a document has a reason; empty: only where something differs."""


KINDS: Mapping[DocumentType, DocumentKind] = {
    DocumentType.DELIVERY: DocumentKind(
        series="PZ",
        receives=True,
        party=PartySide.SUPPLIER,
        may_be_deposit=True,
        name=N_("Delivery"),
        listed=N_("Deliveries"),
        party_label=N_("Supplier"),
        reference_label=N_("Their delivery note"),
        reasons=(
            N_("Supplier sent less"),
            N_("Supplier sent more"),
            N_("Other units than announced"),
            N_("Damaged in transport"),
        ),
    ),
    DocumentType.ISSUE: DocumentKind(
        series="WZ",
        party=PartySide.CUSTOMER,
        name=N_("Issue"),
        listed=N_("Issues"),
        party_label=N_("Customer"),
        reference_label=N_("Their order"),
        reasons=(N_("Not enough in stock"), N_("Customer wants less"), N_("The rest follows")),
    ),
    DocumentType.TRANSFER: DocumentKind(
        series="MM",
        party=PartySide.US,
        has_target=True,
        name=N_("Transfer"),
        listed=N_("Transfers"),
        location_label=N_("From"),
        location_question=N_("From where?"),
        target_label=N_("To"),
        target_question=N_("To where?"),
        reference_label=N_("Our note"),
        reasons=(N_("Not enough in stock"), N_("Less is needed there"), N_("The rest follows")),
    ),
    DocumentType.INVOICE: DocumentKind(
        series="RF",
        party=PartySide.CUSTOMER,
        name=N_("Invoice"),
        listed=N_("Placed by invoices"),
        party_label=N_("Customer"),
        reference_label=N_("Number of the invoice"),
        reasons=(N_("Another reason"),),
    ),
    DocumentType.CORRECTION: DocumentKind(
        series="KF",
        receives=True,
        party=PartySide.CUSTOMER,
        name=N_("Correction of an invoice"),
        listed=N_("Corrections of invoices"),
        party_label=N_("Customer"),
        reference_label=N_("Number of the invoice"),
        reasons=(N_("Another reason"),),
    ),
    DocumentType.DEAL: DocumentKind(
        series="RT",
        party=PartySide.CUSTOMER,
        name=N_("Placed by a deal"),
        listed=N_("Placed by deals"),
        party_label=N_("Customer"),
        reference_label=N_("Number of the deal"),
        reasons=(N_("Another reason"),),
    ),
    DocumentType.ON_SITE: DocumentKind(
        series="NS",
        party=PartySide.CUSTOMER,
        rest_waits=True,
        name=N_("Serials on site"),
        listed=N_("Serials on site: lists"),
        party_label=N_("Customer"),
        reference_label=N_("Their order"),
        reasons=(),
    ),
    DocumentType.SERVICES: DocumentKind(
        series="USL",
        party=PartySide.CUSTOMER,
        name=N_("Services given"),
        listed=N_("Services given: documents"),
        party_label=N_("Customer"),
        reference_label=N_("Their order"),
        reasons=(N_("Another reason"),),
    ),
    DocumentType.RENTAL: DocumentKind(
        series="WYP",
        party=PartySide.CUSTOMER,
        lends=True,
        name=N_("Rental"),
        listed=N_("Rentals"),
        party_label=N_("Customer"),
        reference_label=N_("Their order"),
        reasons=(N_("Not enough in stock"), N_("Customer wants less"), N_("The rest follows")),
    ),
    DocumentType.RETURN: DocumentKind(
        series="ZW",
        receives=True,
        party=PartySide.US,
        takes_back=True,
        name=N_("Return"),
        listed=N_("Returns"),
        reference_label=N_("Our note"),
        reasons=(N_("The rest stays there"), N_("The rest follows")),
    ),
    DocumentType.CONSIGNMENT: DocumentKind(
        series="WK",
        party=PartySide.CUSTOMER,
        name=N_("Consignment"),
        listed=N_("To consignment"),
        party_label=N_("Customer"),
        reference_label=N_("Their order"),
        reasons=(N_("Not enough in stock"), N_("Customer wants less"), N_("The rest follows")),
    ),
    DocumentType.CONSIGNMENT_RETURN: DocumentKind(
        series="ZK",
        receives=True,
        party=PartySide.CUSTOMER,
        name=N_("Back from consignment"),
        listed=N_("Back from consignment"),
        party_label=N_("Customer"),
        reference_label=N_("Their note"),
        reasons=(N_("The rest stays there"), N_("The rest is sold"), N_("The rest follows")),
    ),
    DocumentType.CONSIGNMENT_SALE: DocumentKind(
        series="SK",
        party=PartySide.CUSTOMER,
        name=N_("Consignment sold"),
        listed=N_("Sold from consignment"),
        party_label=N_("Customer"),
        reference_label=N_("Their report"),
        reasons=(N_("The rest stays there"), N_("The rest comes back")),
    ),
    DocumentType.SUPPLIER_RETURN: DocumentKind(
        series="ZD",
        party=PartySide.SUPPLIER,
        name=N_("Return to supplier"),
        listed=N_("Returns to suppliers"),
        party_label=N_("Supplier"),
        reference_label=N_("Their complaint number"),
        reasons=(
            N_("Damaged or faulty"),
            N_("Wrong goods"),
            N_("Not needed any more"),
            N_("End of the deposit"),
            N_("The supplier wants it back"),
        ),
        reason_question=N_("Why does it go back to the supplier?"),
    ),
    DocumentType.BORROWING: DocumentKind(
        series="WU",
        party=PartySide.SUPPLIER,
        name=N_("Taking into use"),
        listed=N_("Deposits into our use"),
        party_label=N_("Supplier"),
        reference_label=N_("Agreement"),
        reasons=(N_("Less is needed"), N_("The rest follows")),
    ),
    DocumentType.BORROWING_END: DocumentKind(
        series="ZU",
        party=PartySide.SUPPLIER,
        name=N_("Back to the deposit"),
        listed=N_("Back to the deposit"),
        party_label=N_("Supplier"),
        reference_label=N_("Agreement"),
        reasons=(N_("The rest stays in use"), N_("The rest follows")),
    ),
    DocumentType.BUYOUT: DocumentKind(
        series="WD",
        receives=True,
        party=PartySide.SUPPLIER,
        is_priced=True,
        name=N_("Buy-out"),
        listed=N_("Buy-outs of deposits"),
        party_label=N_("Supplier"),
        reference_label=N_("Their offer"),
        reasons=(N_("Less is bought"), N_("The rest follows")),
    ),
    DocumentType.STOCKTAKE: DocumentKind(
        series="INW",
        party=PartySide.US,
        counts=True,
        name=N_("Stocktake"),
        listed=N_("Stocktakes"),
        reference_label=N_("Our note"),
        reasons=(),
    ),
    DocumentType.SERVICE_INTAKE: DocumentKind(
        series="PS",
        party=PartySide.CUSTOMER,
        receives=True,
        by_piece=True,
        name=N_("Service intake"),
        listed=N_("Taken into service"),
        party_label=N_("Customer"),
        reference_label=N_("Their complaint number"),
        reasons=(N_("Less was brought"), N_("The rest follows")),
    ),
    DocumentType.SERVICE_HANDOUT: DocumentKind(
        series="WS",
        party=PartySide.CUSTOMER,
        by_piece=True,
        name=N_("Service hand-out"),
        listed=N_("Handed out of service"),
        party_label=N_("Customer"),
        reference_label=N_("Their complaint number"),
        reasons=(N_("The rest is not ready"), N_("The rest follows")),
    ),
    DocumentType.REPLACEMENT: DocumentKind(
        series="WR",
        party=PartySide.CUSTOMER,
        by_piece=True,
        name=N_("Replacement"),
        listed=N_("Replacements"),
        party_label=N_("Customer"),
        reference_label=N_("Their complaint number"),
        reasons=(),
    ),
}
