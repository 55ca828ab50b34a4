"""What belongs to suppliers: used by us, bought out wherever it is, given back; never sold before."""

from decimal import Decimal

import pytest

from store.check.run import check_store
from store.domain.documents import Document, NewLine, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Party
from store.domain.terms import Condition, DocumentType, Terms
from store.domain.units import UnitCard
from store.models.sql import execute, select
from store.operations.parties import create_party
from store.operations.prices import set_price
from store.operations.units import change_condition
from store.queries import documents, units
from store.queries.papers import goods_note
from tests.store.company import CABLE_GTIN, Company


def card_of(serial: str) -> UnitCard:
    return units.card(units.by_number(serial)[0].id)


def refused(company: Company, document: Document, text: str) -> RefusalCode:
    outcome = company.take(document, text)
    assert isinstance(outcome, Refused), outcome
    return outcome.refusal.code


def done(company: Company, kind: DocumentType, *texts: str) -> Document:
    document = company.open(kind, company.supplier)
    company.accept(document, *texts)
    return company.close(document)


@pytest.fixture
def held(company: Company) -> Company:
    """Three laptops and five cables of the supplier's, two cables of ours."""
    company.deposit(company.laptop, "LT000001", "LT000002", "LT000003")
    company.deposit(company.cable, *[CABLE_GTIN] * 5)
    delivery = company.delivery(NewLine(product_id=company.cable.id))
    company.accept(delivery, CABLE_GTIN, CABLE_GTIN)
    company.close(delivery)
    return company


@pytest.fixture
def other(company: Company) -> Party:
    return company.run(create_party, "SUP2", "Inny dostawca", is_supplier=True, is_customer=True)


def pieces() -> dict[tuple[str, str], int]:
    rows = select(
        "SELECT o.code, b.terms, b.quantity FROM balance b JOIN party o ON o.id = b.owner_id "
        "WHERE b.quantity > 0"
    )
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        key = row["code"], row["terms"]
        found[key] = found.get(key, 0) + row["quantity"] // 1000
    return found


def test_they_are_taken_into_use_and_back(held: Company) -> None:
    assert done(held, DocumentType.BORROWING, "LT000001", CABLE_GTIN).number == "WU/2026/000001"
    card = card_of("LT000001")
    assert card.place is not None
    assert (card.place.name, card.terms, card.owner_name) == (
        held.main.name,
        Terms.BORROWED,
        held.supplier.name,
    )
    assert pieces() == {("SUP", "held"): 4, ("SUP", "borrowed"): 1, ("US", "stock"): 2}
    assert refused(held, held.open(DocumentType.BORROWING_END, held.supplier), "LT000002") is (
        RefusalCode.NOT_ISSUABLE
    )
    done(held, DocumentType.BORROWING_END, "LT000001", CABLE_GTIN)
    assert card_of("LT000001").terms is Terms.HELD
    assert pieces() == {("SUP", "held"): 5, ("US", "stock"): 2}
    assert list(check_store(held.database)) == []


def test_they_are_never_sold_or_consigned_before_they_are_bought_out(held: Company) -> None:
    done(held, DocumentType.BORROWING, "LT000002")
    consignment = held.open(DocumentType.CONSIGNMENT, held.customer)
    issue = held.issue()
    for serial in ("LT000001", "LT000002"):
        assert refused(held, issue, serial) is RefusalCode.SUPPLIERS
        assert refused(held, consignment, serial) is RefusalCode.SUPPLIERS
    held.accept(issue, CABLE_GTIN, CABLE_GTIN)
    assert refused(held, issue, CABLE_GTIN) is RefusalCode.TOO_FEW


def test_a_buyout_makes_them_ours_at_its_price(held: Company) -> None:
    done(held, DocumentType.BORROWING, "LT000002")
    transfer = held.transfer()
    held.accept(transfer, "LT000003")
    held.close(transfer)
    buyout = held.open(DocumentType.BUYOUT, held.supplier)
    held.accept(buyout, "LT000001", "LT000002", "LT000003", CABLE_GTIN, CABLE_GTIN)
    with pytest.raises(RefusedError) as error:
        held.close(buyout)
    assert error.value.refusal.code is RefusalCode.PRICE_NEEDED
    laptops, cables = documents.lines(buyout.id)
    held.run(set_price, buyout.id, laptops.id, Decimal("1999.99"))
    assert held.run(set_price, buyout.id, cables.id, Decimal("4.5")).unit_price == Decimal("4.5")
    number = held.close(buyout).number or ""
    places = {"LT000001": held.main.name, "LT000002": held.main.name, "LT000003": held.van.name}
    for serial, place in places.items():
        card = card_of(serial)
        assert card.place is not None
        assert (card.place.name, card.terms, card.owner_is_us) == (place, Terms.STOCK, True)
        assert (card.movements[0].from_name, card.movements[0].to_name) == (place, place)
    prices = {row["purchase_price"] for row in select("SELECT purchase_price FROM unit")}
    assert prices == {19_999_900}
    assert pieces() == {("SUP", "held"): 3, ("US", "stock"): 4}
    note = goods_note(number)
    assert note is not None
    assert (note.giver.name, note.taker.name) == (held.supplier.name, held.us.name)
    issue = held.issue()
    held.accept(issue, "LT000001")
    assert list(check_store(held.database)) == []


def test_a_price_below_zero_or_of_another_document_is_refused(held: Company) -> None:
    buyout = held.open(DocumentType.BUYOUT, held.supplier, NewLine(product_id=held.laptop.id))
    (line,) = documents.lines(buyout.id)
    for price in ("-1", "1.00001"):
        with pytest.raises(RefusedError) as error:
            held.run(set_price, buyout.id, line.id, Decimal(price))
        assert error.value.refusal.code is RefusalCode.BAD_PRICE
    with pytest.raises(RefusedError) as error:
        held.run(set_price, held.issue().id, line.id, Decimal(1))
    assert error.value.refusal.code is RefusalCode.UNKNOWN


def test_a_return_to_the_supplier_has_a_reason_and_takes_theirs_before_ours(held: Company) -> None:
    held.stock(held.printer, "PX-1")
    blocked = units.by_number("PX-1")[0]
    held.run(change_condition, held.actor(), blocked.id, Condition.BLOCKED, reason="wada")
    back = held.open(DocumentType.SUPPLIER_RETURN, held.supplier)
    held.accept(back, "LT000001", "PX-1", *[CABLE_GTIN] * 6)
    with pytest.raises(RefusedError) as error:
        held.close(back)
    assert error.value.refusal.code is RefusalCode.REASON_NEEDED
    posted = held.close(back, reason="Wada fabryczna")
    assert (posted.number, posted.reason) == ("ZD/2026/000001", "Wada fabryczna")
    for serial in ("LT000001", "PX-1"):
        card = card_of(serial)
        assert (card.terms, card.owner_name) == (Terms.RETURNED, held.supplier.name)
    assert pieces() == {("SUP", "returned"): 6, ("US", "stock"): 1}
    again = held.delivery(NewLine(product_id=held.printer.id))
    held.accept(again, "PX-1")
    held.close(again)
    assert card_of("PX-1").terms is Terms.STOCK
    assert list(check_store(held.database)) == []


def test_another_supplier_gets_lends_and_sells_nothing_of_it(held: Company, other: Party) -> None:
    for kind in (DocumentType.SUPPLIER_RETURN, DocumentType.BORROWING, DocumentType.BUYOUT):
        document = held.open(kind, other)
        assert refused(held, document, "LT000001") is RefusalCode.NOT_ISSUABLE
    back = held.open(DocumentType.SUPPLIER_RETURN, other)
    held.accept(back, CABLE_GTIN, CABLE_GTIN)
    assert refused(held, back, CABLE_GTIN) is RefusalCode.TOO_FEW


def test_a_unit_that_changed_hands_meanwhile_keeps_the_return_open(held: Company) -> None:
    back = held.open(DocumentType.SUPPLIER_RETURN, held.supplier)
    held.accept(back, "LT000001")
    unit = units.by_number("LT000001")[0]
    execute("UPDATE unit SET owner_id = :us, terms = 'held' WHERE id = :id", us=held.us.id, id=unit.id)
    with pytest.raises(RefusedError) as error:
        held.close(back, reason="koniec")
    assert error.value.refusal.code is RefusalCode.CONFLICT


def test_a_unit_that_was_lent_on_is_bought_out_at_the_customer_and_stays_lent(held: Company) -> None:
    held.lend("LT000001")
    buyout = held.open(DocumentType.BUYOUT, held.supplier)
    held.accept(buyout, "LT000001")
    (line,) = documents.lines(buyout.id)
    held.run(set_price, buyout.id, line.id, Decimal(1500))
    held.close(buyout)
    card = card_of("LT000001")
    assert card.place is not None
    assert (card.place.name, card.terms, card.owner_is_us) == (held.customer.name, Terms.RENTED, True)
    assert (card.movements[0].from_name, card.movements[0].to_name) == (held.customer.name,) * 2
    assert list(check_store(held.database)) == []


def test_what_two_suppliers_left_here_is_not_taken_from_each_other(held: Company, other: Party) -> None:
    theirs = held.delivery(NewLine(product_id=held.cable.id), party=other, units_of_supplier=True)
    held.accept(theirs, CABLE_GTIN, CABLE_GTIN)
    held.close(theirs)
    held.accept(held.open(DocumentType.BORROWING, held.supplier, NewLine(product_id=held.cable.id)),
                *[CABLE_GTIN] * 4)  # fmt: skip
    second = held.open(DocumentType.BORROWING, other, NewLine(product_id=held.cable.id))
    held.accept(second, CABLE_GTIN, CABLE_GTIN)
    assert refused(held, second, CABLE_GTIN) is RefusalCode.TOO_FEW


def test_pieces_that_are_being_bought_out_do_not_go_with_another_document_as_well(held: Company) -> None:
    bought = held.open(DocumentType.BUYOUT, held.supplier, NewLine(product_id=held.cable.id))
    held.accept(bought, *[CABLE_GTIN] * 5)
    moved = held.transfer(NewLine(product_id=held.cable.id))
    held.accept(moved, CABLE_GTIN, CABLE_GTIN)
    assert refused(held, moved, CABLE_GTIN) is RefusalCode.TOO_FEW


def test_what_is_scanned_to_move_is_not_bought_out_as_well(held: Company) -> None:
    moved = held.transfer(NewLine(product_id=held.cable.id))
    held.accept(moved, *[CABLE_GTIN] * 7)
    bought = held.open(DocumentType.BUYOUT, held.supplier, NewLine(product_id=held.cable.id))
    assert refused(held, bought, CABLE_GTIN) is RefusalCode.TOO_FEW
