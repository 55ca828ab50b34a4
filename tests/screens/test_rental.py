"""Lending to a customer: the head once, then only scans; what is noted, what is extended."""

from datetime import timedelta

import pytest

from screens.document_list import DocumentList
from screens.extension import Extension
from screens.noted_scans import RentalScans
from screens.refusal_panel import RefusalPanel
from screens.rental import Rental
from screens.session import Session
from store.domain.loans import Until
from store.domain.terms import Condition, DocumentStatus, DocumentType
from store.queries.documents import listing
from store.queries.loans import extensions_of, loans_of, rental_terms
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.company import START

TODAY = START.date()


@pytest.fixture
def stocked(company: Warehouse) -> Warehouse:
    """Three laptops and a printer in the main warehouse."""
    company.stock(company.laptop, "LT000001", "LT000002", "LT000003")
    company.stock(company.printer, "PX-1")
    return company


def posted(company: Warehouse) -> int:
    (row,) = company.run(listing, DocumentType.RENTAL, company.main.id, status=DocumentStatus.POSTED)
    return int(row.id)


async def test_a_rental_is_written_with_the_scanner_alone(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    async with show(DocumentList(session, Rental)) as stage:
        await stage.command("NEW")
        await stage.shows("Which customer?")
        await stage.scan("CUS")
        await stage.shows("How long?", "14 days")
        await stage.command("2")
        await stage.shows("New: Rental", "Purpose: -")
        await stage.command("5")
        await stage.shows("What for?", "To try it out")
        await stage.command("2")
        await stage.shows("Purpose: To try it out")
        await stage.command("6")
        await stage.command("QTY 500")
        await stage.shows("Deposit: 500.00")
        await stage.command("OPEN")
        await stage.on_top(Rental)
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.scan("LT000002")
        await stage.shows("2 Laptop 14")
        await stage.command("CLOSE")
        await stage.shows("Close with 2?")
        await stage.command("YES")
        await stage.shows("WYP/2026/000001")
        await stage.command("OK")
        await stage.on_top(DocumentList)
    rental = posted(stocked)
    terms = stocked.run(rental_terms, rental)
    assert terms is not None
    assert terms.until == Until(due=TODAY + timedelta(days=14))
    assert (terms.purpose, terms.deposit, terms.daily_rate) == ("To try it out", 500, None)
    assert [loan.serial for loan in stocked.run(loans_of, rental)] == ["LT000001", "LT000002"]


async def test_an_open_ended_rental_by_keyboard_says_when_to_ask_again(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    async with show(DocumentList(session, Rental)) as stage:
        await stage.press("f2")
        await stage.shows("Which customer?")
        await stage.scan("CUS")
        await stage.shows("How long?")
        await stage.press("5")
        await stage.shows("Ask again")
        await stage.press("enter")
        await stage.shows("New: Rental")
        await stage.press("7")
        await stage.shows("Daily rate?")
        await stage.write("12,5")
        await stage.press("enter")
        await stage.shows("Daily rate: 12.50")
        await stage.press("f10")
        await stage.on_top(Rental)
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.press("f10", "1")
        await stage.shows("WYP/2026/000001")
        await stage.press("enter")
        await stage.on_top(DocumentList)
    terms = stocked.run(rental_terms, posted(stocked))
    assert terms is not None
    assert terms.until == Until(ask_again=TODAY + timedelta(days=30))


async def test_what_goes_with_a_unit_is_noted_beside_the_scans(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    rental = stocked.rental()
    async with show(Rental(session, rental.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.command("SCANS")
        await stage.on_top(RentalScans)
        await stage.shows("LT000001")
        await stage.command("NOTE")
        await stage.shows("in which condition?", "As it was")
        await stage.command("3")
        await stage.shows("What goes with it?")
        await stage.write("torba")
        await stage.press("enter")
        await stage.shows("used, torba")
        await stage.press("escape")
        await stage.on_top(Rental)
        await stage.press("f10", "1")
        await stage.shows("WYP/2026/000001")
    (loan,) = stocked.run(loans_of, rental.id)
    assert (loan.condition, loan.accessories) == (Condition.USED, "torba")


async def test_some_units_of_a_posted_rental_are_extended(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    rental = stocked.lend("LT000001", "LT000002", "LT000003")
    async with show(Rental(session, rental.id)) as stage:
        await stage.shows("This document is")
        await stage.command("EXTEND")
        await stage.on_top(Extension)
        await stage.shows("3 chosen", "[x] LT000001")
        await stage.scan("LT000001")
        await stage.shows("2 chosen", "[ ] LT000001")
        await stage.command("2")
        await stage.shows("1 chosen", "[ ] LT000002")
        await stage.command("EXTEND")
        await stage.shows("Until when?")
        await stage.command("3")
        await stage.shows("Why?")
        await stage.command("1")
        await stage.shows("Extended: 1 piece.")
        await stage.scan("PX-1")
        await stage.on_top(RefusalPanel)
        await stage.shows("PX-1 is not out any more")
        await stage.command("OK")
        await stage.command("BACK")
        await stage.on_top(Rental)
        first, last = (TODAY + timedelta(days=days) for days in (7, 30))
        assert stage.app.screen.title_text().endswith(f"to {first} ... {last}")
    (extension,) = stocked.run(extensions_of, rental.id)
    assert extension.serial == "LT000003"
    assert extension.after == Until(due=TODAY + timedelta(days=30))
    assert extension.reason == "The customer asks for it"


async def test_nothing_chosen_is_not_extended(show: Showing, session: Session, stocked: Warehouse) -> None:
    rental = stocked.lend("LT000001")
    async with show(Extension(session, rental.id)) as stage:
        await stage.shows("1 chosen")
        await stage.command("ALL")
        await stage.shows("0 chosen")
        await stage.command("EXTEND")
        await stage.shows("Nothing is chosen")
        await stage.command("OK")
        await stage.command("ALL")
        await stage.shows("1 chosen")


async def test_a_day_that_has_passed_is_refused(show: Showing, session: Session, stocked: Warehouse) -> None:
    rental = stocked.lend("LT000001")
    async with show(Extension(session, rental.id)) as stage:
        await stage.shows("1 chosen")
        await stage.press("f10", "4")
        await stage.shows("To which day")
        await stage.write("2026-03-01")
        await stage.press("enter")
        await stage.shows("has passed")
        await stage.press("escape")
    assert stocked.run(extensions_of, rental.id) == []


async def test_a_rental_that_is_open_has_nothing_to_extend(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    rental = stocked.rental()
    async with show(Rental(session, rental.id)) as stage:
        await stage.shows_one_of("Rental Odbiorca", "WYP to 20")
        await stage.command("EXTEND")
        await stage.shows("Nothing of it is out yet")
