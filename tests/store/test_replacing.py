"""A unit is replaced: the old one comes in, its holder gets another one, and warranty and loan go on."""

from datetime import timedelta

import pytest

from store.domain.documents import Document
from store.domain.errors import RefusalCode, RefusedError
from store.domain.papers import PaperRequest
from store.domain.repairs import Settlement
from store.domain.reservations import NewPiece, NewReservation
from store.domain.terms import Condition, Terms
from store.domain.timeline import TimelineKind
from store.domain.unit_links import Relation
from store.domain.warranty import WarrantyCause
from store.models.sql import execute, select
from store.operations.parties import create_party
from store.operations.replacing import replace_unit
from store.operations.reservations import reserve
from store.queries.events import open_events
from store.queries.loans import loans_of
from store.queries.repairs import open_repair
from store.queries.replacement_papers import replacement_record
from store.queries.service_papers import service_record
from store.queries.timeline import timeline
from store.queries.unit_links import related
from store.queries.warranties import warranties_told
from tests.store.company import Company
from tests.store.putting_right import put_right
from tests.store.test_repairs import facts, hand_out, intake, sell, sound, unit


def replaced(company: Company, old: str, new: str, token: str = "swap") -> Document:
    ids = unit(company, old).id, unit(company, new).id
    return company.run(replace_unit, company.actor(), *ids, reason="Wada płyty", token=token)


def swap(company: Company, old: str, new: str, token: str = "swap") -> str:
    return replaced(company, old, new, token).number or ""


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


def promise(company: Company, *, unit_id: int | None = None, party_id: int | None = None) -> None:
    """Reserve a printer for a week: one in particular, or any of them."""
    other = company.run(create_party, "CUS2", "Inny klient", is_customer=True).id
    today = company.now.date()
    new = NewReservation(
        party_id=party_id or other,
        location_id=company.main.id,
        first=today,
        last=today + timedelta(days=6),
        pieces=(NewPiece(product_id=company.printer.id, unit_id=unit_id),),
    )
    company.run(reserve, company.actor(), new, token="promise")


def test_a_unit_that_another_customer_was_promised_replaces_none(company: Company) -> None:
    sell(company, "P1")
    company.stock(company.printer, "P2", "P3")
    promise(company, unit_id=unit(company, "P2").id)
    with pytest.raises(RefusedError) as refused:
        swap(company, "P1", "P2")
    found = refused.value.refusal
    assert (found.code, found.data["party"]) == (RefusalCode.RESERVED, "Inny klient")
    assert open_events(unit(company, "P1").id) == ()
    swap(company, "P1", "P3")
    assert sound(company) == []


def test_the_last_one_that_another_customer_was_promised_replaces_none(company: Company) -> None:
    sell(company, "P1")
    company.stock(company.printer, "P2")
    promise(company)
    with pytest.raises(RefusedError) as refused:
        swap(company, "P1", "P2")
    assert refused.value.refusal.code is RefusalCode.PROMISED


def test_what_the_customer_was_promised_may_replace_it(company: Company) -> None:
    sell(company, "P1")
    company.stock(company.printer, "P2")
    promise(company, unit_id=unit(company, "P2").id, party_id=company.customer.id)
    assert swap(company, "P1", "P2")


def test_a_unit_in_an_open_document_is_refused_with_who_has_it(company: Company) -> None:
    sell(company, "P1")
    company.stock(company.printer, "P2")
    company.accept(company.issue(), "P2")
    with pytest.raises(RefusedError) as refused:
        swap(company, "P1", "P2")
    assert refused.value.refusal.code is RefusalCode.TAKEN


def test_the_protocol_of_a_replacement_says_what_for_what_and_the_warranty(company: Company) -> None:
    sell(company, "P1")
    company.stock(company.printer, "P2")
    company.now += timedelta(days=30)
    intake(company, "P1", fault="Nie drukuje")
    was = unit(company, "P1").warranty_until
    company.now += timedelta(days=5)
    posted = replaced(company, "P1", "P2")
    found = company.run(replacement_record, PaperRequest(number=posted.number or ""))
    assert (found.old.serial, found.new.serial) == ("P1", "P2")
    assert (found.old.condition, found.new.condition) == (Condition.DAMAGED, Condition.NEW)
    assert (found.complaint, found.reason, found.rental) == ("Nie drukuje", "Wada płyty", "")
    assert found.told is not None
    assert (found.told.serial, found.told.cause, found.told.was) == ("P2", WarrantyCause.ANEW, was)
    assert found.told.until == unit(company, "P2").warranty_until
    assert found.customer.name == company.customer.name
    for text in ("Smuży", "Drukuje smugi"):
        put_right(company, unit(company, "P1").id, text=text)
    found = company.run(replacement_record, PaperRequest(number=posted.number or ""))
    assert found.complaint == "Drukuje smugi"


def test_the_protocol_of_a_lent_unit_names_its_rental(company: Company) -> None:
    company.stock(company.printer, "P1", "P2")
    rental = company.lend("P1")
    posted = replaced(company, "P1", "P2")
    found = company.run(replacement_record, PaperRequest(number=posted.number or ""))
    assert (found.rental, found.complaint, found.told) == (rental.number, "", None)
    assert found.due == company.run(loans_of, rental.id)[0].until.due


@pytest.mark.parametrize(
    ("settlement", "cause"),
    [(Settlement.ESSENTIAL, WarrantyCause.ANEW), (Settlement.MINOR, WarrantyCause.PROLONGED)],
)
def test_a_hand_out_tells_the_warranty_that_it_changed(
    company: Company, settlement: Settlement, cause: WarrantyCause
) -> None:
    sell(company, "P1", "P2")
    company.now += timedelta(days=30)
    brought = intake(company, "P1", "P2")
    before = unit(company, "P1")
    company.now += timedelta(days=9)
    given = hand_out(company, "P1", settlement=settlement, outcome="Nowy moduł")
    (told,) = company.run(warranties_told, given.id).values()
    assert (told.serial, told.cause, told.settlement) == ("P1", cause, settlement)
    assert (told.was, told.until) == (before.warranty_until, unit(company, "P1").warranty_until)
    (line,) = company.run(service_record, PaperRequest(number=given.number or "")).lines
    assert (line.told, line.warranty_until) == (told, told.until)
    # The paper of the intake has the warranty of then, whenever it is made.
    first, second = company.run(service_record, PaperRequest(number=brought.number or "")).lines
    assert (first.warranty_until, first.told) == (before.warranty_until, None)
    assert second.warranty_until == unit(company, "P2").warranty_until
    paid = hand_out(company, "P2")
    assert company.run(warranties_told, paid.id) == {}
