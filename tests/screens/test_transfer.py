"""Moving goods from one of our locations to another."""

from decimal import Decimal

import pytest

from screens.document_list import DocumentList
from screens.new_document import NewDocument
from screens.session import Session
from screens.transfer import Transfer
from store.domain.documents import NewLine
from store.domain.terms import DocumentStatus, DocumentType
from store.queries.documents import listing
from store.queries.units import by_number
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing


@pytest.fixture
def stocked(company: Warehouse) -> Warehouse:
    """Two laptops in the main warehouse."""
    company.stock(company.laptop, "LT000001", "LT000002")
    return company


async def test_a_transfer_is_opened_and_posted_with_the_scanner_alone(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    async with show(DocumentList(session, Transfer)) as stage:
        await stage.shows("Transfers: open")
        await stage.command("NEW")
        await stage.shows("To where?", "1 Samochód")
        await stage.command("1")
        await stage.shows("To: Samochód", "F10 opens it")
        await stage.command("OPEN")
        await stage.shows_one_of("Transfer Samochód", "MM Samochód")
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.command("CLOSE")
        await stage.shows("Close with 1?")
        await stage.command("YES")
        await stage.shows("MM/2026/000001")
        await stage.command("OK")
        await stage.shows("Transfers: open")
    (unit,) = stocked.run(by_number, "LT000001")
    assert unit.place_name == stocked.van.name
    (posted,) = stocked.run(listing, DocumentType.TRANSFER, stocked.main.id, status=DocumentStatus.POSTED)
    assert (posted.number, posted.other_side) == ("MM/2026/000001", stocked.van.name)


async def test_a_scan_of_a_location_says_where_it_goes_but_not_to_where_it_comes_from(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    async with show(NewDocument(session, DocumentType.TRANSFER)) as stage:
        await stage.shows("To where?")
        await stage.command("BACK")
        await stage.shows("From: Magazyn", "To: ?")
        await stage.scan("MAIN")
        await stage.shows("It cannot go from", "Choose another location")
        await stage.command("OK")
        await stage.shows("To: ?")
        await stage.scan("VAN")
        await stage.shows("To: Samochód", "F10 opens it")
        await stage.scan("CUS")
        await stage.shows("is no product, location or party for this document")


async def test_what_lies_elsewhere_is_refused_with_its_place(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    stocked.stock(stocked.laptop, "LT000009", location=stocked.van)
    document = stocked.transfer()
    async with show(Transfer(session, document.id)) as stage:
        await stage.shows_one_of("Transfer Samochód", "MM Samochód")
        await stage.scan("LT000009")
        await stage.shows("LT000009 is at Samochód serwisowy, not here")


async def test_the_other_location_is_scanned_where_it_is_asked_for(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    async with show(NewDocument(session, DocumentType.TRANSFER)) as stage:
        await stage.shows("To where?", "VAN")
        await stage.hides("MAIN")
        await stage.scan("VAN")
        await stage.shows("To: Samochód", "F10 opens it")
        await stage.command("1")
        await stage.shows("From where?", "MAIN")
        await stage.scan("VAN")
        await stage.shows("VAN is not known here")


async def test_a_transfer_with_lines_says_what_is_short_and_why(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    document = stocked.transfer(NewLine(product_id=stocked.laptop.id, expected=Decimal(2)))
    async with show(Transfer(session, document.id)) as stage:
        await stage.shows("0/2")
        await stage.scan("LT000002")
        await stage.shows("1/2 Laptop 14")
        await stage.command("CLOSE")
        await stage.shows("Laptop 14: 1 missing")
        await stage.command("1")
        await stage.shows("Less is needed there")
        await stage.command("2")
        await stage.shows("MM/2026/000001")
