"""What a scan and a closing cost without a screen."""

import time
from pathlib import Path
from uuid import uuid4

import pytest

from store.database import open_database
from store.domain.documents import Accepted, Document, NewLine
from store.domain.scan import Scan, Source
from store.domain.terms import DocumentType
from store.migrate import migrate
from store.models.sql import select
from store.operations.entry import enter_range
from store.operations.scanning import take
from store.queries import documents
from store.transaction import run_write
from tests.bench import big_store
from tests.bench.budget import Table, milliseconds, percentile
from tests.store.company import Company
from tests.store.conftest import opened_company
from tests.store.counting import asked
from tests.store.servers import Server

MOST_QUERIES = 6
REFERENCES = {DocumentType.DELIVERY: big_store.DELIVERY, DocumentType.ISSUE: big_store.ISSUE}
SCANS = 200
P50_SECONDS = 0.007
CLOSED = 2_000
CLOSING_SECONDS = 1.0


def queries(path: Path, serial: str) -> dict[str, int]:
    """Return how many queries a scan takes in the open delivery and in the open issue of a store."""
    found = {}
    with big_store.opened(path) as database:
        who = big_store.actor()
        for kind, reference in REFERENCES.items():
            listed = documents.listing(kind, who.terminal.location.id)
            document = next(row for row in listed if row.reference == reference)
            text = serial if kind is DocumentType.DELIVERY else _issuable(who.terminal.location.place_id)
            scan = Scan(text=text, raw=text, source=Source.DEVICE, at=big_store.NOW)

            def deed(document_id: int = document.id, scan: Scan = scan) -> None:
                outcome = run_write(database, lambda: take(who, document_id, scan, token=str(uuid4())))
                assert isinstance(outcome, Accepted), outcome

            found[kind.value] = asked(database, deed)
    return found


def _issuable(place_id: int) -> str:
    return str(
        select(
            "SELECT u.serial AS serial FROM unit u JOIN product p ON p.id = u.product_id WHERE p.sku = :sku "
            "AND u.place_id = :place_id AND u.terms = 'stock' AND u.condition = 'new' AND NOT EXISTS "
            "(SELECT 1 FROM draft_scan d WHERE d.unit_id = u.id AND d.state = 'draft') LIMIT 1",
            sku=big_store.ISSUED,
            place_id=place_id,
        )[0]["serial"]
    )


def test_queries_per_scan(big: Path, tmp_path: Path, table: Table) -> None:
    small = queries(big_store.copy(tmp_path, units=2_000), "QUERY-1")
    large = queries(big, "QUERY-1")
    is_kept = small == large and max(large.values()) <= MOST_QUERIES
    table.add(
        "queries per accepted scan, 2,000 scans in the document, 1,000,000 units",
        target=f"<= {MOST_QUERIES}, the same in a small store",
        measured=", ".join(f"{kind} {count}" for kind, count in large.items()),
        is_kept=is_kept,
    )
    assert is_kept, (small, large)


def one_by_one(company: Company, document: Document, serials: list[str]) -> list[float]:
    """Scan `serials` and return how long each took."""
    times = []
    for serial in serials:
        began = time.perf_counter()
        company.accept(document, serial)
        times.append(time.perf_counter() - began)
    return times


def floor(company: Company) -> float:
    """Return how long one insert and one commit take here, at the median."""
    execute = company.database.execute_sql
    execute("CREATE TABLE bench_floor (id SERIAL PRIMARY KEY, text TEXT)")

    def insert() -> None:
        with company.database.atomic():
            execute("INSERT INTO bench_floor (text) VALUES ('x')")

    times = []
    for _insert in range(SCANS):
        began = time.perf_counter()
        insert()
        times.append(time.perf_counter() - began)
    return percentile(times, 0.5)


def test_scan_on_postgresql(durable_postgres: Server, table: Table, *, times_count: bool) -> None:
    serials = [f"LT{number:06}" for number in range(SCANS)]
    with opened_company(_migrated(durable_postgres, "scanning")) as company:
        company.stock(company.laptop, *(f"LT{number:06}" for number in range(900_000, 900_050)))
        delivery = company.delivery(NewLine(product_id=company.laptop.id))
        received = one_by_one(company, delivery, serials)
        company.close(delivery)
        issued = one_by_one(company, company.issue(NewLine(product_id=company.laptop.id)), serials)
        least = floor(company)
        version = str(company.database.execute_sql("SHOW server_version").fetchone()[0]).split()[0]
    p50s = [percentile(times, 0.5) for times in (received, issued)]
    is_kept = max(p50s) <= P50_SECONDS
    table.add(
        f"scan without a screen, PostgreSQL {version}, {SCANS} received, {SCANS} issued, p50",
        target=f"<= {milliseconds(P50_SECONDS)}",
        measured=f"received {milliseconds(p50s[0])}, issued {milliseconds(p50s[1])}",
        floor=f"{milliseconds(least)}: one insert, one commit",
        is_kept=is_kept,
    )
    assert is_kept or not times_count


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_closing(
    kind: str, durable_postgres: Server, tmp_path: Path, table: Table, *, times_count: bool
) -> None:
    url = _migrated(durable_postgres, "closing") if kind == "postgresql" else _migrated_file(tmp_path)
    with opened_company(url) as company:
        delivery = company.delivery(NewLine(product_id=company.laptop.id))
        line = documents.lines(delivery.id)[0]
        company.run(
            enter_range, company.actor(), delivery.id, line.id, "LT000001", count=CLOSED, token="range"
        )
        results = [_closed(company, delivery)]
        issue = company.issue(NewLine(product_id=company.laptop.id))
        company.accept(issue, *(f"LT{number:06}" for number in range(1, CLOSED + 1)))
        results.append(_closed(company, issue))
    seconds = [result[0] for result in results]
    statements = [result[1] for result in results]
    counts, times = max(statements) <= CLOSED, max(seconds) <= CLOSING_SECONDS
    table.add(
        f"closing {CLOSED:,} units on {kind}, delivery and issue",
        target=f"<= 1 statement a unit, <= {CLOSING_SECONDS:.0f} s",
        measured=", ".join(f"{count} statements {time:.2f} s" for time, count in results),
        is_kept=counts and times,
    )
    assert counts
    assert times or not times_count


def _closed(company: Company, document: Document) -> tuple[float, int]:
    began = time.perf_counter()
    count = asked(company.database, lambda: company.close(document))
    return time.perf_counter() - began, count


def _migrated(server: Server, name: str) -> str:
    server.execute(f"CREATE DATABASE {name}")
    return _migrate(server.url(name))


def _migrated_file(folder: Path) -> str:
    return _migrate(str(folder / "store.db"))


def _migrate(url: str) -> str:
    database = open_database(url)
    with database.connection_context():
        migrate(database)
    return url
