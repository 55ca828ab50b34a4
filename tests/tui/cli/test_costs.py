"""`sztuka costs`: for people, for spreadsheets and for programs."""

import csv
import json
import re
from decimal import Decimal
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from screens.service_words import money
from tests.tui.cli.conftest import Sztuka


@pytest.fixture
def store(sztuka: Sztuka, tmp_path: Path) -> str:
    path = str(tmp_path / "demo.db")
    made = sztuka("demo", "--store", path, "--units", "300", "--today", "2026-03-02")
    assert made.returncode == 0, made.stderr
    return path


def test_all_forms_tell_the_same_sums(sztuka: Sztuka, store: str, tmp_path: Path) -> None:
    told = json.loads(sztuka("costs", "--store", store, "--by", "unit", "--json").stdout)
    (total,) = told["totals"]
    assert total["currency"] == "PLN"
    assert sum(Decimal(row["total"]) for row in told["rows"]) == Decimal(total["total"]) > 0
    text = sztuka("costs", "--store", store, "--by", "unit").stdout.splitlines()
    assert len(text) == len(told["rows"]) + 1
    assert text[-1].endswith(f" {money(Decimal(total['total']), 'PLN')}")
    out = sztuka("costs", "--store", store, "--by", "unit", "--csv", "-").stdout
    rows = list(csv.reader(StringIO(out.lstrip("\ufeff")), delimiter=";"))
    assert rows[0] == ["name", "more", "currency", "warranty", "charged", "own", "total", "count"]
    assert [row[6] for row in rows[1:]] == [row["total"] for row in told["rows"]]
    file = tmp_path / "costs.xlsx"
    assert sztuka("costs", "--store", store, "--by", "unit", "--xlsx", str(file)).returncode == 0
    with ZipFile(file) as book:
        assert told["rows"][0]["name"] in book.read("xl/sharedStrings.xml").decode()
    again = sztuka("costs", "--store", store, "--xlsx", str(file))
    assert again.returncode == 1
    assert "exists already" in again.stderr


def test_a_program_reads_the_same_in_every_language(sztuka: Sztuka, store: str, tmp_path: Path) -> None:
    csv_of, words = {}, {}
    for language in ("en", "pl"):
        given = ("costs", "--store", store, "--by", "unit", "--language", language)
        csv_of[language] = sztuka(*given, "--csv", "-").stdout
        words[language] = sztuka(*given).stdout
        assert sztuka(*given, "--csv", str(tmp_path / f"{language}.csv")).returncode == 0
        assert (tmp_path / f"{language}.csv").read_text("utf-8-sig").startswith("name;more;")
    assert csv_of["pl"] == csv_of["en"]
    assert "Razem" in words["pl"]
    assert re.search(r" \d \d{3}\.\d{2} PLN$", words["pl"], re.MULTILINE)


def test_a_period_narrows_it(sztuka: Sztuka, store: str) -> None:
    months = json.loads(sztuka("costs", "--store", store, "--by", "month", "--json").stdout)["rows"]
    first = months[0]["name"]
    narrowed = sztuka(
        "costs", "--store", store, "--by", "month", "--json", "--from", f"{first}-01", "--to", f"{first}-28"
    )
    assert [row["name"] for row in json.loads(narrowed.stdout)["rows"]] in ([first], [])
    assert len(months) > 1
    wrong = sztuka("costs", "--store", store, "--from", "2026-02-01", "--to", "2026-01-01")
    assert wrong.returncode == 1
    assert "lies before" in wrong.stderr
