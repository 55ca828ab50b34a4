"""What a customer has, as it goes on paper."""

from datetime import date
from decimal import Decimal

import pytest

from print.holdings_list import holdings_list
from store.domain.documents import NewLine
from store.domain.errors import StoreError
from store.domain.fields import FieldSpec, FieldType
from store.domain.language import Language
from store.domain.loan_papers import HoldingsList
from store.domain.papers import PaperRequest
from store.domain.terms import Terms
from store.operations.field_values import set_value
from store.operations.fields import define_field, give_field
from store.queries.holding_papers import holdings_record
from store.queries.units import by_number
from tests.print.papers import texts
from tests.store.company import CABLE_GTIN, Company
from tests.store.counting import asked
from tests.store.services import add, licence_of
from tests.store.test_repairs import intake


def issued(company: Company, *serials: str) -> str:
    lines = [NewLine(product_id=product.id) for product in (company.laptop, company.cable)]
    for open_it in (company.delivery, company.issue):
        document = open_it(*lines)
        company.accept(document, *serials, CABLE_GTIN, CABLE_GTIN)
        number = company.close(document).number
    return number or ""


def holdings(company: Company, **request: object) -> HoldingsList:
    wanted = PaperRequest(**({"day": date(2026, 3, 9)} | request))  # type: ignore[arg-type]
    return company.run(holdings_record, wanted)


def test_everything_that_a_customer_has_is_listed(company: Company) -> None:
    number = issued(company, "LT000002", "LT000001")
    company.stock(company.laptop, "LT000003")
    found = holdings(company, number="CUS")
    assert found == holdings(company, party_id=company.customer.id)
    assert (found.code, found.customer.name, found.company.name) == (
        "CUS",
        company.customer.name,
        company.us.name,
    )
    assert found.day == date(2026, 3, 9)
    said = [
        (each.name, each.serial, each.quantity, each.terms, each.since, each.document) for each in found.lines
    ]
    assert said == [
        ("Laptop 14", "LT000001", Decimal(1), Terms.SOLD, date(2026, 3, 2), number),
        ("Laptop 14", "LT000002", Decimal(1), Terms.SOLD, date(2026, 3, 2), number),
        ("Kabel 2 m", "", Decimal(2), Terms.SOLD, None, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("code", "told"), [("NOBODY", "no party has the code NOBODY"), ("US", "code US"),
                                            ("CUS", "Odbiorca sp. z o.o. has nothing")])  # fmt: skip
def test_who_has_nothing_has_no_list(company: Company, code: str, told: str) -> None:
    with pytest.raises(StoreError, match=told):
        holdings(company, number=code)


def test_a_list_takes_the_same_few_questions_whatever_they_have(company: Company) -> None:
    issued(company, "LT000001")
    few = asked(company.database, lambda: holdings(company, number="CUS"))
    issued(company, *(f"LT{number:06}" for number in range(100, 140)))
    assert asked(company.database, lambda: holdings(company, number="CUS")) == few <= 5


def test_what_is_with_us_in_service_is_on_the_list_with_the_place(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002", "LT000003")
    company.lend("LT000001", "LT000002")
    issue = company.issue(NewLine(product_id=company.laptop.id))
    company.accept(issue, "LT000003")
    company.close(issue)
    intake(company, "LT000002", "LT000003")
    lines = holdings(company, number="CUS").lines
    assert [(each.serial, each.terms, each.place) for each in lines] == [
        ("LT000001", Terms.RENTED, ""),
        ("LT000002", Terms.SERVICE, company.main.name),
        ("LT000003", Terms.SERVICE, company.main.name),
    ]
    assert lines[0].due is not None


def test_the_list_has_the_values_of_fields_and_the_last_days_of_services(company: Company) -> None:
    issued(company, "LT000001")
    field = company.run(define_field, FieldSpec(name="Nazwa w sieci", type=FieldType.TEXT))
    company.run(give_field, company.laptop.kind_id, field.id, on_list=True)
    (unit,) = company.run(by_number, "LT000001")
    company.run(set_value, company.actor(company.chief), unit.id, field.id, "BIURO-01")
    add(company, licence_of(company), "AV-1", valid_until=date(2027, 1, 1))
    found = {line.serial: line for line in holdings(company, number="CUS").lines if line.serial}
    assert [value.text for value in found["LT000001"].values] == ["BIURO-01"]
    assert found["AV-1"].due == date(2027, 1, 1)
    text = " ".join(texts(holdings_list(holdings(company, number="CUS"), Language.EN)))
    assert "BIURO-01" in text
    assert "2027-01-01" in text
