"""Taking back: one screen for whatever comes, from anybody, with the scanner alone or by keys."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from screens.customer_holdings import CustomerHoldings
from screens.document_list import DocumentList
from screens.holding_actions import ACTIONS
from screens.noted_scans import ReturnScans
from screens.refusal_panel import RefusalPanel
from screens.rental import Rental
from screens.returns import Return
from screens.session import Session
from screens.unit_card import UnitCard
from store.domain.documents import NewLine
from store.domain.loans import Until
from store.domain.terms import Condition, DocumentStatus, DocumentType, Terms
from store.models.sql import execute, select
from store.operations.entry import take_quantity
from store.operations.noting import note_scan
from store.operations.parties import create_party
from store.queries import documents, units
from store.queries.documents import listing
from store.queries.events import open_events
from store.queries.loans import loans_of, returned_by
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.company import CABLE_GTIN, START

RETURN_ROW = str(1 + [action.label for action in ACTIONS].index("Return"))
LATER = START + timedelta(days=19)
DUE = Until(due=START.date() + timedelta(days=7))


@pytest.fixture
def lent(company: Warehouse) -> Warehouse:
    """Two laptops with one customer, one with its bag; another one with another customer; one in stock."""
    company.stock(company.laptop, "LT000001", "LT000002", "LT000003", "LT000004")
    rental = company.rental(until=DUE)
    first, _second = company.accept(rental, "LT000001", "LT000002")
    company.run(note_scan, first.row.id, condition=None, note="torba")
    company.close(rental)
    other = company.run(create_party, "CUS2", "Inny klient", is_customer=True)
    company.lend("LT000003", party=other)
    return company


@pytest.fixture
def late(session: Session) -> Session:
    """Nineteen days after the company began."""
    return replace(session, clock=lambda: LATER)


def card_of(company: Warehouse, serial: str) -> units.UnitCard:
    return company.run(units.card, company.run(units.by_number, serial)[0].id)


async def test_what_comes_back_is_taken_with_the_scanner_alone(
    show: Showing, late: Session, lent: Warehouse
) -> None:
    async with show(DocumentList(late, Return)) as stage:
        await stage.command("NEW")
        await stage.on_top(Return)
        await stage.scan("LT000001")
        await stage.shows("Odbiorca", "WYP/2026/000001", "12 days late", "With it: torba", "Condition?")
        await stage.command("3")
        await stage.shows("Condition: damaged")
        await stage.scan("LT000003")
        await stage.shows("Inny klient", "WYP/2026/000002", "Condition?")
        await stage.command("OK")
        await stage.hides("Condition?")
        await stage.command("CLOSE")
        await stage.shows("Close with 2?")
        await stage.command("YES")
        await stage.shows("ZW/2026/000001", "Closed: 2 pieces.")
        await stage.hides("Give the deposit back")
        await stage.command("OK")
        await stage.on_top(DocumentList)
    (row,) = lent.run(listing, DocumentType.RETURN, lent.main.id, status=DocumentStatus.POSTED)
    assert row.other_side == lent.customer.name
    first, second = lent.run(returned_by, row.id)
    assert (first.serial, first.returned_condition) == ("LT000001", Condition.DAMAGED)
    assert (second.serial, second.returned_condition) == ("LT000003", Condition.NEW)
    assert [loan.serial for loan in lent.run(loans_of, first.document_id, only_open=True)] == ["LT000002"]


async def test_the_deposit_of_what_is_all_back_is_told(show: Showing, late: Session, lent: Warehouse) -> None:
    lent.run(execute, "UPDATE rental SET deposit = 5000000")
    document = lent.returning()
    lent.accept(document, "LT000001", "LT000002", "LT000003")
    async with show(Return(late, document.id)) as stage:
        await stage.shows("LT000003")
        await stage.command("CLOSE")
        await stage.shows("Close with 3?")
        await stage.command("YES")
        await stage.shows("Give the deposit back: 500.00 (WYP/2026/000001")


async def test_by_keys_a_digit_says_how_it_is_and_a_note_what_is_missing(
    show: Showing, late: Session, lent: Warehouse
) -> None:
    document = lent.returning()
    async with show(Return(late, document.id)) as stage:
        await stage.press("f3")
        await stage.shows("Serial?")
        await stage.write("lt000001")
        await stage.press("enter")
        await stage.shows("Condition?")
        await stage.press("2")
        await stage.shows("Condition: used")
        await stage.press("f2")
        await stage.shows("what is missing or broken?")
        await stage.write("bez torby")
        await stage.press("enter")
        await stage.shows("bez torby", "Condition: used")
        await stage.scan("LT000002")
        await stage.shows("Condition?")
        await stage.press("enter")
        await stage.hides("Condition?")
        await stage.press("f9")
        await stage.on_top(ReturnScans)
        await stage.shows("used, bez torby")
        await stage.press("escape")
        await stage.on_top(Return)
        await stage.press("f10")
        await stage.shows("Close with")
        await stage.press("1")
        await stage.shows("ZW/2026/000001")
    first, second = lent.run(returned_by, document.id)
    assert (first.returned_condition, first.returned_note) == (Condition.USED, "bez torby")
    assert (second.returned_condition, second.returned_note) == (Condition.NEW, "")


async def test_a_mistaken_digit_is_taken_back(show: Showing, late: Session, lent: Warehouse) -> None:
    document = lent.returning()
    async with show(Return(late, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("Condition?")
        await stage.press("4")
        await stage.shows("Condition: blocked")
        await stage.press("5")
        await stage.shows("Condition: new")
        await stage.press("f10")
        await stage.shows("Close with")
        await stage.press("1")
        await stage.shows("ZW/2026/000001")
    assert card_of(lent, "LT000001").condition is Condition.NEW


async def test_a_unit_that_nobody_has_is_refused_with_where_it_is(
    show: Showing, late: Session, lent: Warehouse
) -> None:
    document = lent.returning()
    async with show(Return(late, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("Condition?")
        await stage.scan("LT000004")
        await stage.on_top(RefusalPanel)
        await stage.shows("LT000004 is not out: Magazyn główny, in stock.")
        await stage.command("OK")
        await stage.on_top(Return)
        await stage.hides("Condition?")
        # No digit is meant for the piece before.
        await stage.command("3")
        await stage.shows("Scan a piece first.")
    (scan,) = lent.run(lambda: documents.lines(document.id))
    assert scan.scanned == 1


async def test_a_sold_unit_is_asked_why(show: Showing, late: Session, company: Warehouse) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    issue = company.issue()
    company.accept(issue, "LT000001", "LT000002")
    company.close(issue)
    document = company.returning()
    async with show(Return(late, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("LT000001 was sold to Odbiorca", "Complaint: stays theirs")
        await stage.command("1")
        await stage.shows("complaint", "Condition?")
        await stage.scan("LT000002")
        await stage.shows("LT000002 was sold to")
        await stage.press("2")
        await stage.shows("withdrawal")
        await stage.press("f10")
        await stage.shows("what is wrong?")
        await stage.press("4")
        await stage.shows("Close with")
        await stage.press("1")
        await stage.shows("ZW/2026/000001")
    assert [card_of(company, serial).terms for serial in ("LT000001", "LT000002")] == [
        Terms.SERVICE, Terms.STOCK,
    ]  # fmt: skip


async def test_an_answer_that_is_not_given_takes_nothing(
    show: Showing, late: Session, company: Warehouse
) -> None:
    company.stock(company.laptop, "LT000001")
    issue = company.issue()
    company.accept(issue, "LT000001")
    company.close(issue)
    document = company.returning()
    async with show(Return(late, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("LT000001 was sold to")
        await stage.press("escape")
        await stage.command("CLOSE")
        await stage.shows("Nothing is scanned yet")


async def test_pieces_without_serials_come_from_whom_is_scanned(
    show: Showing, late: Session, lent: Warehouse
) -> None:
    delivery = lent.delivery(NewLine(product_id=lent.cable.id))
    (line,) = lent.run(lambda: documents.lines(delivery.id))
    lent.run(take_quantity, lent.actor(), delivery.id, line.id, Decimal(20), token="in")
    lent.close(delivery)
    rentals = []
    for party in (None, lent.run(create_party, "CUS3", "Trzeci klient", is_customer=True)):
        rental = lent.rental(**({"party": party} if party else {}))
        lent.accept(rental, CABLE_GTIN, CABLE_GTIN, CABLE_GTIN)
        rentals.append(lent.close(rental))
    document = lent.returning()
    async with show(Return(late, document.id)) as stage:
        await stage.command("QTY 2")
        await stage.shows("Scan the code of a product without serials first.")
        await stage.command("OK")
        await stage.scan(CABLE_GTIN)
        await stage.shows("Kabel 2 m: whose is it?", "Trzeci klient: rented 3")
        await stage.press("escape")
        await stage.scan("CUS3")
        await stage.shows("from Trzeci")
        await stage.scan(CABLE_GTIN)
        await stage.shows("1 Kabel 2 m", "WYP/2026/000004")
        await stage.command("QTY 3")
        await stage.shows("only 2 are out there")
        await stage.command("OK")
        await stage.command("QTY 2")
        await stage.shows("3 Kabel 2 m")
        await stage.press("f8")
        await stage.shows("Which party?")
        await stage.scan("CUS")
        await stage.on_top(Return)
        await stage.shows("from Odbiorca")
        await stage.scan(CABLE_GTIN)
        await stage.shows("4 Kabel 2 m", "WYP/2026/000003")
        await stage.command("CLOSE")
        await stage.shows("Close with 4?")
        await stage.command("YES")
        await stage.shows("ZW/2026/000001")
    left = [
        sum((loan.quantity for loan in lent.run(loans_of, rental.id, only_open=True)), Decimal(0))
        for rental in rentals
    ]
    assert left == [2, 0]


async def test_sold_and_consigned_pieces_come_back_with_the_scanner_alone(
    show: Showing, late: Session, company: Warehouse
) -> None:
    line = NewLine(product_id=company.cable.id)
    company.accept(delivery := company.delivery(line), *[CABLE_GTIN] * 9)
    company.close(delivery)
    other = company.run(create_party, "CUS3", "Trzeci klient", is_customer=True)
    for kind, party in (
        (DocumentType.ISSUE, company.customer), (DocumentType.CONSIGNMENT, company.customer),
        (DocumentType.ISSUE, other),
    ):  # fmt: skip
        company.accept(document := company.open(kind, party, line), *[CABLE_GTIN] * 3)
        company.close(document)
    returned = company.returning()
    async with show(Return(late, returned.id)) as stage:
        await stage.scan(CABLE_GTIN)
        await stage.shows("whose is it?", "1 Odbiorca", "consigned 3", "3 Trzeci klient: sold 3")
        await stage.command("2")
        await stage.shows("Kabel 2 m was sold to Odbiorca", "1 Complaint: ours again")
        await stage.command("2")
        await stage.shows("withdrawal", "Condition?")
        await stage.command("3")
        await stage.shows("Condition: damaged")
        # Neither is asked again for the same goods.
        await stage.command("QTY 2")
        await stage.shows("3 Kabel 2 m", "withdrawal", "Condition?")
        await stage.scan("CUS3")
        await stage.shows("from Trzeci")
        await stage.scan(CABLE_GTIN)
        await stage.shows("was sold to Trzeci klient")
        await stage.command("1")
        await stage.shows("4 Kabel 2 m", "complaint")
        await stage.command("CLOSE")
        await stage.shows("Close with 4?")
        await stage.command("YES")
        await stage.shows("ZW/2026/000001")
    rows = company.run(
        select,
        "SELECT quantity, back_as, condition FROM draft_scan WHERE document_id = :id ORDER BY id",
        id=returned.id,
    )
    assert [(row["quantity"], row["back_as"], row["condition"]) for row in rows] == [
        (1000, "withdrawal", "damaged"), (2000, "withdrawal", None), (1000, "complaint", None),
    ]  # fmt: skip


async def test_what_is_wrong_with_a_complaint_is_asked_before_closing(
    show: Showing, late: Session, company: Warehouse
) -> None:
    company.stock(company.laptop, "LT000001")
    company.accept(issue := company.issue(), "LT000001")
    company.close(issue)
    returned = company.returning()
    async with show(Return(late, returned.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("LT000001 was sold to")
        await stage.command("1")
        await stage.shows("Condition?")
        await stage.command("CLOSE")
        await stage.shows("LT000001: what is wrong?", "1 Does not start")
        await stage.command("1")
        await stage.shows("Close with 1?")
        await stage.command("YES")
        await stage.shows("ZW/2026/000001")
    unit = card_of(company, "LT000001")
    assert [event.text for event in company.run(open_events, unit.id)] == ["Does not start"]


async def test_a_pasted_list_comes_back_at_once(show: Showing, late: Session, lent: Warehouse) -> None:
    document = lent.returning()
    async with show(Return(late, document.id)) as stage:
        await stage.paste("LT000001", "LT000003", "LT000004")
        await stage.shows("2 serials taken.", "LT000004 is not out")
        await stage.command("OK")
        await stage.on_top(Return)
    lines = lent.run(lambda: documents.lines(document.id))
    assert [line.scanned for line in lines] == [2]


async def test_a_digit_that_overtakes_the_question_for_closing_changes_no_condition(
    show: Showing, late: Session, lent: Warehouse
) -> None:
    document = lent.returning()
    async with show(Return(late, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("Condition?")
        stage.app.screen.action_close()
        stage.app.screen.action_condition(4)
        await stage.shows("Close with 1?")
        await stage.press("escape")
        await stage.on_top(Return)
        await stage.scan("LT000002")
        await stage.press("f10")
        await stage.shows("Close with 2?")
        await stage.press("1")
        await stage.shows("ZW/2026/000001")
    assert card_of(lent, "LT000001").condition is Condition.NEW


async def test_undo_takes_the_last_piece_back(show: Showing, late: Session, lent: Warehouse) -> None:
    document = lent.returning()
    async with show(Return(late, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("Condition?")
        await stage.command("UNDO")
        await stage.shows("Taken back: LT000001")
        await stage.hides("Condition?")
        await stage.command("3")
        await stage.shows("Scan a piece first.")


async def test_chosen_units_of_a_customer_come_back_at_once(
    show: Showing, late: Session, lent: Warehouse
) -> None:
    lent.stock(lent.printer, "PX-1")
    lent.accept(issue := lent.issue(), "PX-1")
    lent.close(issue)
    async with show(CustomerHoldings(late, lent.customer)) as stage:
        await stage.shows("Laptop 14", "Drukarka laserowa")
        await stage.command("DO")
        await stage.shows("What to do with all?")
        await stage.command(RETURN_ROW)
        await stage.shows("Choose units first")
        await stage.command("OK")
        await stage.command("ALL")
        await stage.shows("chosen 3")
        await stage.command("DO")
        await stage.shows("What to do with the 3 chosen?")
        await stage.command(RETURN_ROW)
        await stage.shows("1 was sold. Why does it come back?")
        await stage.command("4")
        await stage.shows("1 is left out")
        await stage.command("OK")
        await stage.on_top(Return)
        await stage.shows("LT000001", "LT000002")
        await stage.command("CLOSE")
        await stage.shows("Close with 2?")
        await stage.command("YES")
        await stage.shows("ZW/2026/000001")
        await stage.command("OK")
        await stage.on_top(CustomerHoldings)
        await stage.hides("Laptop 14")
        await stage.hides("chosen")
    assert card_of(lent, "PX-1").terms is Terms.SOLD


async def test_a_return_begins_at_the_card_of_a_unit(show: Showing, late: Session, lent: Warehouse) -> None:
    async with show(UnitCard(late, card_of(lent, "LT000003").id)) as stage:
        await stage.shows("LT000003", "rented")
        await stage.command("RENT")
        await stage.shows("LT000003 is rented: it cannot be lent now.")
        await stage.command("OK")
        await stage.command("RETURN")
        await stage.on_top(Return)
        await stage.shows("LT000003", "Inny klient", "Condition?")
        await stage.command("2")
        await stage.shows("Condition: used")
        await stage.press("f10")
        await stage.shows("Close with 1?")
        await stage.press("1")
        await stage.shows("ZW/2026/000001")
        await stage.press("enter")
        await stage.on_top(UnitCard)
        await stage.shows("in stock", "used")
        await stage.press("f9")
        await stage.shows("LT000003 is not out: Magazyn")


async def test_a_rental_begins_at_the_card_of_a_unit(show: Showing, late: Session, lent: Warehouse) -> None:
    async with show(UnitCard(late, card_of(lent, "LT000004").id)) as stage:
        await stage.shows("LT000004", "in stock")
        await stage.command("RENT")
        await stage.shows("Which customer?")
        await stage.scan("CUS2")
        await stage.shows("How long?")
        await stage.command("1")
        await stage.shows("New: Rental", "Laptop 14: any number")
        await stage.command("OPEN")
        await stage.on_top(Rental)
        await stage.shows("LT000004")
        await stage.command("CLOSE")
        await stage.shows("Close with 1?")
        await stage.command("YES")
        await stage.shows("WYP/2026/000003")
        await stage.command("OK")
        await stage.on_top(UnitCard)
        await stage.shows("rented", "Inny klient")
