"""What the report of after-sales costs takes over a year of a company with 5,000,000 movements and events."""

import time
from datetime import date, timedelta

from store.domain.costs import CostsBy
from store.models.sql import select
from store.queries.costs import report
from store.transaction import run_read
from tests.bench import big_store
from tests.bench.budget import Table, milliseconds, percentile
from tests.bench.conftest import database_of

SECONDS = 2.0
RATIO = 2.0
TURNS = 7
LAST = big_store.TODAY
FIRST = LAST - timedelta(days=364)
BARE = """SELECT holder_id, product_id, currency, sum(amount) AS total, count(*) AS n FROM cost
          WHERE day BETWEEN :first AND :last GROUP BY holder_id, product_id, currency"""


def bare(first: date, last: date) -> list[dict[str, object]]:
    """Return the sums of the year by one statement and nothing else: no names, no records, no bearer."""
    return select(BARE, first=first.isoformat(), last=last.isoformat())


def test_costs_by_customer_and_product(long_life: str, table: Table, *, times_count: bool) -> None:
    ours, floor = [], []
    with big_store.opened(long_life) as database:
        # In turns, so that noise meets both.
        for _turn in range(TURNS):
            began = time.perf_counter()
            rows = run_read(database, lambda: report(CostsBy.CUSTOMER_PRODUCT, first=FIRST, last=LAST))
            between = time.perf_counter()
            sums = run_read(database, lambda: bare(FIRST, LAST))
            ours.append(between - began)
            floor.append(time.perf_counter() - between)
    assert sum(row.count for row in rows) == sum(int(str(row["n"])) for row in sums) > 400_000
    assert len(rows) == len(sums)
    least, ratio = min(floor), min(ours) / min(floor)
    is_quick = percentile(ours, 0.5) <= SECONDS
    table.add(
        f"costs by customer and product over a year, {sum(row.count for row in rows):,} of them, "
        f"{database_of(long_life)}",
        target=f"<= {SECONDS:.0f} s, <= {RATIO:.0f}x the bare statement",
        measured=f"{milliseconds(min(ours))}, {ratio:.2f}x",
        floor=f"{milliseconds(least)}: the sums alone",
        is_kept=is_quick and ratio <= RATIO,
    )
    assert ratio <= RATIO
    assert is_quick or not times_count
