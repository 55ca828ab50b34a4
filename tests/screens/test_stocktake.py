"""Counting a location on the screen, by scanner alone, at every size."""

import pytest

from screens.document_list import DocumentList
from screens.session import Session
from screens.stocktake import Stocktake
from store.domain.documents import Document, NewDocument
from store.domain.terms import DocumentType, Terms
from store.operations.counting import open_count_of
from store.operations.documents import open_document
from store.queries.documents import head
from store.queries.units import by_number, card
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.company import CABLE_GTIN, PRINTER_GTIN


@pytest.fixture
def stocked(company: Warehouse) -> Warehouse:
    company.stock(company.laptop, "LT000001", "LT000002", "LT000003")
    company.stock(company.laptop, "LT000009", location=company.van)
    return company


def count(company: Warehouse) -> Document:
    new = NewDocument(type=DocumentType.STOCKTAKE, location_id=company.main.id)
    return company.run(open_document, company.actor(), new)


async def test_a_count_is_opened_once_and_joined_by_who_comes_later(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    async with show(DocumentList(session, Stocktake)) as stage:
        await stage.command("NEW")
        await stage.shows("Count Magazyn główny?")
        await stage.command("YES")
        await stage.on_top(Stocktake)
        await stage.shows_one_of("Stocktake Magazyn", "INW Magazyn")
        await stage.scan("LT000001")
        await stage.shows("LT000001", "1 Laptop 14")
        await stage.command("BACK")
        await stage.on_top(DocumentList)
        await stage.command("NEW")
        await stage.shows("A count of Magazyn główny is open.")
        await stage.command("YES")
        await stage.on_top(Stocktake)
        await stage.shows("LT000001")


async def test_another_location_is_counted_after_a_warning(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    async with show(DocumentList(session, Stocktake)) as stage:
        await stage.command("NEW")
        await stage.shows("Another location")
        await stage.scan(stocked.van.code)
        await stage.shows("CAREFUL", "you are about to count Samochód serwisowy")
        await stage.command("NO")
        await stage.on_top(DocumentList)
        assert stocked.run(open_count_of, stocked.van.id) is None
        await stage.command("NEW")
        await stage.command("3")
        await stage.shows("Count where?")
        await stage.scan(stocked.van.code)
        await stage.shows("CAREFUL")
        await stage.command("YES")
        await stage.on_top(Stocktake)
        await stage.shows_one_of("Stocktake Samochód", "INW Samochód")
        await stage.scan("LT000009")
        await stage.shows("1 Laptop 14")
        await stage.command("BACK")
        await stage.on_top(DocumentList)
        # It is listed here, and its own barcode joins it.
        await stage.shows("1 Samochód serwi")
        await stage.scan(stocked.van.code)
        await stage.shows("CAREFUL")
        await stage.command("YES")
        await stage.on_top(Stocktake)
        await stage.shows("LT000009")
    counted = stocked.run(open_count_of, stocked.van.id)
    assert stocked.run(head, counted).location == stocked.van


async def test_what_differs_gets_reasons_and_is_posted_with_the_scanner_alone(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    document = count(stocked)
    async with show(Stocktake(session, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.scan("LT000009")
        await stage.shows("ELSEWHERE on record: Samochód serwisowy")
        await stage.scan(PRINTER_GTIN)
        await stage.shows("Scan serials")
        await stage.scan("D-77")
        await stage.shows("No Drukarka laserowa with the serial D-77 is known")
        await stage.command("YES")
        await stage.shows("ONE TOO MANY")
        await stage.command("CLOSE")
        await stage.shows("2 missing, 1 too many, 1 elsewhere", "4 without a reason")
        await stage.command("CLOSE")
        await stage.shows("4 differences have no reason yet")
        await stage.command("OK")
        # One that turns up is missing no more.
        await stage.scan("LT000002")
        await stage.shows("1 missing")
        await stage.command("1")
        await stage.shows("LT000003: missing. Why?")
        await stage.command("2")
        await stage.shows("2 without a reason")
        await stage.command("REASONS")
        await stage.shows("A reason for all of which?")
        await stage.command("1")
        await stage.shows("All 1 too many. Why?")
        await stage.command("3")
        await stage.shows("1 without a reason")
        await stage.command("REASONS")
        await stage.shows("All 1 elsewhere on record. Why?")
        await stage.command("1")
        await stage.shows("F10 posts it")
        await stage.command("CLOSE")
        await stage.shows("Post this count?", "4 units counted, 3 were on record")
        await stage.command("YES")
        await stage.shows("INW/2026/000001")
        await stage.command("OK")
        await stage.done()
    (lost,) = stocked.run(by_number, "LT000003")
    assert stocked.run(card, lost.id).terms is Terms.SCRAPPED


async def test_what_differs_can_be_listed_by_kind_and_what_moves_nothing_says_why(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    sold = stocked.issue()
    stocked.accept(sold, "LT000001")
    stocked.close(sold)
    document = count(stocked)
    stocked.accept(document, "LT000001", "LT000002", "LT000003", "LT000009")
    async with show(Stocktake(session, document.id)) as stage:
        await stage.shows("LT000009")
        await stage.press("f10")
        await stage.shows("1 elsewhere on record, 1 with somebody on record")
        await stage.press("2")
        await stage.shows("It comes back by its own document")
        await stage.press("enter")
        await stage.press("f2")
        await stage.shows("What to list?")
        await stage.press("2")
        await stage.shows("Differences: else")
        await stage.hides("LT000001")
        await stage.press("1")
        await stage.shows("Moved without a document")
        await stage.press("1")
        await stage.press("f10")
        await stage.shows("Post this count?")
        await stage.press("1")
        await stage.shows("INW/2026/000001")


async def test_pieces_without_serials_are_counted_and_a_scan_is_undone(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    document = count(stocked)
    async with show(Stocktake(session, document.id)) as stage:
        await stage.scan(CABLE_GTIN)
        await stage.shows("1 Kabel 2 m")
        await stage.command("QTY 10")
        await stage.shows("11 Kabel 2 m")
        await stage.command("UNDO")
        await stage.shows("Taken back: 10")
        await stage.scan("LT000002")
        await stage.shows("1 Laptop 14")
        await stage.scan("LT000002")
        await stage.shows("LT000002 is scanned already")
        await stage.command("OK")
        await stage.command("CLOSE")
        await stage.shows("2 missing, 1 more than on record")


async def test_a_count_is_cancelled_and_everything_given_back(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    document = count(stocked)
    async with show(Stocktake(session, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.command("CANCEL")
        await stage.shows("Cancel this document?")
        await stage.command("YES")
        await stage.done()
    found = stocked.run(head, document.id)
    assert found is not None
    assert found.status == "cancelled"
