"""The card of a unit, and the ways to it."""

from decimal import Decimal
from pathlib import Path

import pytest

from screens.home import Home
from screens.timeline_rows import KINDS
from screens.unit_card import UnitCard
from screens.unit_search import UnitList, UnitSearch
from store.domain.costs import CostKind, NewCost
from store.domain.documents import NewLine, QuestionKind
from store.domain.kept_papers import NewPaper
from store.domain.papers import PaperCode, PaperLanguage
from store.domain.records import Identifier
from store.domain.tasks import NewTask
from store.domain.terms import Condition, IdentifierType
from store.operations.costs import add_cost
from store.operations.events import record_event
from store.operations.papers import keep_paper
from store.operations.tasks import add_task
from store.operations.units import add_identifier
from store.queries.timeline import PAGE, timeline
from store.queries.units import by_number, card
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.company import LAPTOP_GTIN


@pytest.fixture
def sold(company: Warehouse) -> int:
    """A laptop that was received and sold, with an IMEI."""
    company.run(company_stock, company, "LT000001")
    (unit,) = company.run(by_number, "LT000001")
    company.run(add_identifier, unit.id, Identifier(type=IdentifierType.IMEI, text="356938035643809"))
    sell(company, "LT000001")
    return unit.id


def company_stock(company: Warehouse, *serials: str) -> None:
    company.stock(company.laptop, *serials)


def sell(company: Warehouse, *serials: str) -> None:
    document = company.issue()
    company.accept(document, *serials)
    company.close(document)


def buy_back(company: Warehouse, serial: str) -> None:
    document = company.delivery(NewLine(product_id=company.laptop.id), party=company.customer)
    company.accept(document, serial)
    company.close(document)


async def test_the_card_says_what_where_whose_on_which_terms_and_how_long_under_warranty(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    async with show(UnitCard(session, sold)) as stage:
        await stage.shows("LT000001", "Laptop 14", "Serial: LT000001")
        await stage.shows("Place: Odbiorca", "Owner: Odbiorca", "Terms: sold, new", "731 days left")


async def test_a_unit_without_further_numbers_says_how_to_add_one(
    show: Showing, session, company: Warehouse
) -> None:
    company.run(company_stock, company, "LT000002")
    (unit,) = company.run(by_number, "LT000002")
    async with show(UnitCard(session, unit.id)) as stage:
        await stage.press("1")
        await stage.shows("No further number. F2 adds one.")


async def test_every_tab_is_reached_by_its_digit(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    async with show(UnitCard(session, sold)) as stage:
        await stage.shows("Serial: LT000001", "2 History")
        await stage.press("2")
        await stage.shows("WZ/2026/000001", "Magazyn główny -> Odbiorca", "Kierownik, Stanowisko 1")
        await stage.press("1")
        await stage.shows("1 Numbers", "IMEI: 356938035643809", f"GTIN: {LAPTOP_GTIN}")
        await stage.shows("2026-03-02 to 2028-03-02")
        await stage.command("3")
        await stage.shows("3 Papers", "Issue: Odbiorca", "PZ/2026/000001")


async def test_letters_and_other_papers_of_the_unit_stand_on_their_tab_page_by_page(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    for number in range(PAGE + 1):
        letter = NewPaper(
            code=PaperCode.LETTER,
            language=PaperLanguage.PL,
            pdf=f"%PDF {number}".encode(),
            party_code=company.customer.code,
            unit_ids=(sold,),
            name="reminder" if number else "first",
        )
        company.run(keep_paper, company.actor(), letter, token=str(number))
    async with show(UnitCard(session, sold)) as stage:
        await stage.command("3")
        await stage.shows("3 Papers", "Letter: reminder to return CUS", "Paper: not printed, ")
        read = ""
        while "Letter: first CUS" not in read:
            await stage.command("MORE")
            read = " ".join(stage.text().split())
        while "PZ/2026/000001" not in read:
            await stage.command("MORE")
            read = " ".join(stage.text().split())


async def test_a_unit_that_was_never_sold_tells_its_warranty_to_come(
    show: Showing, session, company: Warehouse
) -> None:
    company.run(company_stock, company, "LT000002")
    (unit,) = company.run(by_number, "LT000002")
    async with show(UnitCard(session, unit.id)) as stage:
        await stage.shows("Owner: us", "Terms: in stock, new", "24 months from the sale on")


async def test_the_history_is_one_timeline_that_is_narrowed_to_a_kind(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    async with show(UnitCard(session, sold)) as stage:
        await stage.command("DO")
        await stage.shows("What to do?", "2 Change condition")
        await stage.command("2")
        await stage.shows("Which condition?")
        await stage.command("3")
        await stage.shows("Why?")
        await stage.write("dropped")
        await stage.press("enter")
        await stage.shows("Terms: sold, damaged")
        await stage.press("2")
        await stage.shows("new -> damaged: dropped", "WZ/2026/000001")
        await stage.command("FILTER")
        await stage.shows("WZ/2026/000001")
        await stage.hides("new -> damaged: dropped")
        await stage.press("f4")
        await stage.shows("new -> damaged: dropped", "Condition")
        await stage.hides("WZ/2026/000001")
        await stage.press(*["f4"] * (len(KINDS) - 1))
        await stage.shows("new -> damaged: dropped", "WZ/2026/000001")
        await stage.press("1", "f4")
        await stage.shows("No filter here")
    assert company.run(card, sold).condition is Condition.DAMAGED


async def test_scanning_another_unit_turns_to_its_card(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    company.run(company_stock, company, "LT000002")
    async with show(UnitCard(session, sold)) as stage:
        await stage.shows("Serial: LT000001")
        await stage.scan("LT000002")
        await stage.shows("Serial: LT000002")
        await stage.scan("356938035643809")
        await stage.shows("Serial: LT000001")
        await stage.scan("NOBODY")
        await stage.shows("NOBODY is not known")
        await stage.command("OK")
        await stage.command("BACK")
        await stage.done()


async def test_a_number_is_added_with_the_scanner_alone(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    async with show(UnitCard(session, sold)) as stage:
        await stage.shows("Serial: LT000001")
        await stage.command("NUMBER")
        await stage.shows("Which number?")
        await stage.command("1")
        await stage.shows("inventory number?")
        await stage.scan("INV-0007")
        await stage.until(lambda: len(company.run(card, sold).identifiers) == 2)
        await stage.command("1")
        await stage.shows("inventory number: INV-0007")
    assert company.run(card, sold).identifiers[1] == Identifier(
        type=IdentifierType.INVENTORY, text="INV-0007"
    )


async def test_a_number_that_another_unit_has_is_refused(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    company.run(company_stock, company, "LT000002")
    (other,) = company.run(by_number, "LT000002")
    company.run(add_identifier, other.id, Identifier(type=IdentifierType.INVENTORY, text="INV-1"))
    async with show(UnitCard(session, sold)) as stage:
        await stage.shows("Serial: LT000001")
        await stage.press("f2", "1")
        await stage.shows("inventory number?")
        await stage.write("INV-1")
        await stage.press("enter")
        await stage.shows("INV-1 is taken already")
        await stage.press("enter")
        await stage.shows("LT000001")
    assert len(company.run(card, sold).identifiers) == 1


async def test_a_long_history_is_read_page_by_page(show: Showing, session, company: Warehouse) -> None:
    company.run(company_stock, company, "LT000009")
    rounds = PAGE // 2 + 1
    for _round in range(rounds):
        sell(company, "LT000009")
        buy_back(company, "LT000009")
    (unit,) = company.run(by_number, "LT000009")
    assert len(company.run(timeline, unit.id)) == PAGE
    async with show(UnitCard(session, unit.id)) as stage:
        await stage.shows("Serial: LT000009")
        await stage.press("2")
        await stage.shows(f"PZ/2026/0000{rounds + 1}")
        for _page in range(PAGE * 5):
            if "PZ/2026/000001" in stage.text() and "Dostawca" in stage.text():
                break
            await stage.command("MORE")
        await stage.shows("PZ/2026/000001", "Dostawca")


async def test_a_scan_at_home_opens_the_card(show: Showing, session, sold: int) -> None:
    async with show(Home(session)) as stage:
        await stage.scan("LT000001")
        await stage.on_top(UnitCard)
        await stage.shows("Serial: LT000001")
        await stage.press("escape")
        await stage.shows("Find a unit")
        await stage.scan(f"01{LAPTOP_GTIN}21LT000001")
        await stage.on_top(UnitCard)


async def test_one_serial_of_two_products_is_asked_about(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    delivery = company.delivery(NewLine(product_id=company.phone.id))
    company.accept(delivery, "LT000001", confirmed=frozenset({QuestionKind.OTHER_UNIT}))
    company.close(delivery)
    async with show(Home(session)) as stage:
        await stage.scan("LT000001")
        await stage.shows("which one?", "Laptop 14", "Telefon 5G")
        await stage.command("2")
        await stage.on_top(UnitCard)
        await stage.shows("Telefon 5G")


async def test_a_product_at_home_lists_its_units(show: Showing, session, sold: int) -> None:
    async with show(Home(session)) as stage:
        await stage.scan(LAPTOP_GTIN)
        await stage.on_top(UnitList)
        await stage.shows("LT000001", "sold")
        await stage.press("escape")
        await stage.shows("Find a unit")


async def test_a_unit_is_found_by_a_part_of_any_number(show: Showing, session, sold: int) -> None:
    async with show(UnitSearch(session)) as stage:
        await stage.shows("3 characters", "Type on, or scan it.")
        await stage.write("00")
        await stage.write("0001")
        await stage.shows("LT000001")
        await stage.press(*["backspace"] * 6)
        await stage.write("80356")
        await stage.shows("Laptop 14, sold")
        await stage.press("enter")
        await stage.on_top(UnitCard)
        await stage.press("escape")
        await stage.shows("Find a unit", "80356")


async def test_a_product_in_the_search_stands_for_its_units(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    company.run(company_stock, company, "LT000002", "LT000003")
    async with show(UnitSearch(session)) as stage:
        await stage.write("lapt")
        await stage.shows("all units of")
        await stage.press("enter")
        await stage.on_top(UnitList)
        await stage.shows("LT000001", "LT000002")
        await stage.write("03")
        await stage.hides("LT000001")
        await stage.press("enter")
        await stage.on_top(UnitCard)
        await stage.shows("Serial: LT000003")


async def test_a_scan_in_the_search_opens_the_card(show: Showing, session, sold: int) -> None:
    async with show(UnitSearch(session)) as stage:
        await stage.scan("lt000001")
        await stage.on_top(UnitCard)
        await stage.press("escape")
        await stage.scan("NOBODY")
        await stage.shows("NOBODY is not known")


async def test_a_serial_that_is_not_ours_is_answered_with_near_ones(
    show: Showing, session, sold: int
) -> None:
    async with show(Home(session)) as stage:
        await stage.scan("LT0O0OO1")
        await stage.shows("LT0O0OO1 was not sold by us. Is it one of these?", "LT000001")
        await stage.command("1")
        await stage.on_top(UnitCard)
        await stage.shows("Serial: LT000001")
        await stage.scan("LT00000")
        await stage.shows("LT00000 was not sold by us")
        await stage.command("BACK")
        await stage.shows("Serial: LT000001")


async def test_a_file_is_attached_from_the_folder_and_saved_out_again(
    show: Showing, session, company: Warehouse, sold: int, tmp_path: Path
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "protokół.pdf").write_bytes(b"signed")
    session.attachment_folder, session.largest_attachment = folder, 100
    async with show(UnitCard(session, sold)) as stage:
        await stage.shows("Serial: LT000001")
        await stage.command("DO")
        await stage.shows("5 Files...")
        await stage.command("5")
        await stage.shows("1 Attach a file")
        await stage.command("1")
        await stage.shows("Which file?", "protokół.pdf")
        await stage.command("1")
        await stage.command("3")
        await stage.shows("protokół.pdf", "File: 1 kB")
        await stage.command("DO")
        await stage.command("5")
        await stage.shows("2 Save a file")
        await stage.command("2")
        await stage.shows("Which file?")
        await stage.command("1")
        await stage.shows("Into which file?")
        await stage.press(*["backspace"] * 90)
        await stage.write(str(tmp_path / "out.pdf"))
        await stage.press("enter")
        await stage.shows("Written to")
        await stage.press("enter")
        (folder / "big.jpg").write_bytes(b"x" * 101)
        await stage.command("DO")
        await stage.command("5")
        await stage.shows("1 Attach a file")
        await stage.command("1")
        await stage.shows("big.jpg")
        answer = "1" if "1 big.jpg" in stage.text() else "2"
        await stage.command(answer)
        await stage.shows("big.jpg: has")
    assert (tmp_path / "out.pdf").read_bytes() == b"signed"


async def test_tasks_and_costs_of_the_unit_are_on_its_card(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    event = company.run(record_event, company.actor(), sold, "service", "Czyszczenie", token="e")
    company.run(
        add_cost,
        company.actor(),
        NewCost(event_id=event.id, kind=CostKind.PARTS, amount=Decimal("120.50"), text="wentylator"),
        token="c",
    )
    company.run(add_task, company.actor(), NewTask(unit_id=sold, title="Przegląd"), token="t")
    async with show(UnitCard(session, sold)) as stage:
        await stage.shows("Serial: LT000001")
        await stage.press("2")
        await stage.shows("service work: Czyszczenie", "Przegląd")
        await stage.command("5")
        await stage.shows("5 Tasks", "Przegląd: still open")
        await stage.press("6")
        await stage.shows("6 Costs", "Total: 120.50 PLN", "parts", "wentylator")
        await stage.press("7")
        await stage.shows("7 Related", "Nothing yet.")
