"""A posted document as it goes on paper."""

from datetime import date
from decimal import Decimal

from store.domain.documents import NewLine
from store.domain.language import Language
from store.domain.papers import GoodsNote, PaperUnit, UnitLabel, WarrantyTexts
from store.domain.terms import Condition
from store.models.parties import PartyRow
from store.models.products import ProductRow
from store.operations.units import change_condition
from store.queries.papers import goods_note, unit_labels, warranty_card
from store.queries.units import by_number
from tests.store.company import CABLE_GTIN, LAPTOP_GTIN, Company
from tests.store.counting import asked

TEXTS = WarrantyTexts(territory="Polska", conditions="Text")


def paper(company: Company, number: str | None) -> GoodsNote:
    found = company.run(goods_note, number or "")
    assert found is not None
    return found


def receive(company: Company) -> GoodsNote:
    delivery = company.delivery(
        NewLine(product_id=company.laptop.id), NewLine(product_id=company.cable.id), reference="LS/9"
    )
    company.accept(delivery, "LT000002", "LT000001", CABLE_GTIN, CABLE_GTIN)
    return paper(company, company.close(delivery).number)


def test_a_receipt_comes_from_the_supplier(company: Company) -> None:
    note = receive(company)
    assert (note.words.title, note.number, note.place) == (
        "Goods receipt (PZ)",
        "PZ/2026/000001",
        "Magazyn główny",
    )
    assert (note.giver.name, note.taker.name) == (company.supplier.name, company.us.name)
    assert (note.handed_over_by, note.received_by, note.reference) == ("", company.chief.name, "LS/9")
    assert [(line.sku, line.quantity) for line in note.lines] == [("NB-14", Decimal(2)), ("CB-2", Decimal(2))]
    assert [unit.serial for unit in note.lines[0].units] == ["LT000002", "LT000001"]
    assert note.lines[1].units == ()


def test_a_deposit_is_received_as_one(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.laptop.id), units_of_supplier=True)
    company.accept(delivery, "LT000001")
    note = paper(company, company.close(delivery).number)
    assert (note.words.title, note.words.giver) == ("Receipt into deposit (PZ)", "Depositor")


def test_an_issue_goes_to_the_customer_as_it_was_then(company: Company) -> None:
    receive(company)
    unit_id = company.run(by_number, "LT000001")[0].id
    company.run(change_condition, company.actor(company.chief), unit_id, Condition.USED, reason="shown")
    issue = company.issue(NewLine(product_id=company.laptop.id, expected=Decimal(2)))
    company.accept(issue, "LT000001", "LT000002")
    number = company.close(issue).number
    company.run(change_condition, company.actor(company.chief), unit_id, Condition.DAMAGED, reason="fell")
    company.run(lambda: PartyRow.update(name="Other").where(PartyRow.id == company.customer.id).execute())
    company.run(lambda: ProductRow.update(name="Other").where(ProductRow.id == company.laptop.id).execute())
    note = paper(company, number)
    assert (note.words.title, note.giver.name, note.taker.name) == (
        "Goods issue note (WZ)", company.us.name, company.customer.name,
    )  # fmt: skip
    assert (note.handed_over_by, note.received_by) == (company.chief.name, "")
    (line,) = note.lines
    assert line.name == "Laptop 14"
    assert line.units == (
        PaperUnit(serial="LT000001", condition=Condition.USED),
        PaperUnit(serial="LT000002", condition=Condition.NEW),
    )
    first = paper(company, "PZ/2026/000001")
    assert {unit.condition for unit in first.lines[0].units} == {Condition.NEW}


def test_what_is_not_posted_has_no_paper(company: Company) -> None:
    company.delivery(NewLine(product_id=company.laptop.id))
    for number in ("", "PZ/2026/000001", "WZ"):
        assert company.run(goods_note, number) is None


def test_a_paper_takes_the_same_few_questions_whatever_stands_on_it(company: Company) -> None:
    receive(company)
    company.stock(company.laptop, *(f"LT{number:06}" for number in range(100, 160)))
    few, many = (
        asked(company.database, lambda number=number: paper(company, number))
        for number in ("PZ/2026/000001", "PZ/2026/000002")
    )
    assert few == many <= 4


def test_a_warranty_card_has_what_has_a_warranty(company: Company) -> None:
    receive(company)
    company.stock(company.phone, "P1")
    issue = company.issue(NewLine(product_id=company.laptop.id), NewLine(product_id=company.phone.id))
    company.accept(issue, "LT000001", "P1")
    number = company.close(issue).number or ""
    card = company.run(warranty_card, number, {Language.PL: TEXTS})
    assert card is not None
    (line,) = card.lines
    assert (line.sku, line.serials, line.months) == ("NB-14", ("LT000001",), company.laptop.warranty_months)
    assert (card.day, line.until) == (date(2026, 3, 2), date(2028, 3, 2))
    assert (card.guarantor.name, card.customer.name) == (company.us.name, company.customer.name)
    assert card.texts == {Language.PL: TEXTS}
    assert company.run(warranty_card, "PZ/2026/000001") is None


def test_every_unit_of_a_document_has_its_label(company: Company) -> None:
    receive(company)
    assert company.run(unit_labels, "PZ/2026/000001") == tuple(
        UnitLabel(name="Laptop 14", sku="NB-14", serial=serial, gtin=LAPTOP_GTIN)
        for serial in ("LT000002", "LT000001")
    )
    company.stock(company.phone, "P1")
    assert company.run(unit_labels, "PZ/2026/000002") == (
        UnitLabel(name="Telefon 5G", sku="PH-5", serial="P1"),
    )
    assert company.run(unit_labels, "PZ/2026/000003") is None
