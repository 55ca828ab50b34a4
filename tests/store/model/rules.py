"""What the model lets happen: may a unit be scanned, may pieces be counted, may a document be closed."""

from datetime import date
from decimal import Decimal

from tests.store.model.table import moves_of
from tests.store.model.world import (
    NOTHING,
    PIECES,
    UNITS,
    US,
    Lent,
    Paper,
    Promise,
    Spot,
    World,
    ended,
    starts,
)

STOCK = "stock"


def may_scan(world: World, paper: Paper, serial: str, today: date) -> bool:
    """Whether a unit may be scanned into an open document."""
    if serial in world.drafted() or not paper.has_room(UNITS, Decimal(1)):
        return False
    spot = world.units.get(serial)
    move = world.move_of(paper, serial)
    if move is None or world.is_stopped(serial, move):
        return False
    if spot is None or move.to_place != "party":
        return True
    others = [promise for promise in world.promises.values() if promise.party != paper.party]
    if any(serial in promise.serials and today <= promise.last for promise in others):
        return False
    counts = spot == stock(paper.here) and serial not in world.blocked
    return not counts or Decimal(1) <= unpromised(world, paper.here, UNITS, today, besides=paper.party)


def may_count(world: World, paper: Paper, quantity: Decimal, today: date, giver: str | None = None) -> bool:
    """Whether so many pieces without serials may be counted in an open document."""
    if not paper.has_room(PIECES, quantity):
        return False
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
    there = sum((world.piles[spot] for _move, spot in world.piles_for(paper)), NOTHING)
    return there - paper.counted - sum((other.counted for other in rivals), NOTHING)


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


def stock(here: str) -> Spot:
    return Spot(here, US, STOCK)


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
        left = Decimal(sum(1 for serial in there if serial not in world.blocked | drafted))
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
    for serial in paper.serials:
        move = world.move_of(paper, serial)
        if move is None or world.is_stopped(serial, move):
            return False
    births = any(move.place == "nowhere" for move in moves_of(paper.kind)) or paper.kind == "return"
    there = sum((world.piles[spot] for _move, spot in world.piles_for(paper)), NOTHING)
    return births or paper.counted <= there


def post(world: World, paper: Paper) -> None:
    """Let everything go that a document has."""
    for serial in paper.serials:
        move = world.move_of(paper, serial)
        assert move is not None
        world.put(serial, paper, move)
    if paper.kind == "return":
        take_back(world, paper)
        return
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


def parts_of(world: World, quantity: Decimal, giver: str | None) -> list[tuple[Lent, Decimal]]:
    """Under which loans pieces come back, what is due first; none: too few, or of several who have some."""
    taken = [part for paper in world.papers.values() for part in paper.parts]
    out = []
    for lent in sorted(world.lent, key=lambda lent: lent.due):
        left = lent.quantity - sum((pieces for loan, pieces in taken if loan is lent), NOTHING)
        if lent.serial is None and left and giver in {None, lent.party}:
            out.append((lent, left))
    if len({lent.party for lent, _left in out}) != 1:
        return []
    parts = []
    for lent, left in out:
        part = min(left, quantity)
        if part:
            parts.append((lent, part))
        quantity -= part
    return [] if quantity else parts


def take_back(world: World, paper: Paper) -> None:
    """Let the pieces of a return come back: those of the owner who lent them go first, then ours."""
    loans = dict.fromkeys(loan for loan, _pieces in paper.parts)
    for loan in loans:
        left = sum((pieces for each, pieces in paper.parts if each is loan), NOTHING)
        there = [
            spot
            for spot, pieces in world.piles.items()
            if pieces and (spot.place, spot.terms) == (loan.party, "rented")
        ]
        there.sort(
            key=lambda spot: (spot.owner != loan.owner, spot.owner != US, world.parties.index(spot.owner))
        )
        for spot in there:
            part = min(left, world.piles[spot])
            if part:
                after = Spot(paper.here, spot.owner, STOCK if spot.owner == US else "held")
                world.pour(part, spot, after)
                loan.quantity -= part
                left -= part
    world.lent = [lent for lent in world.lent if lent.quantity]
