"""What a long deal costs: made, put onto the holdings, and linked with its long invoice."""

import time
from decimal import Decimal
from pathlib import Path

import pytest

from store.domain.deals import DealState, NewDeal, NewDealLine
from store.domain.received import InvoiceState
from store.models.sql import select
from store.operations.deals import make_deal
from store.operations.delivering import place_deal
from store.operations.importing import post_if_clear
from store.operations.receiving import receive
from store.transaction import run_write
from tests.bench.budget import Table
from tests.bench.test_invoices import LINES, QUERIES_PER_LINE, SECONDS, opened
from tests.store.counting import statements
from tests.store.imports.files import SELLER, faktura, row
from tests.store.invoice_files import buyer
from tests.store.servers import Server


@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
def test_a_long_deal_and_its_invoice_are_counted_once(
    kind: str, table: Table, times_count: bool, durable_postgres: Server, tmp_path: Path
) -> None:
    url = str(tmp_path / "store.db")
    if kind == "PostgreSQL":
        durable_postgres.execute("CREATE DATABASE long_deal")
        url = durable_postgres.url("long_deal")
    with opened(url) as company:
        customer, actor = buyer(company), company.actor(company.chief)
        goods = (company.printer, company.cable)
        lines = tuple(
            NewDealLine(product_id=goods[number % 2].id, quantity=Decimal(2), unit_price=Decimal("9.99"))
            for number in range(LINES)
        )
        new = NewDeal(party_id=customer.id, location_id=company.main.id, lines=lines)
        rows = [row(number + 1, index=("PR-1", "CB-2")[number % 2], quantity=2) for number in range(LINES)]
        with statements(company.database) as made:
            start = time.perf_counter()
            deal = run_write(company.database, lambda: make_deal(actor, new, token="long"))
            placed = run_write(company.database, lambda: place_deal(actor, deal.head.id, token="long"))
            making = time.perf_counter() - start
        assert placed.state is DealState.DONE
        data = faktura(*rows, orders=[deal.head.number])
        with statements(company.database) as billed:
            start = time.perf_counter()
            receipt = run_write(company.database, lambda: receive(actor, data, name="x.xml", ours=(SELLER,)))
            receipt = run_write(company.database, lambda: post_if_clear(actor, receipt))
            billing = time.perf_counter() - start
        assert receipt.invoice.state is InvoiceState.IMPORTED, receipt.questions
        (covered,) = select("SELECT sum(quantity) AS n FROM deal_cover")
        (moved,) = select("SELECT sum(quantity) AS n FROM movement WHERE to_terms = 'sold'")
        assert (covered["n"], moved["n"]) == (2_000 * LINES, 1_000 * LINES)
    few = len(made) <= QUERIES_PER_LINE * LINES and len(billed) <= QUERIES_PER_LINE * LINES
    is_quick = making < SECONDS and billing < SECONDS
    table.add(
        f"a deal of 10,000 lines made and placed; its invoice linked, {kind}",
        target=f"{SECONDS:.0f} s each, 3 queries a line",
        measured=f"{making:.1f} s, {billing:.1f} s; {len(made)} and {len(billed)} queries",
        is_kept=is_quick and few,
    )
    assert few
    assert is_quick or not times_count
