"""A unit is replaced: the old one comes in, its holder gets another one, and warranty and loan go on."""

from datetime import timedelta

import pytest

from store.domain.errors import RefusalCode, RefusedError
from store.domain.repairs import Settlement
from store.domain.terms import Condition, Terms
from store.domain.timeline import TimelineKind
from store.domain.unit_links import Relation
from store.models.sql import execute, select
from store.operations.replacing import replace_unit
from store.queries.events import open_events
from store.queries.loans import loans_of
from store.queries.repairs import open_repair
from store.queries.timeline import timeline
from store.queries.unit_links import related
from tests.store.company import Company
from tests.store.test_repairs import facts, hand_out, intake, sell, sound, unit


def swap(company: Company, old: str, new: str, token: str = "swap") -> str:
    ids = unit(company, old).id, unit(company, new).id
    document = company.run(replace_unit, company.actor(), *ids, reason="Wada płyty", token=token)
    return document.number or ""


def test_a_sold_unit_in_service_is_replaced_by_another_of_its_kind(company: Company) -> None:
    sell(company, "P1")
    company.stock(company.printer, "P2")
    intake(company, "P1")
    old = unit(company, "P1")
    assert swap(company, "P1", "P2").startswith("WR/")
    assert facts(company, "P1") == (company.main.name, company.us.name, Terms.STOCK)
    assert facts(company, "P2") == (company.customer.name, company.customer.name, Terms.SOLD)
    assert unit(company, "P1").condition is Condition.DAMAGED
    assert [(link.relation, link.serial) for link in company.run(related, old.id)] == [
        (Relation.REPLACED_BY, "P2")
    ]
    assert company.run(open_repair, old.id) is None
    assert company.run(open_events, old.id) == ()
    new = unit(company, "P2")
    assert unit(company, "P1").warranty_until is None
    assert new.warranty_from == company.now.date()
    told = company.run(timeline, new.id, kinds=[TimelineKind.WARRANTY])
    assert [(entry.data["cause"], entry.data["reason"]) for entry in told] == [("anew", "Wada płyty")]
    assert sound(company) == []


def test_a_unit_is_replaced_where_it_is_and_only_once(company: Company) -> None:
    sell(company, "P1")
    company.stock(company.printer, "P2", "P3")
    number = swap(company, "P1", "P2", token="once")
    assert swap(company, "P1", "P2", token="once") == number
    with pytest.raises(RefusedError):
        swap(company, "P1", "P3", token="twice")
    assert sound(company) == []


def test_the_loan_of_a_rented_unit_goes_on_with_the_new_one(company: Company) -> None:
    company.stock(company.printer, "P1", "P2")
    rental = company.lend("P1")
    due = company.run(loans_of, rental.id)[0].until
    intake(company, "P1")
    swap(company, "P1", "P2")
    assert facts(company, "P1") == (company.main.name, company.us.name, Terms.STOCK)
    assert facts(company, "P2") == (company.customer.name, company.us.name, Terms.RENTED)
    rows = company.run(
        select,
        "SELECT u.serial, l.returned_at, l.due FROM loan l JOIN unit u ON u.id = l.unit_id ORDER BY l.id",
    )
    assert [(row["serial"], row["returned_at"] is None) for row in rows] == [("P1", False), ("P2", True)]
    assert str(rows[1]["due"]) == str(due.due)
    assert sound(company) == []


def test_what_cannot_replace_it_is_refused(company: Company) -> None:
    sell(company, "P1")
    company.stock(company.laptop, "LT000001")
    company.stock(company.printer, "P2", location=company.van)
    company.stock(company.printer, "P3")
    codes = []
    for old, new in (("P1", "LT000001"), ("P1", "P2"), ("P3", "P3")):
        with pytest.raises(RefusedError) as refused:
            swap(company, old, new, token=f"{old} {new}")
        codes.append(refused.value.refusal.code)
    assert codes == [RefusalCode.WRONG_MODEL, RefusalCode.NOT_HERE, RefusalCode.NOT_ISSUABLE]


@pytest.mark.parametrize(
    ("settlement", "cause"), [(Settlement.ESSENTIAL, "anew"), (Settlement.MINOR, "prolonged")]
)
def test_a_repair_under_warranty_changes_it_and_says_why(
    company: Company, settlement: Settlement, cause: str
) -> None:
    sell(company, "P1")
    company.now += timedelta(days=30)
    intake(company, "P1")
    before = unit(company, "P1")
    company.now += timedelta(days=9)
    hand_out(company, "P1", settlement=settlement, outcome="Nowy moduł")
    after = unit(company, "P1")
    assert before.warranty_until is not None
    assert after.warranty_until is not None
    told = company.run(timeline, after.id, kinds=[TimelineKind.WARRANTY])
    assert [(entry.data["cause"], entry.data["reason"]) for entry in told] == [(cause, "Nowy moduł")]
    if cause == "prolonged":
        assert after.warranty_until - before.warranty_until == timedelta(days=9)
    else:
        assert after.warranty_from == company.now.date()
    assert sound(company) == []


def test_the_rule_of_the_product_decides(company: Company) -> None:
    company.run(execute, "UPDATE product SET warranty_rule = 'none'")
    sell(company, "P1")
    intake(company, "P1")
    before = unit(company, "P1").warranty_until
    company.now += timedelta(days=9)
    hand_out(company, "P1", settlement=Settlement.ESSENTIAL)
    assert unit(company, "P1").warranty_until == before
