"""`sztuka deposits`: for people, as JSON and as CSV."""

import csv
import io
import json
from datetime import date

import pytest

from tests.store.conftest import opened_company
from tests.store.test_deposits import deposit
from tests.tui.cli.conftest import Sztuka

TODAY = ("--today", "2026-03-12")


@pytest.fixture
def theirs(sqlite_url: str) -> str:
    """The URL of a store with two laptops of a supplier's, one of them overdue on 12 March 2026."""
    with opened_company(sqlite_url) as company:
        deposit(company, company.laptop, "LT000001", due=date(2026, 3, 5))
        deposit(company, company.laptop, "LT000002")
    return sqlite_url


def test_json_has_everything_of_theirs(sztuka: Sztuka, theirs: str) -> None:
    run = sztuka("deposits", "--json", *TODAY, "--store", theirs)
    assert run.returncode == 0, run.stderr
    late, other = json.loads(run.stdout)
    assert late == {
        "supplier_code": "SUP", "supplier": "Dostawca S.A.", "serial": "LT000001", "sku": "NB-14",
        "product": "Laptop 14", "quantity": "1", "terms": "held", "place": "Magazyn główny",
        "document": "PZ/2026/000001", "since": late["since"], "due": "2026-03-05", "days_late": 7,
    }  # fmt: skip
    assert (other["serial"], other["due"], other["days_late"]) == ("LT000002", None, 0)
    assert run.stderr == "1 overdue, 0 due back this week\n"


def test_csv_narrowed_to_what_is_overdue(sztuka: Sztuka, theirs: str) -> None:
    run = sztuka("deposits", "--csv", "--which", "overdue", *TODAY, "--store", theirs)
    (row,) = csv.DictReader(io.StringIO(run.stdout))
    assert (row["serial"], row["days_late"], row["place"]) == ("LT000001", "7", "Magazyn główny")


def test_a_table_for_people(sztuka: Sztuka, theirs: str) -> None:
    run = sztuka("deposits", "--supplier", "sup", *TODAY, "--store", theirs)
    first, second = run.stdout.splitlines()
    assert first.split()[:2] == ["2026-03-05", "+7"]
    assert "LT000001  Laptop 14  Magazyn główny  PZ/2026/000001" in first
    assert second.split()[0] == "-"


def test_a_supplier_who_has_nothing_is_named(sztuka: Sztuka, theirs: str) -> None:
    run = sztuka("deposits", "--supplier", "NOBODY", "--store", theirs)
    assert run.returncode == 1
    assert run.stderr == "sztuka: no supplier with the code NOBODY has anything here\n"
