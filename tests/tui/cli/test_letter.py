"""`sztuka letter`: from a template and a number to a file; templates listed, checked and copied."""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest

from tests.system.program import make_demo
from tests.tui.cli.conftest import Sztuka


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A demo company of its own."""
    path = tmp_path / "demo.db"
    make_demo(path, tmp_path, units=100)
    return path


def column(store: Path, query: str) -> list[str]:
    with closing(sqlite3.connect(store)) as database:
        return [row[0] for row in database.execute(query)]


def text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    return "".join(page.get_textpage().get_text_bounded() for page in document)


def test_a_letter_about_a_document_and_one_about_units(sztuka: Sztuka, store: Path, tmp_path: Path) -> None:
    number = column(store, "SELECT number FROM document WHERE type = 'issue' AND status = 'posted'")[0]
    path = tmp_path / "handover.pdf"
    command = ("letter", "handover", "--store", str(store), "--out", str(path))
    run = sztuka(*command, "--document", number, "--lang", "pl", "--operator", "Anna Żak")
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    assert str(path) in run.stderr
    for part in (number, "Pismo przekazania sprzętu", "Anna Żak"):
        assert part in text(path)
    run = sztuka(*command, "--document", number)
    assert (run.returncode, run.stderr) == (1, f"sztuka: {path}: exists already; nothing is overwritten\n")
    (kept,) = column(store, "SELECT sha256 FROM paper WHERE kind = 'letter' AND name = 'handover'")
    assert kept == sha256(path.read_bytes()).hexdigest()
    assert column(store, "SELECT file FROM paper_print") == [str(path)]
    assert column(store, "SELECT count(*) FROM paper_unit") != [0]
    path.unlink()
    serial = column(store, "SELECT serial FROM unit WHERE terms = 'sold'")[0]
    run = sztuka("letter", "service-notice", "--units", serial, "--store", str(store), "--out", str(path))
    assert run.returncode == 0, run.stderr
    assert serial in text(path)


def test_a_letter_without_what_it_names_makes_no_file(sztuka: Sztuka, store: Path, tmp_path: Path) -> None:
    serial = column(store, "SELECT serial FROM unit WHERE terms = 'stock'")[0]
    path = tmp_path / "none.pdf"
    run = sztuka("letter", "reminder", "--units", serial, "--store", str(store), "--out", str(path))
    assert run.returncode == 1
    assert "reminder.en.md:9: {{party.name}}: the letter goes to nobody: a party is needed\n" in run.stderr
    run = sztuka("letter", "thanks", "--units", serial, "--store", str(store), "--out", str(path))
    assert run.returncode == 1
    assert run.stderr.startswith("sztuka: there is no letter thanks in en; there are: handover (en), ")
    assert not path.exists()


def test_templates_are_copied_checked_and_listed(sztuka: Sztuka, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    where = {"SZTUKA_LETTERS_FOLDER": str(folder)}
    run = sztuka("letter", "--check", **where)
    assert (run.returncode, run.stdout) == (0, "")
    run = sztuka("letter", "--copy", **where)
    assert (run.returncode, len(run.stdout.splitlines())) == (0, 12)
    run = sztuka("letter", "--check", **where)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", f"12 templates of {folder} are sound.\n")
    (folder / "thanks.pl.md").write_text("# Dzięki\n\n{{party.nme}}\n\n<b>x</b>\n", encoding="utf-8")
    (folder / "notes.md").write_text("x")
    run = sztuka("letter", "--check", **where)
    assert run.returncode == 1
    first, second, *rest = run.stdout.splitlines()
    assert first.startswith(f"{folder}/notes.md: is named NAME.LANGUAGE.md")
    assert second.startswith(f"{folder}/thanks.pl.md:3: {{{{party.nme}}}}: there is no such placeholder")
    assert [line.split(": ")[0] for line in rest] == [f"{folder}/thanks.pl.md:5"] * 2
    run = sztuka("letter", **where)
    assert "thanks\tpl\t" in run.stdout
    run = sztuka("letter")
    assert "reminder\tpl\tof the program\n" in run.stdout
