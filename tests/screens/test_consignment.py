"""Handing goods over on consignment, taking them back, and selling what was sold there."""

from screens.consignment import Consignment, ConsignmentReturn, ConsignmentSale
from screens.document_list import DocumentList
from screens.session import Session
from store.domain.terms import DocumentType, Terms
from store.queries.units import by_number
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing


async def test_goods_go_to_consignment_and_are_sold_there_with_the_scanner_alone(
    show: Showing, session: Session, company: Warehouse
) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    async with show(DocumentList(session, Consignment)) as stage:
        await stage.command("NEW")
        await stage.shows("Which customer?")
        await stage.scan("CUS")
        await stage.shows("Customer: Odbiorca", "F10 opens it")
        await stage.command("OPEN")
        await stage.scan("LT000001")
        await stage.scan("LT000002")
        await stage.shows("2 Laptop 14")
        await stage.command("CLOSE")
        await stage.shows("Close with 2?")
        await stage.command("YES")
        await stage.shows("WK/2026/000001")
    (unit,) = company.run(by_number, "LT000001")
    assert (unit.terms, unit.place_name) == (Terms.CONSIGNED, company.customer.name)


async def test_what_is_sold_there_begins_its_warranty(
    show: Showing, session: Session, company: Warehouse
) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    out = company.open(DocumentType.CONSIGNMENT, company.customer)
    company.accept(out, "LT000001")
    company.close(out)
    sale = company.open(DocumentType.CONSIGNMENT_SALE, company.customer)
    async with show(ConsignmentSale(session, sale.id)) as stage:
        await stage.shows_one_of("Consignment sold", "SK Odbiorca")
        await stage.scan("LT000002")
        await stage.shows("LT000002 is at Magazyn główny, not with Odbiorca")
        await stage.command("OK")
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.command("CLOSE")
        await stage.command("YES")
        await stage.shows("SK/2026/000001")
    (unit,) = company.run(by_number, "LT000001")
    assert unit.terms is Terms.SOLD


async def test_what_comes_back_is_in_stock_again(show: Showing, session: Session, company: Warehouse) -> None:
    company.stock(company.laptop, "LT000001")
    out = company.open(DocumentType.CONSIGNMENT, company.customer)
    company.accept(out, "LT000001")
    company.close(out)
    back = company.open(DocumentType.CONSIGNMENT_RETURN, company.customer)
    async with show(ConsignmentReturn(session, back.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.command("CLOSE")
        await stage.command("YES")
        await stage.shows("ZK/2026/000001")
    (unit,) = company.run(by_number, "LT000001")
    assert (unit.terms, unit.place_name) == (Terms.STOCK, company.main.name)
