"""Stocktakes in the model: of a scan and a movement the later one is believed."""

from decimal import Decimal
from typing import NamedTuple

from tests.store.model.things import COUNT, NOTHING, OURS, US, Entry, Paper, Record, Spot, stock
from tests.store.model.world import World

WITHIN = {"stock", "held", "borrowed", "service"}


class Differences(NamedTuple):
    """What a count will do to the record."""

    missing: list[str]
    elsewhere: list[str]
    regained: list[str]
    surplus: list[str]
    pieces: Decimal
    """More than on record; below zero: less."""


def opened(world: World, here: str) -> Record:
    """What is on record when a count is opened."""
    units = {serial: world.last[serial] for serial, spot in world.units.items() if spot.place == here}
    return Record(units, lying(world, here), len(world.ledger))


def lying(world: World, here: str) -> Decimal:
    """How many pieces without serials lie at a place, whosever they are."""
    return sum((pieces for spot, pieces in world.piles.items() if spot.place == here), NOTHING)


def differences(world: World, paper: Paper) -> Differences:
    """Compare a count with the record."""
    record = paper.record
    assert record is not None
    packed = world.drafted()
    missing = [
        serial
        for serial, entry in record.units.items()
        if world.last[serial] is entry
        and serial not in paper.serials
        and serial not in world.carriers
        and serial not in packed
    ]
    surplus = [serial for serial in paper.serials if serial not in world.units and serial not in packed]
    seen = [
        (serial, world.units[serial].place)
        for serial in paper.serials
        if serial in world.units
        and record.witnesses[serial] is world.last[serial]
        and serial not in world.carriers
        and serial not in packed
    ]
    elsewhere = [serial for serial, place in seen if place in OURS and place != paper.here]
    regained = [serial for serial, place in seen if place is None]
    return Differences(missing, elsewhere, regained, surplus, _pieces(world, paper))


def _pieces(world: World, paper: Paper) -> Decimal:
    record = paper.record
    assert record is not None
    if record.counted:
        (base, since), (_base, until) = record.counted[0], record.counted[-1]
    else:
        base, since, until = record.pieces, record.since, len(world.ledger)
        if not base:
            return NOTHING
    moved = [entry for entry in world.ledger[since:until] if entry.serial is None]
    went = sum((entry.quantity for entry in moved if _leaves(entry, paper.here)), NOTHING)
    came = sum((entry.quantity for entry in moved if _comes(entry, paper.here)), NOTHING)
    if paper.counted > base + came:
        return paper.counted - base - came
    return -min(max(NOTHING, base - went - paper.counted), lying(world, paper.here))


def _leaves(entry: Entry, here: str) -> bool:
    return entry.before is not None and entry.before.place == here != entry.after.place


def _comes(entry: Entry, here: str) -> bool:
    return entry.after.place == here and (entry.before is None or entry.before.place != here)


def post(world: World, paper: Paper) -> None:
    """Let the record be as it was counted."""
    found = differences(world, paper)
    here = paper.here
    for serial in found.missing:
        world.place(serial, world.units[serial]._replace(place=None, terms="scrapped"))
    for serial in found.elsewhere:
        world.place(serial, world.units[serial]._replace(place=here))
    for serial in found.regained:
        before = world.last[serial].before
        terms = before.terms if before and before.terms in WITHIN else "stock"
        world.place(serial, world.units[serial]._replace(place=here, terms=terms))
    for serial in found.surplus:
        world.place(serial, stock(here))
    if found.pieces > 0:
        world.pour(found.pieces, None, stock(here))
    _take_off(world, here, -found.pieces)


def _take_off(world: World, here: str, pieces: Decimal) -> None:
    """Take off what is too few: ours first, of others what has lain there longest."""
    there = [spot for spot, count in world.piles.items() if count and spot.place == here]
    for spot in sorted(there, key=lambda spot: (spot.owner != US, world.parties.index(spot.owner))):
        part = min(pieces, world.piles[spot])
        if part > 0:
            world.pour(part, spot, Spot(None, spot.owner, "scrapped"))
            pieces -= part


def is_open_at(world: World, here: str) -> Paper | None:
    """The open count of a place."""
    papers = world.papers.values()
    return next((paper for paper in papers if paper.kind == COUNT and paper.here == here), None)
