"""What waits for its serials is part of what a customer has: in the sums, in the list, and on paper."""

from datetime import date
from decimal import Decimal

import pytest

from store.domain.holdings import EVERYTHING, HeldPart, HeldRow, HeldUnit
from store.domain.papers import PaperRequest
from store.domain.records import Party
from store.domain.terms import Terms
from store.operations.on_site import add_turnable, open_on_site
from store.queries.held_rows import held_rows
from store.queries.holding_papers import holdings_record
from store.queries.holdings import holdings
from tests.store.company import Company
from tests.store.imports.files import row
from tests.store.invoice_files import buyer, post, sale

TODAY = date(2026, 6, 1)


@pytest.fixture
def customer(company: Company) -> Party:
    """A customer with two printers and three laptops without serials, and one of each with; and cables."""
    customer = buyer(company)
    lines = (row(1, index="PR-1", quantity=3), row(2, index="NB-14", quantity=4))
    assert post(company, sale(*lines, row(3, index="CB-2", quantity=5))).questions == ()
    document = company.run(open_on_site, company.actor(), customer)
    company.accept(document, "P1", line_id=None)
    company.accept(document, "LT000001")
    company.close(document)
    return customer


def told(rows: list[HeldRow]) -> list[str]:
    """Say what waits with a mark, what is counted with its SKU, and units by their serials."""
    return [
        row.serial
        if isinstance(row, HeldUnit)
        else f"? {row.count}"
        if row.is_pending
        else f"{row.sku} {row.count}"
        for row in rows
    ]


def test_the_sums_count_what_waits_once(company: Company, customer: Party) -> None:
    found = company.run(holdings, customer, TODAY)
    assert [(each.sku, each.pieces, each.units, each.pending, each.plain) for each in found.groups] == [
        ("CB-2", 5, 0, 0, 5),
        ("PR-1", 3, 1, 2, 0),
        ("NB-14", 4, 1, 3, 0),
    ]
    assert found.by_terms == {Terms.SOLD: Decimal(12)}
    assert (found.pieces, found.units, found.pending) == (12, 2, 5)


def test_what_waits_stands_before_the_units_of_its_product(company: Company, customer: Party) -> None:
    rows = company.run(held_rows, customer)
    assert told(rows) == ["? 3", "LT000001", "? 2", "P1", "CB-2 5"]
    printers = HeldPart(product_id=company.printer.id)
    assert told(company.run(held_rows, customer, printers)) == ["? 2", "P1"]
    assert told(company.run(held_rows, customer, HeldPart(kind_id=company.printer.kind_id))) == told(rows)[:4]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_follow_each_other_both_ways_without_a_gap_or_a_repeat(
    company: Company, customer: Party, limit: int
) -> None:
    whole = company.run(held_rows, customer)
    seen: list[HeldRow] = []
    while page := company.run(
        held_rows, customer, EVERYTHING, after=seen[-1].key if seen else None, limit=limit
    ):
        seen += page
    assert seen == whole
    back = company.run(held_rows, customer, EVERYTHING, last=True, limit=limit)
    while page := company.run(held_rows, customer, EVERYTHING, before=back[0].key, limit=limit):
        back[:0] = page
    assert back == whole


def test_units_take_the_place_of_pieces_in_the_sums(company: Company, customer: Party) -> None:
    document = company.run(open_on_site, company.actor(), customer)
    line = company.run(add_turnable, document.id, company.cable.id)
    company.accept(document, "C-1", "C-2", line_id=line.id)
    company.close(document)
    found = company.run(holdings, customer, TODAY)
    assert found.pieces == 12
    cables = next(each for each in found.groups if each.sku == "CB-2")
    assert (cables.pieces, cables.units, cables.plain) == (5, 2, 3)


def test_the_printed_list_has_what_waits(company: Company, customer: Party) -> None:
    record = company.run(holdings_record, PaperRequest(number="", party_id=customer.id, day=TODAY))
    waiting = [line for line in record.lines if not line.serial and line.since]
    assert [(line.sku, line.quantity, line.document, line.since) for line in waiting] == [
        ("PR-1", 2, "FV/2026/7", date(2026, 3, 1)),
        ("NB-14", 3, "FV/2026/7", date(2026, 3, 1)),
    ]
    assert sum(line.quantity for line in record.lines) == 12
