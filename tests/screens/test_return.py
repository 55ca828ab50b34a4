"""Taking back: one screen for whatever comes, from anybody, with the scanner alone or by keys."""

from screens.document_list import DocumentList
from screens.noted_scans import ReturnScans
from screens.refusal_panel import RefusalPanel
from screens.returns import Return
from screens.session import Session
from store.domain.terms import Condition, DocumentStatus, DocumentType, Terms
from store.models.sql import execute
from store.queries import documents
from store.queries.documents import listing
from store.queries.events import open_events
from store.queries.loans import loans_of, returned_by
from tests.screens.conftest import Warehouse
from tests.screens.lending import card_of
from tests.screens.stage import Showing


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
