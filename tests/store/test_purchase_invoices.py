"""A purchase invoice or despatch advice makes the delivery to be scanned; its price lands on the units."""

from datetime import date
from decimal import Decimal

import pytest

from screens.purchase_rows import price_text
from store.check.run import check_store
from store.domain.documents import NewLine
from store.domain.received import InvoiceState
from store.domain.records import Party
from store.domain.terms import DocumentStatus, DocumentType
from store.models.sql import select
from store.operations.entry import enter_range
from store.operations.linking import link_document
from store.queries.documents import view
from store.queries.holders import totals
from store.queries.invoices import invoice_lines
from store.queries.purchases import purchase_lines, purchased
from tests.store.company import CABLE_GTIN, LAPTOP_GTIN, Company
from tests.store.imports.files import BUYER, SELLER, extra, row, ubl, ubl_line, ubl_party
from tests.store.invoice_files import arrive, post, sale, seller


@pytest.fixture
def supplier(company: Company) -> Party:
    return seller(company)


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def test_the_delivery_expects_what_was_bought(company: Company, supplier: Party) -> None:
    rows = (
        row(1, "Their laptop", gtin=LAPTOP_GTIN, quantity=2, price="3999.99"),
        row(2, "Their cable", gtin=CABLE_GTIN[1:], quantity=50, price="2.5"),
    )
    done = post(company, sale(*rows, extras=extra(1, "Numer seryjny", "LT000001, LT000002")), BUYER)
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    (made,) = done.made
    assert (made.type, made.status, made.name) == (DocumentType.DELIVERY, DocumentStatus.OPEN, "FV/2026/7")
    delivery = view(made.id)
    assert delivery is not None
    assert delivery.document.party == supplier
    assert [(line.product.sku, line.expected, line.announced) for line in delivery.lines] == [
        ("NB-14", 2, 2),
        ("CB-2", 50, 0),
    ]
    company.accept(delivery.document, "LT000001", "LT000002")
    company.accept(delivery.document, *[CABLE_GTIN] * 3)
    company.close(delivery.document, reason="reszta później")
    prices = select("SELECT purchase_price FROM unit ORDER BY serial")
    assert [price["purchase_price"] for price in prices] == [39_999_900] * 2


def advice(number: str = "U/1", serials: tuple[str, ...] = ()) -> bytes:
    items = "".join(
        f"<cac:ItemInstance><cbc:SerialID>{text}</cbc:SerialID></cac:ItemInstance>" for text in serials
    )
    gtin = (
        f'<cac:StandardItemIdentification><cbc:ID schemeID="0160">{LAPTOP_GTIN}</cbc:ID>'
        "</cac:StandardItemIdentification>"
    )
    parties = ubl_party("DespatchSupplierParty", "Dostawca XML", vat=f"PL{SELLER}") + ubl_party(
        "DeliveryCustomerParty", "My", vat=f"PL{BUYER}"
    )
    line = ubl_line("Despatch", item=gtin + items, price="")
    return ubl("DespatchAdvice", parties, line).replace(b"U/1", number.encode())


def test_an_invoice_after_the_despatch_advice_is_counted_once(company: Company, supplier: Party) -> None:
    sent = post(company, advice("WZ/9", ("LT000001", "LT000002")), BUYER)
    assert sent.invoice.state is InvoiceState.IMPORTED, sent.questions
    delivery = view(sent.made[0].id)
    assert delivery is not None
    assert (delivery.lines[0].expected, delivery.lines[0].announced) == (2, 2)
    company.accept(delivery.document, "LT000001", "LT000002")
    company.close(delivery.document)
    billed = post(
        company,
        sale(row(1, "Laptop", gtin=LAPTOP_GTIN, quantity=2, price="100"), delivery_notes=["WZ/9"]),
        BUYER,
    )
    assert billed.invoice.state is InvoiceState.IMPORTED, billed.questions
    assert [(made.id, made.role) for made in billed.made] == [(delivery.document.id, "linked")]
    prices = select("SELECT purchase_price FROM unit")
    assert [price["purchase_price"] for price in prices] == [1_000_000] * 2
    again = post(company, advice("WZ/9", ("LT000001", "LT000002")) + b"\n", BUYER)
    assert again.known


def test_a_delivery_that_is_not_named_is_asked_about(company: Company, supplier: Party) -> None:
    delivery = company.delivery(NewLine(product_id=company.laptop.id, expected=Decimal(3)), party=supplier)
    found = post(company, sale(row(1, "Laptop", gtin=LAPTOP_GTIN, quantity=5)), BUYER)
    assert "are these the same goods?" in found.questions[0]
    company.run(link_document, company.actor(), found.invoice.id, delivery.id, same=True)
    done = post(company, sale(row(1, "Laptop", gtin=LAPTOP_GTIN, quantity=5)), BUYER)
    assert done.invoice.state is InvoiceState.IMPORTED
    (line,) = invoice_lines(done.invoice.id)
    assert (line.covered, line.ordered) == (3, 2)
    others = [made.id for made in done.made if made.role == "delivery"]
    assert len(others) == 1
    assert others[0] != delivery.id


def test_a_supplier_s_index_that_reads_like_ours_by_chance_is_no_match(
    company: Company, supplier: Party
) -> None:
    found = arrive(company, sale(row(1, "Odkurzacz przemysłowy", index="pr-1")), BUYER)
    assert found.questions == () or "which product" in found.questions[0]
    company.run(_rename, company.printer.id, "1001")
    found = arrive(company, sale(row(1, "Odkurzacz przemysłowy", index="1001"), number="FV/2"), BUYER)
    assert "which product" in found.questions[0]
    found = arrive(company, sale(row(1, "Drukarka laserowa A4", index="1001"), number="FV/3"), BUYER)
    assert found.questions == ()


def _rename(product_id: int, sku: str) -> None:
    from store.models.products import ProductRow

    ProductRow.update(sku=sku, sku_key=sku).where(ProductRow.id == product_id).execute()


def test_a_price_in_another_currency_lands_with_it_and_is_not_added_to_ours(
    company: Company, supplier: Party
) -> None:
    zloty = sale(row(1, "Laptop", gtin=LAPTOP_GTIN, quantity=1, price="4100"), number="FV/1")
    euro = sale(row(1, "Laptop", gtin=LAPTOP_GTIN, quantity=2, price="999.50"), number="FV/2")
    for data, serials in (
        (zloty, ["LT000001"]),
        (euro.replace(b">PLN<", b">EUR<"), ["LT000002", "LT000003"]),
    ):
        done = post(company, data, BUYER)
        assert done.questions == ()
        delivery = view(done.made[0].id)
        assert delivery is not None
        company.accept(delivery.document, *serials)
        company.close(delivery.document)
    prices = select("SELECT purchase_price AS price, purchase_currency AS currency FROM unit ORDER BY serial")
    assert [(each["price"], each["currency"]) for each in prices] == [
        (41_000_000, "PLN"), (9_995_000, "EUR"), (9_995_000, "EUR"),
    ]  # fmt: skip
    (product,) = purchased(supplier.id)
    assert product.prices == {"PLN": (4100, 4100), "EUR": (Decimal("999.5"), Decimal("999.5"))}
    assert price_text(product) == "at 4100.00, 999.50 EUR"
    assert [(line.price, line.currency) for line in purchase_lines(supplier.id)] == [
        (Decimal("999.5"), "EUR"), (Decimal(4100), "PLN"),
    ]  # fmt: skip
    company.lend("LT000001", "LT000002", "LT000003")
    sums = totals(date(2026, 3, 2))
    assert (sums.value, sums.unvalued) == (4100, 2)


def test_the_invoice_after_the_delivery_brings_its_price_and_its_currency(
    company: Company, supplier: Party
) -> None:
    delivery = company.delivery(NewLine(product_id=company.laptop.id), party=supplier, reference="WZ/9")
    company.accept(delivery, "LT000001")
    company.close(delivery)
    data = sale(row(1, "Laptop", gtin=LAPTOP_GTIN, price="500"), delivery_notes=["WZ/9"])
    done = post(company, data.replace(b">PLN<", b">USD<"), BUYER)
    assert [made.role for made in done.made] == ["linked"]
    (unit,) = select("SELECT purchase_price AS price, purchase_currency AS currency FROM unit")
    assert unit == {"price": 5_000_000, "currency": "USD"}


def test_a_long_delivery_is_received_as_any_other(company: Company, supplier: Party) -> None:
    done = post(company, sale(row(1, "Laptop", gtin=LAPTOP_GTIN, quantity=300)), BUYER)
    delivery = view(done.made[0].id)
    assert delivery is not None
    company.run(
        enter_range, company.actor(), delivery.document.id, delivery.lines[0].id, "LT000100",
        count=300, token="range",
    )  # fmt: skip
    assert company.close(delivery.document).number == "PZ/2026/000001"
