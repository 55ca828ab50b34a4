"""What a count of a location of 20,000 units costs: each scan, the comparing, and the posting."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from store.database import open_database
from store.demo.drafts import scan_serials, scan_units
from store.domain.documents import Document, NewDocument, NewLine
from store.domain.records import Location
from store.domain.stocktake import DifferenceKind
from store.domain.terms import DocumentType, Terms
from store.migrate import migrate
from store.models.sql import execute, select
from store.operations.counting import add_counted
from store.operations.documents import open_document
from store.operations.stocktakes import compare, give_reason
from store.queries import documents
from store.queries.stocktakes import summary
from tests.bench.budget import Table, milliseconds, percentile
from tests.store.company import Company
from tests.store.conftest import opened_company
from tests.store.counting import asked
from tests.store.servers import Server

UNITS, FEW = 20_000, 60
"""Units on record at the location, and at that of the company it is compared with."""
ONE_BY_ONE = 20
"""Units that are scanned one after the other at the end of a count."""
MISSING, ELSEWHERE = 8, 8
SCAN_SECONDS = 0.007
SECONDS = 3.0
"""For opening, comparing and posting each; a person waits for them once in a count."""
K = DifferenceKind


@dataclass(frozen=True, slots=True)
class Cost:
    """What one count took."""

    scan: int
    """Statements."""
    steps: dict[str, int]
    scan_seconds: float
    step_seconds: dict[str, float]


def counted(company: Company, units: int) -> Cost:
    """Count the main warehouse, where `units` of one product are on record: some are gone, some too many."""
    _stock(company, company.main, 1, units)
    _stock(company, company.van, 900_001, ELSEWHERE)
    opened: list[Document] = []
    steps: dict[str, int] = {}
    seconds: dict[str, float] = {}

    def step(name: str, deed: Callable[[], object]) -> None:
        began = time.perf_counter()
        steps[name] = asked(company.database, deed)
        seconds[name] = time.perf_counter() - began

    new = NewDocument(type=DocumentType.STOCKTAKE, location_id=company.main.id)
    step("opened", lambda: opened.append(company.run(open_document, company.actor(company.chief), new)))
    document = opened[0]
    line = company.run(add_counted, document.id, company.laptop.id)
    bulk = units - MISSING - ONE_BY_ONE
    company.run(
        scan_units, company.actor(), line.id, place_id=company.main.place_id, terms=Terms.STOCK, count=bulk
    )
    company.run(
        execute,
        """UPDATE draft_scan SET counted = true, seen_movement_id = (
               SELECT max(m.id) FROM movement m WHERE m.unit_id = draft_scan.unit_id)
           WHERE document_id = :document_id""",
        document_id=document.id,
    )
    serials = [f"LT{number:06}" for number in range(bulk + 1, bulk + ONE_BY_ONE + 1)]
    serials += [f"LT{900_001 + number:06}" for number in range(ELSEWHERE)]
    times = []
    for serial in serials:
        began = time.perf_counter()
        scan = asked(company.database, lambda serial=serial: company.accept(document, serial))
        times.append(time.perf_counter() - began)
    step("compared", lambda: company.run(compare, document.id))
    found = {kind.kind: kind.lines for kind in summary(document.id).kinds}
    assert found == {K.MISSING: MISSING, K.ELSEWHERE: ELSEWHERE}
    company.run(give_reason, company.actor(company.chief), document.id, "policzone")
    step("posted", lambda: company.close(document))
    moved = select("SELECT count(*) AS n FROM movement WHERE document_id = :id", id=document.id)[0]["n"]
    assert moved == MISSING + ELSEWHERE
    return Cost(scan, steps, percentile(times, 0.5), seconds)


def _stock(company: Company, location: Location, first: int, count: int) -> None:
    delivery = company.delivery(NewLine(product_id=company.laptop.id), location=location)
    (line,) = documents.lines(delivery.id)
    numbers = [f"LT{number:06}" for number in range(first, first + count)]
    company.run(scan_serials, company.actor(), line.id, numbers)
    company.close(delivery)


@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
def test_a_count_of_a_large_location(
    kind: str, durable_postgres: Server, tmp_path: Path, table: Table, *, times_count: bool
) -> None:
    costs = {}
    for units in (FEW, UNITS):
        url = str(tmp_path / f"{units}.db")
        if kind == "PostgreSQL":
            durable_postgres.execute(f"CREATE DATABASE count_of_{units}")
            url = durable_postgres.url(f"count_of_{units}")
        database = open_database(url)
        with database.connection_context():
            migrate(database)
        with opened_company(url) as company:
            costs[units] = counted(company, units)
    small, large = costs[FEW], costs[UNITS]
    is_same = (small.scan, small.steps) == (large.scan, large.steps)
    slowest = max(large.step_seconds.values())
    is_quick = large.scan_seconds <= SCAN_SECONDS and slowest <= SECONDS
    steps = ", ".join(
        f"{name} {seconds:.2f} s in {large.steps[name]} statements"
        for name, seconds in large.step_seconds.items()
    )
    table.add(
        f"a count of {UNITS:,} units of one location, {kind}",
        target=f"a scan <= {milliseconds(SCAN_SECONDS)}, a step <= {SECONDS:.0f} s, "
        f"statements as for {FEW} units",
        measured=f"a scan {milliseconds(large.scan_seconds)} in {large.scan} statements; {steps}",
        is_kept=is_same and is_quick,
    )
    assert is_same, (small, large)
    assert is_quick or not times_count
