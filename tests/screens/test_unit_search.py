"""Units are looked for on a screen: narrowed down, page by page, and by searches that were saved."""

import re
from functools import partial

import pytest

from screens.customer_holdings import CustomerHoldings
from screens.issue import Issue
from screens.unit_search import UnitSearch
from store.domain.documents import NewLine
from store.domain.events import BuiltIn
from store.domain.fields import FieldSpec, FieldType
from store.operations.events import record_event
from store.operations.field_values import set_value
from store.operations.fields import define_field, give_field
from store.queries.saved_searches import names
from store.queries.units import by_number
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.company import LAPTOP_GTIN


@pytest.fixture
def sold(company: Warehouse) -> Warehouse:
    """LT000001 to 3 with the customer; LT000004 to 30 here; a field that is shown on lists."""
    with company.database.connection_context():
        company.stock(company.laptop, *(f"LT{number:06}" for number in range(1, 31)))
        issue = company.issue()
        company.accept(issue, "LT000001", "LT000002", "LT000003")
        company.close(issue)
    field = company.run(define_field, FieldSpec(name="Etui", type=FieldType.YES_NO))
    company.run(give_field, company.laptop.kind_id, field.id, on_list=True)
    for serial, text in (("LT000002", "tak"), ("LT000005", "nie")):
        unit_id = company.run(by_number, serial)[0].id
        company.run(set_value, company.actor(company.chief), unit_id, field.id, text)
    return company


async def test_a_customer_narrows_down_without_a_text_and_the_list_says_fields(
    show: Showing, session, sold: Warehouse, size: tuple[int, int]
) -> None:
    async with show(UnitSearch(session)) as stage:
        await stage.command("FILTER")
        await stage.shows("Only units with what?", "Product")
        await stage.command("2")
        await stage.shows("Which party?")
        await stage.scan("CUS")
        await stage.shows("Customer or supplier: Odbiorca", "LT000003", "LT000001", "Etui:")
        if size[0] >= 40:
            await stage.shows("Etui: Yes")
        await stage.hides("LT000004")
        await stage.write("02")
        await stage.shows("LT000002")
        await stage.hides("LT000003")


async def test_what_was_asked_is_taken_away_again(show: Showing, session, sold: Warehouse) -> None:
    async with show(UnitSearch(session)) as stage:
        await stage.command("FILTER")
        await stage.command("6")
        await stage.shows("Under warranty: Yes", "LT000003")
        await stage.command("FILTER")
        await stage.command("5")
        await stage.shows("Sold when?")
        await stage.command("1")
        await stage.shows("Sold: ", "LT000003")
        await stage.command("FILTER")
        await stage.command("6")
        await stage.hides("Under warranty: Yes")
        await stage.shows("Sold: ")
        await stage.command("FILTER")
        await stage.command("8")
        await stage.shows("3 characters or more")


async def test_a_field_a_document_and_a_complaint_narrow_down(
    show: Showing, session, sold: Warehouse
) -> None:
    unit_id = sold.run(by_number, "LT000002")[0].id
    sold.run(record_event, sold.actor(), unit_id, BuiltIn.COMPLAINT, "nie działa", token="one")
    async with show(UnitSearch(session)) as stage:
        await stage.command("FILTER")
        await stage.command("4")
        await stage.shows("Which field?")
        await stage.command("1")
        await stage.shows("Etui?")
        await stage.command("3")
        await stage.shows("Field: Etui anything", "LT000005", "LT000002")
        await stage.command("FILTER")
        await stage.command("3")
        await stage.shows("The number of which document?")
        await stage.scan("WZ/2026/999999")
        await stage.shows("No document has the number")
        await stage.command("OK")
        await stage.command("FILTER")
        await stage.command("3")
        await stage.scan("WZ/2026/000001")
        await stage.shows("Document: WZ/2026/000001", "LT000002")
        await stage.hides("LT000005")
        await stage.command("FILTER")
        await stage.command("7")
        await stage.shows("With an open complaint: Yes", "LT000002")


async def test_pages_follow_each_other_to_the_last_and_begin_again(
    show: Showing, session, sold: Warehouse
) -> None:
    async with show(UnitSearch(session)) as stage:
        await stage.write("LT0")
        await stage.shows("LT000030")
        seen = set()
        while "LT000001" not in stage.text():
            shown = stage.text()
            seen |= set(re.findall("LT0{4}[0-9]{2}", shown))
            await stage.command("MORE")
            await stage.until(partial(lambda before: stage.text() != before, shown))
        seen |= set(re.findall("LT0{4}[0-9]{2}", stage.text()))
        assert len(seen) == 30
        await stage.command("MORE")
        await stage.shows("LT000030")


async def test_no_row_stands_twice_where_the_list_grows_as_the_words_above_it_shrink(
    show: Showing, session, sold: Warehouse
) -> None:
    async with show(UnitSearch(session)) as stage:
        await stage.command("FILTER")
        await stage.command("1")
        await stage.shows("Which product?")
        await stage.scan(LAPTOP_GTIN)
        await stage.shows("Product: Laptop 14", "LT000030")
        first = re.findall("LT0{4}[0-9]{2}", stage.text())
        assert first == [f"LT{number:06}" for number in range(30, 30 - len(first), -1)]


async def test_a_document_is_left_for_a_search_and_goes_on_after_it(
    show: Showing, session, sold: Warehouse
) -> None:
    issue = sold.issue(NewLine(product_id=sold.laptop.id))
    async with show(Issue(session, issue.id)) as stage:
        await stage.scan("LT000010")
        await stage.shows("LT000010")
        await stage.press("ctrl+f")
        await stage.shows("Find a unit", "3 characters")
        await stage.write("odbior")
        await stage.shows("Odbiorca", "all its units")
        await stage.command("1")
        await stage.on_top(CustomerHoldings)
        await stage.command("BACK")
        await stage.shows("Find a unit")
        await stage.command("BACK")
        await stage.shows("LT000010")
        await stage.scan("LT000011")
        await stage.shows("LT000011")
        await stage.command("FIND")
        await stage.shows("Find a unit", "3 characters")


async def test_a_search_is_saved_opened_and_forgotten(show: Showing, session, sold: Warehouse) -> None:
    async with show(UnitSearch(session)) as stage:
        await stage.command("SAVED")
        await stage.shows("No search is saved yet")
        await stage.command("OK")
        await stage.command("FILTER")
        await stage.command("6")
        await stage.shows("LT000003")
        await stage.command("SAVED")
        await stage.shows("Save this search")
        await stage.command("1")
        await stage.shows("Under which name?")
        await stage.scan("Gwarancja")
        await stage.shows("For whom?")
        await stage.command("2")
        await stage.until(lambda: sold.run(names, sold.worker.id))
        await stage.command("FILTER")
        await stage.command("8")
        await stage.hides("LT000003")
        await stage.command("SAVED")
        await stage.shows("Gwarancja (everybody's)")
        await stage.command("2")
        await stage.shows("Under warranty: Yes", "LT000003")
        await stage.command("SAVED")
        await stage.command("2")
        await stage.shows("Forget which search?")
        await stage.command("1")
        await stage.shows("Forget Gwarancja?")
        await stage.command("YES")
        await stage.until(lambda: not sold.run(names, sold.worker.id))
