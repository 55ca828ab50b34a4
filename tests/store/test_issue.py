"""Goods are issued by scanning them out: the right model, from here, on terms that let it go."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from store.domain.documents import Accepted, NewLine, Question, QuestionKind, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Identifier
from store.domain.scan import Gs1Item
from store.domain.terms import Condition, IdentifierType, Terms
from store.operations.closing import close_document
from store.operations.entry import take_quantity
from store.operations.units import add_identifier, change_condition
from store.queries import documents, units
from tests.store.company import CABLE_GTIN, LAPTOP_GTIN, Company


def expect(product_id: int, pieces: int) -> NewLine:
    return NewLine(product_id=product_id, expected=Decimal(pieces))


def code(outcome: object) -> RefusalCode:
    assert isinstance(outcome, Refused), outcome
    return outcome.refusal.code


def unit_id(serial: str) -> int:
    return units.by_number(serial)[0].id


def test_an_issued_unit_is_sold_and_its_warranty_starts(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    issue = company.issue(expect(company.laptop.id, 1))
    company.accept(issue, "lt000001")
    posted = company.close(issue)
    assert posted.number == "WZ/2026/000001"
    card = units.card(unit_id("LT000001"))
    assert (card.terms, card.owner_name) == (Terms.SOLD, "Odbiorca sp. z o.o.")
    assert (card.warranty_from, card.warranty_until) == (date(2026, 3, 2), date(2028, 3, 2))


def test_the_wrong_model_is_refused_with_what_is_expected(company: Company) -> None:
    company.stock(company.printer, "P1")
    issue = company.issue(expect(company.laptop.id, 1), expect(company.cable.id, 1))
    outcome = company.take(issue, "P1")
    assert code(outcome) is RefusalCode.WRONG_MODEL
    assert isinstance(outcome, Refused)
    assert outcome.refusal.data == {
        "scanned": "Drukarka laserowa",
        "expected": ("Laptop 14", "Kabel 2 m"),
    }


def test_a_free_issue_takes_any_model(company: Company) -> None:
    company.stock(company.printer, "P1")
    issue = company.issue()
    line = company.accept(issue, "P1")[0].line
    assert (line.product, line.expected) == (company.printer, None)


def test_a_unit_is_found_by_any_of_its_numbers(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    number = Identifier(type=IdentifierType.INVENTORY, text="EW/0042")
    company.run(add_identifier, unit_id("LT000001"), number)
    issue = company.issue(expect(company.laptop.id, 1))
    assert company.accept(issue, "ew/0042")[0].row.serial == "LT000001"
    assert code(company.take(issue, "EW/0042")) is RefusalCode.ALREADY_HERE


def test_gtin_and_serial_in_one_read(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    issue = company.issue(expect(company.laptop.id, 1))
    scan = company.scan("x", Gs1Item(gtin=LAPTOP_GTIN, serial="LT000001"))
    assert isinstance(company.take(issue, scan), Accepted)


def test_a_unit_at_another_location_is_refused(company: Company) -> None:
    company.stock(company.laptop, "LT000001", location=company.van)
    outcome = company.take(company.issue(expect(company.laptop.id, 1)), "LT000001")
    assert code(outcome) is RefusalCode.NOT_HERE
    assert isinstance(outcome, Refused)
    assert outcome.refusal.data["place"] == "Samochód serwisowy"


def test_a_suppliers_unit_is_not_sold(company: Company) -> None:
    delivery = company.delivery(expect(company.laptop.id, 1), units_of_supplier=True)
    company.accept(delivery, "LT000001")
    company.close(delivery)
    outcome = company.take(company.issue(), "LT000001")
    assert code(outcome) is RefusalCode.SUPPLIERS
    assert isinstance(outcome, Refused)
    assert outcome.refusal.data["owner"] == "Dostawca S.A."


def test_a_blocked_unit_is_refused(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    company.run(change_condition, company.actor(), unit_id("LT000001"), Condition.BLOCKED, reason="recalled")
    assert code(company.take(company.issue(), "LT000001")) is RefusalCode.BLOCKED


def test_a_unit_blocked_after_its_scan_is_refused_at_closing(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    issue = company.issue()
    company.accept(issue, "LT000001")
    company.run(change_condition, company.actor(), unit_id("LT000001"), Condition.BLOCKED, reason="recalled")
    with pytest.raises(RefusedError) as refused:
        company.close(issue)
    assert refused.value.refusal.code is RefusalCode.BLOCKED


def test_a_unit_that_another_terminal_took_is_refused_with_who(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    other = company.issue(reference="ZAM 5")
    company.accept(other, "LT000001", actor=company.actor(company.chief, company.gate))
    outcome = company.take(company.issue(), "LT000001")
    assert code(outcome) is RefusalCode.TAKEN
    assert isinstance(outcome, Refused)
    assert (outcome.refusal.data["operator"], outcome.refusal.data["document"]) == ("Kierownik", "ZAM 5")


def test_a_full_line_takes_no_more(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    issue = company.issue(expect(company.laptop.id, 1))
    company.accept(issue, "LT000001")
    assert code(company.take(issue, "LT000002")) is RefusalCode.LINE_FULL


def test_an_unknown_number_is_refused(company: Company) -> None:
    assert code(company.take(company.issue(), "NEVER-SEEN")) is RefusalCode.UNKNOWN


def test_the_same_serial_of_two_products_is_asked_about_only_when_both_fit(company: Company) -> None:
    company.stock(company.printer, "S1")
    delivery = company.delivery(expect(company.phone.id, 1))
    outcome = company.take(delivery, "S1")
    assert isinstance(outcome, Question)
    company.accept(delivery, "S1", confirmed=frozenset({outcome.kind}))
    company.close(delivery)
    wanted = company.issue(expect(company.phone.id, 1))
    assert company.accept(wanted, "S1")[0].line.product == company.phone
    company.close(wanted)
    both = company.issue(expect(company.phone.id, 1), expect(company.printer.id, 1))
    assert company.accept(both, "S1")[0].line.product == company.printer


def stock_cables(company: Company, pieces: int) -> None:
    delivery = company.delivery(expect(company.cable.id, pieces))
    line = documents.lines(delivery.id)[0]
    quantity = Decimal(pieces)
    company.run(take_quantity, company.actor(), delivery.id, line.id, quantity, token=next(company.tokens))
    company.close(delivery)


def test_a_free_issue_of_a_number_of_two_products_needs_the_products_code(company: Company) -> None:
    for product in (company.phone, company.printer):
        delivery = company.delivery(NewLine(product_id=product.id))
        company.accept(delivery, "X-1", confirmed=frozenset({QuestionKind.OTHER_UNIT}))
        company.close(delivery)
    issue = company.issue()
    assert code(company.take(issue, "X-1")) is RefusalCode.WHICH_PRODUCT
    company.take(issue, "PR-1")
    (scan,) = company.accept(issue, "X-1")
    company.close(issue)
    assert scan.line.product == company.printer
    (rest,) = company.accept(company.issue(), "X-1")
    assert rest.line.product == company.phone, "the one that is here is meant"


def test_pieces_without_serials_leave_the_balance(company: Company) -> None:
    stock_cables(company, 10)
    issue = company.issue(expect(company.cable.id, 4))
    company.accept(issue, CABLE_GTIN)
    line = documents.lines(issue.id)[0]
    quantity = Decimal(3)
    company.run(take_quantity, company.actor(), issue.id, line.id, quantity, token=next(company.tokens))
    company.close(issue)
    from store.queries.balances import available

    assert available(company.cable.id, company.main.place_id) == 6


def test_more_pieces_than_there_are_cannot_be_issued(company: Company) -> None:
    stock_cables(company, 2)
    issue = company.issue(expect(company.cable.id, 5))
    line = documents.lines(issue.id)[0]
    outcome = company.run(
        take_quantity, company.actor(), issue.id, line.id, Decimal(3), token=next(company.tokens)
    )
    assert code(outcome) is RefusalCode.TOO_FEW
    company.accept(issue, CABLE_GTIN, CABLE_GTIN)
    assert code(company.take(issue, CABLE_GTIN)) is RefusalCode.TOO_FEW


def test_back_dating_is_by_role_and_never_before_the_last_movement(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    company.now += timedelta(days=3)
    issue = company.issue()
    company.accept(issue, "LT000001")

    def close_at(days: int, actor: object) -> RefusalCode | None:
        moment = company.now - timedelta(days=days)
        try:
            company.run(close_document, actor, issue.id, effective_at=moment, token=next(company.tokens))
        except RefusedError as error:
            return error.refusal.code
        return None

    assert close_at(1, company.actor()) is RefusalCode.NOT_ALLOWED
    assert close_at(30, company.actor(company.chief)) is RefusalCode.TOO_EARLY
    assert close_at(-1, company.actor(company.chief)) is RefusalCode.IN_FUTURE
    assert close_at(1, company.actor(company.chief)) is None
    movement = units.card(unit_id("LT000001")).movements[0]
    assert movement.recorded_at - movement.effective_at >= timedelta(days=1)
