"""What the list of what has to come back costs with 20,000 units out of 1,000,000."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from peewee import Database

from store.database import open_database
from store.demo.drafts import scan_units
from store.domain.documents import NewDocument, NewLine
from store.domain.loans import RentalTerms, Until
from store.domain.terms import DocumentType, Terms
from store.domain.unreturned import Which
from store.models.sql import execute, is_postgres, select
from store.operations.closing import close_document
from store.operations.documents import open_document
from store.queries import documents, parties
from store.queries.holders import holders, totals
from store.queries.unreturned import page
from store.transaction import run_write
from tests.bench import big_store
from tests.bench.budget import Table, milliseconds, percentile
from tests.bench.postgres_store import NAME, big_server
from tests.bench.test_reading import timed
from tests.store.counting import statements

OUT, RENTALS, BACK = 20_000, 40, 180_000
"""What is out, in so many rentals; and what was out once and came back, as most of what was ever lent has."""
FIRST_PAGE_SECONDS = 0.1
ROUNDS = 40


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[Database]:
    """Open the store of 1,000,000 units on a database, to be written to."""
    if kind == "sqlite":
        with big_store.opened(big_store.copy(folder)) as database:
            yield database
        return
    with big_server() as server:
        database = open_database(server.url(NAME))
        with database.connection_context():
            yield database


_OVER = """
    INSERT INTO loan (
        document_id, movement_id, product_id, unit_id, party_id, quantity, since, due, condition, accessories,
        returned_document_id, returned_movement_id, returned_at, returned_condition, returned_note)
    SELECT m.document_id, m.id, m.product_id, m.unit_id, q.id, m.quantity, m.effective_at, '2025-06-01',
           'used', '', m.document_id, m.id, m.effective_at, 'used', ''
    FROM movement m JOIN party q ON q.place_id = m.to_place_id
    WHERE m.unit_id IS NOT NULL ORDER BY m.id LIMIT :most
"""
"""Loans that are over, as rows alone: no list of what is out may read them."""


def lend(database: Database) -> None:
    """Lend units from our stock until `OUT` are out: half of them is late by now, or is asked for again."""
    assert run_write(database, partial(execute, _OVER, most=BACK)) == BACK
    out = int(select("SELECT count(*) AS n FROM loan WHERE returned_at IS NULL")[0]["n"])
    each = -(-(OUT - out) // RENTALS)
    before = big_store.NOW - timedelta(days=100)
    stock = select(
        """
        SELECT product_id, place_id, count(*) AS n FROM unit
        WHERE terms = 'stock' AND condition <> 'blocked'
        GROUP BY product_id, place_id HAVING count(*) > :each ORDER BY n DESC
        """,
        each=each,
    )
    customers = parties.search("", customers=True, limit=RENTALS)
    who = big_store.actor()
    left = {(row["product_id"], row["place_id"]): int(row["n"]) for row in stock}
    for number in range(RENTALS):
        product_id, place_id = max(left, key=lambda spot: left[spot])
        left[product_id, place_id] -= each
        location = select("SELECT id FROM location WHERE place_id = :place_id", place_id=place_id)[0]["id"]
        day = before.date() + timedelta(days=5 * number)
        new = NewDocument(
            type=DocumentType.RENTAL,
            party_id=customers[number % len(customers)].id,
            location_id=location,
            lines=(NewLine(product_id=product_id),),
            rental=RentalTerms(until=Until(ask_again=day) if number % 8 == 7 else Until(due=day)),
        )
        count = min(each, OUT - out - number * each)

        def rent(new: NewDocument = new, place_id: int = place_id, count: int = count) -> None:
            early = replace(who, at=before)
            document = open_document(early, new)
            (line,) = documents.lines(document.id)
            scan_units(early, line.id, place_id=place_id, terms=Terms.STOCK, count=count)
            close_document(early, document.id, token=f"bench-{document.id}")

        run_write(database, rent)
    run_write(database, lambda: execute("ANALYZE"))


def plans(database: Database, deed: Callable[[], object]) -> str:
    """Return how the database does what a deed asks of it."""
    word = "EXPLAIN" if is_postgres() else "EXPLAIN QUERY PLAN"
    with statements(database) as seen:
        deed()
    return "\n".join(
        str(row) for sql, params in seen for row in database.execute_sql(f"{word} {sql}", params).fetchall()
    )


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_is_out(kind: str, tmp_path: Path, table: Table, *, times_count: bool) -> None:
    today = big_store.TODAY
    with opened(kind, tmp_path) as database:
        lend(database)
        assert totals(today).pieces >= OUT
        party = holders(today)[0]
        found = {
            "units, all": partial(page, today),
            "late": partial(page, today, which=Which.OVERDUE),
            "of this week": partial(page, today, which=Which.WEEK),
            "of one customer": partial(page, today, party_id=party.party_id),
            "suppliers'": partial(page, today, which=Which.SUPPLIER),
            "customers with their sums": partial(holders, today),
            "the sum of all": partial(totals, today),
            "the sum of suppliers'": partial(totals, today, which=Which.SUPPLIER),
        }
        times = {name: percentile(timed(database, [deed] * ROUNDS), 0.95) for name, deed in found.items()}
        plan = {name: plans(database, deed) for name, deed in found.items()}
    p95 = max(times.values())
    table.add(
        f"first page of what is out, {OUT:,} of 1,000,000 units, {kind}, p95",
        target=f"<= {milliseconds(FIRST_PAGE_SECONDS)}, by index",
        measured=", ".join(f"{name} {milliseconds(seconds)}" for name, seconds in times.items()),
        is_kept=p95 <= FIRST_PAGE_SECONDS,
    )
    for name, text in plan.items():
        assert not re.search(r"Seq Scan on (unit|loan|movement)\b|SCAN [ulm]\b(?! USING)", text), (name, text)
        assert "loan_open" in text, (name, text)
    assert p95 <= FIRST_PAGE_SECONDS or not times_count
