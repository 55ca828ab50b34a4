"""Invoices on the screen: read, mended and posted, with the keyboard alone and with the scanner alone."""

from pathlib import Path

import pytest

from screens.invoice_import import InvoiceImport
from screens.invoice_view import InvoiceView
from screens.session import Session
from store.domain.documents import NewLine
from store.domain.received import InvoiceState
from store.domain.records import Party
from store.models.sql import select
from store.operations.parties import create_party
from store.queries.invoices import invoice_head, invoices
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.company import CABLE_GTIN
from tests.store.imports.files import BUYER, SELLER, extra, row
from tests.store.invoice_files import arrive, buyer, counted, post, sale, whereabouts


@pytest.fixture
def customer(company: Warehouse) -> Party:
    company.run(_name_us)
    return buyer(company)


def _name_us() -> None:
    from store.models.parties import PartyRow

    PartyRow.update(tax_id=SELLER).where(PartyRow.is_own).execute()


def state(company: Warehouse, number: int = 1) -> InvoiceState:
    head = company.run(invoice_head, number)
    assert head is not None
    return head.state


async def test_a_file_is_read_and_posted_with_the_keyboard_alone(
    show: Showing, session: Session, company: Warehouse, customer: Party, tmp_path: Path
) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(sale(row(1, "Kabel", index="CB-2", quantity=3)))
    async with show(InvoiceImport(session)) as stage:
        await stage.press("f2")
        await stage.shows("File or folder")
        await stage.write(str(path))
        await stage.press("enter")
        await stage.on_top(InvoiceView)
        await stage.shows("FV/2026/7: waits", "Kabel", "sold to")
        await stage.press("f10")
        await stage.shows("FV/2026/7: imported", "RF/2026/000001")
        await stage.press("enter")
        await stage.shows("3 placed")
        await stage.press("escape")
        await stage.on_top(InvoiceImport)
    assert state(company) is InvoiceState.IMPORTED


async def test_questions_are_answered_with_the_scanner_alone(
    show: Showing, session: Session, company: Warehouse, customer: Party
) -> None:
    company.run(lambda: arrive_inside(company))
    async with show(InvoiceView(session, 1)) as stage:
        await stage.shows("which product")
        await stage.command("2")
        await stage.shows("Kabel 2 m (CB-2)")
        await stage.command("1")
        await stage.hides("which product")
        await stage.shows("= Kabel 2 m")
        await stage.command("POST")
        await stage.shows("imported")
        await stage.command("OK")
        await stage.command("BACK")
        await stage.done()
    assert state(company) is InvoiceState.IMPORTED
    learned = company.run(select, "SELECT count(*) AS n FROM learned_match")
    assert learned == [{"n": 1}]


def arrive_inside(company: Warehouse) -> None:
    from store.operations.receiving import receive

    receive(
        company.actor(company.chief), sale(row(1, "kabel 2 m czarny", index="OB-1", quantity=2)), name="a"
    )


async def test_serials_in_the_text_are_taken_for_all_lines(
    show: Showing, session: Session, company: Warehouse, customer: Party
) -> None:
    arrive(company, sale(row(1, "Laptop LT000001", index="NB-14"), row(2, "Laptop LT000002", index="NB-14")))
    async with show(InvoiceView(session, 1)) as stage:
        await stage.shows("are these its serials: LT000001?")
        await stage.press("f5")
        await stage.shows("LT000001", "Nothing is asked")
        await stage.press("f10")
        await stage.shows("imported")
    assert company.run(whereabouts, "LT000002") == ("sold", customer.name)


async def test_an_unknown_party_is_created_from_the_invoice(
    show: Showing, session: Session, company: Warehouse
) -> None:
    company.run(_name_us)
    arrive(company, sale(row(1, "Kabel", index="CB-2")))
    async with show(InvoiceView(session, 1)) as stage:
        await stage.shows("1 question")
        await stage.press("1")
        await stage.shows("choose or create")
        await stage.press("2")
        await stage.shows("Nothing is asked")
    parties = company.run(select, "SELECT name, tax_id FROM party WHERE tax_id = :nip", nip=BUYER)
    assert parties == [{"name": "Żółw & Syn", "tax_id": BUYER}]


async def test_a_line_is_skipped_for_ever(
    show: Showing, session: Session, company: Warehouse, customer: Party
) -> None:
    arrive(company, sale(row(1, "wniesienie")))
    async with show(InvoiceView(session, 1)) as stage:
        await stage.shows("which product is it?")
        await stage.press("2")
        await stage.shows("Choose the product", "Create it", "Always skip")
        await stage.press("4")
        await stage.shows("skipped", "Nothing is asked")
        await stage.press("f10")
        await stage.shows("nothing moves")
        await stage.press("enter")
        await stage.shows("FV/2026/7: imported", "moves nothing: skipped")
    arrive(company, sale(row(1, "wniesienie"), number="FV/2"))
    head = company.run(invoice_head, 2)
    assert head is not None
    assert head.questions == 0


async def test_a_product_is_created_from_a_line(
    show: Showing, session: Session, company: Warehouse, customer: Party
) -> None:
    arrive(company, sale(row(1, "Nowość", index="N-1")))
    async with show(InvoiceView(session, 1)) as stage:
        await stage.shows("which product is it?")
        await stage.press("2")
        await stage.shows("Create it")
        await stage.press("2")
        await stage.shows("Of which kind?")
        await stage.press("1")
        await stage.shows("How is it followed?")
        await stage.press("2")
        await stage.shows("SKU?")
        await stage.press("enter")
        await stage.shows("Nothing is asked")
    assert company.run(select, "SELECT sku, tracking FROM product WHERE sku = 'N-1'") == [
        {"sku": "N-1", "tracking": "quantity"}
    ]


async def test_an_answer_about_the_same_goods_is_seen_and_changed(
    show: Showing, session: Session, company: Warehouse, customer: Party
) -> None:
    for document in (
        company.delivery(NewLine(product_id=company.cable.id)),
        company.issue(NewLine(product_id=company.cable.id), party=customer),
    ):
        company.accept(document, *[CABLE_GTIN] * 3)
        company.close(document)
    arrive(company, sale(row(1, "Kabel", index="CB-2", quantity=3)))
    async with show(InvoiceView(session, 1)) as stage:
        await stage.shows("counted once with Issue WZ/2026/000001", "went there shortly before")
        await stage.press("2")
        await stage.shows("about the same goods?")
        await stage.press("2")
        await stage.shows("other goods than Issue WZ/2026/000001")
        await stage.press("2")
        await stage.shows("about the same goods?")
        await stage.press("1")
        await stage.shows("counted once with Issue WZ/2026/000001", "a person said so")
        await stage.press("f10")
        await stage.shows("imported")
    assert company.run(counted, company.cable.id, customer) == 3


async def test_an_import_is_reversed_and_waits_again(
    show: Showing, session: Session, company: Warehouse, customer: Party
) -> None:
    post(company, sale(row(1, "Laptop", index="NB-14"), extras=extra(1, "Numer seryjny", "LT000001")))
    async with show(InvoiceView(session, 1)) as stage:
        await stage.shows("imported", "1 placed")
        await stage.press("f8")
        await stage.shows("Why?")
        await stage.press("1")
        await stage.shows("reversed")
        await stage.press("f8")
        await stage.shows("wait to be posted again")
        await stage.press("1")
        await stage.shows("FV/2026/7: waits")
    assert state(company) is InvoiceState.WAITING


async def test_a_bad_file_of_a_folder_is_named_and_the_others_are_read(
    show: Showing, session: Session, company: Warehouse, customer: Party, tmp_path: Path
) -> None:
    (tmp_path / "bad.xml").write_bytes(b"<Faktura")
    for number in (1, 2):
        (tmp_path / f"{number}.xml").write_bytes(sale(row(1, index="CB-2"), number=f"FV/{number}"))
    async with show(InvoiceImport(session)) as stage:
        await stage.command("READ")
        await stage.write(str(tmp_path))
        await stage.press("enter")
        await stage.shows("All of them: 3")
        await stage.command("1")
        await stage.shows("bad.xml:")
        await stage.command("OK")
        await stage.shows("2 invoices")
        await stage.press("f3")
        await stage.shows("Invoices: imported")
    assert len(company.run(invoices, InvoiceState.WAITING, limit=9)) == 2


async def test_a_purchase_shows_the_serials_that_it_announces(
    show: Showing, session: Session, company: Warehouse, customer: Party
) -> None:
    data = sale(row(1, "Laptop", gtin="05901234123457"), extras=extra(1, "Numer seryjny", "LT000055"))
    data = data.replace(SELLER.encode(), b"5213017228").replace(BUYER.encode(), SELLER.encode())
    company.run(create_party, "HURT", "Hurtownia", tax_id="5213017228", is_supplier=True)
    receipt = arrive(company, data)
    async with show(InvoiceView(session, receipt.invoice.id)) as stage:
        await stage.shows("bought from Hurtownia", "announced: LT000055")


async def test_what_is_to_be_scanned_yet_is_said_after_posting(
    show: Showing, session: Session, company: Warehouse, customer: Party
) -> None:
    receipt = arrive(company, sale(row(1, index="PR-1", quantity=2)))
    async with show(InvoiceView(session, receipt.invoice.id)) as stage:
        await stage.shows("FV/2026/7: waits")
        await stage.command("POST")
        await stage.shows("FV/2026/7: imported", "2 to be scanned")
        await stage.hides("nothing moves")
