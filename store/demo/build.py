"""Building the demo company."""

import logging
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from peewee import Database

from store.demo.deals import create_deals
from store.demo.deposits import create_deposits
from store.demo.fields import create_fields, fill_services
from store.demo.history import History
from store.demo.invoices import create_invoices
from store.demo.lent import lend_units
from store.demo.numbers import create_numbers
from store.demo.open_work import create_open_work
from store.demo.placed import place_units
from store.demo.repairs import create_repairs
from store.demo.searches import create_searches
from store.demo.service import create_service
from store.demo.services import create_services
from store.demo.stocktakes import create_stocktakes
from store.demo.world import World, create_world
from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.terms import Condition, Terms
from store.models.parties import PlaceRow
from store.models.sql import execute, select
from store.operations.units import change_condition

log = logging.getLogger(__name__)

PAST_DAYS = 900
DELIVERIES = 50
"""Deliveries of the past; a bigger company gets bigger ones, up to `LARGEST` units each."""
SMALLEST, LARGEST = 8, 1_000
ISSUED = 0.7
"""How much of what came went out again."""
ODD_UNITS = 12
"""Units in stock that are damaged or blocked."""


def build(
    database: Database, *, seed: int = 1, units: int = 2000, today: date, hostname: str | None = None
) -> None:
    """Fill an empty, migrated store with a company whose past ends on `today`: `units` units came in.

    The same `seed`, `units` and `today` make the same company. Its first terminal is known by `hostname`, if
    one is given. One transaction; raises StoreError when the store is not empty.
    """
    with database.atomic():
        if PlaceRow.select().exists():
            raise StoreError(_("the demo company needs an empty store, and this one has a company in it"))
        # A seeded generator is what makes the company the same every time; nothing secret comes from it.
        random = Random(seed)  # noqa: S311
        world = create_world(random, hostname=hostname)
        history = History(world, random)
        _live(history, units, today)
        for number, location in enumerate(world.locations):
            target = world.locations[number - 1]
            history.transfer(_moment(today - timedelta(days=1), 8 + number), location, target, units // 200)
        morning = _moment(today, 5)
        _spoil(world, random, morning)
        create_numbers(world, random)
        place_units(world, history, morning)
        lend_units(world, history, morning)
        create_open_work(world, history, morning)
        create_stocktakes(world, morning)
        create_deposits(world, morning)
        create_invoices(world, random, morning)
        create_deals(world, morning)
        create_fields(world, random, morning)
        create_service(world, random, morning)
        create_repairs(world, morning)
        create_services(world, random, morning)
        fill_services(world, morning)
        create_searches(world, morning)
        # The planner knows nothing of tables that were filled a moment ago.
        execute("ANALYZE")
    log.info("built a demo company of %s units", units)


def _live(history: History, units: int, today: date) -> None:
    each = min(max(units // DELIVERIES, SMALLEST), LARGEST)
    steps = -(-units // each)
    refresh = 1
    for step in range(steps):
        day = today - timedelta(days=PAST_DAYS - step * (PAST_DAYS - 2) // steps)
        pieces = min(each, units - step * each)
        location = history.deliver(_moment(day, 8), pieces, deposit=step % 10 == 6, shortage=step % 7 == 3)
        history.issue(_moment(day, 11), location, round(pieces * ISSUED))
        if step % 8 == 7:
            history.buy_back(_moment(day, 13), location)
        if step == refresh:
            execute("ANALYZE")
            refresh *= 10


def _spoil(world: World, random: Random, at: datetime) -> None:
    rows = select(
        "SELECT id FROM unit WHERE terms = :terms AND place_id = :place_id ORDER BY id LIMIT 500",
        terms=Terms.STOCK.value,
        place_id=world.locations[0].place_id,
    )
    actor = world.actor(random, world.locations[0], at)
    for number, row in enumerate(random.sample(rows, min(ODD_UNITS, len(rows)))):
        condition, reason = (
            (Condition.BLOCKED, "Wstrzymane przez producenta")
            if number % 2
            else (Condition.DAMAGED, "Porysowane")
        )
        change_condition(actor, row["id"], condition, reason=reason)


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=UTC)
