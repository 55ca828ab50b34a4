"""What a scan and a closing ask of the database: few statements, the same whatever is there already."""

import re
from decimal import Decimal
from typing import Any

import pytest

from store.domain.documents import NewLine, Refused
from store.operations.drafts import undo
from store.operations.entry import enter_range, take_quantity
from store.queries import documents, scans, unit_search, units
from tests.store.company import CABLE_GTIN, Company
from tests.store.counting import asked, statements

MOST = 6
"""Queries of an accepted scan; BEGIN and COMMIT stand around them."""
BIG = {
    "unit",
    "identifier",
    "draft_scan",
    "document",
    "document_line",
    "expected_serial",
    "movement",
    "balance",
}
"""Tables that grow for as long as the company works."""
_PARENTS = re.compile(r"INSERT INTO (unit|document_line)\b")


def stock(company: Company, pieces: int, first: int = 1) -> list[str]:
    """Receive that many laptops and ten times as many cables, and return the serials."""
    delivery = company.delivery(NewLine(product_id=company.laptop.id), NewLine(product_id=company.cable.id))
    laptops, cables = documents.lines(delivery.id)
    company.run(
        enter_range, company.actor(), delivery.id, laptops.id, f"LT{first:06}", count=pieces,
        token=f"range {first}",
    )  # fmt: skip
    company.run(
        take_quantity, company.actor(), delivery.id, cables.id, Decimal(10 * pieces), token=f"cables {first}"
    )
    company.close(delivery)
    return [f"LT{number:06}" for number in range(first, first + pieces)]


def per_scan(company: Company, first: int) -> dict[str, int]:
    """Return how many queries each kind of accepted scan takes in documents that have scans already."""
    serials = stock(company, 40, first)
    delivery = company.delivery(NewLine(product_id=company.printer.id), NewLine(product_id=company.cable.id))
    issue = company.issue(NewLine(product_id=company.laptop.id, expected=Decimal(40)))
    free = company.issue(NewLine(product_id=company.cable.id))
    company.accept(delivery, *(f"A{first}-{number}" for number in range(first // 2)), line_id=None)
    company.accept(issue, *serials[: min(30, first // 4)])
    return {
        "received": asked(company.database, lambda: company.accept(delivery, f"P{first}")),
        "issued": asked(company.database, lambda: company.accept(issue, serials[-1])),
        "piece received": asked(company.database, lambda: company.accept(delivery, CABLE_GTIN)),
        "piece issued": asked(company.database, lambda: company.accept(free, CABLE_GTIN)),
    }


def test_a_scan_takes_few_queries_and_never_more(company: Company) -> None:
    small = per_scan(company, 1)
    large = per_scan(company, 500)
    assert small == large
    assert max(large.values()) <= MOST, large


def test_what_every_scan_asks_is_planned_once_for_a_connection(postgresql_company: Company) -> None:
    company = postgresql_company
    delivery = company.delivery(NewLine(product_id=company.printer.id))
    company.accept(delivery, "P1")
    with statements(company.database) as seen:
        company.accept(delivery, "P2")
        found = company.take(delivery, "P2")
    assert isinstance(found, Refused)
    words = [sql.split()[0] for sql, _values in seen]
    assert words.count("EXECUTE") == 6, words
    assert not any(sql.startswith("SELECT 'repeated'") for sql, _values in seen)


def test_what_was_prepared_outlives_a_transaction_that_is_rolled_back(postgresql_company: Company) -> None:
    company = postgresql_company
    delivery = company.delivery(NewLine(product_id=company.printer.id))

    def fail() -> None:
        assert len(documents.lines(delivery.id)) == 1
        raise LookupError

    with pytest.raises(LookupError):
        company.run(fail)
    assert len(documents.lines(delivery.id)) == 1
    company.database.close()
    company.database.connect()
    assert len(documents.lines(delivery.id)) == 1


def test_closing_takes_the_same_statements_for_any_number_of_units(company: Company) -> None:
    counts = []
    for first, pieces in ((1, 5), (1000, 150)):
        delivery = company.delivery(NewLine(product_id=company.laptop.id))
        line = documents.lines(delivery.id)[0]
        company.run(
            enter_range,
            company.actor(),
            delivery.id,
            line.id,
            f"LT{first:06}",
            count=pieces,
            token=f"{first}",
        )
        received = asked(company.database, lambda delivery=delivery: company.close(delivery))
        issue = company.issue(NewLine(product_id=company.laptop.id))
        company.accept(issue, *(f"LT{number:06}" for number in range(first, first + pieces)))
        issued = asked(company.database, lambda issue=issue: company.close(issue))
        counts.append((received, issued))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 25, counts


def test_no_scan_reads_a_growing_table_from_end_to_end(sqlite_company: Company) -> None:
    company = sqlite_company
    serials = stock(company, 30)
    delivery = company.delivery(
        NewLine(product_id=company.printer.id, expected=Decimal(3), serials=("P1", "P2")),
        NewLine(product_id=company.cable.id),
    )
    issue = company.issue()
    with statements(company.database) as seen:
        company.accept(delivery, "P1", CABLE_GTIN)
        company.accept(issue, serials[0], CABLE_GTIN)
        company.take(issue, serials[0])
        company.run(undo, company.actor(), issue.id)
        scans.scans(delivery.id, limit=20)
        documents.progress(delivery.id)
        unit_search.search("T0000")
        units.card(1)
        company.close(delivery, reason="brak")
    assert read_whole(company, seen) == []


def test_a_scan_looks_its_number_up_by_index_in_a_store_that_was_never_counted(
    postgresql_company: Company,
) -> None:
    company = postgresql_company
    delivery = company.delivery(NewLine(product_id=company.laptop.id))
    with statements(company.database) as seen:
        company.accept(delivery, "LT000001")
    often = [(sql, params) for sql, params in seen if sql.startswith("EXECUTE ")]

    def plan() -> str:
        # So few rows are read faster without an index; those of a long delivery are not.
        company.database.execute_sql("SET LOCAL enable_seqscan = off")
        plans = (company.database.execute_sql(f"EXPLAIN {sql}", params).fetchall() for sql, params in often)
        return "\n".join(row[0] for rows in plans for row in rows)

    text = company.run(plan)
    assert "serial_key = ANY (" in text
    assert not re.search(r"Seq Scan on (unit|draft_scan)\b", text)


def read_whole(company: Company, seen: list[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Return the statements of `seen` that read a growing table from end to end, each with its plan."""
    reads = [
        (sql, row[3])
        for sql, params in seen
        if sql.lstrip().startswith(("SELECT", "INSERT", "UPDATE", "WITH"))
        for row in company.database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", params).fetchall()
    ]
    assert len(reads) > 50
    return [
        (plan, sql)
        for sql, plan in reads
        if (match := re.match(r"SCAN (\w+)(?! USING (COVERING )?INDEX \w+_(taken|open))", plan))
        and _table(sql, match.group(1)) in BIG
        # SQLite plans a search for children of a new row, and makes it only when a deferred key waits.
        and not (_PARENTS.search(sql) and plan in {"SCAN draft_scan", "SCAN movement"})
    ]


def _table(sql: str, alias: str) -> str:
    """Return the table that an alias stands for in a statement."""
    match = re.search(rf'"?(\w+)"?\s+(?:AS\s+)?"?{alias}"?[\s,)]', sql)
    return match.group(1) if match and match.group(1) not in {"FROM", "JOIN"} else alias


@pytest.mark.parametrize(("alias", "table"), [("u", "unit"), ("t1", "draft_scan"), ("unit", "unit")])
def test_aliases_are_understood(alias: str, table: str) -> None:
    statement = 'SELECT * FROM unit u JOIN "draft_scan" AS "t1" ON 1 WHERE u.id IN (SELECT id FROM unit)'
    assert _table(statement, alias) == table
