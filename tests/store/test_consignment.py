"""Goods with a customer on consignment: ours there, back, or sold there."""

from decimal import Decimal

import pytest

from store.check.run import check_store
from store.domain.documents import Document, NewLine, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Party
from store.domain.terms import Condition, DocumentType, Terms
from store.domain.units import UnitCard
from store.domain.warranty import warranty_until
from store.models.sql import select
from store.operations.parties import create_party
from store.operations.units import change_condition
from store.queries import units
from store.queries.papers import goods_note, warranty_card
from tests.store.company import CABLE_GTIN, Company


def card_of(serial: str) -> UnitCard:
    return units.card(units.by_number(serial)[0].id)


def pieces(company: Company) -> dict[tuple[str, str], Decimal]:
    """How many cables there are, by the kind of their place and their terms."""
    rows = select(
        "SELECT c.kind, b.terms, b.quantity FROM balance b JOIN place c ON c.id = b.place_id "
        "WHERE b.product_id = :product AND b.quantity > 0",
        product=company.cable.id,
    )
    return {(row["kind"], row["terms"]): Decimal(row["quantity"]) / 1000 for row in rows}


def refused(company: Company, document: Document, serial: str) -> RefusalCode:
    outcome = company.take(document, serial)
    assert isinstance(outcome, Refused), outcome
    return outcome.refusal.code


@pytest.fixture
def consigned(company: Company) -> Company:
    """Two laptops and two cables with the customer on consignment, one of each in stock."""
    company.stock(company.laptop, "LT000001", "LT000002", "LT000003")
    delivery = company.delivery(NewLine(product_id=company.cable.id))
    company.accept(delivery, *[CABLE_GTIN] * 3)
    company.close(delivery)
    document = company.open(DocumentType.CONSIGNMENT, company.customer)
    company.accept(document, "LT000001", "LT000002", CABLE_GTIN, CABLE_GTIN)
    assert company.close(document).number == "WK/2026/000001"
    return company


def test_consigned_goods_are_at_the_customer_and_ours(consigned: Company) -> None:
    card = card_of("LT000001")
    assert card.place is not None
    assert (card.place.name, card.terms, card.owner_is_us) == (
        consigned.customer.name,
        Terms.CONSIGNED,
        True,
    )
    assert card.warranty_from is None
    assert pieces(consigned) == {("location", "stock"): 1, ("party", "consigned"): 2}
    assert list(check_store(consigned.database)) == []


def test_they_come_back_into_stock(consigned: Company) -> None:
    back = consigned.open(DocumentType.CONSIGNMENT_RETURN, consigned.customer)
    consigned.accept(back, "LT000002", CABLE_GTIN)
    number = consigned.close(back).number or ""
    card = card_of("LT000002")
    assert card.place is not None
    assert (card.place.name, card.terms) == (consigned.main.name, Terms.STOCK)
    assert pieces(consigned) == {("location", "stock"): 2, ("party", "consigned"): 1}
    note = goods_note(number)
    assert note is not None
    assert (note.giver.name, note.taker.name) == (consigned.customer.name, consigned.us.name)
    assert list(check_store(consigned.database)) == []


def test_a_sale_moves_nothing_and_starts_the_warranty(consigned: Company) -> None:
    sale = consigned.open(DocumentType.CONSIGNMENT_SALE, consigned.customer)
    consigned.accept(sale, "LT000001", CABLE_GTIN)
    number = consigned.close(sale).number or ""
    card = card_of("LT000001")
    assert card.place is not None
    assert (card.place.name, card.terms, card.owner_name) == (
        consigned.customer.name,
        Terms.SOLD,
        consigned.customer.name,
    )
    today = consigned.now.astimezone().date()
    assert (card.warranty_from, card.warranty_until) == (today, warranty_until(today, 24))
    assert pieces(consigned) == {
        ("location", "stock"): 1, ("party", "consigned"): 1, ("party", "sold"): 1,
    }  # fmt: skip
    warranties = warranty_card(number)
    assert warranties is not None
    assert [line.serials for line in warranties.lines] == [("LT000001",)]
    assert list(check_store(consigned.database)) == []


def test_only_what_this_customer_has_on_consignment_is_taken(consigned: Company) -> None:
    other: Party = consigned.run(create_party, "CUS2", "Inny klient", is_customer=True)
    sale = consigned.open(DocumentType.CONSIGNMENT_SALE, consigned.customer)
    elsewhere = consigned.open(DocumentType.CONSIGNMENT_RETURN, other)
    assert refused(consigned, sale, "LT000003") is RefusalCode.NOT_WITH
    assert refused(consigned, elsewhere, "LT000001") is RefusalCode.WITH_PARTY
    assert refused(consigned, elsewhere, CABLE_GTIN) is RefusalCode.TOO_FEW
    assert refused(consigned, consigned.issue(), "LT000001") is RefusalCode.WITH_PARTY


def test_a_blocked_unit_is_neither_consigned_nor_sold_from_there(consigned: Company) -> None:
    for serial in ("LT000001", "LT000003"):
        unit = units.by_number(serial)[0]
        consigned.run(change_condition, consigned.actor(), unit.id, Condition.BLOCKED, reason="ekran")
    out = consigned.open(DocumentType.CONSIGNMENT, consigned.customer)
    sale = consigned.open(DocumentType.CONSIGNMENT_SALE, consigned.customer)
    assert refused(consigned, out, "LT000003") is RefusalCode.BLOCKED
    assert refused(consigned, sale, "LT000001") is RefusalCode.BLOCKED
    back = consigned.open(DocumentType.CONSIGNMENT_RETURN, consigned.customer)
    consigned.accept(back, "LT000001")
    consigned.close(back)
    assert card_of("LT000001").terms is Terms.STOCK


def test_a_unit_blocked_after_its_scan_keeps_the_sale_open(consigned: Company) -> None:
    sale = consigned.open(DocumentType.CONSIGNMENT_SALE, consigned.customer)
    consigned.accept(sale, "LT000001")
    unit = units.by_number("LT000001")[0]
    consigned.run(change_condition, consigned.actor(), unit.id, Condition.BLOCKED, reason="ekran")
    with pytest.raises(RefusedError) as error:
        consigned.close(sale)
    assert error.value.refusal.code is RefusalCode.BLOCKED
