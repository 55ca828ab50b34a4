"""What has to come back: counted at home, listed by customer, opened and extended from the list."""

from datetime import timedelta

import pytest

from screens.extension import Extension
from screens.holder_units import HolderUnits
from screens.home import Home
from screens.returns import Return
from screens.session import Session
from screens.unit_card import UnitCard
from screens.unreturned import Unreturned
from store.domain.loans import Until
from store.queries.loans import extensions_of
from store.queries.unreturned import everything
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.company import START


@pytest.fixture
def lending(company: Warehouse) -> Warehouse:
    """Ten days ago a laptop was lent for three days, and two for twelve."""
    company.stock(company.laptop, "LT000001", "LT000002", "LT000003")
    today = company.now.date()
    company.lend("LT000001", until=Until(due=today + timedelta(days=3)))
    company.lend("LT000002", "LT000003", until=Until(due=today + timedelta(days=12)))
    company.now += timedelta(days=10)
    return company


async def test_the_home_menu_counts_what_is_overdue_and_due_this_week(
    show: Showing, session: Session, lending: Warehouse
) -> None:
    async with show(Home(session)) as stage:
        await stage.shows("Lending... 1 overdue, 2 this week")
        number = next(line for line in stage.text().splitlines() if "Lending" in line).split()[0]
        await stage.command(number)
        await stage.shows("Unreturned 1 overdue, 2 this week")


async def test_nothing_out_is_not_counted(show: Showing, session: Session, company: Warehouse) -> None:
    async with show(Home(session)) as stage:
        await stage.shows("Lending...")
        await stage.until(lambda: not stage.app.screen.is_busy)  # type: ignore[attr-defined]
        await stage.hides("overdue")


async def test_a_customers_units_are_opened_by_the_scanner_alone(
    show: Showing, session: Session, lending: Warehouse
) -> None:
    async with show(Unreturned(session)) as stage:
        await stage.shows("Odbiorca", "1 overdue")
        await stage.scan("CUS")
        await stage.on_top(HolderUnits)
        await stage.shows("LT000001", "7 days late", "LT000003")
        await stage.scan("LT000002")
        await stage.on_top(UnitCard)
        await stage.command("BACK")
        await stage.on_top(HolderUnits)
        await stage.command("1")
        await stage.on_top(UnitCard)
        await stage.shows("LT000001")


async def test_a_filter_narrows_the_list_and_what_it_opens(
    show: Showing, session: Session, lending: Warehouse
) -> None:
    async with show(Unreturned(session)) as stage:
        await stage.shows("Odbiorca", "1 overdue")
        await stage.command("FILTER")
        await stage.shows("What to list?")
        await stage.command("2")
        await stage.shows("Unreturned: overdue", "1 out")
        await stage.press("enter")
        await stage.on_top(HolderUnits)
        await stage.shows("LT000001")
        await stage.hides("LT000002")
        await stage.command("BACK")
        await stage.command("FILTER")
        await stage.command("5")
        await stage.shows("Nothing is out.")


async def test_a_piece_is_extended_from_the_list(show: Showing, session: Session, lending: Warehouse) -> None:
    async with show(Unreturned(session)) as stage:
        await stage.shows("Odbiorca", "1 overdue")
        await stage.scan("CUS")
        await stage.shows("LT000001")
        await stage.press("down", "down", "f5")
        await stage.on_top(Extension)
        await stage.shows("1 chosen", "[x] LT000003", "[ ] LT000002")
        await stage.press("f10", "1")
        await stage.shows("Why?")
        await stage.press("2")
        await stage.shows("Extended: 1 piece.")
    (extension,) = lending.run(extensions_of, 3)
    assert extension.serial == "LT000003"


async def test_what_is_listed_comes_back_from_the_list(
    show: Showing, session: Session, lending: Warehouse
) -> None:
    async with show(Unreturned(session)) as stage:
        await stage.shows("Odbiorca")
        await stage.scan("CUS")
        await stage.on_top(HolderUnits)
        await stage.shows("LT000001")
        await stage.command("RETURN")
        await stage.shows("What comes back?", "1 LT000001")
        await stage.command("2")
        await stage.on_top(Return)
        await stage.press("f10")
        await stage.shows("Close with")
        await stage.press("1")
        await stage.shows("ZW/2026/000001")
        await stage.press("enter")
        await stage.on_top(HolderUnits)
        await stage.hides("LT000001")
    left = lending.run(lambda: list(everything(START.date(), party_id=lending.customer.id)))
    assert [row.serial for row in left if row.unit_id is not None] == []
