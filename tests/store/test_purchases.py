"""What came from a supplier, at what price, and how it fares."""

from datetime import timedelta
from decimal import Decimal

import pytest

from store.domain.documents import NewLine, QuestionKind
from store.domain.purchases import PurchaseLine
from store.domain.terms import DocumentType
from store.models.sql import execute
from store.operations.events import record_event
from store.operations.parties import create_party
from store.operations.replacing import replace_unit
from store.queries import documents
from store.queries.purchases import purchase_lines, purchased
from store.queries.units import by_number
from tests.store.company import Company
from tests.store.counting import asked
from tests.store.putting_right import put_right


def receive(company: Company, price: int, *serials: str) -> None:
    """Receive laptops at a price, in ten-thousandths, and a phone without one."""
    delivery = company.delivery(NewLine(product_id=company.laptop.id), NewLine(product_id=company.phone.id))
    line = documents.lines(delivery.id)[0]
    company.run(
        execute, "UPDATE document_line SET unit_price = :price WHERE id = :id", price=price, id=line.id
    )
    company.accept(delivery, *serials)
    company.accept(delivery, f"PH{serials[0]}", line_id=documents.lines(delivery.id)[1].id)
    company.close(delivery)
    company.now += timedelta(days=40)


@pytest.fixture
def bought(company: Company) -> Company:
    receive(company, 39_990_000, "LT000001", "LT000002", "LT000003")
    receive(company, 42_000_000, "LT000004")
    issue = company.issue()
    company.accept(issue, "LT000001", "LT000002")
    company.close(issue)
    for serial, times in (("LT000001", 2), ("LT000002", 1)):
        (unit,) = company.run(by_number, serial)
        for number in range(times):
            company.run(
                record_event, company.actor(), unit.id, "complaint", "Pęknięta", token=f"{serial} {number}"
            )
    back = company.delivery(NewLine(product_id=company.laptop.id), party=company.customer)
    company.accept(back, "LT000001")
    company.close(back)
    return company


def test_each_product_has_its_pieces_prices_and_complaints(bought: Company) -> None:
    laptops, phones = bought.run(purchased, bought.supplier.id)
    assert (laptops.sku, laptops.pieces, laptops.units) == ("NB-14", Decimal(4), 4)
    assert (laptops.lowest_price, laptops.highest_price) == (Decimal(3999), Decimal(4200))
    assert (laptops.complained, laptops.complaints, laptops.complained_share) == (2, 3, Decimal("50.0"))
    assert (laptops.returned, laptops.returned_share, laptops.costs) == (0, Decimal("0.0"), {})
    # What was bought back is a purchase from the customer, and no complaint.
    assert (laptops.given_back, laptops.replaced) == (0, 0)
    assert (phones.units, phones.lowest_price) == (2, None)


def test_a_complaint_that_was_put_right_counts_once(bought: Company) -> None:
    for serial in ("LT000001", "LT000002"):
        (unit,) = bought.run(by_number, serial)
        put_right(bought, put_right(bought, unit.id).unit_id)
    laptops, _phones = bought.run(purchased, bought.supplier.id)
    assert (laptops.complained, laptops.complaints) == (2, 3)
    # One that was no complaint at all is none any more.
    put_right(bought, unit.id, kind="note")
    laptops, _phones = bought.run(purchased, bought.supplier.id)
    assert (laptops.complained, laptops.complaints) == (1, 2)


def test_what_customers_gave_back_is_told_apart_from_what_went_to_the_supplier(bought: Company) -> None:
    """One sale is undone, one unit comes as a complaint and is replaced, one goes back to the supplier."""
    receive(bought, 40_000_000, "LT000005", "LT000006", "LT000007")
    issue = bought.issue()
    bought.accept(issue, "LT000003", "LT000004", "LT000005")
    bought.close(issue)
    back = bought.returning()
    bought.accept(back, "LT000003", confirmed=frozenset({QuestionKind.AS_WITHDRAWAL}))
    bought.accept(back, "LT000004", confirmed=frozenset({QuestionKind.AS_COMPLAINT}))
    bought.accept(back, "LT000005", confirmed=frozenset({QuestionKind.AS_SERVICE}))
    bought.close(back)
    (old,), (new,) = bought.run(by_number, "LT000004"), bought.run(by_number, "LT000006")
    bought.run(replace_unit, bought.actor(), old.id, new.id, reason="Wada", token="swap")
    supplier = bought.open(DocumentType.SUPPLIER_RETURN, bought.supplier)
    bought.accept(supplier, "LT000003", "LT000007")
    bought.close(supplier, reason="wada")
    laptops = bought.run(purchased, bought.supplier.id)[0]
    assert (laptops.units, laptops.given_back, laptops.replaced, laptops.returned) == (7, 1, 1, 2)
    assert (laptops.given_back_share, laptops.returned_share) == (Decimal("14.3"), Decimal("28.6"))


def test_what_a_customer_brought_back_is_not_a_purchase(bought: Company) -> None:
    assert bought.run(purchased, bought.customer.id) == []


def test_a_span_of_time_counts_what_came_in_it(bought: Company) -> None:
    newest = bought.run(purchase_lines, bought.supplier.id)[0]
    laptops, _phones = bought.run(purchased, bought.supplier.id, since=newest.effective_at)
    assert laptops.pieces == Decimal(1)
    laptops, _phones = bought.run(purchased, bought.supplier.id, until=newest.effective_at)
    assert laptops.pieces == Decimal(3)
    assert bought.run(purchased, bought.supplier.id, since=bought.now) == []


def test_a_span_of_time_narrows_the_lines_of_deliveries_as_it_does_the_products(bought: Company) -> None:
    whole = bought.run(purchase_lines, bought.supplier.id)
    begun = whole[0].effective_at
    assert bought.run(purchase_lines, bought.supplier.id, since=begun) == whole[:2]
    assert bought.run(purchase_lines, bought.supplier.id, until=begun) == whole[2:]
    assert bought.run(purchase_lines, bought.supplier.id, until=begun, last=True, limit=1) == whole[3:]
    assert bought.run(purchase_lines, bought.supplier.id, since=bought.now) == []


def test_the_lines_of_deliveries_follow_each_other_newest_first(bought: Company) -> None:
    whole = bought.run(purchase_lines, bought.supplier.id)
    assert [(line.number, line.product_name, line.price) for line in whole] == [
        ("PZ/2026/000002", "Telefon 5G", None),
        ("PZ/2026/000002", "Laptop 14", Decimal(4200)),
        ("PZ/2026/000001", "Telefon 5G", None),
        ("PZ/2026/000001", "Laptop 14", Decimal(3999)),
    ]
    paged: list[PurchaseLine] = []
    while page := bought.run(
        purchase_lines, bought.supplier.id, after=paged[-1].key if paged else None, limit=1
    ):
        paged += page
    assert paged == whole
    back = bought.run(purchase_lines, bought.supplier.id, last=True, limit=1)
    while page := bought.run(purchase_lines, bought.supplier.id, before=back[0].key, limit=2):
        back = page + back
    assert back == whole
    laptops = bought.run(purchase_lines, bought.supplier.id, product_id=bought.laptop.id)
    assert [line.pieces for line in laptops] == [Decimal(1), Decimal(3)]


def test_it_is_three_statements_however_much_came(bought: Company) -> None:
    other = bought.run(create_party, "S2", "Inny", is_supplier=True)
    counts = [
        asked(bought.database, lambda party=party: bought.run(purchased, party.id))
        for party in (bought.supplier, other)
    ]
    assert counts == [3, 3]
