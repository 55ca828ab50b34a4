"""Frozen records of documents: what they expect, what was scanned, how a scan was judged."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from store.domain.errors import Refusal
from store.domain.loans import Giver, Holding, RentalTerms
from store.domain.records import Location, Party, Product
from store.domain.stocktake import Notice
from store.domain.terms import Condition, DocumentStatus, DocumentType


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """One product of a document: what is expected and what was scanned so far."""

    id: int
    position: int
    product: Product
    expected: Decimal | None
    """None: a free line, which any number of scans may go to."""
    scanned: Decimal
    """Accepted scans in pieces, rejected ones not counted."""
    rejected: Decimal = Decimal(0)
    announced: int = 0
    """How many serials the supplier announced for this line."""
    unit_price: Decimal | None = None
    """Net, of one piece."""

    @property
    def missing(self) -> Decimal:
        """How many pieces the line still needs; zero for a free line."""
        return Decimal(0) if self.expected is None else max(Decimal(0), self.expected - self.scanned)

    @property
    def is_full(self) -> bool:
        """Tell whether nothing more is expected; a free line never is full."""
        return self.expected is not None and self.scanned >= self.expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document's head."""

    id: int
    type: DocumentType
    status: DocumentStatus
    number: str | None
    """Given when the document is posted."""
    location: Location
    party: Party
    """The supplier of a delivery, the customer of an issue, our own company where it stays within."""
    target: Location | None
    """The other location of ours to which it goes."""
    units_of_supplier: bool
    """A delivery whose units stay the supplier's (a deposit)."""
    reference: str
    """The other side's number: delivery note, order."""
    opened_at: datetime
    opened_by: str
    posted_at: datetime | None = None
    posted_by: str | None = None
    effective_at: datetime | None = None
    reason: str = ""
    """Why the document differs from what was expected."""

    @property
    def other_side(self) -> str:
        """Return the name of whom it is with, or of the location to which it goes."""
        return self.target.name if self.target else self.party.name


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSummary:
    """A document as a row of a list."""

    id: int
    type: DocumentType
    status: DocumentStatus
    number: str | None
    other_side: str
    """The name of whom it is with, or of the location to which it goes."""
    reference: str
    opened_at: datetime
    expected: Decimal
    scanned: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document with its lines."""

    document: Document
    lines: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftScan:
    """An accepted scan of an open document, on disk."""

    id: int
    line_id: int
    product_name: str
    serial: str | None
    """None: pieces of a product without serials."""
    quantity: Decimal
    rejected: bool
    """Received damaged or wrong: noted with its reason, never put into stock."""
    reason: str
    announced: bool
    """The supplier announced this serial."""
    at: datetime
    operator: str
    terminal: str
    condition: Condition | None = None
    """How the unit was found, where that is noted; None: as it was."""
    note: str = ""
    """What goes with it (a rental), or how it came back (a return)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedScan:
    """A scan that was not accepted, kept with its own reason."""

    id: int
    text: str
    refusal: Refusal
    at: datetime
    operator: str


class QuestionKind(StrEnum):
    """What only a person can decide about a scan. The same call with the answer settles it."""

    WHICH_LINE = "which_line"
    """Several lines fit: call again with the line."""
    UNEXPECTED_SERIAL = "unexpected_serial"
    """The supplier announced serials and this is none of them."""
    LEARN_GTIN = "learn_gtin"
    """The code's GTIN is nobody's: teach it to the picked line's product?"""
    KEEP_AS_SERIAL = "keep_as_serial"
    """The other answer to LEARN_GTIN: it looks like a GTIN, and is the serial."""
    OTHER_UNIT = "other_unit"
    """A unit of another product has this number: take it as a new unit of the line's product?"""
    ADD_LINE = "add_line"
    """The product is not on the document: add it? Asked of a role that may."""
    SURPLUS = "surplus"
    """No unit of the product has this serial: count it as one that no record knows?"""
    FOREIGN_UNIT = "foreign_unit"
    """It was not sold by us: take it as a new unit of the customer's own?"""
    OVER_EXPECTED = "over_expected"
    """The line has all it expects: take one more?"""
    WHOSE = "whose"
    """Several have pieces without serials, or one on several terms: call again with the giver."""
    BACK_AS = "back_as"
    """Something sold comes back: why? The answer is one of the next three."""
    AS_COMPLAINT = "as_complaint"
    AS_WITHDRAWAL = "as_withdrawal"
    AS_SERVICE = "as_service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The scan is on disk."""

    row: DraftScan
    line: DocumentLine
    scanned: Decimal
    """Pieces scanned in the whole document."""
    expected: Decimal
    """Pieces expected in the whole document."""
    told: tuple[Notice, ...] = ()
    """What the person who counts has to know of the piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePicked:
    """The scan named a product: the next serials are its."""

    line: DocumentLine


@dataclass(frozen=True, slots=True, kw_only=True)
class GiverPicked:
    """The scan named who gives something back: the next pieces without serials are theirs."""

    giver: Giver


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The scan was not accepted, and that is on disk too."""

    refusal: Refusal
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A person must decide; nothing was written."""

    kind: QuestionKind
    text: str
    lines: tuple[DocumentLine, ...] = ()
    product: Product | None = None
    party: str = ""
    """Who has the unit that it is about."""
    holdings: tuple[Holding, ...] = ()
    """Whose the pieces without serials may be that it is about."""


Outcome = Accepted | LinePicked | GiverPicked | Refused | Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A line that was not filled as expected."""

    line: DocumentLine
    difference: Decimal
    """Scanned less expected, in pieces: negative is a shortage."""
    missing_serials: tuple[str, ...] = ()
    unexpected_serials: tuple[str, ...] = ()

    @property
    def needs_reason(self) -> bool:
        """Tell whether the document closes only with a reason for it; rejected pieces have their own."""
        return bool(self.difference or self.missing_serials or self.unexpected_serials)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A line of a document to be opened."""

    product_id: int
    expected: Decimal | None = None
    serials: tuple[str, ...] = ()
    """Announced by the supplier, as sent."""
    unit_price: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A document to be opened at the actor's location."""

    type: DocumentType
    party_id: int | None = None
    """None: our own company."""
    location_id: int
    target_id: int | None = None
    """The other location of ours to which it goes."""
    lines: tuple[NewLine, ...] = ()
    reference: str = ""
    units_of_supplier: bool = False
    rental: RentalTerms | None = None
    """How long, what for and at what price; a rental needs it, nothing else has it."""
