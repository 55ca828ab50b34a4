"""`sztuka import` of bad files: each is named with its reason and leaves the store as it was."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.store.imports.files import BUYER, SELLER, STRANGER, faktura, row
from tests.tui.cli.conftest import Sztuka
from tests.tui.cli.test_import_post import invoice, shop

__all__ = ["shop"]

GOOD = faktura(row(1, index="CB-2", quantity=2))
PROLOG = b'<?xml version="1.0"?>'
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
BAD: dict[str, tuple[bytes, str]] = {
    "empty.xml": (b"", "the file is empty"),
    "truncated.xml": (GOOD[: len(GOOD) // 2], "broken or cut off"),
    "old.xml": (GOOD.replace(b"2025/06/25/13775", b"2021/11/29/11089"), "only FA (2) and FA (3) are"),
    "rr.xml": (
        GOOD.replace(b"2025/06/25/13775", b"2026/03/06/14189").replace(b"FA (3)", b"FA_RR (1)"),
        "FA_RR (1) (http://crd.gov.pl/wzor/2026/03/06/14189/) is not imported",
    ),
    "space.xml": (GOOD.replace(b"xmlns=", b"xmlns:x="), "is not imported"),
    "laughs.xml": (PROLOG + b'<!DOCTYPE F [<!ENTITY l0 "ha">' + LAUGHS + b"]><F>&l9;</F>", "DOCTYPE"),
    "strangers.xml": (
        GOOD.replace(SELLER.encode(), STRANGER.encode()).replace(BUYER.encode(), b"1132191233"),
        "neither the seller",
    ),
    "open.csv": (f'Indeks;Ilość;NIP sprzedawcy\nCB-2;"1;{SELLER}\n'.encode(), "CSV file is broken"),
    "columns.csv": (b"Kolumna;Druga\n1;2\n", "columns are missing"),
    "picture.png": (b"\x89PNG\r\n\x1a\n;;;", "no invoice or dispatch advice"),
}


def content(home: Path) -> str:
    """Everything that the store holds."""
    (store,) = home.rglob("sztuka.db")
    with sqlite3.connect(store) as connection:
        return "\n".join(connection.iterdump())


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for name, (data, _reason) in BAD.items():
        (tmp_path / name).write_bytes(data)
    big = tmp_path / "big.xml"
    with big.open("wb") as sparse:
        sparse.truncate(100 * 1024 * 1024)
    return [*(tmp_path / name for name in BAD), big]


def test_bad_files_are_named_with_their_reasons_and_change_nothing(
    shop: Sztuka, home: Path, files: list[Path]
) -> None:
    before = content(home)
    run = shop("import", *map(str, files))
    assert run.returncode == 1
    assert run.stdout == ""
    told = run.stderr.splitlines()
    reasons = [*(reason for _data, reason in BAD.values()), "the file has more than 20 MB"]
    assert len(told) == len(files)
    for line, path, reason in zip(told, files, reasons, strict=True):
        assert line.startswith(f"{path}: "), line
        assert reason in line
    assert content(home) == before


def test_a_dry_run_and_json_tell_the_same(shop: Sztuka, home: Path, files: list[Path]) -> None:
    before = content(home)
    run = shop("import", "--dry-run", "--json", *map(str, files))
    assert run.returncode == 1
    found = [json.loads(line) for line in run.stdout.splitlines()]
    assert [each["file"] for each in found] == [path.name for path in files]
    assert all(each["error"] for each in found)
    assert content(home) == before


@pytest.mark.parametrize(
    ("odd", "asked"),
    [
        (row(2, index="CB-2", quantity=-1), "is it a return"),
        (row(2, index="CB-2", quantity="0.00001", unit="m"), "finer"),
    ],
)
def test_an_odd_line_lets_the_whole_file_wait(
    shop: Sztuka, home: Path, tmp_path: Path, odd: str, asked: str
) -> None:
    path = invoice(tmp_path, "odd.xml", row(1, index="CB-2", quantity=2), odd)
    run = shop("import", str(path))
    assert (run.returncode, run.stderr) == (1, "")
    assert "odd.xml: FV/2026/7 waits" in run.stdout
    assert asked in run.stdout
    assert 'INSERT INTO "movement"' not in content(home)


def test_odd_lines_that_say_what_they_move_are_posted(shop: Sztuka, home: Path, tmp_path: Path) -> None:
    path = invoice(
        tmp_path, "odd.xml", row(1, index="CB-2", quantity=2), row(1, index="CB-2", quantity=0),
        row(1, index="CB-2", quantity=3, vat="17"),
    )  # fmt: skip
    run = shop("import", str(path))
    assert (run.returncode, run.stderr) == (0, "")
    assert "odd.xml: FV/2026/7 imported" in run.stdout
    told = json.loads(shop("import", "--dry-run", "--json", str(path)).stdout)
    assert {warning["code"] for warning in told["warnings"]} == {"unknown_vat", "same_number"}
    (store,) = home.rglob("sztuka.db")
    with sqlite3.connect(store) as connection:
        assert connection.execute("SELECT quantity FROM balance WHERE terms = 'sold'").fetchall() == [(5000,)]
