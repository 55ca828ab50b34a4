"""What came from a supplier, on the screen."""

from datetime import timedelta

from screens.supplier_purchases import SupplierChoice, SupplierPurchases
from store.domain.documents import NewLine, QuestionKind
from store.operations.events import record_event
from store.queries.units import by_number
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing


def receive(company: Warehouse) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    company.stock(company.printer, "P1")
    issue = company.issue(NewLine(product_id=company.laptop.id))
    company.accept(issue, "LT000001")
    company.close(issue)


async def test_products_open_their_deliveries_and_the_period_is_switched(
    show: Showing, session, company: Warehouse
) -> None:
    receive(company)
    async with show(SupplierPurchases(session, company.supplier)) as stage:
        await stage.shows("Drukarka laserowa", "Laptop 14", "2 pcs", "2 products")
        await stage.command("2")
        await stage.shows("2 x", "Laptop 14", "1 line read")
        await stage.press("escape")
        await stage.shows("2 products")
        await stage.command("VIEW")
        await stage.shows("2 lines read")
        await stage.press("end", "down", "home")
        await stage.press("f2")
        await stage.shows("2 products")
        company.now = company.now.replace(year=2028)
        await stage.command("PERIOD")
        await stage.shows("0 products")
        await stage.press("f4", "f4")
        await stage.shows("2 products")
        await stage.press("escape")
        await stage.done()


async def test_the_period_counts_for_deliveries_and_for_an_opened_product(
    show: Showing, session, company: Warehouse
) -> None:
    receive(company)
    company.now += timedelta(days=200)
    company.stock(company.laptop, "LT000003")
    company.now += timedelta(days=1)
    async with show(SupplierPurchases(session, company.supplier)) as stage:
        await stage.shows("2 products", "ever")
        await stage.press("f4", "f4")
        await stage.shows("1 product", "last 3 months")
        await stage.press("1")
        await stage.shows("1 x", "1 line read", "last 3 months")
        await stage.press("escape")
        await stage.shows("1 product", "last 3 months")
        await stage.press("f2")
        await stage.shows("1 line read", "last 3 months")
        await stage.press("f4")
        await stage.shows("3 lines read", "ever")


async def test_how_a_product_fares_stands_above_its_deliveries(
    show: Showing, session, company: Warehouse
) -> None:
    receive(company)
    back = company.returning()
    company.accept(back, "LT000001", confirmed=frozenset({QuestionKind.AS_WITHDRAWAL}))
    company.close(back)
    async with show(SupplierPurchases(session, company.supplier)) as stage:
        await stage.shows("Laptop 14", "2 products")
        await stage.command("2")
        await stage.shows("given back by customers 50.0%", "1 line read")
        await stage.press("escape")
        await stage.shows("2 products")
        await stage.command("1")
        await stage.shows("1 line read")
        await stage.hides("given back")


async def test_the_number_of_complaints_and_the_share_of_units_are_told_apart(
    show: Showing, session, company: Warehouse
) -> None:
    receive(company)
    (unit,) = company.run(by_number, "LT000001")
    for number in range(3):
        company.run(record_event, company.actor(), unit.id, "complaint", "Pęknięta", token=f"c{number}")
    async with show(SupplierPurchases(session, company.supplier)) as stage:
        await stage.shows("Laptop 14", "2 products")
        await stage.command("2")
        await stage.shows("3 complaints, told of 50.0% of the units", "1 line read")


async def test_the_supplier_is_found_by_name_or_scanned(show: Showing, session, company: Warehouse) -> None:
    receive(company)
    async with show(SupplierChoice(session)) as stage:
        await stage.scan("SUP")
        await stage.on_top(SupplierPurchases)
        await stage.shows("Laptop 14")
