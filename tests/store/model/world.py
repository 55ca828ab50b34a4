"""The plain model: what is where, whose and on which terms, in dictionaries."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tests.store.model.table import BLOCKED_STAYS, Move, moves_of

NOTHING = Decimal(0)
US = "US"
OURS = {"MAIN", "VAN"}


class Spot(NamedTuple):
    """Where something is, whose, and on which terms; the place is None for what was written off."""

    place: str | None
    owner: str
    terms: str


class Entry(NamedTuple):
    """One row that the ledger has to have."""

    serial: str | None
    quantity: Decimal
    before: Spot | None
    after: Spot


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
    parts: list[tuple["Lent | Spot", Decimal]] = field(default_factory=list)
    """Of a return: under which loans, or from which piles, its pieces come back, one for each count."""
    answers: dict[str, str] = field(default_factory=dict)
    """Of a return: why a sold unit comes back."""

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


UNITS, PIECES = "laptop", "cable"


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


@dataclass
class World:
    """Everything that the store has to agree with."""

    parties: list[str]
    """In the order in which the store got them, as the places are: pieces go in this order."""
    places: list[str]
    units: dict[str, Spot] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    piles: Counter[Spot] = field(default_factory=Counter)
    """Pieces without serials."""
    papers: dict[int, Paper] = field(default_factory=dict)
    promises: dict[int, Promise] = field(default_factory=dict)
    lent: list[Lent] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    """What the ledger got since it was last compared."""

    invoices: dict[int, Sale] = field(default_factory=dict)
    last: dict[str, Entry] = field(default_factory=dict)
    """The last movement of each unit."""

    def drafted(self) -> set[str]:
        return {serial for paper in self.papers.values() for serial in paper.serials}

    def move_of(self, paper: Paper, serial: str) -> Move | None:
        """The row by which a document takes a unit, which may be not known yet, or none."""
        spot = self.units.get(serial)
        kind = paper.answers.get(serial, paper.kind)
        return next((move for move in moves_of(kind) if starts(move, paper, spot)), None)

    def is_stopped(self, serial: str, move: Move) -> bool:
        return serial in self.blocked and move.to_terms in BLOCKED_STAYS and move.to_terms != move.terms

    def put(self, serial: str, paper: Paper, move: Move) -> None:
        """Let a unit go as a row says."""
        entry = self.place(serial, ended(move, paper, self.units.get(serial)))
        if move.kind == "rental" and paper.due:
            self.lent.append(Lent(paper.party, serial, Decimal(1), paper.due, entry.after.owner))
        if move.kind == "return":
            self.lent = [lent for lent in self.lent if lent.serial != serial]

    def place(self, serial: str, after: Spot) -> Entry:
        """Let a unit be somewhere else from now on."""
        entry = Entry(serial, Decimal(1), self.units.get(serial), after)
        self.units[serial] = after
        self.last[serial] = entry
        self.entries.append(entry)
        return entry

    def pour(self, quantity: Decimal, before: Spot | None, after: Spot, paper: Paper | None = None) -> Entry:
        """Let pieces go from one pile onto another."""
        if before is not None:
            self.piles[before] -= quantity  # type: ignore[assignment]  # a Counter holds Decimals as well
        if after.place is not None:
            self.piles[after] += quantity  # type: ignore[assignment]
        entry = Entry(None, quantity, before, after)
        self.entries.append(entry)
        if paper is not None and paper.kind == "rental" and paper.due:
            self.lent.append(Lent(paper.party, None, quantity, paper.due, after.owner))
        return entry

    def piles_for(self, paper: Paper) -> list[tuple[Move, Spot]]:
        """The piles from which a document takes, in the order in which it does: here and ours go first."""
        found = []
        for move in moves_of(paper.kind):
            there = [spot for spot, pieces in self.piles.items() if pieces and starts(move, paper, spot)]
            there.sort(
                key=lambda spot: (
                    spot.place != paper.here, spot.owner != US, self.parties.index(spot.owner),
                    self.places.index(str(spot.place)),
                )
            )  # fmt: skip
            found += [(move, spot) for spot in there]
        return found


def starts(move: Move, paper: Paper, spot: Spot | None) -> bool:
    """Whether a row of a document starts at `spot`."""
    if spot is None or move.place == "nowhere":
        return spot is None and move.place == "nowhere"
    holder = None if spot.place in OURS else spot.place
    places = {
        "here": paper.here, "there": paper.there, "party": paper.party, "any": spot.place, "holder": holder
    }  # fmt: skip
    others = None if spot.owner == US else spot.owner
    owners = {"us": US, "party": paper.party, "any": spot.owner, "others": others}
    return (spot.place, spot.owner, spot.terms) == (places[move.place], owners[move.owner], move.terms)


def ended(move: Move, paper: Paper, before: Spot | None) -> Spot:
    """Where a row of a document ends that starts at `before`."""
    places = {"here": paper.here, "there": paper.there, "party": paper.party, "same": before and before.place}
    owners = {"us": US, "party": paper.party, "same": before.owner if before else US}
    return Spot(places[move.to_place], owners[move.to_owner], move.to_terms)
