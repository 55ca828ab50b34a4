"""Papers from the screens: after closing, from the list, of a unit; seen, printed, saved, printed again."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from screens.document_list import DocumentList
from screens.entry import Entry
from screens.issue import Issue
from screens.notice import Notice
from screens.paper_desk import PaperDesk
from screens.paper_preview import PaperPreview
from screens.paper_subject import of_document, of_unit
from screens.refusal_panel import RefusalPanel
from screens.session import Session
from store.domain.documents import Document, NewLine
from store.domain.language import Language
from store.domain.papers import Letterhead, PaperLanguage, PaperSetup
from store.models.sql import select
from store.queries.documents import head
from store.queries.units import by_number
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing, Stage
from tui import speech


@pytest.fixture(autouse=True)
def _english() -> None:
    speech.speak(Language.EN)


def made(folder: Path, name: str = "*") -> list[Path]:
    """Return the papers that became files."""
    return sorted(folder.glob(f"{name}.pdf"))


@pytest.fixture
def folder(session: Session, tmp_path: Path) -> Path:
    """Where papers become files: nothing is set up to print with."""
    papers = tmp_path / "papers"
    setup = PaperSetup(
        folder=papers, language=PaperLanguage.EN, letterhead=Letterhead(footers={Language.EN: "Our footer"})
    )
    session.papers = lambda: setup
    return papers


@pytest.fixture
def issued(company: Warehouse) -> Document:
    """A posted issue of two laptops."""
    company.stock(company.laptop, "LT000001", "LT000002")
    issue = company.issue(NewLine(product_id=company.laptop.id))
    company.accept(issue, "LT000001", "LT000002")
    return company.close(issue)


def prints(company: Warehouse) -> list[tuple[object, ...]]:
    rows = company.run(
        select,
        "SELECT p.kind, p.language, t.state, t.is_copy, t.copies, t.operator_name AS name FROM paper_print t "
        "JOIN paper p ON p.id = t.paper_id ORDER BY t.id",
    )
    return [(row["kind"], row["language"], row["state"], bool(row["is_copy"]), row["copies"]) for row in rows]


def text(path: Path) -> str:
    return "".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path.read_bytes())
    )


async def printed(stage: Stage, file: str) -> None:
    """Wait until it is said where the paper is; a text wider than the screen waits to be acknowledged."""
    await stage.shows("Saved as")
    assert [path for path in made(stage.session.papers().folder) if file in path.name]
    if isinstance(stage.app.screen, Notice):
        await stage.shows(file)
        await stage.command("OK")
    await stage.on_top(PaperDesk)


async def test_a_closed_document_is_printed_with_the_scanner_alone(
    show: Showing, session: Session, company: Warehouse, folder: Path
) -> None:
    company.stock(company.laptop, "LT000001")
    issue = company.issue(NewLine(product_id=company.laptop.id))
    async with show(Issue(session, issue.id)) as stage:
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.command("CLOSE")
        await stage.command("YES")
        await stage.shows("WZ/2026/000001", "F5: print")
        await stage.command("PRINT")
        await stage.on_top(PaperDesk)
        await stage.shows("Papers of", "1 copy, English")
        await stage.command("1")
        await printed(stage, "WZ-2026-000001-note.pdf")
        await stage.command("BACK")
        await stage.done()
    path = folder / "WZ-2026-000001-note.pdf"
    assert "Our footer" in text(path)
    assert "LT000001" in text(path)
    assert prints(company) == [("note", "en", "saved", False, 1)]


async def test_language_and_copies_are_chosen_and_the_next_print_is_a_copy(
    show: Showing, session: Session, company: Warehouse, folder: Path, issued: Document
) -> None:
    async with show(PaperDesk(session, of_document(issued))) as stage:
        await stage.shows("1 copy, English")
        await stage.press("f2")
        await stage.shows("1 copy, Polish and")
        await stage.command("QTY 3")
        await stage.shows("3 copies")
        await stage.press("f3")
        await stage.on_top(Entry)
        await stage.press("ctrl+u", "0", "enter")
        await stage.shows("A number from 1")
        await stage.press("ctrl+u", "2", "enter")
        await stage.shows("2 copies")
        await stage.press("2")
        await printed(stage, "warranty.pdf")
        await stage.shows("saved x2")
        await stage.press("4")
        await printed(stage, "warranty-2.pdf")
    assert prints(company) == [
        ("warranty", "both", "saved", False, 2),
        ("warranty", "both", "saved", True, 2),
    ]
    assert "KOPIA / COPY" not in text(folder / "WZ-2026-000001-warranty.pdf")
    assert "KOPIA / COPY" in text(folder / "WZ-2026-000001-warranty-2.pdf")


async def test_a_paper_is_seen_before_it_is_printed(
    show: Showing, session: Session, folder: Path, issued: Document
) -> None:
    async with show(PaperDesk(session, of_document(issued))) as stage:
        await stage.shows("1 copy")
        await stage.command("PREVIEW")
        await stage.on_top(PaperPreview)
        await stage.shows("1 page", "WZ/2026/000001")
        for _page in range(30):
            if "LT000002" in stage.text():
                break
            await stage.command("MORE")
        await stage.shows("LT000002")
        await stage.command("BACK")
        await stage.on_top(PaperDesk)
    assert made(folder) == []


async def test_a_paper_is_saved_even_where_there_is_a_printer(
    show: Showing, session: Session, company: Warehouse, folder: Path, issued: Document
) -> None:
    setup = replace(session.papers(), queue="office")
    session.papers = lambda: setup
    async with show(PaperDesk(session, of_document(issued))) as stage:
        await stage.shows("1 copy, English, of")
        await stage.command("SAVE")
        await printed(stage, "note.pdf")
    assert prints(company) == [("note", "en", "saved", False, 1)]


async def test_a_print_server_that_is_down_has_to_be_acknowledged_and_the_paper_is_kept(
    show: Showing,
    session: Session,
    company: Warehouse,
    folder: Path,
    issued: Document,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, said in (("lp", "exit 1"), ("lpstat", "echo scheduler is not running")):
        (programs / name).write_text(f"#!/bin/sh\n{said}\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    setup = replace(session.papers(), queue="office")
    session.papers = lambda: setup
    async with show(PaperDesk(session, of_document(issued))) as stage:
        await stage.shows("1 copy, English, of")
        await stage.press("1")
        await stage.on_top(RefusalPanel)
        await stage.shows("The print server does not run.")
        await stage.command("OK")
        await stage.on_top(PaperDesk)
        await stage.shows("not printed")
    assert prints(company) == [("note", "en", "down", False, 1)]
    assert made(folder) == []


async def test_an_open_document_has_no_papers_and_a_posted_one_has_them_from_the_list(
    show: Showing, session: Session, company: Warehouse, folder: Path, issued: Document
) -> None:
    company.issue(NewLine(product_id=company.laptop.id), reference="OPEN-1")
    async with show(DocumentList(session, Issue)) as stage:
        await stage.shows("OPEN-1")
        await stage.press("f5")
        await stage.on_top(RefusalPanel)
        await stage.command("OK")
        await stage.command("POSTED")
        await stage.shows("WZ/2026/000001")
        await stage.command("PRINT")
        await stage.on_top(PaperDesk)
        await stage.command("BACK")
        await stage.press("1")
        await stage.on_top(Issue)
        await stage.press("ctrl+p")
        await stage.on_top(PaperDesk)


async def test_labels_of_a_delivery_begin_where_the_sheet_is_free(
    show: Showing, session: Session, company: Warehouse, folder: Path
) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    number = company.run(select, "SELECT id FROM document WHERE number = 'PZ/2026/000001'")[0]["id"]
    delivery = company.run(head, number)
    async with show(PaperDesk(session, of_document(delivery))) as stage:
        await stage.shows("Labels of units")
        await stage.press("2")
        await stage.on_top(Entry)
        await stage.shows("First free label")
        await stage.press("ctrl+u", "2", "4", "enter")
        await printed(stage, "labels.pdf")
        await stage.press("2")
        await stage.on_top(Entry)
        await stage.press("ctrl+u", "2", "5", "enter")
        await stage.on_top(RefusalPanel)
        await stage.shows("a sheet has the labels 1 to 24")
    assert len(pypdfium2.PdfDocument((folder / "PZ-2026-000001-labels.pdf").read_bytes())) == 2
    assert prints(company) == [("labels", "en", "saved", False, 1)]


async def test_a_single_label_of_a_unit(
    show: Showing, session: Session, company: Warehouse, folder: Path, issued: Document
) -> None:
    unit = company.run(by_number, "LT000002")[0]
    async with show(PaperDesk(session, of_unit(unit.id, unit.serial))) as stage:
        await stage.shows("LT000002", "Labels of units")
        await stage.press("1", "enter")
        await printed(stage, "labels")
    (path,) = made(folder)
    assert "LT000002" in text(path)
    assert "LT000001" not in text(path)
    assert company.run(select, "SELECT unit_id FROM paper_unit") == [{"unit_id": unit.id}]
