"""Frozen records of received invoices: what was understood, what is open, and what was done."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from store.domain.covers import CoverKey
from store.domain.direction import Direction, RouteDoubt
from store.domain.moves import NOTHING, LineMove, Why
from store.domain.records import Party, Product
from store.domain.same_goods import Link, SameGoods
from store.domain.terms import DocumentStatus, DocumentType


class InvoiceState(StrEnum):
    """`WAITING` did nothing yet, `IMPORTED` is posted, `REVERSED` was taken back by a document."""

    WAITING = "waiting"
    IMPORTED = "imported"
    REVERSED = "reversed"


class MatchedBy(StrEnum):
    """How a line's product was found."""

    NOBODY = ""
    GTIN = "gtin"
    SELLER_INDEX = "seller_index"
    BUYER_INDEX = "buyer_index"
    LEARNED = "learned"
    CHOSEN = "chosen"
    CREATED = "created"


class Decision(StrEnum):
    """What a person said about a line that moves nothing by itself."""

    NONE = ""
    TAKE = "take"
    """Do what is proposed."""
    SKIP = "skip"
    """Move nothing."""


class Offers(StrEnum):
    """What a person said about serials that were found in texts."""

    NONE = ""
    TAKE = "take"
    LEAVE = "leave"


class Ask(StrEnum):
    """What only a person can decide before an invoice is posted. `received_words` has the sentences."""

    PARTY = "party"
    """Nobody has this tax id or name."""
    ROUTE = "route"
    """See the doubt of the route."""
    SAME_GOODS = "same_goods"
    """Documents to the same party have the same goods: are they these?"""
    PRODUCT = "product"
    RULE = "rule"
    """The rule of the line waits, see its reason."""
    OFFERED = "offered"
    """serials: found in the text"""
    MORE_SERIALS = "more_serials"
    """serials, pieces"""
    WRONG_SERIAL = "wrong_serial"
    """serial: the product's pattern refuses it"""
    SERIAL_TWICE = "serial_twice"
    """serial: two lines name it"""
    SERIAL_ELSEWHERE = "serial_elsewhere"
    """serial: neither in our stock nor with the party"""
    SERIAL_BLOCKED = "serial_blocked"
    """serial"""
    SERIAL_TAKEN = "serial_taken"
    """serial: scanned into an open document"""
    SERIAL_INVOICED = "serial_invoiced"
    """serial: an invoice before this one had it"""
    NOT_THERE = "not_there"
    """serial: comes back, but is not with the party"""
    TOO_FEW = "too_few"
    """available: less is with the party than comes back"""
    TO_SUPPLIER = "to_supplier"
    """Goes back to the supplier, which a return has to do."""
    TOO_FINE = "too_fine"
    """More decimal places than are kept."""


SKIPPABLE = frozenset(Ask) - {Ask.PARTY, Ask.ROUTE, Ask.SAME_GOODS}
"""Questions of a line, which has an answer at least: it moves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The product of a line and how it was found; `skip`: nothing that is followed here."""

    product_id: int | None = None
    by: MatchedBy = MatchedBy.NOBODY
    skip: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownUnit:
    """A unit that has a serial which the invoice names, and what stands in the way of moving it."""

    id: int
    place_id: int | None
    location_id: int | None
    """The location of ours where it is."""
    is_stock: bool
    is_sold: bool
    blocked: bool
    withdrawn: bool
    """Written off because the invoice that had made it was reversed."""
    line_id: int
    """The document's line of its last movement."""
    taken: bool
    """Scanned into an open document."""
    deal_line_id: int | None = None
    """The deal's line that its last movement delivered."""

    @property
    def key(self) -> CoverKey:
        """Return what has counted the unit."""
        return (
            CoverKey(self.line_id) if self.deal_line_id is None else CoverKey(self.deal_line_id, of_deal=True)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is known of one line beside what was read: its product, and what a person said."""

    product: Product | None = None
    by: MatchedBy = MatchedBy.NOBODY
    decision: Decision = Decision.NONE
    offers: Offers = Offers.NONE


@dataclass(slots=True, kw_only=True)
class LineOutcome:
    """What one line will do once the invoice is posted."""

    move: LineMove
    chosen: Chosen
    question: Ask | None = None
    data: dict[str, str] = field(default_factory=dict)
    wanted: Decimal = NOTHING
    """What the line moves in all: to the party, or below zero back from it."""
    units: list[tuple[str, KnownUnit]] = field(default_factory=list)
    """Serials of units that move."""
    born: list[str] = field(default_factory=list)
    """Serials that become units with the party."""
    covers: dict[CoverKey, Decimal] = field(default_factory=dict)
    """By the line of a document or a deal: how much it has moved already, or will."""
    by_serial: set[CoverKey] = field(default_factory=set)
    """Of these, the lines that moved a serial which the invoice names."""
    counted: Decimal = NOTHING
    """Pieces without serials that move."""
    pending: Decimal = NOTHING
    """Pieces whose serials are to be scanned, or that come back by a delivery to be scanned."""
    numbered: Decimal = NOTHING
    """Services that the invoice gives no numbers: they get some from the number of the invoice."""
    announced: list[str] = field(default_factory=list)
    """Serials that the invoice names and nothing confirms: expected where the pieces are scanned."""

    @property
    def covered(self) -> Decimal:
        """How much is counted by documents already."""
        return sum(self.covers.values(), NOTHING)

    def ask(self, question: Ask, **data: object) -> None:
        """Keep the first question of the line."""
        if self.question is None:
            self.question, self.data = question, {name: str(value) for name, value in data.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedInvoice:
    """The head of a received invoice."""

    id: int
    format: str
    kind: str
    state: InvoiceState
    number: str
    ksef_number: str
    direction: Direction
    doubt: RouteDoubt | None
    route_settled: bool
    seller: str
    buyer: str
    holder: str
    holder_tax_id: str
    holder_address: str
    party: Party | None
    issued_on: date | None
    questions: int
    received_at: datetime
    received_by: str
    link_days: int = 30
    """Issues of so many days before it are taken for the same goods without a question; 0: never."""
    imported_at: datetime | None = None
    imported_by: str | None = None
    reversed_at: datetime | None = None
    reversed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedLine:
    """A line as the store keeps it."""

    id: int
    position: int
    number: str
    name: str
    quantity: str
    unit: str
    why: Why
    product_id: int | None
    product_name: str
    matched_by: MatchedBy
    decision: Decision
    question: str
    placed: Decimal
    returned: Decimal
    covered: Decimal
    pending: Decimal
    ordered: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeDocument:
    """A document that belongs to an invoice."""

    id: int
    type: DocumentType
    status: DocumentStatus
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What an invoice will do, and what must be answered before."""

    invoice: ReceivedInvoice
    lines: tuple[LineOutcome, ...]
    asks: tuple[Ask, ...]
    """Questions about the whole document."""
    same_goods: tuple[SameGoods, ...] = ()
    """Documents about which it is to be said whether they are about the same goods."""
    linked: tuple[SameGoods, ...] = ()
    """Documents and deals that are taken for being about the same goods."""
    apart: tuple[SameGoods, ...] = ()
    """Those of which a person said that they are about other goods."""

    @property
    def questions(self) -> int:
        """How many answers are wanted."""
        return len(self.asks) + sum(line.question is not None for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a file."""

    invoice: ReceivedInvoice
    known: bool
    """It was received before, in this or another file."""
    made: tuple[MadeDocument, ...] = ()
    questions: tuple[str, ...] = ()
    """Why it waits, as sentences."""
    pending: Decimal = NOTHING
    """Pieces that it has put with its party, and whose serials are to be scanned."""
    links: tuple[Link, ...] = ()
    """With what it is counted once, or will be when it is posted; of one that was posted before: nothing."""
