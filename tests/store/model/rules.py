"""What the model lets happen: may a unit be scanned, may pieces be counted, may a document be closed."""

from datetime import date
from decimal import Decimal

from tests.store.model.table import moves_of
from tests.store.model.things import (
    COUNT,
    NOTHING,
    ON_SITE,
    ONE,
    OURS,
    PIECES,
    UNITS,
    US,
    Lent,
    Paper,
    Promise,
    Spot,
    stock,
)
from tests.store.model.world import World, ended, starts

BY_PIECE = {"service-in", "service-out", ON_SITE}
"""They take pieces with serials only."""


def may_scan(world: World, paper: Paper, serial: str, today: date) -> bool:
    """Whether a unit may be scanned into an open document."""
    if serial in world.services or not serial.startswith("LT"):
        # A service lies nowhere, and no product of a document has such serials.
        return False
    if paper.kind == COUNT:
        return serial not in paper.serials
    if serial in world.drafted() or serial in world.carriers or not paper.has_room(UNITS, ONE):
        return False
    spot = world.units.get(serial)
    move = world.move_of(paper, serial)
    if move is None or world.is_stopped(serial, move):
        return False
    if paper.kind == ON_SITE and serial in world.repairs:
        return False
    if spot is None or move.to_place != "party" or move.kind == "service-out":
        return True
    return may_leave(world, serial, paper.here, paper.party, today)


def may_leave(world: World, serial: str, here: str, party: str, today: date) -> bool:
    """Whether nobody but `party` was promised a unit, or one that it would leave too few of."""
    others = [promise for promise in world.promises.values() if promise.party != party]
    if any(serial in promise.serials and today <= promise.last for promise in others):
        return False
    counts = world.units[serial] == stock(here) and serial not in world.blocked
    return not counts or unpromised(world, here, UNITS, today, besides=party) >= ONE


def may_count(
    world: World, paper: Paper, quantity: Decimal, today: date, giver: tuple[str, str] | None = None
) -> bool:
    """Whether so many pieces without serials may be counted in an open document."""
    if paper.kind in BY_PIECE or not paper.has_room(PIECES, quantity):
        return False
    if paper.kind == COUNT:
        return True
    if paper.kind == "return":
        return bool(parts_of(world, quantity, giver))
    if any(move.place == "nowhere" for move in moves_of(paper.kind)):
        return True
    if quantity > takeable(world, paper):
        return False
    if not leaves_stock(paper) or not promised_to_others(world, paper.here, PIECES, today, paper.party):
        return True
    return quantity <= unpromised(world, paper.here, PIECES, today, besides=paper.party)


def takeable(world: World, paper: Paper) -> Decimal:
    """What lies where a document takes from, less what open documents have counted of it."""
    rivals = [
        other
        for other in world.papers.values()
        if other is not paper and other.kind != "return" and meet(world, paper, other)
    ]
    piles = world.piles_for(paper)
    there = sum((world.piles[spot] for _move, spot in piles), NOTHING)
    coming = [part for other in world.papers.values() for part in other.parts]
    back = sum((pieces for source, pieces in coming if source in {spot for _move, spot in piles}), NOTHING)
    return there - back - paper.counted - sum((other.counted for other in rivals), NOTHING)


def meet(world: World, paper: Paper, other: Paper) -> bool:
    """Whether two documents take from one pile, be it empty now."""
    spots = {
        Spot(place, owner, terms)
        for place in world.places
        for owner in world.parties
        for terms in {move.terms for move in moves_of(paper.kind)}
    }
    return any(
        starts(move, paper, spot) and starts(rival, other, spot)
        for spot in spots
        for move in moves_of(paper.kind)
        for rival in moves_of(other.kind)
    )


def leaves_stock(paper: Paper) -> bool:
    """Whether a document hands somebody what lies in our stock at its location."""
    here = stock(paper.here)
    return any(starts(move, paper, here) and move.to_place == "party" for move in moves_of(paper.kind))


def unpromised(
    world: World,
    here: str,
    product: str,
    today: date,
    *,
    until: date = date.max,
    besides: str | None = None,
) -> Decimal:
    """What of a product lies in our stock, is in no open document, and is promised to nobody else."""
    if product == UNITS:
        drafted = world.drafted()
        there = [serial for serial, spot in world.units.items() if spot == stock(here)]
        held_back = world.blocked | drafted | world.carriers.keys()
        left = Decimal(sum(1 for serial in there if serial not in held_back))
    else:
        left = uncounted(world, here)
    promises = promised_to_others(world, here, product, today, besides, until)
    days = {max(today, promise.first) for promise in promises}
    fullest = max(
        (sum((p.quantity(product) for p in promises if p.first <= day <= p.last), NOTHING) for day in days),
        default=NOTHING,
    )
    return left - fullest


def uncounted(world: World, here: str) -> Decimal:
    """What lies in our stock of the product without serials and no open document has counted."""
    takers = [
        paper
        for paper in world.papers.values()
        if any(starts(move, paper, stock(here)) for move in moves_of(paper.kind))
    ]
    return world.piles[stock(here)] - sum((paper.counted for paper in takers), NOTHING)


def promised_to_others(
    world: World, here: str, product: str, since: date, besides: str | None, until: date = date.max
) -> list[Promise]:
    """The promises of a product at a location that count for somebody who is not their party."""
    return [
        promise
        for promise in world.promises.values()
        if promise.here == here
        and promise.party != besides
        and promise.first <= until
        and promise.last >= since
        and promise.quantity(product)
    ]


def may_promise(world: World, promise: Promise) -> bool:
    """Whether units and pieces may be promised: no unit twice a day, no more than there are on any day."""
    if any(serial in world.carriers or serial in world.services for serial in promise.serials):
        return False
    others = [other for other in world.promises.values() if set(other.serials) & set(promise.serials)]
    if any(other.first <= promise.last and promise.first <= other.last for other in others):
        return False
    return all(
        promise.quantity(product)
        <= unpromised(world, promise.here, product, promise.first, until=promise.last)
        for product in (UNITS, PIECES)
        if promise.quantity(product)
    )


def may_close(world: World, paper: Paper) -> bool:
    """Whether a document with something in it can be posted: nothing was blocked or taken away meanwhile."""
    if paper.kind == COUNT:
        return True
    for serial in paper.serials:
        move = world.move_of(paper, serial)
        if move is None or serial in world.carriers:
            return False
        if any(world.is_stopped(each, move) for each in (serial, *world.parts(serial))):
            return False
    if paper.kind == ON_SITE:
        return len(paper.serials) <= waiting_at(world, paper.party)
    # What an invoice took back meanwhile is not with the customer any more.
    for source in {source for source, _pieces in paper.parts if isinstance(source, Spot)}:
        if sum((pieces for each, pieces in paper.parts if each == source), NOTHING) > world.piles[source]:
            return False
    births = any(move.place == "nowhere" for move in moves_of(paper.kind)) or paper.kind == "return"
    there = sum((world.piles[spot] for _move, spot in world.piles_for(paper)), NOTHING)
    return births or paper.counted <= there


def waiting_at(world: World, party: str) -> Decimal:
    """How many serials are still to be scanned at a party's."""
    return sum((each.open for each in world.waiting if each.party == party), NOTHING)


def post(world: World, paper: Paper) -> None:
    """Let everything go that a document has."""
    for serial in paper.serials:
        move = world.move_of(paper, serial)
        assert move is not None
        world.put(serial, paper, move)
    if paper.kind == "return":
        take_back(world, paper)
        return
    if paper.kind == ON_SITE:
        fill(world, paper)
    left = paper.counted
    births = [move for move in moves_of(paper.kind) if move.place == "nowhere"]
    if births and left:
        after = Spot(paper.here, US if births[0].to_owner == "us" else paper.party, births[0].to_terms)
        world.pour(left, None, after)
        return
    for move, spot in world.piles_for(paper):
        part = min(left, world.piles[spot])
        if part:
            world.pour(part, spot, ended(move, paper, spot), paper)
            left -= part


def fill(world: World, paper: Paper) -> None:
    """Let serials that were scanned on site fill what waited for them, the oldest first."""
    left = Decimal(len(paper.serials))
    for each in world.waiting:
        part = min(left, each.open) if each.party == paper.party else NOTHING
        if part:
            each.open -= part
            each.is_filled = True
            left -= part


def holdings(world: World) -> dict[tuple[str, str], list[tuple[Lent | Spot, Decimal]]]:
    """What customers have without serials, by whom and on which terms, less what open documents took."""
    papers = list(world.papers.values())
    taken = [part for paper in papers for part in paper.parts]
    found: dict[tuple[str, str], list[tuple[Lent | Spot, Decimal]]] = {}
    for lent in sorted(world.lent, key=lambda lent: lent.due):
        left = lent.quantity - sum((pieces for source, pieces in taken if source is lent), NOTHING)
        if lent.serial is None and left:
            found.setdefault((lent.party, "rented"), []).append((lent, left))
    for spot, pieces in world.piles.items():
        if spot.place is None or spot.place in OURS or spot.terms not in {"consigned", "sold"}:
            continue
        left = pieces - sum((part for source, part in taken if source == spot), NOTHING)
        left -= sum((paper.counted for paper in papers if takes_from(paper, spot)), NOTHING)
        if left > 0:
            found[spot.place, spot.terms] = [(spot, left)]
    return found


def takes_from(paper: Paper, spot: Spot) -> bool:
    """Whether a document that counts pieces with a customer takes them from a pile."""
    moves = moves_of(paper.kind)
    if paper.kind == "return" or any(move.place == "nowhere" for move in moves):
        return False
    return any(starts(move, paper, spot) for move in moves)


def parts_of(
    world: World, quantity: Decimal, giver: tuple[str, str] | None
) -> list[tuple[Lent | Spot, Decimal]]:
    """From what pieces come back, what is due first; none: too few, or it has to be said whose they are."""
    there = holdings(world)
    if giver is not None:
        theirs = {key: sources for key, sources in there.items() if key[0] == giver[0]}
        there = {key: sources for key, sources in theirs.items() if key == giver} or theirs
    if len(there) != 1:
        return []
    parts: list[tuple[Lent | Spot, Decimal]] = []
    for source, left in next(iter(there.values())):
        part = min(left, quantity)
        if part:
            parts.append((source, part))
        quantity -= part
    return [] if quantity else parts


def take_back(world: World, paper: Paper) -> None:
    """Let the pieces of a return come back: those of the owner who lent them go first, then ours."""
    sources = dict.fromkeys(source for source, _pieces in paper.parts)
    for source in sources:
        left = sum((pieces for each, pieces in paper.parts if each == source), NOTHING)
        if isinstance(source, Spot):
            world.pour(left, source, stock(paper.here))
            continue
        there = [
            spot
            for spot, pieces in world.piles.items()
            if pieces and (spot.place, spot.terms) == (source.party, "rented")
        ]
        there.sort(
            key=lambda spot: (spot.owner != source.owner, spot.owner != US, world.parties.index(spot.owner))
        )
        for spot in there:
            part = min(left, world.piles[spot])
            if part:
                after = Spot(paper.here, spot.owner, "stock" if spot.owner == US else "held")
                world.pour(part, spot, after)
                source.quantity -= part
                left -= part
    world.lent = [lent for lent in world.lent if lent.quantity]
