"""What a delivery refuses: with a reason, the next step, and an acknowledgement over the full width."""

from decimal import Decimal

import pytest

from screens.delivery import Delivery
from screens.refusal_panel import RefusalPanel
from screens.session import Session
from store.domain.documents import Document, NewLine
from store.queries.scans import scans
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.company import LAPTOP_GTIN, PRINTER_GTIN


@pytest.fixture
def delivery(company: Warehouse) -> Document:
    return company.delivery(
        NewLine(product_id=company.laptop.id, expected=Decimal(3)),
        NewLine(product_id=company.printer.id, expected=Decimal(2)),
    )


async def test_a_piece_scanned_twice_is_refused_with_its_line(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan("LT000001")
        await stage.scan("lt000001")
        await stage.shows("lt000001 is scanned already: line 1, 2026-03-02", "Kierownik")
        await stage.command("OK")
        await stage.shows("1/5")


async def test_a_piece_in_stock_is_refused_with_its_place(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    company.stock(company.laptop, "LT000001", location=company.van)
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("LT000001 is in stock already: Samochód serwisowy")


async def test_a_sold_piece_is_refused_with_its_holder_and_the_way_back(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    company.stock(company.laptop, "LT000001")
    issue = company.issue()
    company.accept(issue, "LT000001")
    company.close(issue)
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("LT000001 is sold: Odbiorca", "for a return")


async def test_a_piece_that_another_delivery_has_is_refused_with_who_and_which(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    other = company.delivery(NewLine(product_id=company.laptop.id), reference="FV-9")
    company.accept(other, "LT000001")
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("LT000001 is taken by Magazynier (FV-9)")


async def test_a_code_that_is_no_serial_of_the_product_is_refused_with_its_pattern(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan(f"]d201{LAPTOP_GTIN}21XX1")
        await stage.shows("XX1 is no serial of Laptop 14 (LT######)")


async def test_a_gs1_code_of_another_product_than_the_lines_is_refused(
    show: Showing, session: Session, company: Warehouse
) -> None:
    document = company.delivery(NewLine(product_id=company.laptop.id, expected=Decimal(1)))
    session.operator = company.worker
    async with show(Delivery(session, document.id)) as stage:
        await stage.scan(f"]d201{PRINTER_GTIN}21LT000001")
        await stage.shows("Drukarka laserowa is not on this document")


async def test_one_piece_too_many_is_asked_about(show: Showing, session: Session, company: Warehouse) -> None:
    document = company.delivery(NewLine(product_id=company.laptop.id, expected=Decimal(1)))
    async with show(Delivery(session, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.scan("LT000002")
        await stage.shows("Laptop 14: all are scanned already. Take one more?")
        await stage.command("YES")
        await stage.shows("2/1 Laptop 14")


async def test_the_refusal_stays_until_it_is_acknowledged_and_takes_no_scan(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan("LT000001")
        await stage.scan("LT000001")
        await stage.on_top(RefusalPanel)
        await stage.scan("LT000002")
        await stage.shows("Answer first; scan it again then.")
        await stage.press("x", "y")
        await stage.on_top(RefusalPanel)
        await stage.press("enter")
        await stage.shows("1/5")
        await stage.scan("LT000002")
        await stage.shows("2/5")
    assert [row.serial for row in company.run(scans, delivery.id, limit=9)] == ["LT000002", "LT000001"]


async def test_scans_that_wait_are_judged_after_the_acknowledgement(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.shows("0/5")
        # They reach the screen before the refusal of the second one is up.
        for text in ("LT000001", "LT000001", "LT000002"):
            stage.put(text)
        await stage.on_top(RefusalPanel)
        await stage.press("enter")
        await stage.shows("2/5")
    assert [row.serial for row in company.run(scans, delivery.id, limit=9)] == ["LT000002", "LT000001"]


async def test_a_closed_delivery_takes_no_more(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    company.accept(delivery, "LT000001")
    company.close(delivery, reason="rest follows")
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.shows("This document is po")
        await stage.scan("LT000002")
        await stage.shows("is not open any more")
