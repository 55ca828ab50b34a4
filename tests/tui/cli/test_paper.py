"""`sztuka paper`: from a number to a file, in either language."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from tests.system.program import make_demo
from tests.tui.cli.conftest import Sztuka


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A demo company of its own."""
    path = tmp_path / "demo.db"
    make_demo(path, tmp_path, units=100)
    return path


def numbers(store: Path, kind: str) -> list[str]:
    with closing(sqlite3.connect(store)) as database:
        rows = database.execute("SELECT number FROM document WHERE type = ? AND status = 'posted'", (kind,))
        return [number for (number,) in rows]


def text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    return "".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize(
    ("kind", "english", "polish"),
    [
        ("delivery", "Goods receipt (PZ)", "Przyjęcie zewnętrzne (PZ)"),
        ("issue", "Goods issue note (WZ)", "Wydanie zewnętrzne (WZ)"),
    ],
)
def test_every_document_has_its_paper_in_both_languages(
    sztuka: Sztuka, store: Path, tmp_path: Path, kind: str, english: str, polish: str
) -> None:
    number = numbers(store, kind)[-1]
    for language, title in (("en", english), ("pl", polish), ("both", f"{polish} / {english}")):
        path = tmp_path / f"{language}.pdf"
        run = sztuka("paper", number, "--out", str(path), "--lang", language, "--store", str(store))
        assert (run.returncode, run.stdout) == (0, ""), run.stderr
        assert str(path) in run.stderr
        assert title in text(path)
        assert number in text(path)


def test_nothing_is_overwritten(sztuka: Sztuka, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.pdf"
    path.write_text("mine")
    run = sztuka("paper", numbers(store, "issue")[0], "--out", str(path), "--store", str(store))
    assert (run.returncode, run.stderr) == (1, f"sztuka: {path}: exists already; nothing is overwritten\n")
    assert path.read_text() == "mine"


def test_an_unknown_number_makes_no_file(sztuka: Sztuka, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    run = sztuka("paper", "WZ/1999/000001", "--out", str(path), "--store", str(store))
    assert (run.returncode, run.stderr) == (1, "sztuka: no posted document has the number WZ/1999/000001\n")
    assert not path.exists()


def test_the_warranty_card_of_an_issue(sztuka: Sztuka, store: Path, tmp_path: Path) -> None:
    path, conditions = tmp_path / "card.pdf", tmp_path / "conditions.txt"
    conditions.write_text("Gwarancja od drzwi do drzwi, zażółć.", encoding="utf-8")
    command = ("--kind", "warranty", "--store", str(store), "--conditions", str(conditions))
    number = numbers(store, "issue")[-1]
    run = sztuka("paper", number, *command, "--out", str(path), "--territory", "Polska")
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    assert "Gwarancja od drzwi do drzwi, zażółć." in text(path)
    assert "Territory: Polska" in text(path)
    delivery = numbers(store, "delivery")[-1]
    run = sztuka("paper", delivery, *command)
    assert (run.returncode, run.stderr) == (1, f"sztuka: no posted issue has the number {delivery}\n")
    conditions.write_bytes("zażółć".encode("cp1250"))
    run = sztuka("paper", number, *command)
    assert (run.returncode, run.stderr) == (1, f"sztuka: {conditions}: is not UTF-8\n")


@pytest.mark.parametrize("code", ["code128", "qr", "datamatrix"])
def test_labels_of_a_delivery(sztuka: Sztuka, store: Path, tmp_path: Path, code: str) -> None:
    path = tmp_path / "labels.pdf"
    number = numbers(store, "delivery")[0]
    command = ("paper", number, "--kind", "labels", "--code", code, "--store", str(store))
    run = sztuka(*command, "--out", str(path), "--start", "24")
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    pages = pypdfium2.PdfDocument(path.read_bytes())
    read = [len(zxingcpp.read_barcodes(page.render(scale=3).to_pil())) for page in pages]
    assert (read[0], len(read)) == (1, 2)
    run = sztuka(*command, "--start", "25")
    assert (run.returncode, run.stderr) == (1, "sztuka: a sheet has the labels 1 to 24\n")


def test_the_list_of_what_a_customer_has(sztuka: Sztuka, store: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(store)) as database:
        ((code, serial),) = database.execute(
            "SELECT p.code, u.serial FROM unit u JOIN party p ON p.place_id = u.place_id LIMIT 1"
        )
    path = tmp_path / "list.pdf"
    command = ("paper", code, "--kind", "holdings", "--store", str(store), "--out", str(path))
    run = sztuka(*command, "--lang", "both")
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    for part in (code, serial, "Wykaz sprzętu u klienta / Holdings list"):
        assert part in text(path)
