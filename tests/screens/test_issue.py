"""Issuing goods to a customer: the right model, from here, once."""

from decimal import Decimal

import pytest

from screens.issue import Issue
from screens.notice import Notice
from screens.refusal_panel import RefusalPanel
from screens.session import Session
from store.domain.documents import Document, NewLine
from store.domain.terms import Condition, DocumentStatus, Terms
from store.operations.units import change_condition
from store.queries.balances import available
from store.queries.documents import head, lines
from store.queries.scans import scans
from store.queries.units import by_number, card
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.company import CABLE_GTIN, LAPTOP_GTIN


@pytest.fixture
def stocked(company: Warehouse) -> Warehouse:
    """Three laptops, two printers and ten cables in the main warehouse, one laptop in the van."""
    company.stock(company.laptop, "LT000001", "LT000002", "LT000003")
    company.stock(company.printer, "PX-1", "PX-2")
    company.stock(company.laptop, "LT000009", location=company.van)
    delivery = company.delivery(NewLine(product_id=company.cable.id, expected=Decimal(10)))
    for _piece in range(10):
        company.accept(delivery, CABLE_GTIN)
    company.close(delivery)
    return company


@pytest.fixture
def order(stocked: Warehouse) -> Document:
    """Two laptops and four cables for a customer."""
    return stocked.issue(
        NewLine(product_id=stocked.laptop.id, expected=Decimal(2)),
        NewLine(product_id=stocked.cable.id, expected=Decimal(4)),
        reference="ORD-5",
    )


def status(company: Warehouse, document: Document) -> DocumentStatus:
    found = company.run(head, document.id)
    assert found is not None
    return found.status


async def test_an_order_is_issued_with_the_scanner_alone(
    show: Showing, session: Session, stocked: Warehouse, order: Document
) -> None:
    async with show(Issue(session, order.id)) as stage:
        await stage.shows_one_of("Issue Odbiorca", "WZ Odbiorca")
        await stage.shows("0/6")
        await stage.scan("LT000001")
        await stage.shows("1/2 Laptop 14")
        await stage.scan(f"]d201{LAPTOP_GTIN}21LT000002")
        await stage.shows("2/2 Laptop 14")
        await stage.scan(CABLE_GTIN)
        await stage.command("QTY 3")
        await stage.shows("4/4 Kabel")
        await stage.command("CLOSE")
        await stage.shows("Close with 6/6?")
        await stage.command("YES")
        await stage.shows("WZ/2026/000001")
        await stage.command("OK")
        await stage.done()
    (unit,) = stocked.run(by_number, "LT000002")
    found = stocked.run(card, unit.id)
    assert found.place is not None
    assert (found.terms, found.place.name, found.owner_name) == (
        Terms.SOLD,
        stocked.customer.name,
        stocked.customer.name,
    )
    assert found.warranty_from == stocked.now.astimezone().date()
    assert stocked.run(available, stocked.cable.id, stocked.main.place_id) == 6


async def test_an_order_is_issued_with_the_keyboard_alone(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    order = stocked.issue(NewLine(product_id=stocked.laptop.id, expected=Decimal(1)))
    async with show(Issue(session, order.id)) as stage:
        await stage.press("f3")
        await stage.shows("Serial?")
        await stage.write("lt000001")
        await stage.press("enter")
        await stage.shows("1/1 Laptop 14")
        await stage.press("f10", "1")
        await stage.shows("WZ/2026/000001")
        await stage.press("enter")
        await stage.done()
    assert status(stocked, order) is DocumentStatus.POSTED


async def test_a_wrong_model_stops_the_operator_and_names_what_is_needed(
    show: Showing, session: Session, stocked: Warehouse, order: Document, size: tuple[int, int]
) -> None:
    async with show(Issue(session, order.id)) as stage:
        await stage.scan("PX-1")
        await stage.on_top(RefusalPanel)
        await stage.shows("WRONG MODEL: Drukarka laserowa.", "Needed: Laptop 14, Kabel 2 m")
        width, _height = size
        panel = stage.app.screen.query_one("#dialog")
        assert panel.region.width == width
        await stage.scan("LT000001")
        await stage.shows("Answer first")
        await stage.command("OK")
        await stage.shows("0/6")
    assert stocked.run(scans, order.id, limit=9) == []


async def test_a_model_that_is_complete_is_not_needed_any_more(
    show: Showing, session: Session, stocked: Warehouse, order: Document
) -> None:
    stocked.accept(order, "LT000001", "LT000002")
    async with show(Issue(session, order.id)) as stage:
        await stage.shows("2/6")
        await stage.scan("LT000003")
        await stage.shows("Laptop 14: all 2 are scanned. Put this one back.")


async def test_a_free_issue_takes_any_model_and_makes_its_lines(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    document = stocked.issue()
    async with show(Issue(session, document.id)) as stage:
        await stage.scan("PX-1")
        await stage.shows("1 Drukarka")
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.scan(CABLE_GTIN)
        await stage.shows("1 Kabel")
    assert [(line.product.name, line.scanned) for line in stocked.run(lines, document.id)] == [
        ("Drukarka laserowa", 1),
        ("Laptop 14", 1),
        ("Kabel 2 m", 1),
    ]


async def test_what_cannot_leave_is_refused_with_its_reason(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    deposit = stocked.delivery(NewLine(product_id=stocked.laptop.id), units_of_supplier=True)
    stocked.accept(deposit, "LT000070")
    stocked.close(deposit)
    sold = stocked.issue()
    stocked.accept(sold, "LT000003")
    stocked.close(sold)
    (blocked,) = stocked.run(by_number, "LT000002")
    stocked.run(change_condition, stocked.actor(), blocked.id, Condition.BLOCKED, reason="cracked")
    document = stocked.issue(NewLine(product_id=stocked.laptop.id, expected=Decimal(5)))
    refusals = {
        "LT000009": "LT000009 is at Samochód serwisowy, not here",
        "LT000070": "LT000070 is held for the supplier and belongs to Dostawca S.A.: buy it out first",
        "LT000003": "LT000003 is sold: Odbiorca",
        "LT000002": "LT000002 is blocked",
        "LT999999": "LT999999 is not known here",
    }
    async with show(Issue(session, document.id)) as stage:
        for text, reason in refusals.items():
            await stage.scan(text)
            await stage.shows(reason)
            await stage.command("OK")
            await stage.shows("0/5")


async def test_a_unit_that_another_terminal_took_is_refused_with_who_and_when(
    show: Showing, session: Session, stocked: Warehouse, order: Document
) -> None:
    other = stocked.issue(NewLine(product_id=stocked.laptop.id), reference="ORD-6")
    async with show(Issue(session, order.id)) as stage:
        await stage.shows("0/6")
        stocked.accept(other, "LT000001", actor=stocked.actor(terminal=stocked.gate))
        await stage.scan("LT000001")
        await stage.shows("LT000001 is taken by Magazynier (ORD-6), 2026-03-02", "Choose another one")


async def test_more_pieces_than_there_are_cannot_leave(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    document = stocked.issue(NewLine(product_id=stocked.cable.id, expected=Decimal(50)))
    async with show(Issue(session, document.id)) as stage:
        await stage.command("QTY 11")
        await stage.shows("Kabel 2 m: 11 wanted, 10 here")
        await stage.command("OK")
        await stage.command("QTY 10")
        await stage.shows("10/50 Kabel")


async def test_a_product_with_serials_never_leaves_by_its_count(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    document = stocked.issue(NewLine(product_id=stocked.laptop.id, expected=Decimal(2)))
    async with show(Issue(session, document.id)) as stage:
        await stage.command("QTY 2")
        await stage.shows("goes by serial. Scan each piece")


async def test_scans_of_an_issue_are_undone_and_removed(
    show: Showing, session: Session, stocked: Warehouse, order: Document
) -> None:
    async with show(Issue(session, order.id)) as stage:
        await stage.scan("LT000001")
        await stage.scan("LT000002")
        await stage.shows("2/6")
        await stage.command("UNDO")
        await stage.shows("1/6")
        await stage.command("SCANS")
        await stage.shows("Accepted scans", "LT000001")
        await stage.scan("LT000001")
        await stage.shows("Take LT000001 back?")
        await stage.command("YES")
        await stage.hides("LT000001")
        await stage.command("BACK")
        await stage.shows("0/6")
        await stage.scan("LT000001")
        await stage.shows("1/2 Laptop 14")


async def test_an_order_that_is_not_complete_needs_a_reason(
    show: Showing, session: Session, stocked: Warehouse, order: Document
) -> None:
    async with show(Issue(session, order.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("1/6")
        await stage.command("CLOSE")
        await stage.shows("Laptop 14: 1 missing", "Kabel 2 m: 4 missing")
        await stage.command("1")
        await stage.shows("Why?", "Not enough in stock")
        await stage.command("3")
        await stage.on_top(Notice)
        await stage.shows("WZ/2026/000001")
    found = stocked.run(head, order.id)
    assert found is not None
    assert found.reason == "The rest follows"


async def test_a_unit_that_left_meanwhile_keeps_the_issue_open(
    show: Showing, session: Session, stocked: Warehouse, order: Document
) -> None:
    async with show(Issue(session, order.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("1/6")
        (unit,) = stocked.run(by_number, "LT000001")
        stocked.run(change_condition, stocked.actor(), unit.id, Condition.BLOCKED, reason="dropped")
        await stage.command("CLOSE")
        await stage.command("1")
        await stage.shows("Why?")
        await stage.command("1")
        await stage.on_top(RefusalPanel)
        await stage.shows("LT000001")
        await stage.command("OK")
        await stage.shows("1/6")
    assert status(stocked, order) is DocumentStatus.OPEN


async def test_an_issue_offers_no_rejecting(show: Showing, session: Session, order: Document) -> None:
    async with show(Issue(session, order.id)) as stage:
        await stage.shows("0/6")
        await stage.command("REJECT")
        await stage.shows("REJECT: no command")
