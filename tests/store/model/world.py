"""The plain model: what is where, whose and on which terms, in dictionaries."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from tests.store.model.table import BLOCKED_STAYS, Move, moves_of
from tests.store.model.things import (
    COUNT,
    GONE,
    ONE,
    OURS,
    US,
    Deal,
    Entry,
    Lent,
    Paper,
    Promise,
    Repair,
    Sale,
    Spot,
    Waiting,
)

REPAIRED = {"sold", "rented", "consigned"}
"""On these terms a unit comes into service, and goes back."""


@dataclass
class World:
    """Everything that the store has to agree with."""

    parties: list[str]
    """In the order in which the store got them, as the places are: pieces go in this order."""
    places: list[str]
    units: dict[str, Spot] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    services: set[str] = field(default_factory=set)
    """Which of the units are policies or licences."""
    carriers: dict[str, str] = field(default_factory=dict)
    """What is built into which unit."""
    repairs: dict[str, Repair] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    """What a reversed invoice took back that had never lain here."""
    piles: Counter[Spot] = field(default_factory=Counter)
    """Pieces without serials."""
    papers: dict[int, Paper] = field(default_factory=dict)
    promises: dict[int, Promise] = field(default_factory=dict)
    lent: list[Lent] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    """The oldest first."""
    deals: dict[int, Deal] = field(default_factory=dict)
    invoices: dict[int, Sale] = field(default_factory=dict)
    ledger: list[Entry] = field(default_factory=list)
    last: dict[str, Entry] = field(default_factory=dict)
    """The last movement of each unit."""

    def drafted(self) -> set[str]:
        """What open documents have taken; a count takes nothing."""
        papers = (paper for paper in self.papers.values() if paper.kind != COUNT)
        return {serial for paper in papers for serial in paper.serials}

    def move_of(self, paper: Paper, serial: str) -> Move | None:
        """The row by which a document takes a unit, which may be not known yet, or none."""
        spot, repair = self.units.get(serial), self.repairs.get(serial)
        kind = paper.answers.get(serial, paper.kind)
        for move in moves_of(kind):
            goes_back = repair is not None and repair == (paper.party, move.to_terms)
            if starts(move, paper, spot) and (kind != "service-out" or goes_back):
                return move
        return None

    def is_stopped(self, serial: str, move: Move) -> bool:
        """Whether a unit is blocked and would go into use; what was repaired goes back all the same."""
        into_use = move.to_terms in BLOCKED_STAYS and move.to_terms != move.terms
        return serial in self.blocked and into_use and move.kind != "service-out"

    def parts(self, serial: str) -> Iterator[str]:
        """Everything that is built into a unit, and into its parts."""
        for part, carrier in self.carriers.items():
            if carrier == serial:
                yield part
                yield from self.parts(part)

    def put(self, serial: str, paper: Paper, move: Move) -> None:
        """Let a unit go as a row says, with what is built into it."""
        entries = self.place(serial, ended(move, paper, self.units.get(serial)), paper.party)
        if move.kind == "rental" and paper.due:
            due = paper.due
            self.lent += [Lent(paper.party, each.serial, ONE, due, each.after.owner) for each in entries]
        if move.kind == "return":
            moved = {each.serial for each in entries}
            self.lent = [lent for lent in self.lent if lent.serial is None or lent.serial not in moved]

    def place(self, serial: str, after: Spot, party: str = "") -> list[Entry]:
        """Let a unit be somewhere else from now on, with what is in it; `party` has brought one unknown."""
        entries = [Entry(serial, ONE, self.units.get(serial), after)]
        entries += [
            Entry(part, ONE, self.units[part], after, self.carriers[part]) for part in self.parts(serial)
        ]
        for entry in entries:
            assert entry.serial is not None
            self._repair(entry.serial, entry, party)
            self.units[entry.serial] = after
            self.last[entry.serial] = entry
            self.withdrawn.discard(entry.serial)
        self.ledger += entries
        return entries

    def _repair(self, serial: str, entry: Entry, party: str) -> None:
        before = entry.before
        if entry.after.terms == "service" and (before is None or before.terms in REPAIRED):
            back = (str(before.place), before.terms) if before else (party, "sold")
            self.repairs[serial] = Repair(*back)
        elif entry.after.terms not in {"service", "scrapped"}:
            self.repairs.pop(serial, None)

    def withdraw(self, serial: str) -> None:
        """Take away what a party had by an invoice that is reversed."""
        for entry in self.place(serial, GONE):
            self.withdrawn.add(str(entry.serial))

    def pour(self, quantity: Decimal, before: Spot | None, after: Spot, paper: Paper | None = None) -> Entry:
        """Let pieces go from one pile onto another."""
        if before is not None:
            self.piles[before] -= quantity  # type: ignore[assignment]  # a Counter holds Decimals as well
        if after.place is not None:
            self.piles[after] += quantity  # type: ignore[assignment]
        entry = Entry(None, quantity, before, after)
        self.ledger.append(entry)
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
    if spot is None or (move.place, move.terms) == ("nowhere", "-"):
        return spot is None and (move.place, move.terms) == ("nowhere", "-")
    holder = None if spot.place in OURS else spot.place
    places = {
        "here": paper.here, "there": paper.there, "party": paper.party, "any": spot.place, "holder": holder,
        "nowhere": None,
    }  # fmt: skip
    others = None if spot.owner == US else spot.owner
    owners = {"us": US, "party": paper.party, "any": spot.owner, "others": others}
    return (spot.place, spot.owner, spot.terms) == (places[move.place], owners[move.owner], move.terms)


def ended(move: Move, paper: Paper, before: Spot | None) -> Spot:
    """Where a row of a document ends that starts at `before`."""
    places = {"here": paper.here, "there": paper.there, "party": paper.party, "same": before and before.place}
    owners = {"us": US, "party": paper.party, "same": before.owner if before else US}
    return Spot(places[move.to_place], owners[move.to_owner], move.to_terms)
