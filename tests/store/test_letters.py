"""What a letter says of units, of a customer and of a document."""

from datetime import date
from decimal import Decimal

import pytest

from store.domain.documents import NewLine
from store.domain.errors import StoreError
from store.domain.fields import FieldSpec, FieldType
from store.domain.letters import LetterFacts
from store.domain.records import Identifier
from store.domain.terms import Condition, IdentifierType, Terms
from store.models.parties import PartyRow
from store.operations.field_values import set_values
from store.operations.fields import define_field, give_field
from store.operations.units import add_identifier
from store.queries.letters import LetterAbout, letter_facts
from store.queries.units import by_number
from tests.store.company import CABLE_GTIN, Company
from tests.store.counting import asked

TODAY = date(2026, 3, 9)


def facts(company: Company, **about: object) -> LetterFacts:
    wanted = LetterAbout(**about)  # type: ignore[arg-type]
    return company.run(letter_facts, wanted, today=TODAY, operator="Ja")


def serials(found: LetterFacts) -> list[str]:
    return [unit.serial for unit in found.units]


def issued(company: Company, *serials: str) -> str:
    lines = [NewLine(product_id=product.id) for product in (company.laptop, company.cable)]
    delivery = company.delivery(*lines)
    company.accept(delivery, *serials, CABLE_GTIN, CABLE_GTIN)
    company.close(delivery)
    issue = company.issue(*lines, reference="ZAM/1")
    company.accept(issue, *serials, CABLE_GTIN, CABLE_GTIN)
    return company.close(issue).number or ""


def test_units_by_any_of_their_numbers_in_the_order_asked_and_each_once(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    company.stock(company.phone, "P1")
    found = company.run(by_number, "LT000002")[0].id
    company.run(add_identifier, found, Identifier(type=IdentifierType.INVENTORY, text="INW-2"))
    said = facts(company, units=("p1", "INW-2", "LT000001", "lt000002"))
    assert serials(said) == ["P1", "LT000002", "LT000001"]
    unit = said.units[1]
    assert (unit.product, unit.sku, unit.kind, unit.inventory) == ("Laptop 14", "NB-14", "Komputery", "INW-2")
    assert (unit.condition, unit.terms, unit.quantity) == (Condition.NEW, Terms.STOCK, Decimal(1))
    assert (unit.since, unit.document, unit.owner) == (date(2026, 3, 2), "PZ/2026/000001", company.us.name)
    assert (said.day, said.operator, said.company.name, said.document) == (TODAY, "Ja", company.us.name, None)


def test_a_number_of_none_or_of_several_units_is_told(company: Company) -> None:
    company.stock(company.printer, "A1")
    company.stock(company.phone, "P1")
    phone = company.run(by_number, "P1")[0].id
    company.run(add_identifier, phone, Identifier(type=IdentifierType.OTHER, text="A1"))
    with pytest.raises(StoreError, match="no unit has the number B1"):
        facts(company, units=("B1",))
    with pytest.raises(
        StoreError, match="several units have the number A1: Drukarka laserowa A1, Telefon 5G P1"
    ):
        facts(company, units=("A1",))


def test_the_letter_goes_to_who_has_all_of_the_units(company: Company) -> None:
    issued(company, "LT000001", "LT000002")
    company.stock(company.laptop, "LT000003")
    said = facts(company, units=("LT000001", "LT000002"))
    assert said.party
    assert (said.party.code, said.party.name) == (company.customer.code, company.customer.name)
    assert facts(company, units=("LT000001", "LT000003")).party is None
    assert facts(company, units=("LT000003",)).party is None
    asked_for = facts(company, units=("LT000003",), party="SUP")
    assert (asked_for.party and asked_for.party.name, serials(asked_for)) == (
        company.supplier.name,
        ["LT000003"],
    )


def test_a_document_says_what_it_moved_with_the_names_of_then(company: Company) -> None:
    number = issued(company, "LT000002", "LT000001")
    said = facts(company, document=number)
    assert said.document
    assert (said.document.number, said.document.day) == (number, date(2026, 3, 2))
    assert (said.document.place, said.document.reference) == (company.main.name, "ZAM/1")
    assert said.party
    assert said.party.code == company.customer.code
    assert [(unit.product, unit.serial, unit.quantity) for unit in said.units] == [
        ("Laptop 14", "LT000002", 1),
        ("Laptop 14", "LT000001", 1),
        ("Kabel 2 m", "", 2),
    ]


@pytest.mark.parametrize("number", ["", "WZ/2026/000009"])
def test_a_document_that_is_not_posted_is_told(company: Company, number: str) -> None:
    company.issue(NewLine(product_id=company.laptop.id))
    with pytest.raises(StoreError, match="no posted document"):
        facts(company, document=number or " ")


def test_a_party_is_written_to_about_what_it_has_to_give_back(company: Company) -> None:
    issued(company, "LT000001")
    said = facts(company, party="CUS")
    assert said.party
    assert said.party.name == company.customer.name
    assert said.units == ()
    with pytest.raises(StoreError, match="no party has the code NOBODY"):
        facts(company, party="NOBODY")


def test_the_companys_own_fields_are_said_as_people_read_them(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    field = company.run(define_field, FieldSpec(name="Pamięć", type=FieldType.NUMBER, measure="GB"))
    company.run(give_field, company.laptop.kind_id, field.id)
    unit = company.run(by_number, "LT000001")[0].id
    company.run(set_values, company.actor(), [unit], field.id, "16")
    said = facts(company, units=("LT000001", "LT000002"))
    assert said.fields == {field.code}
    assert [each.fields.get(field.code) for each in said.units] == ["16 GB", None]


def test_a_letter_takes_the_same_few_questions_whatever_it_is_about(company: Company) -> None:
    many = [f"LT{number:06}" for number in range(60)]
    number = issued(company, *many)
    one = issued(company, "LT001000")
    for few, lots in (
        ({"units": ("LT001000",)}, {"units": tuple(many)}),
        ({"document": one}, {"document": number}),
    ):
        questions = [
            asked(company.database, lambda about=about: facts(company, **about)) for about in (few, lots)
        ]
        assert questions[0] == questions[1] <= 6


def test_more_units_than_a_letter_has_are_refused(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    company.stock(company.laptop, *(f"LT{number:06}" for number in range(4)))
    monkeypatch.setattr("store.queries.letters.MOST_UNITS", 3)
    with pytest.raises(StoreError, match="a letter has 3 units at most"):
        facts(company, document="PZ/2026/000001")


def test_what_a_retired_party_was_called_is_no_secret(company: Company) -> None:
    company.run(lambda: PartyRow.update(retired=True).where(PartyRow.code == "CUS").execute())
    assert facts(company, party="CUS").party
