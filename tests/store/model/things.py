"""What the plain model is made of: spots, entries of the ledger, documents, what is agreed with parties."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

NOTHING = Decimal(0)
ONE = Decimal(1)
US = "US"
MAIN, VAN = "MAIN", "VAN"
OURS = {MAIN, VAN}
UNITS, PIECES = "laptop", "cable"
ON_SITE, COUNT = "on-site", "count"


class Spot(NamedTuple):
    """Where something is, whose, and on which terms; the place is None for what was written off."""

    place: str | None
    owner: str
    terms: str


def stock(here: str) -> Spot:
    return Spot(here, US, "stock")


def sold_to(party: str) -> Spot:
    return Spot(party, party, "sold")


GONE = Spot(None, US, "scrapped")


class Entry(NamedTuple):
    """One row that the ledger has to have."""

    serial: str | None
    quantity: Decimal
    before: Spot | None
    after: Spot
    carrier: str | None = None
    """The unit in which it went."""


class Repair(NamedTuple):
    """Where a unit in service goes back to, and on which terms."""

    party: str
    terms: str


@dataclass(eq=False)
class Lent:
    """What somebody has to give back, and when."""

    party: str
    serial: str | None
    quantity: Decimal
    due: date
    owner: str
    """Whose it was when it was lent."""

    @property
    def facts(self) -> tuple[str, str | None, Decimal, date, str]:
        return self.party, self.serial, self.quantity, self.due, self.owner


@dataclass(eq=False)
class Waiting:
    """Pieces with a party whose serials are still to be scanned."""

    party: str
    open: Decimal
    is_filled: bool = False
    """At least one was scanned."""


@dataclass
class Record:
    """What is on record at the place of a count when that is opened, and at each of its scans."""

    units: dict[str, Entry]
    """With their last movements."""
    pieces: Decimal
    since: int
    """How long the ledger was."""
    witnesses: dict[str, Entry | None] = field(default_factory=dict)
    """By the serial that was scanned."""
    counted: list[tuple[Decimal, int]] = field(default_factory=list)
    """At each count of pieces: how many there were on record, and how long the ledger was."""


@dataclass
class Paper:
    """A document: of which kind, with whom, where, and what was scanned into it."""

    id: int
    kind: str
    party: str
    here: str
    there: str | None = None
    due: date | None = None
    expected: dict[str, Decimal] | None = None
    """By product; None: whatever comes."""
    scans: list[str | Decimal] = field(default_factory=list)
    parts: list[tuple[Lent | Spot, Decimal]] = field(default_factory=list)
    """Of a return: under which loans, or from which piles, its pieces come back, one for each count."""
    answers: dict[str, str] = field(default_factory=dict)
    """Of a return: why a sold unit comes back."""
    record: Record | None = None
    """Of a count."""
    was_scanned: bool = False

    @property
    def serials(self) -> list[str]:
        return [scan for scan in self.scans if isinstance(scan, str)]

    @property
    def counted(self) -> Decimal:
        return sum((scan for scan in self.scans if isinstance(scan, Decimal)), NOTHING)

    def scanned(self, product: str) -> Decimal:
        return self.counted if product == PIECES else Decimal(len(self.serials))

    def has_room(self, product: str, quantity: Decimal) -> bool:
        return self.expected is None or self.scanned(product) + quantity <= self.expected.get(
            product, NOTHING
        )


@dataclass
class Promise:
    """What a party was promised at one of our locations."""

    id: int
    party: str
    here: str
    first: date
    last: date
    serials: tuple[str, ...] = ()
    more: dict[str, Decimal] = field(default_factory=dict)
    """Pieces of a product, whichever they are."""
    paper: Paper | None = None
    """By which it is handed out."""

    def quantity(self, product: str) -> Decimal:
        """How much of a product is still to be handed out."""
        named = Decimal(len(self.serials)) if product == UNITS else NOTHING
        whole = named + self.more.get(product, NOTHING)
        return max(NOTHING, whole - self.paper.scanned(product)) if self.paper else whole


@dataclass
class Sale:
    """A posted invoice, or a correction of one: what it moved, by the location of each of its documents."""

    id: int
    party: str
    moved: list[tuple[str, list[Entry]]] = field(default_factory=list)
    is_correction: bool = False
    waits: Waiting | None = None


@dataclass
class Agreed:
    """A line of a deal, in pieces of one product."""

    quantity: Decimal
    planned: Decimal = NOTHING
    delivered: Decimal = NOTHING
    dropped: Decimal = NOTHING

    @property
    def open(self) -> Decimal:
        return self.quantity - self.planned - self.delivered - self.dropped

    @property
    def figures(self) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        return self.quantity, self.planned, self.delivered, self.dropped


@dataclass
class Deal:
    """What a customer was promised at a price, and how far that is."""

    id: int
    party: str
    lines: dict[str, Agreed]
    papers: list[Paper] = field(default_factory=list)
    """Open issues that deliver it."""
    is_final: bool = False
    is_ended: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something of it is in no document yet."""
        return not self.is_ended and any(line.open for line in self.lines.values())

    @property
    def state(self) -> str:
        lines = self.lines.values()
        delivered = sum(line.delivered for line in lines)
        if self.is_ended:
            return "done" if delivered else "cancelled"
        if not self.is_final:
            return "draft"
        if not sum(line.quantity - line.delivered - line.dropped for line in lines):
            return "done"
        return "partly" if delivered else "open"
