"""What invoices do in the model: goods on the buyer's holdings, taken back by corrections and reversals."""

from decimal import Decimal

from tests.store.model.rules import stock, uncounted
from tests.store.model.world import NOTHING, US, Entry, Sale, Spot, World

GONE = Spot(None, US, "scrapped")


def asks(world: World, serials: list[str]) -> bool:
    """Whether a sale of these units waits for a person: one is blocked, scanned, or with somebody."""
    return any(
        serial in world.drafted()
        or serial in world.blocked
        or world.units.get(serial, GONE) not in {GONE, *(stock(place) for place in world.places)}
        for serial in serials
    )


def sell(world: World, sale: Sale, here: str, serials: list[str], pieces: Decimal) -> int:
    """Put what an invoice sells on its buyer's holdings, and return by how many documents."""
    after = Spot(sale.party, sale.party, "sold")
    spots = {serial: world.units.get(serial) for serial in serials}
    by_place = {
        place: [serial for serial, spot in spots.items() if spot == stock(place)] for place in world.places
    }
    by_place[here] += [serial for serial, spot in spots.items() if spot in {None, GONE}]
    for place, named in by_place.items():
        moved = [world.place(serial, after) for serial in named]
        if place == here and pieces:
            own = min(pieces, max(NOTHING, uncounted(world, here)))
            moved += [
                world.pour(part, before, after)
                for part, before in ((own, stock(here)), (pieces - own, None))
                if part
            ]
        if moved:
            sale.moved.append((place, moved))
    return len(sale.moved)


def may_take_back(world: World, party: str, pieces: Decimal) -> bool:
    """Whether a buyer has what a correction brings back."""
    return pieces <= world.piles[Spot(party, party, "sold")]


def take_back(world: World, sale: Sale, here: str, pieces: Decimal) -> None:
    """Bring pieces back by a correction."""
    sale.moved = [(here, [world.pour(pieces, Spot(sale.party, sale.party, "sold"), stock(here))])]


def may_reverse(world: World, sale: Sale) -> bool:
    """Whether nothing of what an invoice moved has gone on since."""
    entries = [entry for _place, entries in sale.moved for entry in entries]
    drafted = world.drafted()
    for entry in entries:
        if entry.serial and (world.last[entry.serial] is not entry or entry.serial in drafted):
            return False
    needed: dict[Spot, Decimal] = {}
    for entry in entries:
        if entry.serial is None:
            needed[entry.after] = needed.get(entry.after, NOTHING) + entry.quantity
    return all(pieces <= world.piles[spot] for spot, pieces in needed.items())


def reverse(world: World, sale: Sale) -> tuple[int, int]:
    """Undo what an invoice moved; return how many corrections and how many invoices that took."""
    documents: set[tuple[str, bool]] = set()
    for place, entries in sale.moved:
        for entry in entries:
            back = stock(place) if entry.before == stock(place) else entry.before or GONE
            was_stocked = stock(place) in {entry.before, entry.after}
            documents.add((place, was_stocked))
            _undo(world, entry, back if was_stocked else GONE)
    return (0, len(documents)) if sale.is_correction else (len(documents), 0)


def _undo(world: World, entry: Entry, back: Spot) -> None:
    if entry.serial is None:
        world.pour(entry.quantity, entry.after, back)
    else:
        world.place(entry.serial, back)
