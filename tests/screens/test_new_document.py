"""Opening a document by hand: with the keyboard alone, and with the scanner alone."""

from decimal import Decimal

import pytest
from textual.widgets import Input

from screens.delivery import Delivery
from screens.document_list import DocumentList
from screens.new_document import NewDocument
from screens.party_choice import PartyChoice
from store.domain.terms import DocumentType
from store.operations.parties import create_party
from store.queries.documents import view
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing, Stage
from tests.store.company import CABLE_GTIN, LAPTOP_GTIN


@pytest.fixture
def delivery(session) -> NewDocument:
    return NewDocument(session, DocumentType.DELIVERY)


@pytest.fixture
def order(session) -> NewDocument:
    return NewDocument(session, DocumentType.ISSUE)


async def opened(stage: Stage, company: Warehouse, screen: NewDocument):
    await stage.done()
    assert screen.opened is not None
    return company.run(view, screen.opened)


async def test_a_delivery_is_opened_with_the_keyboard_alone(
    show: Showing, delivery: NewDocument, company: Warehouse
) -> None:
    async with show(delivery) as stage:
        await stage.shows("Which supplier?", "Name, NIP or code")
        await stage.write("dostaw")
        await stage.shows("Dostawca S.A.")
        await stage.press("enter")
        await stage.shows("Supplier: Dostawca", "F10 opens it.")
        await stage.press("3")
        await stage.shows("Their delivery note?")
        await stage.write("WZ/77")
        await stage.press("enter")
        await stage.shows("note: WZ/77")
        await stage.press("4")
        await stage.shows("Whose are the units?")
        await stage.press("2")
        await stage.shows("a deposit")
        await stage.press("f10")
        found = await opened(stage, company, delivery)
    assert found.document.party == company.supplier
    assert found.document.reference == "WZ/77"
    assert found.document.units_of_supplier
    assert found.document.location == company.main
    assert found.lines == ()


async def test_an_order_is_opened_with_the_scanner_alone(
    show: Showing, order: NewDocument, company: Warehouse
) -> None:
    async with show(order) as stage:
        await stage.shows("Which customer?")
        await stage.scan("CUS")
        await stage.shows("Customer: Odbiorca")
        await stage.scan(LAPTOP_GTIN)
        await stage.shows("Laptop 14: how many")
        await stage.command("QTY 5")
        await stage.shows("Laptop 14: 5")
        await stage.scan(CABLE_GTIN)
        await stage.shows("Kabel 2 m: how many")
        await stage.command("OK")
        await stage.shows("Kabel 2 m: any number")
        await stage.command("3")
        await stage.shows("Their order?")
        await stage.scan("ORDER-9")
        await stage.shows("ORDER-9")
        await stage.scan("VAN")
        await stage.shows("Samochód")
        await stage.command("OPEN")
        found = await opened(stage, company, order)
    assert found.document.type is DocumentType.ISSUE
    assert found.document.party == company.customer
    assert found.document.location == company.van
    assert found.document.reference == "ORDER-9"
    assert [(line.product, line.expected) for line in found.lines] == [
        (company.laptop, Decimal(5)),
        (company.cable, None),
    ]


async def test_a_line_is_changed_and_removed(show: Showing, order: NewDocument, company: Warehouse) -> None:
    async with show(order) as stage:
        await stage.scan("CUS")
        await stage.shows("Customer: Odbiorca")
        await stage.press("insert")
        await stage.shows("Which product?")
        await stage.write("druk")
        await stage.shows("Drukarka")
        await stage.press("enter")
        await stage.shows("how many")
        await stage.write("x")
        await stage.press("enter")
        await stage.shows("x is no quantity")
        await stage.press("backspace", "2", "enter")
        await stage.shows("laserowa: 2")
        await stage.press("4", "1")
        await stage.shows("how many")
        await stage.press("backspace", "3", "enter")
        await stage.shows("laserowa: 3")
        await stage.press("4", "2")
        await stage.hides("Drukarka")
        await stage.press("f10")
        assert (await opened(stage, company, order)).lines == ()


async def test_a_supplier_is_no_customer(show: Showing, order: NewDocument) -> None:
    async with show(order) as stage:
        await stage.shows("Which customer?")
        await stage.write("dost")
        await stage.shows("Not found: dost")
        await stage.scan("SUP")
        await stage.shows("SUP is not known here")
        await stage.command("OK")
        await stage.press("escape")
        await stage.shows("Customer: ?")
        await stage.scan("SUP")
        await stage.shows("Dostawca S.A. is no product")
        await stage.command("OK")
        await stage.shows("Customer: ?")


async def test_nothing_is_opened_without_a_party(show: Showing, order: NewDocument) -> None:
    async with show(order) as stage:
        await stage.shows("Which customer?")
        await stage.press("escape")
        await stage.shows("Customer: ?")
        await stage.press("f10")
        await stage.shows("Which customer?")
        await stage.press("escape")
        await stage.shows("Customer: ?")
        await stage.press("escape")
        await stage.done()
        assert order.opened is None


async def test_what_was_entered_is_not_thrown_away_by_one_key(show: Showing, order: NewDocument) -> None:
    async with show(order) as stage:
        await stage.scan("CUS")
        await stage.shows("Customer: Odbiorca")
        await stage.scan(LAPTOP_GTIN)
        await stage.command("OK")
        await stage.shows("any number")
        await stage.press("escape")
        await stage.shows("Leave without")
        await stage.command("NO")
        await stage.shows("any number")
        await stage.press("escape", "1")
        await stage.done()
        assert order.opened is None


async def test_a_new_document_is_scanned_into_at_once(show: Showing, session) -> None:
    async with show(DocumentList(session, Delivery)) as stage:
        await stage.shows("None open. F2: new")
        await stage.press("f2")
        await stage.shows("Which supplier?")
        await stage.scan("SUP")
        await stage.shows("Supplier: Dostawca")
        await stage.command("OPEN")
        await stage.on_top(Delivery)
        await stage.shows_one_of("Delivery Dostawca", "PZ Dostawca")


async def test_pages_are_turned_and_a_digit_chooses(
    show: Showing, session, company: Warehouse, size: tuple[int, int]
) -> None:
    for number in range(1, 25):
        company.run(create_party, f"K{number:02}", f"Klient {number:02}", is_customer=True)
    screen = PartyChoice(session, suppliers=False)
    async with show(screen) as stage:
        await stage.write("klient")
        await stage.shows("Klient 01")
        await stage.hides("Klient 20")
        rows = screen.page_size
        await stage.press("enter", "f3")
        await stage.shows(f"Klient {rows + 1:02}")
        await stage.hides("Klient 01")
        await stage.command("2")
        await stage.done()
    assert screen.chosen is not None
    assert screen.chosen.name == f"Klient {rows + 2:02}"


async def test_typing_goes_on_in_the_field_from_the_list(show: Showing, session, company: Warehouse) -> None:
    for name in ("Alfa Beta", "Alfa Gamma"):
        company.run(create_party, name, name, is_customer=True)
    screen = PartyChoice(session, suppliers=False)
    async with show(screen) as stage:
        await stage.write("alfa")
        await stage.shows("Alfa Beta", "Alfa Gamma")
        await stage.press("down")
        await stage.write(" g")
        await stage.hides("Alfa Beta")
        assert screen.query_one(Input).value == "alfa g"
        await stage.press("enter")
        await stage.done()
    assert screen.chosen is not None
    assert screen.chosen.name == "Alfa Gamma"


async def test_a_party_is_found_by_its_tax_id(show: Showing, session, company: Warehouse) -> None:
    company.run(create_party, "N1", "Nowak", tax_id="5260001246", is_customer=True)
    screen = PartyChoice(session, suppliers=False)
    async with show(screen) as stage:
        await stage.write("52600")
        await stage.shows("Nowak")
        await stage.hides("Odbiorca")
        await stage.press("enter")
        await stage.done()
    assert screen.chosen is not None
    assert screen.chosen.code == "N1"
