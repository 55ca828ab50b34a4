"""What is out is computed: by day in pages, by customer in sums, filtered, with its value."""

from datetime import timedelta
from decimal import Decimal

import pytest

from store.domain.documents import NewLine
from store.domain.loans import Until
from store.domain.records import Party
from store.domain.terms import Terms
from store.domain.unreturned import Cursor, Which
from store.models.sql import execute
from store.operations.entry import take_quantity
from store.operations.parties import create_party
from store.queries import documents, holders
from store.queries.unreturned import everything, page
from tests.store.company import START, Company

TODAY = START.date() + timedelta(days=20)


def due(days: int) -> Until:
    return Until(due=TODAY + timedelta(days=days))


@pytest.fixture
def other(company: Company) -> Party:
    return company.run(create_party, "OTH", "Inny odbiorca", is_customer=True)


@pytest.fixture
def lending(company: Company, other: Party) -> Company:
    """Seven units out: overdue, due this week, later, open-ended, a supplier's, and cables."""
    line = NewLine(product_id=company.laptop.id, unit_price=Decimal("1000.50"))
    delivery = company.delivery(line, NewLine(product_id=company.cable.id))
    company.accept(delivery, *(f"LT{number:06}" for number in range(1, 7)))
    cables = documents.lines(delivery.id)[1]
    company.run(take_quantity, company.actor(), delivery.id, cables.id, Decimal(9), token="in")
    company.close(delivery)
    deposit = company.delivery(NewLine(product_id=company.printer.id), units_of_supplier=True)
    company.accept(deposit, "P1")
    company.close(deposit)
    company.lend("LT000001", until=due(-3))
    company.lend("LT000002", "P1", until=due(-1))
    company.lend("LT000003", until=due(6))
    company.lend("LT000004", until=due(7), party=other)
    company.lend("LT000005", until=Until(ask_again=TODAY - timedelta(days=2)), party=other)
    rental = company.rental(NewLine(product_id=company.cable.id), until=due(0))
    line_id = documents.lines(rental.id)[0].id
    company.run(take_quantity, company.actor(), rental.id, line_id, Decimal("2.5"), token="out")
    company.close(rental)
    return company


def names(which: Which = Which.ALL, **options: object) -> list[str]:
    return [out.serial or out.product_name for out in everything(TODAY, which=which, **options)]  # type: ignore[arg-type]


def test_it_is_listed_by_the_day_on_which_something_is_to_be_done(lending: Company) -> None:
    rows = list(everything(TODAY))
    assert [row.serial or row.product_name for row in rows] == [
        "LT000001", "LT000005", "LT000002", "P1", "Kabel 2 m", "LT000003", "LT000004",
    ]  # fmt: skip
    assert [row.days_late(TODAY) for row in rows] == [3, 0, 1, 1, 0, 0, 0]
    first, printer, cables = rows[0], rows[3], rows[4]
    assert (first.party_name, first.number, first.value) == (
        lending.customer.name, "WYP/2026/000001", Decimal("1000.5"),
    )  # fmt: skip
    assert (printer.owner_name, printer.owner_is_us, printer.value) == (lending.supplier.name, False, None)
    assert (cables.quantity, cables.serial, cables.owner_name) == (Decimal("2.5"), None, lending.us.name)


@pytest.mark.parametrize(
    ("which", "listed"),
    [
        (Which.OVERDUE, ["LT000001", "LT000002", "P1"]),
        (Which.WEEK, ["LT000005", "Kabel 2 m", "LT000003"]),
        (Which.SUPPLIER, ["P1"]),
        (Which.CONSIGNED, []),
    ],
)
@pytest.mark.usefixtures("lending")
def test_filters_narrow_it(which: Which, listed: list[str]) -> None:
    assert names(which) == listed


def test_a_customers_own_list_has_nothing_of_others(lending: Company, other: Party) -> None:
    assert names(party_id=other.id) == ["LT000005", "LT000004"]
    assert names(Which.OVERDUE, party_id=other.id) == []


@pytest.mark.usefixtures("lending")
@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7])
def test_pages_follow_each_other_without_a_gap_or_a_double(limit: int) -> None:
    seen: list[str] = []
    after: Cursor | None = None
    while True:
        found = page(TODAY, limit=limit, after=after)
        assert len(found.rows) <= limit
        seen += [row.serial or row.product_name for row in found.rows]
        after = found.after
        if after is None:
            break
    assert seen == names()


def test_the_sums_are_those_of_the_list(lending: Company, other: Party) -> None:
    sums = holders.totals(TODAY)
    assert (sums.pieces, sums.overdue, sums.week) == (Decimal("8.5"), 3, Decimal("4.5"))
    assert (sums.value, sums.unvalued) == (Decimal("5002.5"), Decimal("3.5"))
    mine, theirs = holders.holders(TODAY)
    assert (mine.name, mine.first, mine.totals.overdue) == (
        lending.customer.name, TODAY - timedelta(days=3), 3,
    )  # fmt: skip
    assert (theirs.party_id, theirs.totals.pieces, theirs.totals.overdue) == (other.id, 2, 0)
    assert mine.totals.pieces + theirs.totals.pieces == sums.pieces
    assert holders.totals(TODAY, party_id=other.id) == theirs.totals
    assert [found.name for found in holders.holders(TODAY, which=Which.OVERDUE)] == [lending.customer.name]
    assert [found.code for found in holders.holders(TODAY, text="inny")] == ["OTH"]
    assert [found.code for found in holders.holders(TODAY, limit=1, skip=1)] == ["OTH"]
    assert holders.counts(TODAY) == (3, 3)


def test_consigned_goods_stand_behind_what_has_a_day(lending: Company, other: Party) -> None:
    """As another document will put them there: the unit's own row says it, the list reads no more."""
    lending.run(
        execute,
        "UPDATE unit SET terms = 'consigned', place_id = :place WHERE serial = 'LT000006'",
        place=other.place_id,
    )
    lending.run(
        execute,
        "INSERT INTO balance (product_id, place_id, owner_id, terms, quantity) "
        "VALUES (:product, :place, :owner, 'consigned', 4000)",
        product=lending.cable.id, place=other.place_id, owner=lending.us.id,
    )  # fmt: skip
    rows = list(everything(TODAY))
    unit, cables = rows[-2:]
    assert (unit.serial, unit.terms, unit.until, unit.loan_id) == ("LT000006", Terms.CONSIGNED, None, None)
    assert (cables.quantity, cables.unit_id, cables.since) == (4, None, None)
    assert names(Which.CONSIGNED) == ["LT000006", "Kabel 2 m"]
    assert names(Which.CONSIGNED, party_id=lending.customer.id) == []
    assert holders.totals(TODAY, which=Which.CONSIGNED).pieces == 5
    assert [found.first for found in holders.holders(TODAY, which=Which.CONSIGNED)] == [None]
    for limit in (1, 2, 7, 8):
        found, after, seen = None, None, 0
        while found is None or after is not None:
            found = page(TODAY, limit=limit, after=after)
            seen, after = seen + len(found.rows), found.after
        assert seen == 9
