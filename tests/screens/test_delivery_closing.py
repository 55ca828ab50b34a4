"""Closing a delivery: what differs, why, as of when, and everything in stock at once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from screens.delivery import Delivery
from screens.home import Home
from screens.notice import Notice
from screens.session import Session
from store.domain.documents import Document, NewLine
from store.domain.terms import DocumentStatus, Terms
from store.queries.balances import available
from store.queries.documents import head
from store.queries.units import by_number, card
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing, Stage


@pytest.fixture
def delivery(company: Warehouse) -> Document:
    return company.delivery(
        NewLine(product_id=company.laptop.id, expected=Decimal(2)),
        NewLine(product_id=company.cable.id, expected=Decimal(5)),
        reference="WZ/77",
    )


async def scan_all(stage: Stage) -> None:
    await stage.scan("LT000001")
    await stage.scan("LT000002")
    await stage.scan("CB-2")
    await stage.command("QTY 4")
    await stage.shows("7/7")


async def test_a_complete_delivery_closes_with_its_number(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await scan_all(stage)
        await stage.press("f10")
        await stage.shows("Close with 7/7?")
        await stage.press("1")
        await stage.shows("PZ/2026/000001", "7 pieces.")
        await stage.press("enter")
        await stage.done()
    posted = company.run(head, delivery.id)
    assert posted is not None
    assert (posted.status, posted.number, posted.reason) == (DocumentStatus.POSTED, "PZ/2026/000001", "")
    (unit,) = company.run(by_number, "LT000002")
    assert company.run(card, unit.id).terms is Terms.STOCK


async def test_it_closes_with_the_scanner_alone(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await scan_all(stage)
        await stage.command("CLOSE")
        await stage.shows("Close with 7/7?")
        await stage.command("YES")
        await stage.on_top(Notice)
        await stage.command("OK")
        await stage.done()
    posted = company.run(head, delivery.id)
    assert posted is not None
    assert posted.status is DocumentStatus.POSTED


async def test_shortages_surpluses_and_rejected_pieces_are_shown_and_need_a_reason(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan("LT000001")
        await stage.command("REJECT")
        await stage.command("1")
        await stage.shows("REJECTING")
        await stage.scan("LT000002")
        await stage.command("REJECT")
        await stage.scan("CB-2")
        await stage.command("QTY 5")
        await stage.shows("Take one more?")
        await stage.command("YES")
        await stage.shows("7/7 rejected 1")
        await stage.command("CLOSE")
        await stage.shows("Laptop 14: 1 missing, 1 rejected", "Kabel 2 m: 1 too many")
        await stage.command("1")
        await stage.shows("Why?", "Supplier sent less")
        await stage.press("5")
        await stage.shows("Reason?")
        await stage.press("enter")
        await stage.shows("Give a reason")
        await stage.write("one box wet")
        await stage.press("enter")
        await stage.on_top(Notice)
    posted = company.run(head, delivery.id)
    assert posted is not None
    assert (posted.status, posted.reason) == (DocumentStatus.POSTED, "one box wet")
    assert company.run(by_number, "LT000002") == []


async def test_missing_and_unexpected_serials_are_named(
    show: Showing, session: Session, company: Warehouse
) -> None:
    announced = ("LT000001", "LT000002")
    document = company.delivery(NewLine(product_id=company.laptop.id, expected=Decimal(2), serials=announced))
    async with show(Delivery(session, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.scan("LT000009")
        await stage.shows("not announced")
        await stage.command("YES")
        await stage.shows("2/2")
        await stage.command("CLOSE")
        await stage.shows("not there: LT000002", "not announced: LT000009")
        await stage.press("2")
        await stage.shows("2/2")
    current = company.run(head, document.id)
    assert current is not None
    assert current.status is DocumentStatus.OPEN


async def test_nothing_scanned_is_nothing_to_close(
    show: Showing, session: Session, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.shows("0/7")
        await stage.press("f10")
        await stage.shows("Nothing is scanned yet")
        await stage.press("enter")
        await stage.shows("0/7")


async def test_a_supervisor_closes_with_an_earlier_date(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    day: date = company.now.astimezone().date()
    async with show(Delivery(session, delivery.id)) as stage:
        await scan_all(stage)
        await stage.press("f10")
        await stage.shows("earlier date")
        await stage.press("3")
        await stage.shows("Date on which")
        await stage.press(*["backspace"] * 10)
        await stage.write((day + timedelta(days=1)).isoformat())
        await stage.press("enter")
        await stage.shows("lies in the future")
        await stage.press(*["backspace"] * 10)
        await stage.write((day - timedelta(days=3)).isoformat())
        await stage.press("enter")
        await stage.shows("PZ/2026/000001")
    posted = company.run(head, delivery.id)
    assert posted is not None
    assert posted.effective_at is not None
    assert posted.effective_at.astimezone().date() == day - timedelta(days=3)


async def test_a_worker_is_not_offered_an_earlier_date(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    session.operator = company.worker
    async with show(Delivery(session, delivery.id)) as stage:
        await scan_all(stage)
        await stage.press("f10")
        await stage.shows("Close with 7/7?")
        assert "earlier" not in stage.text()


async def test_a_deposit_stays_the_suppliers(show: Showing, session: Session, company: Warehouse) -> None:
    document = company.delivery(
        NewLine(product_id=company.laptop.id, expected=Decimal(1)), units_of_supplier=True
    )
    async with show(Delivery(session, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("1/1")
        await stage.command("CLOSE")
        await stage.shows("When are they due back?")
        await stage.command("2")
        await stage.shows("Close with 1/1?")
        await stage.command("1")
        await stage.on_top(Notice)
    (unit,) = company.run(by_number, "LT000001")
    found = company.run(card, unit.id)
    assert (found.terms, found.owner_name) == (Terms.HELD, company.supplier.name)


async def test_a_cancelled_delivery_gives_its_scans_back(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("1/7")
        await stage.press("f11")
        await stage.shows("Cancel this document?")
        await stage.press("1")
        await stage.done()
    other = company.delivery(NewLine(product_id=company.laptop.id))
    company.accept(other, "LT000001")


async def test_what_was_received_is_found_from_the_menu(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    company.accept(delivery, "LT000001")
    company.close(delivery, reason="rest follows")
    async with show(Home(session)) as stage:
        await stage.scan("PZ/2026/000001")
        await stage.shows_one_of("Delivery Dostawca", "PZ Dostawca")
        await stage.shows("This document is po")
        await stage.press("escape")
        await stage.scan("LT000001")
        await stage.shows("Terms: in stock, new")


async def test_counted_goods_are_in_the_balance(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await scan_all(stage)
        await stage.command("CLOSE")
        await stage.command("YES")
        await stage.on_top(Notice)
    assert company.run(available, company.cable.id, company.main.place_id) == 5
