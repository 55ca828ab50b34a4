"""`sztuka unreturned`: for people, as JSON and as CSV, from a store on each database."""

import csv
import io
import json

import pytest

from tests.store.conftest import opened_company
from tests.store.lending import in_days
from tests.tui.cli.conftest import Sztuka

TODAY = ("--today", "2026-03-12")


@pytest.fixture
def lending(store_url: str) -> str:
    """The URL of a store with two laptops out, one of them overdue on 12 March 2026."""
    with opened_company(store_url) as company:
        company.stock(company.laptop, "LT000001", "LT000002")
        company.lend("LT000001", until=in_days(3))
        company.lend("LT000002", until=in_days(12))
    return store_url


def test_json_has_everything_that_is_out(sztuka: Sztuka, lending: str) -> None:
    run = sztuka("unreturned", "--json", *TODAY, "--store", lending)
    assert run.returncode == 0, run.stderr
    late, other = json.loads(run.stdout)
    assert late == {
        "customer_code": "CUS", "customer": "Odbiorca sp. z o.o.", "serial": "LT000001", "sku": "NB-14",
        "product": "Laptop 14", "quantity": "1", "terms": "rented", "document": "WYP/2026/000001",
        "since": late["since"], "due": "2026-03-05", "ask_again": None, "days_late": 7,
        "owner": "Magazyn Wzorcowy sp. z o.o.", "owner_is_us": True, "value": None,
    }  # fmt: skip
    assert late["since"].startswith("2026-03-02T08:00:")
    assert (other["serial"], other["days_late"]) == ("LT000002", 0)
    assert run.stderr == "2 out, 1 overdue, 1 due this week, worth 0; 2 without a value\n"


def test_csv_narrowed_to_what_is_overdue(sztuka: Sztuka, lending: str) -> None:
    run = sztuka("unreturned", "--csv", "--which", "overdue", *TODAY, "--store", lending)
    (row,) = csv.DictReader(io.StringIO(run.stdout))
    assert (row["serial"], row["days_late"], row["value"]) == ("LT000001", "7", "")


def test_a_table_for_people(sztuka: Sztuka, lending: str) -> None:
    run = sztuka("unreturned", "--customer", "CUS", *TODAY, "--store", lending)
    first, second = run.stdout.splitlines()
    assert first.split()[:2] == ["2026-03-05", "+7"]
    assert "LT000001  Laptop 14  WYP/2026/000001" in first
    assert second.startswith("2026-03-14")


def test_nothing_out_is_an_empty_list(sztuka: Sztuka, store_url: str) -> None:
    with opened_company(store_url):
        pass
    run = sztuka("unreturned", "--json", "--store", store_url)
    assert (run.returncode, json.loads(run.stdout)) == (0, [])


def test_an_unknown_customer_is_named(sztuka: Sztuka, lending: str) -> None:
    run = sztuka("unreturned", "--customer", "NOBODY", "--store", lending)
    assert (run.returncode, run.stderr) == (1, "sztuka: no party has the code NOBODY\n")
