"""`sztuka expiring`: for people, as JSON and as CSV, from a store on each database."""

import csv
import io
import json
from datetime import date

import pytest

from tests.store.conftest import opened_company
from tests.store.services import add, licence_of
from tests.tui.cli.conftest import Sztuka

TODAY = ("--today", "2026-03-12")


@pytest.fixture
def url(store_url: str) -> str:
    """The URL of a store with two licences, one of which expired on 10 March 2026."""
    with opened_company(store_url) as company:
        licence = licence_of(company)
        add(company, licence, "OLD", valid_from=date(2025, 3, 11), valid_until=date(2026, 3, 10))
        add(company, licence, "NEW", valid_until=date(2026, 5, 1), subject="biuro")
    return store_url


def test_json_has_everything_that_expires(sztuka: Sztuka, url: str) -> None:
    run = sztuka("expiring", "--json", *TODAY, "--store", url)
    assert run.returncode == 0, run.stderr
    late, soon = json.loads(run.stdout)
    assert late == {
        "customer_code": "CUS", "customer": "Odbiorca sp. z o.o.", "number": "OLD", "sku": "AV-5",
        "product": "Antywirus 5 stanowisk", "valid_from": "2025-03-11", "valid_until": "2026-03-10",
        "days_left": -2, "seats": 5, "subject": "", "renews": "",
    }  # fmt: skip
    assert (soon["number"], soon["days_left"], soon["subject"]) == ("NEW", 50, "biuro")
    assert run.stderr == "2 services\n"


def test_csv_narrowed_to_what_expired(sztuka: Sztuka, url: str) -> None:
    run = sztuka("expiring", "--csv", "--which", "expired", *TODAY, "--store", url)
    (row,) = csv.DictReader(io.StringIO(run.stdout))
    assert (row["number"], row["days_left"]) == ("OLD", "-2")


def test_a_table_for_people_of_one_customer(sztuka: Sztuka, url: str) -> None:
    run = sztuka("expiring", "--customer", "CUS", "--which", "60", *TODAY, "--store", url)
    (line,) = run.stdout.splitlines()
    assert line.split() == [
        "2026-05-01", "50", "Odbiorca", "sp.", "z", "o.o.", "NEW", "Antywirus", "5", "stanowisk", "5",
        "seats", "biuro",
    ]  # fmt: skip
    assert sztuka("expiring", "--customer", "SUP", *TODAY, "--store", url).stdout == ""
    assert sztuka("expiring", "--customer", "nobody", *TODAY, "--store", url).returncode != 0
