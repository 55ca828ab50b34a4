"""What a party has: at its place on whatever terms, and its own elsewhere; summed up and page by page."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from store.domain.documents import NewLine
from store.domain.fields import FieldSpec, FieldType
from store.domain.holdings import EVERYTHING, HeldKey, HeldPart, HeldPieces, HeldUnit
from store.domain.tasks import NewTask
from store.domain.terms import Terms
from store.models.sql import execute
from store.operations.entry import enter_range, take_quantity
from store.operations.events import record_event
from store.operations.field_values import set_value
from store.operations.fields import define_field, give_field
from store.operations.tasks import add_task
from store.queries import documents
from store.queries.held_rows import all_rows
from store.queries.holdings import held, held_ids, held_some, held_unit, holdings, party_of_unit
from store.queries.listed_values import listed_fields
from store.queries.parties import named
from store.queries.units import by_number
from tests.store.company import Company
from tests.store.counting import asked, statements
from tests.store.putting_right import put_right
from tests.store.test_repairs import hand_out, intake

TODAY = date(2026, 6, 1)


@pytest.fixture
def sold(company: Company) -> Company:
    """Three laptops and two printers sold to the customer, with four cables; a laptop stays in stock."""
    company.stock(company.laptop, *(f"LT{number:06}" for number in range(1, 5)))
    company.stock(company.printer, "P1", "P2")
    delivery = company.delivery(NewLine(product_id=company.cable.id))
    (line,) = documents.lines(delivery.id)
    company.run(take_quantity, company.actor(), delivery.id, line.id, Decimal(10), token="in")
    company.close(delivery)
    issue = company.issue(NewLine(product_id=company.cable.id))
    (line,) = documents.lines(issue.id)
    company.accept(issue, "P2", "LT000003", "LT000001", "LT000002", "P1")
    company.run(take_quantity, company.actor(), issue.id, line.id, Decimal(4), token="out")
    company.close(issue)
    return company


def move_beyond(company: Company, serial: str, terms: Terms) -> None:
    """Put a customer's unit into our van on other terms, as the documents that do so will."""
    execute(
        "UPDATE unit SET place_id = :place_id, terms = :terms WHERE serial = :serial",
        place_id=company.van.place_id, terms=terms.value, serial=serial,
    )  # fmt: skip


def test_pieces_are_summed_by_product_and_terms_with_those_without_serials(sold: Company) -> None:
    found = sold.run(holdings, sold.customer, TODAY)
    assert [(group.kind_name, group.product_name, group.pieces, group.units) for group in found.groups] == [
        ("Akcesoria", "Kabel 2 m", Decimal(4), 0),
        ("Komputery", "Drukarka laserowa", Decimal(2), 2),
        ("Komputery", "Laptop 14", Decimal(3), 3),
    ]
    assert found.by_terms == {Terms.SOLD: Decimal(9)}
    assert (found.pieces, found.units, found.under_warranty) == (Decimal(9), 5, 5)
    later = sold.run(holdings, sold.customer, date(2027, 6, 1))
    assert [group.under_warranty for group in later.groups] == [0, 0, 3]


def test_what_is_the_partys_own_and_with_us_is_its_as_well(sold: Company) -> None:
    sold.run(move_beyond, sold, "LT000002", Terms.SERVICE)
    found = sold.run(holdings, sold.customer, TODAY)
    laptops = found.groups[2]
    assert laptops.by_terms == {Terms.SOLD: Decimal(2), Terms.SERVICE: Decimal(1)}
    units = sold.run(held, sold.customer, HeldPart(product_id=sold.laptop.id))
    assert [(unit.serial, unit.is_elsewhere, unit.place_name) for unit in units] == [
        ("LT000001", False, sold.customer.name),
        ("LT000002", True, sold.van.name),
        ("LT000003", False, sold.customer.name),
    ]


def test_what_was_lent_and_is_with_us_in_service_is_still_the_customers_concern(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    company.lend("LT000001", "LT000002")
    intake(company, "LT000002")
    (here,) = company.run(by_number, "LT000002")
    found = company.run(holdings, company.customer, TODAY)
    assert found.by_terms == {Terms.RENTED: Decimal(1), Terms.SERVICE: Decimal(1)}
    assert found.in_service == Decimal(1)
    units = company.run(held, company.customer)
    assert [(unit.serial, unit.is_elsewhere, unit.place_name) for unit in units] == [
        ("LT000001", False, company.customer.name),
        ("LT000002", True, company.main.name),
    ]
    assert [unit.repair_since is not None for unit in units] == [False, True]
    assert sorted(company.run(held_ids, company.customer)) == [unit.id for unit in units]
    assert company.run(held_some, company.customer, [here.id]) == units[1:]
    assert company.run(held, company.customer, before=units[1].key) == units[:1]
    assert company.run(held, company.customer, after=units[0].key) == units[1:]
    assert company.run(party_of_unit, here.id) == company.customer
    hand_out(company, "LT000002")
    assert company.run(holdings, company.customer, TODAY).by_terms == {Terms.RENTED: Decimal(2)}


def test_what_the_customer_owns_and_is_in_service_is_there_once(sold: Company) -> None:
    intake(sold, "P1", "LT000002")
    found = sold.run(holdings, sold.customer, TODAY)
    assert (found.pieces, found.in_service, found.units) == (Decimal(9), Decimal(2), 5)
    units = sold.run(held, sold.customer)
    assert sorted(unit.serial for unit in units if unit.repair_since) == ["LT000002", "P1"]
    assert len(units) == len(set(units)) == 5
    assert sold.run(holdings, sold.supplier, TODAY).pieces == 0


def test_units_have_what_their_kind_shows_on_lists(sold: Company) -> None:
    shown = sold.run(define_field, FieldSpec(name="Nazwa w sieci", type=FieldType.TEXT))
    hidden = sold.run(define_field, FieldSpec(name="Uwagi", type=FieldType.TEXT))
    kind = sold.laptop.kind_id
    sold.run(give_field, kind, shown.id, on_list=True)
    sold.run(give_field, kind, hidden.id)
    (unit,) = sold.run(by_number, "LT000002")
    for field in (shown, hidden):
        sold.run(set_value, sold.actor(sold.chief), unit.id, field.id, "BIURO-01")
    pages = sold.run(held, sold.customer), sold.run(held_some, sold.customer, [unit.id])
    for units in pages:
        assert [(each.serial, each.values[0].text) for each in units if each.values] == [
            ("LT000002", "BIURO-01")
        ]
    assert sold.run(listed_fields, [kind]) == [shown]
    assert sold.run(listed_fields, []) == []


def test_pieces_without_serials_are_rows_before_the_units_of_their_product(sold: Company) -> None:
    pages = sold.run(lambda: list(all_rows(sold.customer, page=2)))
    rows = [row for page in pages for row in page]
    assert all(one.key < other.key for one, other in pairwise(rows))
    (cables,) = [row for row in rows if isinstance(row, HeldPieces)]
    assert (cables.sku, cables.count, cables.terms, cables.is_pending) == (
        "CB-2", Decimal(4), Terms.SOLD, False,
    )  # fmt: skip
    found = sold.run(holdings, sold.customer, TODAY)
    assert sum(group.rows for group in found.groups) == len(rows) == 6


def test_a_unit_rented_from_a_supplier_is_the_holders_and_the_suppliers_and_counted_once_each(
    sold: Company,
) -> None:
    sold.run(
        execute,
        "UPDATE unit SET owner_id = :owner, terms = 'rented' WHERE serial = 'LT000001'",
        owner=sold.supplier.id,
    )
    assert sold.run(holdings, sold.supplier, TODAY).by_terms == {Terms.RENTED: Decimal(1)}
    assert sold.run(holdings, sold.customer, TODAY).by_terms[Terms.RENTED] == Decimal(1)
    assert sold.run(holdings, sold.customer, TODAY).pieces == Decimal(9)


def test_a_supplier_has_what_we_hold_for_it(company: Company) -> None:
    deposit = company.delivery(NewLine(product_id=company.phone.id), units_of_supplier=True)
    company.accept(deposit, "P1", "P2")
    company.close(deposit)
    assert company.run(holdings, company.supplier, TODAY).by_terms == {Terms.HELD: Decimal(2)}
    assert [unit.serial for unit in company.run(held, company.supplier)] == ["P1", "P2"]


@pytest.mark.parametrize("kind", ["all", "product", "kind"])
def test_pages_follow_each_other_both_ways_without_a_gap_or_a_repeat(sold: Company, kind: str) -> None:
    parts = {
        "all": EVERYTHING,
        "product": HeldPart(product_id=sold.laptop.id),
        "kind": HeldPart(kind_id=sold.laptop.kind_id),
    }
    part = parts[kind]
    sold.run(move_beyond, sold, "LT000002", Terms.SERVICE)
    whole = sold.run(held, sold.customer, part)
    assert len(whole) == (3 if kind == "product" else 5)
    assert all(one.key < other.key for one, other in pairwise(whole))
    pages = sold.run(lambda: list(all_rows(sold.customer, part, page=2)))
    assert [row for page in pages for row in page if isinstance(row, HeldUnit)] == whole
    back = sold.run(held, sold.customer, part, last=True, limit=2)
    while page := sold.run(held, sold.customer, part, before=back[0].key, limit=2):
        back = page + back
    assert back == whole
    assert sorted(sold.run(held_ids, sold.customer, part)) == sorted(unit.id for unit in whole)


def test_one_unit_is_told_apart_from_anothers(sold: Company) -> None:
    (theirs,), (ours,) = sold.run(by_number, "LT000001"), sold.run(by_number, "LT000004")
    unit = sold.run(held_unit, sold.customer, theirs.id)
    assert unit is not None
    assert (unit.serial, unit.warranty_until) == ("LT000001", date(2028, 3, 2))
    assert sold.run(held_unit, sold.customer, ours.id) is None
    assert sold.run(party_of_unit, theirs.id) == sold.customer
    assert sold.run(party_of_unit, ours.id) is None


def test_a_party_is_named_by_its_code_or_its_whole_name(sold: Company) -> None:
    assert sold.run(named, "cus") == [sold.customer]
    assert sold.run(named, "odbiorca SP. z o.o.") == [sold.customer]
    assert sold.run(named, "odbior") == []


def test_open_complaints_are_told_of_the_unit_and_of_its_holder(sold: Company) -> None:
    (unit,) = sold.run(by_number, "LT000002")
    sold.run(record_event, sold.actor(), unit.id, "complaint", "Nie włącza się", token="c")
    sold.run(record_event, sold.actor(), unit.id, "note", "Zadzwonić", token="n")
    found = sold.run(holdings, sold.customer, TODAY)
    assert (found.open_complaints, found.open_tasks) == (1, 0)
    task = NewTask(unit_id=unit.id, title="Oddzwonić")
    sold.run(add_task, sold.actor(), task, token="t")
    found = sold.run(holdings, sold.customer, TODAY)
    assert (found.open_complaints, found.open_tasks) == (1, 1)
    assert {group.sku: (group.open_tasks, group.open_complaints) for group in found.groups} == {
        group.sku: (1, 1) if group.product_id == sold.laptop.id else (0, 0) for group in found.groups
    }
    units = sold.run(held, sold.customer, HeldPart(product_id=sold.laptop.id))
    assert [(each.serial, each.open_complaints) for each in units if each.open_complaints] == [
        ("LT000002", 1)
    ]
    put_right(sold, unit.id)
    assert sold.run(holdings, sold.customer, TODAY).open_complaints == 1
    units = sold.run(held, sold.customer, HeldPart(product_id=sold.laptop.id))
    assert sum(each.open_complaints for each in units) == 1


def test_service_with_us_does_not_change_since_when_a_customer_has_a_unit(sold: Company) -> None:
    def since(serial: str) -> datetime:
        return next(each.since for each in sold.run(held, sold.customer) if each.serial == serial)

    begun = since("P1")
    sold.now += timedelta(days=90)
    intake(sold, "P1")
    assert since("P1") == begun
    sold.now += timedelta(days=2)
    hand_out(sold, "P1")
    assert since("P1") == begun
    back = sold.delivery(NewLine(product_id=sold.printer.id), party=sold.customer)
    sold.accept(back, "P1")
    sold.close(back)
    issue = sold.issue()
    sold.accept(issue, "P1")
    sold.close(issue)
    assert since("P1") > begun + timedelta(days=90)


def test_statements_are_the_same_for_few_and_for_many(company: Company) -> None:
    counts = []
    for first, pieces in ((1, 3), (1000, 120)):
        delivery = company.delivery(NewLine(product_id=company.laptop.id))
        (line,) = documents.lines(delivery.id)
        company.run(
            enter_range,
            company.actor(),
            delivery.id,
            line.id,
            f"LT{first:06}",
            count=pieces,
            token=f"{first}",
        )
        company.close(delivery)
        issue = company.issue(NewLine(product_id=company.laptop.id))
        company.accept(issue, *(f"LT{number:06}" for number in range(first, first + pieces)))
        company.close(issue)
        counts.append(
            (
                asked(company.database, lambda: company.run(holdings, company.customer, TODAY)),
                asked(company.database, lambda: company.run(held, company.customer)),
            )
        )
    assert counts == [(2, 2), (2, 2)]


def test_neither_sums_nor_pages_read_the_units_from_end_to_end(sqlite_company: Company) -> None:
    company = sqlite_company
    company.stock(company.laptop, "LT000001", "LT000002")
    (unit,) = company.run(by_number, "LT000001")
    with statements(company.database) as seen:
        company.run(holdings, company.customer, TODAY)
        found = company.run(held, company.supplier, after=None)
        assert found == []
        for part in (EVERYTHING, HeldPart(product_id=1), HeldPart(kind_id=1)):
            company.run(held, company.customer, part, after=HeldKey(1, unit.id))
            company.run(held, company.customer, part, before=HeldKey(1, unit.id))
            company.run(held, company.customer, part, last=True)
    plans = [
        row[3]
        for sql, params in seen
        for row in company.database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", params).fetchall()
    ]
    assert plans
    assert [plan for plan in plans if re.match(r"SCAN (u|b)\b", plan)] == []
    assert any("unit_held" in plan for plan in plans)
    assert any("COVERING INDEX unit_place" in plan for plan in plans)
    assert any("unit_elsewhere" in plan for plan in plans)
