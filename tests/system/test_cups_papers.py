"""Every kind of paper comes out of a real CUPS queue as it is kept; the program prints from its screens."""

import hashlib
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from screens.papers import FORMS, PaperForm
from store.database import open_database
from store.domain.documents import NewLine
from store.domain.papers import PaperCode
from store.migrate import migrate
from store.operations.delivering import finalise
from tests.store.company import found_company
from tests.store.counts import count, post
from tests.store.test_deals import make
from tests.store.test_repairs import intake
from tests.store.test_replacing import replaced
from tests.system.cups import Cups, cups
from tests.system.program import command, make_demo, settings, sign_in
from tests.system.terminal import running

QUEUE, LABELS = "office", "labels"
PRINTED = [form for form in FORMS if form.code is not PaperCode.LETTER]
"""What `sztuka print` prints; a letter needs its template, and has a command of its own."""
Subjects = Mapping[PaperCode, str]
"""A document or a party that has such a paper, by its number or code."""


@pytest.fixture(scope="module")
def server() -> Iterator[Cups]:
    """A print server with a queue for papers and one for labels."""
    folder = Path(tempfile.mkdtemp(prefix="sztuka-cups-"))
    try:
        with cups(folder) as running:
            running.queue(QUEUE)
            running.queue(LABELS)
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Subjects]:
    """A store in which laptops came in, were sold and lent, and what has each kind of paper."""
    path = tmp_path_factory.mktemp("company") / "store.db"
    database = open_database(str(path))
    with database.connection_context():
        migrate(database)
        found = found_company(database)
        found.stock(found.laptop, "LT000001", "LT000002", "LT000003")
        issue = found.issue(NewLine(product_id=found.laptop.id))
        found.accept(issue, "LT000001", "LT000002")
        found.stock(found.laptop, "LT000004")
        sold = found.close(issue)
        lent = found.lend("LT000003")
        taken = intake(found, "LT000001")
        deal = make(found, (found.laptop, 2))
        found.run(finalise, found.actor(), deal.head.id)
        swapped = replaced(found, "LT000002", "LT000004")
        counted = post(found, count(found))
    posted = (lent, sold, taken, counted, swapped)
    numbers = {document.type: document.number or "" for document in posted}
    return path, {
        form.code: deal.head.number
        if form.of_deal
        else next((numbers[kind] for kind in numbers if kind in form.types), found.customer.code)
        for form in PRINTED
    }


def newest(store: Path, statement: str) -> tuple[object, ...]:
    """Return the last row of a query."""
    with closing(sqlite3.connect(store)) as connection:
        row: tuple[object, ...] = connection.execute(f"{statement} ORDER BY id DESC LIMIT 1").fetchone()
        return row


@pytest.mark.parametrize("form", PRINTED, ids=lambda form: form.code)
def test_every_kind_of_paper_comes_out_as_it_is_kept(
    server: Cups, company: tuple[Path, Subjects], tmp_path: Path, form: PaperForm
) -> None:
    store, subjects = company
    environ = settings(
        tmp_path, CUPS_SERVER=str(server.socket), SZTUKA_PAPER_QUEUE=QUEUE, SZTUKA_PAPER_LABEL_QUEUE=LABELS
    )
    queue = LABELS if form.on_labels else QUEUE
    before = len(server.printed(queue))
    words = [*command(store), "print", subjects[form.code], "--kind", form.code, "--copies", "2"]
    run = subprocess.run(words, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stderr) == (0, f"Printed on {queue}.\n")
    (pdf, copies) = server.printed(queue)[before]
    assert copies == 2
    assert len(pypdfium2.PdfDocument(pdf)) >= 1
    assert newest(store, "SELECT kind, sha256 FROM paper") == (form.code, hashlib.sha256(pdf).hexdigest())


def test_the_program_prints_with_the_scanner_alone(server: Cups, tmp_path: Path) -> None:
    store = tmp_path / "demo.db"
    make_demo(store, tmp_path, units=100)
    (number,) = newest(store, "SELECT number FROM document WHERE type = 'issue' AND status = 'posted'")
    before = len(server.printed(QUEUE))
    environ = settings(tmp_path, CUPS_SERVER=str(server.socket), SZTUKA_PAPER_QUEUE=QUEUE)
    with running(command(store), size=(80, 24), environ=environ) as screen:
        screen.shows("Scan your badge", "F1")
        screen.settle()
        sign_in(screen)
        screen.scan(str(number))
        screen.shows("This document is posted")
        screen.scan("%SZ%PRINT")
        screen.shows(f"Papers of {number}", QUEUE)
        screen.scan("%SZ%1")
        screen.shows(f"Printed on {QUEUE}.")
    assert len(server.printed(QUEUE)) == before + 1
