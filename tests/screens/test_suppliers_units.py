"""What belongs to suppliers on the screens: bought out at a price, given back with a reason, used."""

from decimal import Decimal

import pytest

from screens.prices import parse_price
from screens.session import Session
from screens.suppliers_units import Borrowing, BorrowingEnd, Buyout, SupplierReturn
from store.domain.terms import DocumentType, Terms
from store.queries.documents import lines
from store.queries.units import by_number
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing


@pytest.fixture
def held(company: Warehouse) -> Warehouse:
    """Two laptops of the supplier's in our stock."""
    company.deposit(company.laptop, "LT000001", "LT000002")
    return company


async def test_a_buyout_asks_for_the_prices_that_are_missing(
    show: Showing, session: Session, held: Warehouse
) -> None:
    document = held.open(DocumentType.BUYOUT, held.supplier)
    async with show(Buyout(session, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.command("CLOSE")
        await stage.shows("Laptop 14: net price of one piece?")
        await stage.write("dwa")
        await stage.press("enter")
        await stage.shows("dwa is no price")
        await stage.press("backspace", "backspace", "backspace")
        await stage.write("1999,99")
        await stage.press("enter")
        await stage.shows("Close with 1?")
        await stage.command("YES")
        await stage.shows("WD/2026/000001")
    (line,) = held.run(lines, document.id)
    assert line.unit_price == Decimal("1999.99")
    (unit,) = held.run(by_number, "LT000001")
    assert unit.terms is Terms.STOCK


async def test_a_price_is_scanned_as_a_quantity_and_changed_before_closing(
    show: Showing, session: Session, held: Warehouse
) -> None:
    document = held.open(DocumentType.BUYOUT, held.supplier)
    async with show(Buyout(session, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.command("PRICE")
        await stage.shows("net price of one piece?")
        await stage.command("QTY 100")
        await stage.until(lambda: held.run(lines, document.id)[0].unit_price == 100)
        await stage.press("f8")
        await stage.shows("net price of one piece?", "100")
        await stage.press("escape")
        await stage.command("CLOSE")
        await stage.shows("Close with 1?")


async def test_a_return_to_the_supplier_is_asked_for_its_reason(
    show: Showing, session: Session, held: Warehouse
) -> None:
    document = held.open(DocumentType.SUPPLIER_RETURN, held.supplier)
    async with show(SupplierReturn(session, document.id)) as stage:
        await stage.scan("LT000002")
        await stage.shows("1 Laptop 14")
        await stage.command("CLOSE")
        await stage.shows("Close with 1?")
        await stage.command("1")
        await stage.shows("Why does it go back to the supplier?", "Damaged or faulty")
        await stage.command("4")
        await stage.shows("ZD/2026/000001")
    (unit,) = held.run(by_number, "LT000002")
    assert (unit.terms, unit.place_name) == (Terms.RETURNED, held.supplier.name)


async def test_a_deposit_is_taken_into_use_and_back(show: Showing, session: Session, held: Warehouse) -> None:
    document = held.open(DocumentType.BORROWING, held.supplier)
    async with show(Borrowing(session, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.command("CLOSE")
        await stage.command("YES")
        await stage.shows("WU/2026/000001")
    (unit,) = held.run(by_number, "LT000001")
    assert unit.terms is Terms.BORROWED
    back = held.open(DocumentType.BORROWING_END, held.supplier)
    async with show(BorrowingEnd(session, back.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.command("CLOSE")
        await stage.command("YES")
        await stage.shows("ZU/2026/000001")


def test_a_price_is_read_as_people_write_it() -> None:
    assert [parse_price(text) for text in ("12,50", "1 200.5", "0", "-1", "1.00001", "x", "NaN")] == [
        Decimal("12.50"), Decimal("1200.5"), Decimal(0), None, None, None, None,
    ]  # fmt: skip
