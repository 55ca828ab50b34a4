"""What belongs to suppliers and is with us, on the screen: who, where, until when; giving it back."""

from datetime import timedelta

import pytest

from screens.delivery import Delivery
from screens.home import Menu
from screens.menu_counts import CUSTOMERS, counted
from screens.session import Session
from screens.supplier_held_units import SupplierHeldUnits
from screens.suppliers_held import SuppliersHeld
from screens.suppliers_units import SupplierReturn
from screens.unit_card import UnitCard
from store.domain.documents import NewLine
from store.queries.deposits import everything
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.test_deposits import deposit


@pytest.fixture
def held(company: Warehouse) -> Warehouse:
    today = company.now.date()
    deposit(company, company.laptop, "LT000001", "LT000002", due=today + timedelta(days=3))
    deposit(company, company.printer, "D-1")
    company.now += timedelta(days=5)
    return company


async def test_a_deposit_is_closed_with_the_day_on_which_it_is_due_back(
    show: Showing, session: Session, company: Warehouse
) -> None:
    document = company.delivery(NewLine(product_id=company.laptop.id), units_of_supplier=True)
    company.accept(document, "LT000001")
    async with show(Delivery(session, document.id)) as stage:
        await stage.shows("LT000001")
        await stage.command("CLOSE")
        await stage.shows("When are they due back?")
        await stage.command("1")
        await stage.shows("Due back on which day")
        await stage.command("QTY 30")
        await stage.shows("Close with 1?")
        await stage.command("1")
        await stage.shows("PZ/2026/000001")
    (row,) = company.run(lambda: list(everything(company.supplier.id, company.now.date())))
    assert row.due == company.now.date() + timedelta(days=30)


async def test_what_is_late_stands_first_and_opens_its_unit(
    show: Showing, session: Session, held: Warehouse
) -> None:
    async with show(SuppliersHeld(session)) as stage:
        await stage.shows("Dostawca S.A.", "2 overdue")
        await stage.scan("SUP")
        await stage.on_top(SupplierHeldUnits)
        await stage.shows("LT000001", "2 days late", "D-1", "no day")
        await stage.scan("D-1")
        await stage.on_top(UnitCard)
        await stage.command("BACK")
        await stage.on_top(SupplierHeldUnits)
        await stage.command("FILTER")
        await stage.command("2")
        await stage.hides("D-1")
        await stage.shows("LT000002")


async def test_another_day_is_given_with_a_reason(show: Showing, session: Session, held: Warehouse) -> None:
    async with show(SupplierHeldUnits(session, held.supplier.id, "Dostawca S.A.")) as stage:
        await stage.shows("LT000001")
        await stage.command("DUE")
        await stage.shows("Another day for which?", "All 3")
        await stage.command("2")
        await stage.shows("Due back on which day")
        await stage.command("QTY 10")
        await stage.shows("Why another day?")
        await stage.command("1")
        await stage.hides("late")
    rows = held.run(lambda: list(everything(held.supplier.id, held.now.date())))
    assert {row.due for row in rows} == {held.now.date() + timedelta(days=10)}


async def test_what_lies_here_is_given_back_by_scanning(
    show: Showing, session: Session, held: Warehouse
) -> None:
    async with show(SupplierHeldUnits(session, held.supplier.id, "Dostawca S.A.")) as stage:
        await stage.shows("LT000001")
        await stage.command("GIVEBACK")
        await stage.shows("How does it go back?")
        await stage.command("2")
        await stage.shows("Nothing of theirs that could go by this document lies here")
        await stage.command("OK")
        await stage.command("GIVEBACK")
        await stage.command("1")
        await stage.on_top(SupplierReturn)
        await stage.shows("0/3")
        await stage.scan("LT000002")
        await stage.shows("1/2 Laptop 14")
        await stage.command("BACK")
        await stage.on_top(SupplierHeldUnits)


async def test_the_menu_counts_what_is_due_back(show: Showing, session: Session, held: Warehouse) -> None:
    async with show(Menu(session, CUSTOMERS)) as stage:
        await stage.shows("Suppliers' units", "2 overdue")
        assert held.run(counted, [CUSTOMERS], 1, held.now.date()) == {CUSTOMERS: "2 due back"}
