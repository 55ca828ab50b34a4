"""What a customer has, as it goes on paper."""

from datetime import date
from decimal import Decimal

import pytest

from store.domain.documents import NewLine
from store.domain.errors import StoreError
from store.domain.loan_papers import HoldingsList
from store.domain.papers import PaperRequest
from store.domain.terms import Terms
from store.queries.holding_papers import holdings_record
from tests.store.company import CABLE_GTIN, Company
from tests.store.counting import asked


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
    assert asked(company.database, lambda: holdings(company, number="CUS")) == few <= 4
