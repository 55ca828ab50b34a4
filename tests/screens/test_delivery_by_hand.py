"""Serials that nobody can scan, lists, and taking back what was scanned."""

from decimal import Decimal
from pathlib import Path

import pytest

from screens.delivery import Delivery
from screens.session import Session
from store.domain.documents import Document, NewLine
from store.models.sql import select
from store.queries.scans import scans
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing


@pytest.fixture
def delivery(company: Warehouse) -> Document:
    return company.delivery(NewLine(product_id=company.laptop.id, expected=Decimal(6)))


def serials(company: Warehouse, document: Document) -> list[str | None]:
    return [scan.serial for scan in reversed(company.run(scans, document.id, limit=100))]


async def test_a_serial_is_typed(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.press("f3")
        await stage.shows("Serial?")
        await stage.write("LT000001")
        await stage.press("enter")
        await stage.shows("1/6 Laptop 14")


async def test_a_typed_serial_is_judged_as_a_scanned_one(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.press("f3")
        await stage.shows("Serial?")
        await stage.write("nonsense")
        await stage.press("enter")
        await stage.shows("nonsense is no serial of Laptop 14")
    assert serials(company, delivery) == []


async def test_a_scan_is_not_typed_into_the_field_of_a_dialog(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.press("f3")
        await stage.shows("Serial?")
        await stage.scan("LT000001")
        await stage.shows("Answer first")
        await stage.press("escape")
        await stage.shows("0/6")


async def test_a_range_from_the_first_to_the_last(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.command("RANGE")
        await stage.shows("first serial")
        await stage.scan("LT000009")
        await stage.shows("How does the range end?")
        await stage.command("1")
        await stage.shows("Last serial")
        await stage.scan("LT000012")
        await stage.shows("4 serials taken.")
        await stage.command("OK")
        await stage.shows("4/6")
    assert serials(company, delivery) == ["LT000009", "LT000010", "LT000011", "LT000012"]


async def test_a_range_needs_a_product_with_serials(
    show: Showing, session: Session, company: Warehouse
) -> None:
    document = company.delivery(NewLine(product_id=company.cable.id))
    async with show(Delivery(session, document.id)) as stage:
        await stage.command("RANGE")
        await stage.shows("No product here goes by serial")


async def test_a_range_by_its_count(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.press("f6")
        await stage.shows("first serial")
        await stage.write("LT000001")
        await stage.press("enter", "2")
        await stage.shows("How many serials?")
        await stage.write("0")
        await stage.press("enter")
        await stage.shows("0 is no quantity")
        await stage.press("backspace", "3", "enter")
        await stage.shows("3 serials taken.")
        await stage.press("enter")
        await stage.shows("3/6")
    assert serials(company, delivery) == ["LT000001", "LT000002", "LT000003"]


async def test_a_pasted_list_takes_what_is_right_and_tells_the_rest(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.shows("0/6")
        await stage.paste("LT000001", "wrong", "LT000002", "LT000001")
        await stage.shows("2 serials taken.", "2 refused:", "wrong is no serial")
        await stage.press("enter")
        await stage.shows("2/6")
    assert serials(company, delivery) == ["LT000001", "LT000002"]


async def test_a_list_is_loaded_from_a_file(
    show: Showing, session: Session, company: Warehouse, delivery: Document, tmp_path: Path
) -> None:
    file = tmp_path / "list.txt"
    file.write_text("LT000001\n\n  LT000002 \n", encoding="utf-8")
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.press("f7")
        await stage.shows("File with serials")
        await stage.write(str(file))
        await stage.press("enter")
        await stage.shows("2 serials taken.")
    assert serials(company, delivery) == ["LT000001", "LT000002"]


async def test_a_file_that_is_not_there_is_told(show: Showing, session: Session, delivery: Document) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.press("f7")
        await stage.shows("File with serials")
        await stage.write("nosuch.txt")
        await stage.press("enter")
        await stage.shows("nosuch.txt cannot be read")


async def test_the_last_scan_is_taken_back_with_a_trace(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan("LT000001")
        await stage.scan("LT000002")
        await stage.shows("2/6")
        await stage.command("UNDO")
        await stage.shows("Taken back: LT00000", "1/6")
        await stage.press("f5")
        await stage.shows("0/6")
        await stage.press("f5")
        await stage.shows("nothing here to take back")
    rows = company.run(
        select, "SELECT serial, state, removed_by_id AS removed_by FROM draft_scan ORDER BY id"
    )
    assert [(row["serial"], row["state"], row["removed_by"]) for row in rows] == [
        ("LT000001", "removed", company.chief.id),
        ("LT000002", "removed", company.chief.id),
    ]


async def test_any_scan_is_removed_by_choosing_it_or_by_scanning_it_again(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    company.accept(delivery, "LT000001", "LT000002", "LT000003")
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.press("f9")
        await stage.shows("Accepted scans", "LT000003")
        await stage.scan("LT000002")
        await stage.shows("Take LT000002 back?")
        await stage.command("YES")
        await stage.hides("LT000002")
        await stage.press("down", "delete")
        await stage.shows("Take LT000001 back?")
        await stage.press("1")
        await stage.hides("LT000001")
        await stage.press("escape")
        await stage.shows("1/6")
    assert serials(company, delivery) == ["LT000003"]


async def test_a_piece_that_was_taken_back_may_be_scanned_again(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan("LT000001")
        await stage.command("UNDO")
        await stage.scan("LT000001")
        await stage.shows("1/6 Laptop 14")
    assert serials(company, delivery) == ["LT000001"]
