"""The watched folder on the screen: what waits is read, what failed is mended, what is done is shown."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from screens.invoice_import import InvoiceImport
from screens.invoice_inbox import InvoiceInbox
from screens.invoice_view import InvoiceView
from screens.session import Session
from store.domain.records import Party
from store.imports.inbox import Inbox, InboxState
from store.imports.options import ImportSetup
from store.models.sql import select
from store.queries.csv_mappings import csv_mappings
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.screens.test_invoice_import import customer
from tests.store.imports.files import SELLER, STRANGER, row
from tests.store.invoice_files import sale

__all__ = ["customer"]


@pytest.fixture
def inbox(session: Session, tmp_path: Path) -> Inbox:
    folder = tmp_path / "inbox"
    folder.mkdir()
    session.imports = lambda: ImportSetup(inbox=folder)
    return Inbox(folder)


def files(inbox: Inbox, state: InboxState) -> list[str]:
    return [file.path.name for file in inbox.listing(state)]


def kept(company: Warehouse) -> int:
    return company.run(lambda: int(select("SELECT count(*) AS n FROM invoice")[0]["n"]))


async def test_a_file_that_waits_is_read_and_put_to_what_is_done(
    show: Showing, session: Session, company: Warehouse, customer: Party, inbox: Inbox
) -> None:
    (inbox.folder / "a.xml").write_bytes(sale(row(1, "Kabel", index="CB-2", quantity=3)))
    async with show(InvoiceImport(session)) as stage:
        await stage.shows("0 invoices")
        await stage.command("INBOX")
        await stage.on_top(InvoiceInbox)
        await stage.shows("Inbox: waiting", "a.xml", "1 file")
        await stage.command("1")
        await stage.on_top(InvoiceView)
        await stage.shows("FV/2026/7: waits")
        await stage.command("POST")
        await stage.shows("RF/2026/000001")
        await stage.command("OK")
        await stage.command("BACK")
        await stage.on_top(InvoiceInbox)
        await stage.shows("0 files")
        await stage.command("STATE")
        await stage.command("STATE")
        await stage.shows("Inbox: done", "a.xml")
        await stage.command("1")
        await stage.shows("FV/2026/7: imported", "3 placed")
    assert files(inbox, InboxState.DONE) == ["a.xml"]


async def test_a_file_that_failed_stands_first_with_its_reason_and_is_put_back(
    show: Showing, session: Session, company: Warehouse, customer: Party, inbox: Inbox
) -> None:
    path = inbox.folder / "half.xml"
    path.write_bytes(sale(row(1))[:-40])
    inbox.fail(path, "the XML is broken or cut off: line 1")
    async with show(InvoiceInbox(session)) as stage:
        await stage.shows("Inbox: failed", "half.xml", "broken or cut")
        await stage.command("1")
        await stage.shows("Read it again", "Show what")
        await stage.command("2")
        await stage.shows("half.xml", "<?xml")
        await stage.command("BACK")
        await stage.on_top(InvoiceInbox)
        await stage.command("1")
        await stage.shows("Read it again")
        await stage.command("1")
        await stage.shows("half.xml: the XML")
        await stage.command("OK")
        await stage.command("1")
        await stage.shows("Put it back")
        await stage.command("3")
        await stage.shows("0 files")
    assert files(inbox, InboxState.WAITING) == ["half.xml"]
    assert list((inbox.folder / "failed").iterdir()) == []
    assert kept(company) == 0


async def test_a_table_of_unknown_columns_is_mended_once_for_its_sender(
    show: Showing, session: Session, company: Warehouse, customer: Party, inbox: Inbox
) -> None:
    table = f"Artykuł;Ile;Dok;Kto\nCB-2;4;D/1;{SELLER}\n"
    path = inbox.folder / "t.csv"
    path.write_text(table)
    inbox.fail(path, "columns are missing")
    async with show(InvoiceInbox(session)) as stage:
        await stage.shows("t.csv")
        await stage.command("1")
        await stage.shows("Say which column")
        await stage.command("1")
        for question, answer in (
            ("How many pieces", "3"),
            ("The seller's index", "2"),
            ("The name of the goods", "1"),
            ("GTIN or EAN", "1"),
            ("The number of the invoice", "4"),
            ("The date of the invoice", "1"),
            ("The seller's NIP", "5"),
            ("The buyer's NIP", "1"),
            ("Serial numbers", "1"),
            ("The net price", "1"),
        ):
            await stage.shows(question)
            await stage.command(answer)
        await stage.shows("No column has the buyer")
        await stage.write(f"{customer.tax_id}\n")
        await stage.shows("Name of the sender?")
        await stage.write("Program\n")
        await stage.on_top(InvoiceView)
        await stage.shows("D/1: waits", "4")
    (saved,) = company.run(csv_mappings)
    assert saved.sender == "Program"
    assert dict(saved.columns) == {
        "quantity": "Ile", "seller_index": "Artykuł", "number": "Dok", "seller_tax_id": "Kto",
    }  # fmt: skip
    assert files(inbox, InboxState.DONE) == ["t.csv"]


async def test_a_document_of_strangers_is_ours_when_a_person_says_so(
    show: Showing, session: Session, company: Warehouse, customer: Party, inbox: Inbox
) -> None:
    path = inbox.folder / "b.xml"
    path.write_bytes(sale(row(1, index="CB-2")).replace(SELLER.encode(), STRANGER.encode()))
    inbox.fail(path, "neither is our company")
    async with show(InvoiceInbox(session)) as stage:
        await stage.shows("b.xml")
        await stage.command("1")
        await stage.shows(f"{STRANGER} Nasza sp. z o.o. is our")
        await stage.command("1")
        await stage.on_top(InvoiceView)
        await stage.shows("sold to")
    assert files(inbox, InboxState.DONE) == ["b.xml"]


async def test_a_file_that_another_process_holds_is_left_alone(
    show: Showing, session: Session, company: Warehouse, customer: Party, inbox: Inbox
) -> None:
    path = inbox.folder / "c.xml"
    path.write_bytes(sale(row(1, index="CB-2")))
    taken = inbox.take_one(path)
    assert taken is not None
    async with show(InvoiceInbox(session)) as stage:
        await stage.shows("c.xml")
        with taken:
            await stage.command("1")
            await stage.shows("c.xml is being read")
    assert files(inbox, InboxState.WAITING) == ["c.xml"]
    assert kept(company) == 0


async def test_without_a_folder_the_key_says_what_to_set(show: Showing, session: Session) -> None:
    async with show(InvoiceImport(session)) as stage:
        await stage.command("INBOX")
        await stage.shows("imports.inbox")


async def test_what_is_configured_for_reading_holds_on_the_screen(
    show: Showing, session: Session, company: Warehouse, customer: Party, inbox: Inbox
) -> None:
    from tests.store.imports.files import extra

    setup = session.imports()
    session.imports = lambda: replace(setup, options=replace(setup.options, serial_keys=("Kod sztuki",)))
    data = sale(row(1, index="NB-14"), extras=extra(1, "Kod sztuki", "LT000077"))
    source = inbox.folder / "d.xml"
    source.write_bytes(data)
    shutil.copy(source, inbox.folder / ".hidden.xml")
    async with show(InvoiceInbox(session)) as stage:
        await stage.shows("d.xml", "1 file")
        await stage.command("1")
        await stage.on_top(InvoiceView)
        await stage.shows("LT000077")
