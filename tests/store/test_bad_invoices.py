"""Bad files and odd lines on their way into the store: refused, or waiting with a reason."""

import pytest

from store.check.run import check_store
from store.domain.received import Decision, InvoiceState, Receipt
from store.domain.records import Party
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.models.sql import select
from store.operations.importing import post_invoice
from store.operations.mending import decide
from tests.store.company import Company
from tests.store.imports.files import BUYER, SELLER, row
from tests.store.invoice_files import arrive, buyer, counted, post, sale

PROLOG = b'<?xml version="1.0"?>'
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
TABLES = (
    "invoice", "invoice_line", "invoice_file", "document", "movement", "unit", "balance", "pending_serial",
)  # fmt: skip


@pytest.fixture
def customer(company: Company) -> Party:
    return buyer(company)


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def everything(company: Company) -> dict[str, int]:
    """How many rows each table has that an import could touch."""
    return {table: select(f"SELECT count(*) AS n FROM {table}")[0]["n"] for table in TABLES}


def table(*rows: str, end: str = "\r\n") -> str:
    head = "Nr faktury;Data;NIP sprzedawcy;NIP nabywcy;Lp.;Indeks;Nazwa;Ilość;J.m.;Cena netto;VAT;Nr seryjny"
    return end.join((head, *rows)) + end


def cell(number: int, index: str, pieces: str, **fields: str) -> str:
    """A row of a table: CSV/1 from us to the buyer."""
    found = {"name": "Towar", "unit": "szt.", "price": "1 234,50", "vat": "23%", "serial": ""} | fields
    return ";".join(
        ("CSV/1", "01.03.2026", SELLER, BUYER, str(number), index, found["name"], pieces, found["unit"],
         found["price"], found["vat"], found["serial"])
    )  # fmt: skip


GOOD = sale(row(1, index="CB-2", quantity=2), row(2, index="PR-1"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Unreadable.EMPTY),
        (GOOD[: len(GOOD) * 2 // 3], Unreadable.BROKEN_XML),
        (GOOD[:-12], Unreadable.BROKEN_XML),
        (GOOD.replace(b"2025/06/25/13775", b"2021/11/29/11089"), Unreadable.OTHER_FAKTURA),
        (GOOD.replace(b"http://crd.gov.pl", b"http://example.com"), Unreadable.OTHER_FAKTURA),
        (GOOD.replace(b"2025/06/25/13775", b"2026/03/06/14189"), Unreadable.OTHER_FAKTURA),
        (GOOD.replace(b'xmlns="', b'xmlns:other="'), Unreadable.OTHER_FAKTURA),
        (bytes(100 * 1024 * 1024), Unreadable.TOO_BIG),
        (PROLOG + b'<!DOCTYPE F [<!ENTITY l0 "ha">' + LAUGHS + b"]><F>&l9;</F>", Unreadable.DOCTYPE),
        (table(cell(1, "CB-2", "1"), 'CSV/1;"open').encode(), Unreadable.BROKEN_CSV),
        (table(cell(1, "CB-2", "1"), cell(2, "CB-2", "1").replace("CSV/1", "CSV/2")).encode(),
         Unreadable.SEVERAL_INVOICES),
        (b"Kolumna;Inna\n1;2\n", Unreadable.NO_COLUMNS),
    ],
)  # fmt: skip
def test_a_bad_file_leaves_the_store_as_it_was(
    company: Company, customer: Party, data: bytes, code: Unreadable
) -> None:
    before = everything(company)
    with pytest.raises(UnreadableInvoiceError) as refused:
        post(company, data, name="bad.xml")
    assert refused.value.code is code
    assert str(refused.value)
    assert everything(company) == before


@pytest.mark.parametrize(
    ("odd", "asked"),
    [
        (row(2, index="CB-2", quantity=-1), "return"),
        (row(2, index="NB-14", quantity="1.5"), "no whole number"),
        (row(2, index="PR-1", quantity="0.001"), "no whole number"),
        (row(2, "Nobody knows it", index="X-1"), "which product"),
        (row(2, index="CB-2", quantity="0.0001", unit="m"), "finer"),
    ],
)
def test_an_odd_line_holds_the_whole_invoice_back(
    company: Company, customer: Party, odd: str, asked: str
) -> None:
    waiting = post(company, sale(row(1, index="CB-2", quantity=2), odd))
    assert waiting.invoice.state is InvoiceState.WAITING
    (question,) = waiting.questions
    assert asked in question
    assert counted(company.cable.id, customer) == 0
    assert select("SELECT 1 FROM movement UNION ALL SELECT 1 FROM pending_serial") == []
    company.run(decide, company.actor(company.chief), waiting.invoice.id, 2, Decision.SKIP)
    company.run(post_invoice, company.actor(company.chief), waiting.invoice.id)
    assert counted(company.cable.id, customer) == 2


@pytest.mark.parametrize(
    ("odd", "moved"),
    [
        (row(2, index="CB-2", quantity=0), 2),
        (row(2, index="CB-2", quantity="0.00"), 2),
        (row(2, index="CB-2", quantity=None), 2),
        (row(2, index="CB-2", quantity=3, vat="17"), 5),
        (row(2, index="CB-2", quantity=3, vat="oo"), 5),
        (row(1, index="CB-2", quantity=3), 5),
        (row("", index="CB-2", quantity=3), 5),
        (row("zwei", index="CB-2", quantity=3), 5),
    ],
)
def test_an_odd_line_that_says_what_it_moves_is_posted(
    company: Company, customer: Party, odd: str, moved: int
) -> None:
    done = post(company, sale(row(1, index="CB-2", quantity=2), odd))
    assert done.questions == ()
    assert counted(company.cable.id, customer) == moved


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_a_table_of_a_polish_spreadsheet_is_posted(
    company: Company, customer: Party, encoding: str, end: str
) -> None:
    rows = (
        cell(1, "CB-2", '"2,000"', name='"Kabel ""2 m"";\nbiały, żółty"'),
        cell(2, "CB-2", '"1,5"', unit="m"),
        cell(3, "NB-14", "1", serial="LT000031"),
    )
    done = post(company, table(*rows, end=end).encode(encoding), name="t.csv")
    assert done.questions == ()
    assert counted(company.cable.id, customer) == 3
    (pieces,) = select("SELECT quantity FROM balance")
    assert pieces["quantity"] == 3_500
    assert len(select("SELECT 1 FROM unit WHERE serial = 'LT000031' AND terms = 'sold'")) == 1


def test_mixed_encodings_are_noted_and_no_line_is_lost(company: Company, customer: Party) -> None:
    first, second = table(cell(1, "CB-2", "1", name="Żółty")), cell(2, "CB-2", "2", name="Świeca") + "\n"
    done = post(company, first.encode() + second.encode("cp1250"), name="t.csv")
    assert done.questions == ()
    assert counted(company.cable.id, customer) == 3


def test_what_fails_while_it_is_posted_is_taken_back_as_a_whole(
    company: Company, customer: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt: Receipt = arrive(company, sale(row(1, index="CB-2", quantity=2), row(2, index="PR-1")))
    before = everything(company)

    def fail(*_args: object) -> None:
        message = "the disk is full"
        raise OSError(message)

    monkeypatch.setattr("store.operations.selling._write_pending", fail)
    with pytest.raises(OSError, match="full"):
        company.run(post_invoice, company.actor(company.chief), receipt.invoice.id)
    assert everything(company) == before
    monkeypatch.undo()
    company.run(post_invoice, company.actor(company.chief), receipt.invoice.id)
    assert counted(company.cable.id, customer) == 2
