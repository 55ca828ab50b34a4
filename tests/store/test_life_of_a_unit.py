"""A unit comes in, is sold, bought back and sold again; its card and the ledger tell its whole life."""

from datetime import date, timedelta

import pytest

from store.check.run import check_store
from store.domain.documents import NewLine, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Identifier
from store.domain.terms import IdentifierType, Terms
from store.operations.parties import create_party
from store.operations.units import add_identifier
from store.queries import units
from tests.store.company import Company


def sell(company: Company, serial: str, **options: object) -> None:
    issue = company.issue(**options)
    company.accept(issue, serial)
    company.close(issue)


def buy_back(company: Company, serial: str, **options: object) -> None:
    """A customer sells us a unit: a delivery whose supplier is the customer that has it."""
    delivery = company.delivery(
        NewLine(product_id=company.laptop.id), **({"party": company.customer} | options)
    )
    company.accept(delivery, serial)
    company.close(delivery)


def test_sold_bought_back_and_sold_again(company: Company) -> None:
    other = company.run(create_party, "CUS2", "Drugi odbiorca", is_customer=True)
    company.stock(company.laptop, "LT000001")
    unit_id = units.by_number("LT000001")[0].id
    sell(company, "LT000001")
    company.now += timedelta(days=100)
    buy_back(company, "LT000001", location=company.van)
    card = units.card(unit_id)
    assert (card.terms, card.owner_is_us, card.place and card.place.name) == (
        Terms.STOCK, True, "Samochód serwisowy",
    )  # fmt: skip
    # The maker's warranty goes on meanwhile.
    assert (card.warranty_from, card.warranty_until) == (date(2026, 3, 2), date(2028, 3, 2))
    company.now += timedelta(days=10)
    sell(company, "LT000001", location=company.van, party=other)
    card = units.card(unit_id)
    assert (card.owner_name, card.warranty_from, card.warranty_until) == (
        "Drugi odbiorca", date(2026, 6, 20), date(2028, 6, 20),
    )  # fmt: skip
    assert [(m.document_number, m.from_name, m.to_name, m.to_terms) for m in reversed(card.movements)] == [
        ("PZ/2026/000001", "Dostawca S.A.", "Magazyn główny", Terms.STOCK),
        ("WZ/2026/000001", "Magazyn główny", "Odbiorca sp. z o.o.", Terms.SOLD),
        ("PZ/2026/000002", "Odbiorca sp. z o.o.", "Samochód serwisowy", Terms.STOCK),
        ("WZ/2026/000002", "Samochód serwisowy", "Drugi odbiorca", Terms.SOLD),
    ]
    assert list(check_store(company.database)) == []


def test_only_the_customer_that_has_it_can_sell_it_back_and_not_as_a_deposit(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    sell(company, "LT000001")
    for options in ({"party": company.supplier}, {"party": company.customer, "units_of_supplier": True}):
        delivery = company.delivery(NewLine(product_id=company.laptop.id), **options)
        outcome = company.take(delivery, "LT000001")
        assert isinstance(outcome, Refused)
        assert outcome.refusal.code is RefusalCode.WITH_PARTY
        assert outcome.refusal.data["place"] == "Odbiorca sp. z o.o."


def test_a_buy_back_is_never_dated_before_the_sale(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    company.now += timedelta(days=5)
    sell(company, "LT000001")
    company.now += timedelta(days=5)
    delivery = company.delivery(NewLine(product_id=company.laptop.id), party=company.customer)
    company.accept(delivery, "LT000001")
    with pytest.raises(RefusedError) as refused:
        company.close(delivery, effective_at=company.now - timedelta(days=6))
    assert refused.value.refusal.code is RefusalCode.TOO_EARLY
    company.close(delivery, effective_at=company.now - timedelta(days=4))


def test_a_terminal_whose_clock_is_slow_can_issue_what_just_came_in(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    company.now -= timedelta(minutes=3)
    sell(company, "LT000001")
    card = units.card(units.by_number("LT000001")[0].id)
    sold, received = card.movements
    assert sold.effective_at == received.effective_at
    assert list(check_store(company.database)) == []


@pytest.mark.parametrize("kind", list(IdentifierType))
def test_each_further_number_finds_the_unit(company: Company, kind: IdentifierType) -> None:
    company.stock(company.laptop, "LT000001")
    unit_id = units.by_number("LT000001")[0].id
    company.run(add_identifier, unit_id, Identifier(type=kind, text="00:1A:2b 77"))
    assert [unit.id for unit in units.by_number("00:1a:2B77")] == [unit_id]
    issue = company.issue()
    assert company.accept(issue, "00:1a:2b77")[0].row.serial == "LT000001"
    with pytest.raises(RefusedError) as refused:
        company.run(add_identifier, unit_id, Identifier(type=kind, text="00:1A:2B77"))
    assert refused.value.refusal.code is RefusalCode.EXISTS


def test_our_inventory_number_is_one_units_only_others_may_be_shared(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    first, second = (units.by_number(f"LT00000{n}")[0].id for n in (1, 2))
    for kind in (IdentifierType.INVENTORY, IdentifierType.CUSTOMER):
        company.run(add_identifier, first, Identifier(type=kind, text="N1"))
    company.run(add_identifier, second, Identifier(type=IdentifierType.CUSTOMER, text="N1"))
    with pytest.raises(RefusedError) as refused:
        company.run(add_identifier, second, Identifier(type=IdentifierType.INVENTORY, text="n1"))
    assert refused.value.refusal.code is RefusalCode.EXISTS
