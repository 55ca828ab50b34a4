"""The way in: which terminal, who works here, the menu, and the lists of documents."""

from dataclasses import replace
from decimal import Decimal

import pytest

from screens.delivery import Delivery
from screens.document_list import DocumentList
from screens.home import Home
from screens.issue import Issue
from screens.menu_items import ITEMS, PROGRAM, home_rows
from screens.session import Session
from screens.sign_in import SignIn
from screens.terminal_choice import TerminalChoice
from screens.unit_card import UnitCard
from screens.widgets.choices import DIGITS
from store.domain.documents import NewLine
from store.queries import terminals
from tests.screens.conftest import BADGE, PIN, Warehouse
from tests.screens.stage import Showing


@pytest.fixture
def nobody(session: Session) -> Session:
    """The session before anybody has signed in."""
    return replace(session, operator=None)


async def test_the_terminal_is_asked_once_and_remembered_for_this_host(
    show: Showing, nobody: Session, company: Warehouse
) -> None:
    nobody.terminal = None
    async with show(TerminalChoice(nobody)) as stage:
        await stage.shows("Which terminal is", "T1", "T2")
        await stage.write("t9")
        await stage.press("enter")
        await stage.shows("t9 is not known here")
        await stage.press("enter")
        await stage.write("t2")
        await stage.press("enter")
        await stage.done()
    assert nobody.terminal == company.gate
    assert company.run(terminals.find, "desk-1", None) == company.gate


async def test_over_ssh_the_terminal_is_remembered_for_the_address(
    show: Showing, nobody: Session, company: Warehouse
) -> None:
    nobody.terminal, nobody.address = None, "192.0.2.7"
    async with show(TerminalChoice(nobody)) as stage:
        await stage.shows("Which terminal is", "T1")
        await stage.scan("T1")
        await stage.done()
    assert company.run(terminals.find, None, "192.0.2.7") == company.desk
    assert company.run(terminals.find, "desk-1", None) is None


async def test_an_operator_signs_in_by_code_and_pin(
    show: Showing, nobody: Session, company: Warehouse
) -> None:
    async with show(SignIn(nobody)) as stage:
        await stage.shows("Operator", "PIN")
        await stage.write("C1")
        await stage.press("enter")
        await stage.write("9999")
        await stage.press("enter")
        await stage.shows("Operator and PIN do not fit. Try again.")
        assert nobody.operator is None
        await stage.write(PIN)
        await stage.press("enter")
        await stage.done()
    assert nobody.operator == company.chief


async def test_a_pin_is_never_painted(show: Showing, nobody: Session) -> None:
    async with show(SignIn(nobody)) as stage:
        await stage.write("C1")
        await stage.press("enter")
        await stage.write(PIN)
        await stage.pilot.pause()
        assert PIN not in stage.text()


async def test_an_operator_signs_in_by_badge(show: Showing, nobody: Session, company: Warehouse) -> None:
    async with show(SignIn(nobody)) as stage:
        await stage.scan("NOT-A-BADGE")
        await stage.shows("That is nobody's badge. Scan yours, or type.")
        await stage.scan(BADGE)
        await stage.done()
    assert nobody.operator == company.admin


async def test_wrong_tries_have_to_wait(show: Showing, nobody: Session) -> None:
    async with show(SignIn(nobody)) as stage:
        await stage.write("W1")
        await stage.press("enter")
        for _try in range(12):
            if "Too many wrong" in stage.text():
                break
            await stage.write("0000")
            await stage.press("enter")
            await stage.until(lambda: not stage.app.screen.is_busy)  # type: ignore[attr-defined]
            await stage.pilot.pause()
        await stage.shows("Too many wrong tries. Wait")
        await stage.write(PIN)
        await stage.press("enter")
        await stage.until(lambda: not stage.app.screen.is_busy)  # type: ignore[attr-defined]
        assert nobody.operator is None


async def test_the_menu_is_chosen_by_digit_and_by_barcode(show: Showing, session: Session) -> None:
    async with show(Home(session)) as stage:
        await stage.shows("1 Deliveries", "2 Issues", "3 Find a unit", "4 Lending...")
        await stage.press("1")
        await stage.on_top(DocumentList)
        await stage.shows("Deliveries: open")
        await stage.press("escape")
        await stage.shows("1 Deliveries")
        await stage.command("2")
        await stage.on_top(DocumentList)
        await stage.shows("Issues: open")


async def test_a_group_of_the_menu_opens_its_own_rows_and_signs_out_from_there(
    show: Showing, session: Session, company: Warehouse
) -> None:
    company.stock(company.laptop, "LT000001")
    async with show(Home(session)) as stage:
        await stage.shows("Lending...", "Program...")
        await stage.command(digit_of(PROGRAM))
        await stage.shows("About", "Sign out")
        await stage.scan("LT000001")
        await stage.on_top(UnitCard)
        await stage.command("BACK")
        await stage.press("escape")
        await stage.shows("1 Deliveries")
        await stage.press(digit_of(PROGRAM))
        await stage.shows("Sign out")
        await stage.press("down", "enter")
        await stage.shows("Sign out?")
        await stage.press("1")
        await stage.done()


def digit_of(row: str) -> str:
    return str(home_rows().index(row) + 1)


def test_every_row_of_a_menu_has_a_digit() -> None:
    groups = {item.group for item in ITEMS if item.group}
    assert len(home_rows()) <= len(DIGITS)
    assert all(sum(item.group == group for item in ITEMS) <= len(DIGITS) for group in groups)


async def test_signing_out_is_asked_for(show: Showing, session: Session) -> None:
    async with show(Home(session)) as stage:
        await stage.shows("1 Deliveries")
        await stage.press("escape")
        await stage.shows("Sign out?")
        await stage.press("2")
        await stage.shows("1 Deliveries")
        await stage.command("BACK")
        await stage.command("YES")
        await stage.done()


async def test_a_document_is_two_digits_away(show: Showing, session: Session, company: Warehouse) -> None:
    company.delivery(NewLine(product_id=company.laptop.id, expected=Decimal(1)))
    async with show(Home(session)) as stage:
        await stage.press("1")
        await stage.shows("0/1")
        await stage.press("1")
        await stage.on_top(Delivery)


async def test_a_code_that_nobody_knows_is_told(show: Showing, session: Session) -> None:
    async with show(Home(session)) as stage:
        await stage.scan("NOBODY")
        await stage.shows(
            "NOBODY is not known here: not sold by us, no number is like it. Check and scan again."
        )
        await stage.command("OK")
        await stage.shows("1 Deliveries")


async def test_a_document_is_chosen_by_digit_and_by_its_reference(
    show: Showing, session: Session, company: Warehouse
) -> None:
    company.stock(company.laptop, "LT000009")
    issue = company.issue()
    company.accept(issue, "LT000009")
    sold = company.close(issue)
    for number in (1, 2, 3):
        company.delivery(
            NewLine(product_id=company.laptop.id, expected=Decimal(number)), reference=f"R-{number}"
        )
    company.stock(company.laptop, "LT000777")
    async with show(DocumentList(session, Delivery)) as stage:
        await stage.shows("R-1", "R-2", "R-3", "3 documents")
        await stage.press("2")
        await stage.on_top(Delivery)
        await stage.shows("0/2")
        await stage.press("escape")
        await stage.on_top(DocumentList)
        await stage.scan("R-3")
        await stage.on_top(Delivery)
        await stage.shows("0/3")
        await stage.press("escape")
        await stage.on_top(DocumentList)
        await stage.scan("R-9")
        await stage.shows("R-9 is not known here")
        await stage.command("OK")
        await stage.scan("LT000777")
        await stage.on_top(UnitCard)
        await stage.command("BACK")
        await stage.on_top(DocumentList)
        await stage.scan(sold.number or "")
        await stage.on_top(Issue)
        await stage.shows("This document is")
        await stage.command("BACK")
        await stage.on_top(DocumentList)


async def test_the_list_shows_this_location_only_and_switches_to_what_is_posted(
    show: Showing, session: Session, company: Warehouse
) -> None:
    company.stock(company.laptop, "LT000001")
    company.issue(reference="VAN-1", location=company.van)
    order = company.issue(reference="ORD-1")
    company.accept(order, "LT000001")
    company.close(order)
    company.issue(reference="ORD-2")
    async with show(DocumentList(session, Issue)) as stage:
        await stage.shows("ORD-2", "1 document")
        assert "VAN-1" not in stage.text()
        await stage.command("POSTED")
        await stage.shows("WZ/2026/000001", "Issues: posted")
        await stage.press("f3")
        await stage.shows("ORD-2", "Issues: open")
