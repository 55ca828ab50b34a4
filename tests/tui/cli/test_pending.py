"""`sztuka pending`: what waits for its serials, for people, as JSON and as CSV."""

import csv
import io
import json

import pytest

from store.domain.records import Party
from tests.store.company import Company
from tests.store.conftest import opened_company
from tests.store.imports.files import extra, row
from tests.store.invoice_files import buyer, post, sale
from tests.tui.cli.conftest import Sztuka


@pytest.fixture
def waiting(store_url: str) -> str:
    """The URL of a store in which two printers and a laptop wait at two customers."""
    with opened_company(store_url) as company:
        names = extra(1, "Numer seryjny", "X-1")
        sold(company, buyer(company), sale(row(1, index="PR-1", quantity=2), extras=names))
        text = sale(row(1, index="NB-14"), number="FV/8").replace(
            b"<NIP>7740001454</NIP>", b"<BrakID>1</BrakID>"
        )
        sold(company, company.customer, text.replace("Żółw &amp; Syn".encode(), b"Odbiorca sp. z o.o."))
    return store_url


def sold(company: Company, party: Party, data: bytes) -> None:
    receipt = post(company, data)
    assert receipt.questions == ()
    assert receipt.invoice.party == party


def test_json_has_everything_that_waits(sztuka: Sztuka, waiting: str) -> None:
    run = sztuka("pending", "--json", "--store", waiting)
    assert run.returncode == 0, run.stderr
    laptop, printers = json.loads(run.stdout)
    assert printers == {
        "customer_code": "ZOLW", "customer": "Żółw i Syn", "sku": "PR-1", "product": "Drukarka laserowa",
        "pieces": "2", "scanned": "0", "invoice": "FV/2026/7", "since": "2026-03-01", "announced": ["X-1"],
    }  # fmt: skip
    assert (laptop["customer_code"], laptop["pieces"], laptop["invoice"]) == ("CUS", "1", "FV/8")
    assert "3 serials to be scanned at 2 customers" in run.stderr


def test_csv_and_the_table_are_narrowed_to_a_customer(sztuka: Sztuka, waiting: str) -> None:
    run = sztuka("pending", "--csv", "--customer", "ZOLW", "--store", waiting)
    assert run.returncode == 0, run.stderr
    (found,) = csv.DictReader(io.StringIO(run.stdout))
    assert (found["sku"], found["pieces"], found["announced"]) == ("PR-1", "2", "X-1")
    assert "2 serials to be scanned at 1 customers" in run.stderr
    table = sztuka("pending", "--customer", "ZOLW", "--store", waiting)
    assert table.stdout == "2026-03-01  Żółw i Syn  2 x Drukarka laserowa  FV/2026/7\n"
    assert sztuka("pending", "--customer", "NOBODY", "--store", waiting).returncode != 0
