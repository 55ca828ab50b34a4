"""What invoices do in the model: goods on the buyer's holdings, taken back by corrections and reversals."""

from decimal import Decimal

from tests.store.model.rules import uncounted
from tests.store.model.things import (
    GONE,
    NOTHING,
    OURS,
    Entry,
    Sale,
    Spot,
    Waiting,
    sold_to,
    stock,
)
from tests.store.model.world import World


def asks(world: World, serials: list[str]) -> bool:
    """Whether a sale of these units waits for a person: one is blocked, scanned, or with somebody."""
    lying = {stock(place) for place in OURS}
    return any(
        serial in world.drafted()
        or serial in world.carriers
        or not world.blocked.isdisjoint((serial, *world.parts(serial)))
        or not (serial not in world.units or serial in world.withdrawn or world.units[serial] in lying)
        for serial in serials
    )


def sell(
    world: World, sale: Sale, here: str, serials: list[str], pieces: Decimal, later: Decimal = NOTHING
) -> int:
    """Put what an invoice sells on its buyer's holdings, and return by how many documents.

    Of so many pieces as come `later` the serials are still to be scanned.
    """
    after = sold_to(sale.party)
    spots = {serial: world.units.get(serial) for serial in serials}
    by_place = {
        place: [serial for serial, spot in spots.items() if spot == stock(place)] for place in world.places
    }
    by_place[here] += [serial for serial, spot in spots.items() if spot in {None, GONE}]
    if later:
        sale.waits = Waiting(sale.party, later)
        world.waiting.append(sale.waits)
    for place, named in by_place.items():
        moved = [entry for serial in named for entry in world.place(serial, after)]
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
    return pieces <= world.piles[sold_to(party)]


def take_back(world: World, sale: Sale, here: str, pieces: Decimal) -> None:
    """Bring pieces back by a correction."""
    sale.moved = [(here, [world.pour(pieces, sold_to(sale.party), stock(here))])]


def may_reverse(world: World, sale: Sale) -> bool:
    """Whether nothing of what an invoice moved has gone on since, or was built together or taken apart."""
    entries = [entry for _place, entries in sale.moved for entry in entries]
    drafted = world.drafted()
    if sale.waits and sale.waits.is_filled:
        return False
    carriers = {entry.serial: entry.carrier for entry in entries if entry.serial}
    for entry in entries:
        if entry.serial and (world.last[entry.serial] is not entry or entry.serial in drafted):
            return False
        if entry.serial and world.carriers.get(entry.serial) != entry.carrier:
            return False
    if any(part not in carriers for part, carrier in world.carriers.items() if carrier in carriers):
        return False
    needed: dict[Spot, Decimal] = {}
    for entry in entries:
        if entry.serial is None:
            needed[entry.after] = needed.get(entry.after, NOTHING) + entry.quantity
    return all(pieces <= world.piles[spot] for spot, pieces in needed.items())


def reverse(world: World, sale: Sale) -> tuple[int, int]:
    """Undo what an invoice moved; return how many corrections and how many invoices that took."""
    documents: set[tuple[str, bool]] = set()
    if sale.waits:
        sale.waits.open = NOTHING
    for place, entries in sale.moved:
        for entry in entries:
            if entry.carrier:
                continue
            back = stock(place) if entry.before == stock(place) else entry.before or GONE
            was_stocked = stock(place) in {entry.before, entry.after}
            documents.add((place, was_stocked))
            _undo(world, entry, back if was_stocked else GONE)
    return (0, len(documents)) if sale.is_correction else (len(documents), 0)


def _undo(world: World, entry: Entry, back: Spot) -> None:
    if entry.serial is None:
        world.pour(entry.quantity, entry.after, back)
    elif back == GONE:
        world.withdraw(entry.serial)
    else:
        world.place(entry.serial, back)
