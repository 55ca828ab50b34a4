"""What a customer has, of any length: found, grouped, scrolled, chosen from, and written into a file."""

import csv
from pathlib import Path
from zipfile import ZipFile

import pytest

from screens.customer_choice import CustomerChoice
from screens.customer_holdings import CustomerHoldings
from screens.holder_units import HolderUnits
from screens.home import Home
from screens.paper_desk import PaperDesk
from screens.unit_card import UnitCard
from screens.widgets.window import MOST, Window
from store.domain.documents import NewLine
from store.domain.fields import FieldSpec, FieldType
from store.domain.papers import PaperLanguage, PaperSetup
from store.domain.reminders import LetterSetup
from store.domain.unreturned import Which
from store.models.sql import execute, select
from store.operations.entry import enter_range
from store.operations.field_values import set_value
from store.operations.fields import define_field, give_field
from store.queries import documents
from store.queries.units import by_number
from tests.print.papers import texts
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing, Stage
from tests.store.test_repairs import intake


def sell(company: Warehouse, laptops: int, printers: int = 2) -> None:
    """Sell that many laptops and printers to the customer."""
    delivery = company.delivery(NewLine(product_id=company.laptop.id), NewLine(product_id=company.printer.id))
    lines = company.run(documents.lines, delivery.id)
    for line, first, pieces in ((lines[0], "LT000001", laptops), (lines[1], "P0001", printers)):
        company.run(
            enter_range, company.actor(), delivery.id, line.id, first, count=pieces, token=f"in {first}"
        )
    company.close(delivery)
    issue = company.issue(NewLine(product_id=company.laptop.id), NewLine(product_id=company.printer.id))
    company.accept(issue, *(f"LT{number:06}" for number in range(1, laptops + 1)))
    company.accept(issue, *(f"P{number:04}" for number in range(1, printers + 1)))
    company.close(issue)


@pytest.fixture
def sold(company: Warehouse) -> Warehouse:
    sell(company, 30)
    return company


def window(stage: Stage) -> Window:
    return stage.app.screen.query_one(Window)


async def test_products_come_first_with_their_sums(show: Showing, session, sold: Warehouse) -> None:
    async with show(CustomerHoldings(session, sold.customer)) as stage:
        await stage.shows(
            "Odbiorca", "32 pcs", "under warranty 32", "Laptop 14", "30 sold", "Drukarka laserowa"
        )
        await stage.shows("1 of 2")
        await stage.command("GROUP")
        await stage.shows("Komputery", "32 sold", "1 of 1")
        await stage.press("f2")
        await stage.shows("LT000001", "1 of 32")


async def test_a_group_opens_by_its_digit_and_a_unit_opens_its_card(
    show: Showing, session, sold: Warehouse
) -> None:
    async with show(CustomerHoldings(session, sold.customer)) as stage:
        await stage.shows("Laptop 14")
        await stage.command("2")
        await stage.shows("Odbiorca sp. z o.o.: Lapt"[: stage.app.size.width - 1], "LT000001", "1 of 30")
        await stage.press("2")
        await stage.on_top(UnitCard)
        await stage.shows("Serial: LT000002")
        await stage.press("escape")
        await stage.shows("2 of 30")
        await stage.press("escape")
        await stage.shows("30 sold", "1 of 2")
        await stage.press("escape")
        await stage.done()


async def test_the_whole_list_is_read_on_and_back(show: Showing, session, sold: Warehouse) -> None:
    async with show(CustomerHoldings(session, sold.customer)) as stage:
        await stage.shows("Laptop 14")
        await stage.press("2")
        await stage.shows("1 of 30")
        await stage.press("end")
        await stage.shows("LT000030", "30 of 30")
        await stage.command("MORE")
        await stage.shows("LT000001", "1 of 30")
        await stage.press("pagedown", "up")
        await stage.shows(f"{window(stage).capacity} of 30")
        await stage.press("home")
        await stage.shows("1 of 30")


async def test_units_are_chosen_by_key_and_by_scan_and_written_into_a_file(
    show: Showing, session, sold: Warehouse, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    async with show(CustomerHoldings(session, sold.customer)) as stage:
        await stage.shows("Laptop 14")
        await stage.press("2")
        await stage.shows("LT000001")
        await stage.command("SELECT")
        await stage.shows("2 of 30", "chosen 1")
        await stage.scan("P0002")
        await stage.shows("chosen 2")
        await stage.scan("P0002")
        await stage.press("down", "space")
        await stage.shows("chosen 3")
        await stage.command("DO")
        await stage.shows("What to do with the 3 chosen?")
        await stage.command("3")
        await stage.shows("Into which file")
        await stage.press(*["backspace"] * 90)
        await stage.write(str(path))
        await stage.press("enter")
        await stage.shows("3 rows are in")
        await stage.command("OK")
        await stage.command("DO")
        await stage.command("3")
        await stage.shows("Into which file")
        await stage.press(*["backspace"] * 90)
        await stage.write(str(path))
        await stage.press("enter")
        await stage.shows("exists already")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [row["Serial"] for row in rows] == ["LT000001", "LT000003", "P0002"]
    assert rows[0]["Terms"] == "sold"
    assert rows[0]["Warranty until"] == "2028-03-02"


async def test_a_group_and_all_are_chosen_and_left_out_again(show: Showing, session, sold: Warehouse) -> None:
    async with show(CustomerHoldings(session, sold.customer)) as stage:
        await stage.shows("Laptop 14")
        await stage.press("f4")
        await stage.shows("chosen 2", "1*")
        await stage.command("ALL")
        await stage.shows("chosen 32", "2*")
        await stage.press("f6")
        await stage.hides("chosen")


async def test_anothers_unit_is_refused_and_another_party_is_turned_to(
    show: Showing, session, sold: Warehouse
) -> None:
    sold.stock(sold.laptop, "LT900001")
    async with show(CustomerHoldings(session, sold.customer)) as stage:
        await stage.shows("Laptop 14")
        await stage.scan("LT900001")
        await stage.shows("LT900001 is not with Odbiorca")
        await stage.command("OK")
        await stage.scan("SUP")
        await stage.shows("Dostawca S.A.", "0 pcs", "Nothing.")


async def test_a_long_list_scrolls_and_holds_a_window_only(
    show: Showing, session, company: Warehouse
) -> None:
    delivery = company.delivery(NewLine(product_id=company.laptop.id))
    (line,) = company.run(documents.lines, delivery.id)
    company.run(enter_range, company.actor(), delivery.id, line.id, "LT000001", count=1_500, token="in")
    company.close(delivery)
    company.run(
        execute,
        "UPDATE unit SET place_id = :place_id, owner_id = :owner_id, terms = 'sold'",
        place_id=company.customer.place_id,
        owner_id=company.customer.id,
    )
    async with show(CustomerHoldings(session, company.customer)) as stage:
        await stage.shows("1500 sold")
        await stage.press("1")
        await stage.shows("1 of 1500")
        seen = set()
        for _page in range(400):
            if "1500 of 1500" in stage.text():
                break
            before = window(stage).position
            await stage.press("pagedown")
            await stage.until(lambda before=before: window(stage).position > before)
            assert window(stage).held <= MOST + 2 * 61
            seen.add(window(stage).item.serial)
        await stage.shows("LT001500", "1500 of 1500")
        await stage.press(*["up"] * 3)
        await stage.shows("LT001497", "1497 of 1500")
        await stage.press("home")
        await stage.shows("LT000001", "1 of 1500")


async def test_whose_holdings_is_answered_by_a_name_or_by_anything_of_theirs(
    show: Showing, session, sold: Warehouse
) -> None:
    sold.stock(sold.laptop, "LT900001")
    async with show(CustomerChoice(session)) as stage:
        await stage.shows("Whose holdings?")
        await stage.write("odbior")
        await stage.shows("Odbiorca")
        await stage.press("enter")
        await stage.on_top(CustomerHoldings)
        await stage.press("escape")
        for text in ("CUS", "LT000007", "WZ/2026/000001"):
            await stage.on_top(CustomerChoice)
            await stage.scan(text)
            await stage.on_top(CustomerHoldings)
            await stage.shows("32 pcs")
            await stage.press("escape")
        await stage.scan("LT900001")
        await stage.shows("LT900001 is ours and with us")


async def test_a_party_scanned_at_home_shows_its_holdings(show: Showing, session, sold: Warehouse) -> None:
    async with show(Home(session)) as stage:
        await stage.scan("CUS")
        await stage.on_top(CustomerHoldings)
        await stage.shows("32 pcs")


async def test_an_event_is_told_of_all_chosen_units(show: Showing, session, sold: Warehouse) -> None:
    async with show(CustomerHoldings(session, sold.customer)) as stage:
        await stage.shows("Laptop 14")
        await stage.command("DO")
        await stage.command("1")
        await stage.shows("Choose units first")
        await stage.command("OK")
        await stage.scan("LT000003")
        await stage.scan("P0001")
        await stage.shows("chosen 2")
        await stage.command("DO")
        await stage.command("1")
        await stage.shows("What happened?", "1 complaint")
        await stage.command("1")
        await stage.write("noisy")
        await stage.press("enter")
        await stage.shows("Told of 2 units.")
        await stage.press("enter")
        await stage.shows("2 open complaints")
        await stage.command("2")
        await stage.shows("LT000003")
        open_one = "! LT000003" if stage.app.size.width < 30 else "1 open complaint"
        await stage.shows(open_one)


def printed(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.glob("*.pdf")]


async def test_what_is_chosen_becomes_a_workbook(
    show: Showing, session, sold: Warehouse, tmp_path: Path
) -> None:
    path = tmp_path / "out.xlsx"
    async with show(CustomerHoldings(session, sold.customer)) as stage:
        await stage.scan("LT000007")
        await stage.shows("chosen 1")
        await stage.command("DO")
        await stage.command("3")
        await stage.shows("Into which file")
        await stage.press(*["backspace"] * 90)
        await stage.write(str(tmp_path / "out.txt"))
        await stage.press("enter")
        await stage.shows("must end in .csv or .xlsx")
        await stage.command("OK")
        await stage.command("DO")
        await stage.command("3")
        await stage.shows("Into which file")
        await stage.press(*["backspace"] * 90)
        await stage.write(str(path))
        await stage.press("enter")
        await stage.shows("1 row is in")
    with ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "LT000007" in sheet
    assert "LT000008" not in sheet
    assert sheet.count("<row ") == 2


async def test_a_letter_is_written_of_what_is_chosen_and_kept_with_the_units(
    show: Showing, session, sold: Warehouse, tmp_path: Path
) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "recall.en.md").write_text(
        "# Recall\n\n{{party.name}}\n\n| Serial |\n|---|\n| {{unit.serial}} |\n", encoding="utf-8"
    )
    session.letters = lambda: LetterSetup(templates=folder, folder=tmp_path)
    session.papers = lambda: PaperSetup(folder=tmp_path, language=PaperLanguage.EN)
    async with show(CustomerHoldings(session, sold.customer)) as stage:
        await stage.scan("LT000007")
        await stage.scan("P0002")
        await stage.shows("chosen 2")
        await stage.command("DO")
        await stage.command("5")
        await stage.on_top(PaperDesk)
        names = [line for line in stage.text().splitlines() if "Letter:" in line]
        number = next(line.split()[0] for line in names if "recall" in line)
        assert not any("mail" in line for line in names)
        await stage.command(number)
        await stage.until(lambda: sold.run(select, "SELECT 1 FROM paper_print"))
    rows = sold.run(
        select,
        """SELECT p.kind, p.party_id, u.serial FROM paper p JOIN paper_unit x ON x.paper_id = p.id
           JOIN unit u ON u.id = x.unit_id ORDER BY u.serial""",
    )
    assert [tuple(row.values()) for row in rows] == [
        ("letter", sold.customer.id, "LT000007"), ("letter", sold.customer.id, "P0002"),
    ]  # fmt: skip
    text = " ".join(word for pdf in printed(tmp_path) for word in texts(pdf))
    assert "Odbiorca" in text
    assert "LT000007" in text
    assert "LT000008" not in text


async def test_what_the_party_has_to_give_back_is_a_paper_beside_the_whole_list(
    show: Showing, session, sold: Warehouse
) -> None:
    async with show(CustomerHoldings(session, sold.customer)) as stage:
        await stage.shows("Laptop 14")
        await stage.command("DO")
        await stage.command("2")
        await stage.on_top(PaperDesk)
        await stage.shows("1 Holdings list", "2 Unreturned units")


async def test_what_is_with_us_in_service_is_marked_and_fields_stand_beside_serials(
    show: Showing, session, company: Warehouse, tmp_path: Path
) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    company.lend("LT000001", "LT000002")
    intake(company, "LT000002")
    field = company.run(define_field, FieldSpec(name="Nazwa w sieci", type=FieldType.TEXT))
    company.run(give_field, company.laptop.kind_id, field.id, on_list=True)
    (unit,) = company.run(by_number, "LT000001")
    company.run(set_value, company.actor(company.chief), unit.id, field.id, "BIURO-01")
    path = tmp_path / "out.csv"
    async with show(CustomerHoldings(session, company.customer)) as stage:
        await stage.shows("2 pcs; 1 rented; 1 WITH US in service")
        await stage.command("1")
        width = stage.app.size.width
        here = f"WITH US in service since {company.now.date()}"
        await stage.shows("LT000001", "LT000002", "in service" if width < 40 else here)
        await stage.shows("BIURO-"[: 6 if width < 40 else 8])
        await stage.command("DO")
        await stage.command("3")
        await stage.press(*["backspace"] * 90)
        await stage.write(str(path))
        await stage.press("enter")
        await stage.shows("2 rows are in")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [(row["Serial"], row["Nazwa w sieci"], row["Terms"]) for row in rows] == [
        ("LT000001", "BIURO-01", "rented"), ("LT000002", "", "in service"),
    ]  # fmt: skip
    assert [bool(row["In service since"]) for row in rows] == [False, True]
    async with show(HolderUnits(session, company.customer.id, company.customer.name, Which.ALL)) as stage:
        await stage.shows("LT000001", "BIURO" if stage.app.size.width < 40 else "BIURO-01")
