"""Scanning a delivery into stock: which line a scan goes to, and what is asked."""

from decimal import Decimal

import pytest

from screens.delivery import Delivery
from screens.session import Session
from store.domain.documents import Document, NewLine
from store.queries.documents import lines
from store.queries.products import product_by_id
from store.queries.scans import refused, scans
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.company import CABLE_GTIN, LAPTOP_GTIN, PRINTER_GTIN


@pytest.fixture
def delivery(company: Warehouse) -> Document:
    """Three laptops, two printers, ten cables."""
    return company.delivery(
        NewLine(product_id=company.laptop.id, expected=Decimal(3)),
        NewLine(product_id=company.printer.id, expected=Decimal(2)),
        NewLine(product_id=company.cable.id, expected=Decimal(10)),
        reference="WZ/77",
    )


def counts(company: Warehouse, document: Document) -> list[Decimal]:
    return [line.scanned for line in company.run(lines, document.id)]


def serials(company: Warehouse, document: Document) -> list[str | None]:
    return [scan.serial for scan in reversed(company.run(scans, document.id, limit=100))]


async def test_lines_show_what_is_expected_and_what_is_scanned(
    show: Showing, session: Session, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.shows_one_of("Delivery Dostawca", "PZ Dostawca")
        await stage.shows("0/15", "Laptop 14", "0/3", "Drukarka", "0/2")
        await stage.scan("LT000001")
        await stage.shows("1/15", "1/3 Laptop 14")
        assert "LT000001" in stage.text()


async def test_a_serial_goes_to_the_line_whose_pattern_it_has(
    show: Showing, session: Session, company: Warehouse
) -> None:
    document = company.delivery(
        NewLine(product_id=company.laptop.id, expected=Decimal(2)),
        NewLine(product_id=company.cable.id, expected=Decimal(2)),
    )
    async with show(Delivery(session, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("1/2 Laptop 14")
    assert counts(company, document) == [1, 0]


async def test_a_product_picks_its_line_for_the_serials_that_follow(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan(PRINTER_GTIN)
        await stage.shows("Scan serials: Dr")
        await stage.scan("PX-1")
        await stage.scan("PX-2")
        await stage.shows("2/2 Drukarka")
    assert counts(company, delivery) == [0, 2, 0]


async def test_a_gs1_code_names_product_and_serial_in_one_read(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan(f"]d201{PRINTER_GTIN}21PX-7")
        await stage.shows("1/2 Drukarka")
    assert serials(company, delivery) == ["PX-7"]


async def test_it_asks_only_when_several_lines_fit(
    show: Showing, session: Session, company: Warehouse
) -> None:
    document = company.delivery(
        NewLine(product_id=company.printer.id, expected=Decimal(1)),
        NewLine(product_id=company.phone.id, expected=Decimal(1)),
    )
    async with show(Delivery(session, document.id)) as stage:
        await stage.scan("ANY-1")
        await stage.shows("ANY-1: which product is it?")
        await stage.command("2")
        await stage.shows("1/1 Telefon 5G")
        # One of the two lines is full now, so only the other is left.
        await stage.scan("ANY-2")
        await stage.shows("1/1 Drukarka")
    assert counts(company, document) == [1, 1]


async def test_nothing_is_stored_when_the_question_has_no_answer(
    show: Showing, session: Session, company: Warehouse
) -> None:
    document = company.delivery(
        NewLine(product_id=company.printer.id, expected=Decimal(1)),
        NewLine(product_id=company.phone.id, expected=Decimal(1)),
    )
    async with show(Delivery(session, document.id)) as stage:
        await stage.scan("ANY-1")
        await stage.shows("which product is it?")
        await stage.scan("ANY-2")
        await stage.shows("Answer first")
        await stage.press("escape")
        await stage.shows("0/2")
    assert serials(company, document) == []


async def test_quantities_are_counted_by_repeated_scans_by_number_and_by_barcode(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan(CABLE_GTIN)
        await stage.scan(CABLE_GTIN)
        await stage.shows("2/10 Kabel")
        await stage.command("QTY 3")
        await stage.shows("5/10 Kabel")
        await stage.press("f4")
        await stage.shows("how many pieces?")
        await stage.write("5")
        await stage.press("enter")
        await stage.shows("10/10 Kabel")
    assert counts(company, delivery) == [0, 0, 10]


async def test_announced_serials_are_ticked_off_and_others_are_asked_about(
    show: Showing, session: Session, company: Warehouse
) -> None:
    announced = ("LT000001", "LT000002")
    document = company.delivery(NewLine(product_id=company.laptop.id, expected=Decimal(2), serials=announced))
    async with show(Delivery(session, document.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("1/2 Laptop 14")
        await stage.scan("LT000009")
        await stage.shows("LT000009 was not announced")
        await stage.command("NO")
        await stage.shows("1/2")
        await stage.scan("LT000009")
        await stage.shows("was not announced")
        await stage.command("YES")
        await stage.shows("2/2 Laptop 14")
    rows = company.run(scans, document.id, limit=100)
    assert [(row.serial, row.announced) for row in rows] == [("LT000009", False), ("LT000001", True)]


async def test_other_codes_on_the_box_are_never_stored_as_its_serial(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan(LAPTOP_GTIN)
        await stage.shows("Scan serials: La")
        await stage.scan("NB-14")
        await stage.scan(LAPTOP_GTIN)
        await stage.scan("LT000001")
        await stage.shows("1/3 Laptop 14")
        await stage.scan("MAC0011223344")
        await stage.shows("MAC0011223344 is no serial of Laptop 14", "LT######")
        await stage.command("OK")
    assert serials(company, delivery) == ["LT000001"]


async def test_a_product_learns_its_gtin_from_a_scan_on_confirmation(
    show: Showing, session: Session, company: Warehouse
) -> None:
    document = company.delivery(NewLine(product_id=company.phone.id, expected=Decimal(2)))
    async with show(Delivery(session, document.id)) as stage:
        await stage.scan("5907654321008")
        await stage.shows("nobody's GTIN", "Telefon 5G?")
        await stage.command("1")
        await stage.shows("Scan serials: Te")
        await stage.scan("PH-0001")
        await stage.shows("1/2 Telefon 5G")
    assert company.run(product_by_id, company.phone.id).gtins == ("05907654321008",)
    assert serials(company, document) == ["PH-0001"]


async def test_a_rejected_piece_is_noted_with_its_reason_and_not_received(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.shows("0/15")
        await stage.command("REJECT")
        await stage.shows("Why rejected?", "Damaged")
        await stage.command("1")
        await stage.shows("REJECTING: Damaged")
        await stage.scan("LT000001")
        await stage.until(lambda: len(serials(company, delivery)) == 1)
        await stage.press("f8")
        await stage.hides("REJECTING")
        await stage.scan("LT000002")
        await stage.shows("! LT000001", "LT000002", "1/15")
    rows = company.run(scans, delivery.id, limit=100)
    assert [(row.serial, row.rejected, row.reason) for row in rows] == [
        ("LT000002", False, ""),
        ("LT000001", True, "Damaged"),
    ]


async def test_a_burst_of_scans_is_taken_whole_and_in_order(
    show: Showing, session: Session, company: Warehouse
) -> None:
    document = company.delivery(NewLine(product_id=company.laptop.id, expected=Decimal(60)))
    texts = [f"LT{number:06}" for number in range(60)]
    async with show(Delivery(session, document.id)) as stage:
        for text in texts:
            await stage.scan(text)
        await stage.shows("60/60 Laptop 14")
    assert serials(company, document) == texts


async def test_reopening_a_delivery_shows_what_was_scanned_and_goes_on(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    company.accept(delivery, "LT000001", "LT000002")
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.shows("2/15", "LT000001", "LT000002")
        await stage.scan("LT000003")
        await stage.shows("3/3 Laptop 14")
    assert serials(company, delivery) == ["LT000001", "LT000002", "LT000003"]


async def test_a_scan_from_another_terminal_turns_up(
    show: Showing, session: Session, company: Warehouse, delivery: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.scan_view.POLL_SECONDS", 0.05)
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.shows("0/15")
        company.accept(delivery, "LT000005", actor=company.actor(terminal=company.gate))
        await stage.shows("1/15", "LT000005")


async def test_a_worker_may_not_add_a_product_that_a_supervisor_may(
    show: Showing, session: Session, company: Warehouse
) -> None:
    document = company.delivery(NewLine(product_id=company.laptop.id, expected=Decimal(1)))
    session.operator = company.worker
    async with show(Delivery(session, document.id)) as stage:
        await stage.shows("0/1")
        await stage.scan(PRINTER_GTIN)
        await stage.shows("Drukarka laserowa is not on this document")
        await stage.command("OK")
        session.operator = company.chief
        await stage.scan(PRINTER_GTIN)
        await stage.shows("is not on this document. Add it?")
        await stage.command("YES")
        await stage.shows("Scan serials: Dr")
        await stage.scan("PX-1")
        await stage.shows("PX-1")
    assert counts(company, document) == [0, 1]


async def test_a_line_is_added_by_hand(show: Showing, session: Session, company: Warehouse) -> None:
    document = company.delivery()
    async with show(Delivery(session, document.id)) as stage:
        await stage.press("insert")
        await stage.shows("Which product?")
        await stage.scan(LAPTOP_GTIN)
        await stage.shows("how many are expected?")
        await stage.write("2")
        await stage.press("enter")
        await stage.shows("0/2", "Scan serials: La")
        await stage.scan("LT000001")
        await stage.shows("1/2 Laptop 14")


async def test_every_refusal_is_kept_with_its_reason(
    show: Showing, session: Session, company: Warehouse, delivery: Document
) -> None:
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan("LT000001")
        await stage.scan("LT000001")
        await stage.shows("LT000001 is scanned already")
        await stage.command("OK")
        await stage.command("SCANS")
        await stage.shows("Accepted scans", "LT000001")
        await stage.command("REFUSED")
        await stage.shows("Refused scans", "LT000001 is scanned already")
    assert len(company.run(refused, delivery.id)) == 1
