"""What a long invoice costs: read, matched and posted, without a screen."""

import subprocess
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from store.database import open_database
from store.domain.direction import Direction
from store.domain.received import InvoiceState, Receipt
from store.migrate import migrate
from store.models.sql import select
from store.operations.entry import enter_list
from store.operations.importing import post_if_clear
from store.operations.on_site import open_on_site
from store.operations.receiving import receive
from store.queries import documents
from store.queries.pending import pending_totals
from store.transaction import run_write
from tests.bench.budget import Table
from tests.store.company import Company
from tests.store.conftest import opened_company
from tests.store.counting import statements
from tests.store.imports.files import SELLER, extra, faktura, row
from tests.store.invoice_files import buyer
from tests.store.servers import Server

LINES = 10_000
SERIALS = 2_000
"""Lines with a serial of their own; half of these units lie in our stock."""
SECONDS = 10.0
MEGABYTES = 200
QUERIES_PER_LINE = 3


def file_of(lines: int, serials: int) -> bytes:
    """A sales invoice: some lines with a serial each, some to be scanned, the rest pieces without serials."""
    rows = [
        row(number, "Laptop 14", index="NB-14")
        if number <= serials
        else row(number, "Drukarka laserowa", gtin="5012345678900", quantity=2)
        if number % 5 == 0
        else row(number, "Kabel 2 m", index="CB-2", quantity=3)
        for number in range(1, lines + 1)
    ]
    named = "".join(extra(number, "Numer seryjny", f"LT{number:06}") for number in range(1, serials + 1))
    return faktura(*rows, extras=named)


def measured(company: Company, lines: int, serials: int) -> tuple[Receipt, float, int]:
    """Post such an invoice; return what it did, the seconds that it took, and its statements."""
    company.stock(company.laptop, *(f"LT{number:06}" for number in range(1, serials // 2 + 1)))
    buyer(company)
    data, actor = file_of(lines, serials), company.actor(company.chief)
    with statements(company.database) as seen:
        start = time.perf_counter()
        receipt = run_write(company.database, lambda: receive(actor, data, name="long.xml", ours=(SELLER,)))
        receipt = run_write(company.database, lambda: post_if_clear(actor, receipt))
        seconds = time.perf_counter() - start
    return receipt, seconds, len(seen)


@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
def test_a_long_invoice_is_matched_and_posted(
    kind: str, table: Table, times_count: bool, durable_postgres: Server, tmp_path: Path
) -> None:
    url = str(tmp_path / "store.db")
    if kind == "PostgreSQL":
        durable_postgres.execute("CREATE DATABASE long_invoice")
        url = durable_postgres.url("long_invoice")
    with opened(url) as company:
        receipt, seconds, queries = measured(company, LINES, SERIALS)
        assert receipt.invoice.state is InvoiceState.IMPORTED, receipt.questions
        assert receipt.invoice.direction is Direction.SALE
        (moved,) = select("SELECT count(*) AS n FROM movement WHERE to_terms = 'sold'")
        assert moved["n"] == SERIALS + (LINES - SERIALS) * 4 // 5
    is_quick = seconds < SECONDS
    few = queries <= QUERIES_PER_LINE * LINES
    table.add(
        f"an invoice of 10,000 lines matched and posted, {kind}",
        target=f"{SECONDS:.0f} s, 3 queries a line",
        measured=f"{seconds:.1f} s, {queries} queries in all",
        is_kept=is_quick and few,
    )
    assert few
    assert is_quick or not times_count


ON_SITE = 1_000
"""Serials that are scanned for the pieces of an invoice all of whose lines wait."""


@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
def test_what_waits_for_serials_is_posted_and_scanned(
    kind: str, table: Table, times_count: bool, durable_postgres: Server, tmp_path: Path
) -> None:
    url = str(tmp_path / "store.db")
    if kind == "PostgreSQL":
        durable_postgres.execute("CREATE DATABASE long_pending")
        url = durable_postgres.url("long_pending")
    with opened(url) as company:
        customer, actor = buyer(company), company.actor(company.chief)
        data = faktura(*(row(number, gtin="5012345678900") for number in range(1, LINES + 1)))
        with statements(company.database) as posted:
            start = time.perf_counter()
            receipt = run_write(company.database, lambda: receive(actor, data, name="x.xml", ours=(SELLER,)))
            receipt = run_write(company.database, lambda: post_if_clear(actor, receipt))
            posting = time.perf_counter() - start
        assert receipt.pending == LINES, receipt.questions
        document = company.run(open_on_site, actor, customer)
        (line,) = documents.lines(document.id)
        texts = [f"S{number}" for number in range(ON_SITE)]
        with statements(company.database) as scanned:
            start = time.perf_counter()
            company.run(enter_list, actor, document.id, texts, line.id, token="list")
            company.close(document)
            scanning = time.perf_counter() - start
        assert pending_totals(party_id=customer.id).count == LINES - ON_SITE
    is_quick = posting < SECONDS and scanning < SECONDS
    few = len(posted) <= QUERIES_PER_LINE * LINES and len(scanned) <= 6 * ON_SITE
    table.add(
        f"10,000 lines that wait for serials posted; 1,000 of them entered and closed, {kind}",
        target=f"{SECONDS:.0f} s each",
        measured=f"{posting:.1f} s, {scanning:.1f} s; {len(posted)} and {len(scanned)} queries",
        is_kept=is_quick and few,
    )
    assert few
    assert is_quick or not times_count


def test_a_long_invoice_fits_the_memory(table: Table, tmp_path: Path) -> None:
    """In a process of its own: what its parts in C hold counts as well."""
    script = (
        "import sys; from tests.bench import budget, test_invoices as bench\n"
        "with bench.opened(sys.argv[1]) as company: bench.measured(company, bench.LINES, bench.SERIALS)\n"
        "print(budget.highest_memory())"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "store.db")],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
    )  # fmt: skip
    peak = int(run.stdout)
    table.add(
        "memory of the whole process for it, at its highest",
        target=f"{MEGABYTES} MB",
        measured=f"{peak:.0f} MB",
        is_kept=peak < MEGABYTES,
    )
    assert peak < MEGABYTES


def opened(url: str) -> AbstractContextManager[Company]:
    """A company in a store that is migrated here."""
    database = open_database(url)
    with database.connection_context():
        migrate(database)
    return opened_company(url)
