"""`sztuka deals`: listed, as JSON, and made from a CSV file, all of it or nothing."""

import json
from pathlib import Path

import pytest

from store.operations.delivering import place_deal
from store.queries.deals import deals
from tests.store.conftest import opened_company
from tests.tui.cli.conftest import Sztuka

GOOD = """Klient;Indeks;Ilość;Cena netto;Waluta;Zamówienie;Uwagi
CUS;NB-14;2;1 250,50;PLN;ZAM/1;pilne
CUS;04006381333931;10;;PLN;ZAM/1;
Odbiorca sp. z o.o.;PR-1;1;99.90;EUR;ZAM/2;"wiersz
drugi"
"""
BAD = """customer,product,quantity,price,currency
CUS,NB-14,2,10,PLN
NOBODY,NB-14,2,10,PLN
CUS,UNKNOWN,2,10,PLN
CUS,NB-14,1.5,10,PLN
CUS,NB-14,2,-1,PLN
CUS,NB-14,many,10,PLN
CUS,NB-14,"1,234",10,PLN
CUS,NB-14,2,10,EUR
CUS,NB-14,2,10,ZLOTY
CUS,NB-14,2
"""


@pytest.fixture
def company_url(store_url: str) -> str:
    with opened_company(store_url):
        return store_url


def write(folder: Path, text: str, encoding: str = "utf-8") -> str:
    path = folder / "deals.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


def load(sztuka: Sztuka, url: str, file: str, *more: str) -> tuple[int, str]:
    run = sztuka("deals", "--load", file, "--operator", "C1", "--store", url, *more, SZTUKA_TERMINAL="T1")
    return run.returncode, run.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16"])
def test_deals_are_made_from_a_file_once(
    sztuka: Sztuka, company_url: str, tmp_path: Path, encoding: str
) -> None:
    file = write(tmp_path, GOOD, encoding)
    code, told = load(sztuka, company_url, file, "--dry-run")
    assert (code, told) == (0, "2 deals would be made, 0 are there already. Nothing was written.\n")
    code, told = load(sztuka, company_url, file)
    assert (code, told) == (0, "2 deals made, 0 were there already.\n")
    code, told = load(sztuka, company_url, file)
    assert (code, told) == (0, "0 deals made, 2 were there already.\n")
    run = sztuka("deals", "--json", "--store", company_url)
    assert run.returncode == 0, run.stderr
    second, first = json.loads(run.stdout)
    assert (first["number"], first["order"], first["state"]) == ("TR/2026/000001", "ZAM/1", "draft")
    assert [(line["sku"], line["quantity"], line["price"]) for line in first["lines"]] == [
        ("NB-14", "2", "1250.5"),
        ("CB-2", "10", None),
    ]
    assert (second["currency"], second["note"]) == ("EUR", "wiersz\ndrugi")


def test_every_bad_row_is_named_by_line_and_column_and_nothing_is_made(
    sztuka: Sztuka, company_url: str, tmp_path: Path
) -> None:
    file = write(tmp_path, BAD)
    code, told = load(sztuka, company_url, file)
    assert code == 1
    lines = told.splitlines()
    assert [line.removeprefix("sztuka: ").removeprefix(f"{file}:").split(" ")[0] for line in lines[:-1]] == [
        "3:", "4:", "5:", "6:", "7:", "8:", "9:", "10:", "11:",
    ]  # fmt: skip
    for text, line in zip(
        (
            "customer",
            "product",
            "quantity",
            "price",
            "quantity",
            "quantity",
            "currency",
            "currency",
            "columns",
        ),
        lines,
        strict=False,
    ):
        assert text in line
    assert lines[-1] == "9 bad rows. Nothing was added."
    assert sztuka("deals", "--json", "--state", "all", "--store", company_url).stdout == "[\n]\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("customer,product\nCUS,NB-14\n", "the first line names the columns: customer, product, quantity"),
        ("customer,product,quantity,colour\n", "the first line names the columns"),
        (
            'customer,product,quantity\nCUS,"NB-14,2\n',
            ":2: the quotation mark that opens a cell is never closed",
        ),
    ],
)
def test_what_is_no_such_list_is_refused(
    sztuka: Sztuka, company_url: str, tmp_path: Path, text: str, told: str
) -> None:
    code, said = load(sztuka, company_url, write(tmp_path, text))
    assert code == 1
    assert told in said


def test_bytes_of_several_encodings_are_refused(sztuka: Sztuka, company_url: str, tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_bytes("customer,product,quantity\nŻółw,NB-14,1\n".encode() + "Żółw,NB-14,1\n".encode("cp1250"))
    code, said = load(sztuka, company_url, str(path))
    assert (code, "UTF-8" in said) == (1, True)


def test_deals_are_listed_by_state_and_customer(sztuka: Sztuka, store_url: str) -> None:
    from tests.store.test_deals import make

    with opened_company(store_url) as company:
        done = make(company, (company.cable, 2))
        company.run(place_deal, company.actor(), done.head.id, token="p")
        make(company, (company.laptop, 1), their_order="ZAM/9")
        assert len(deals()) == 1
    run = sztuka("deals", "--store", store_url)
    assert run.stdout.split() == [
        "TR/2026/000002",
        "0/1",
        "being",
        "made",
        "Odbiorca",
        "sp.",
        "z",
        "o.o.",
        "ZAM/9",
    ]
    run = sztuka("deals", "--state", "ended", "--json", "--store", store_url)
    (found,) = json.loads(run.stdout)
    assert [(line["delivered"], line["open"]) for line in found["lines"]] == [("2", "0")]
    assert json.loads(sztuka("deals", "--json", "--customer", "SUP", "--store", store_url).stdout) == []


def test_a_dry_run_needs_a_file(sztuka: Sztuka, company_url: str) -> None:
    run = sztuka("deals", "--dry-run", "--store", company_url)
    assert (run.returncode, "--load" in run.stderr) == (1, True)


def test_a_row_may_name_the_location_that_its_goods_leave(
    sztuka: Sztuka, company_url: str, tmp_path: Path
) -> None:
    file = write(
        tmp_path, "klient,produkt,ilość,magazyn,deal\nCUS,NB-14,1,van,1\nCUS,PR-1,1,VAN,1\nCUS,NB-14,1,,2\n"
    )
    code, told = load(sztuka, company_url, file)
    assert (code, told) == (0, "2 deals made, 0 were there already.\n")
    found = json.loads(sztuka("deals", "--json", "--store", company_url).stdout)
    assert [each["location"] for each in found] == ["MAIN", "VAN"]


def test_a_location_that_is_none_or_another_one_is_named(
    sztuka: Sztuka, company_url: str, tmp_path: Path
) -> None:
    file = write(
        tmp_path, "customer,product,quantity,location\nCUS,NB-14,1,VAN\nCUS,PR-1,1,MAIN\nCUS,PR-1,1,MOON\n"
    )
    code, told = load(sztuka, company_url, file)
    assert code == 1
    assert "location: a deal has one, and this one began with VAN" in told
    assert "location: no one location of ours has the code or name MOON" in told
