"""Every kind of paper comes out of a real CUPS queue as it is kept; the program prints from its screens."""

import hashlib
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from screens.papers import FORMS, PaperForm
from tests.system.cups import Cups, cups
from tests.system.program import command, make_demo, settings, sign_in
from tests.system.terminal import running

QUEUE, LABELS = "office", "labels"


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
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo company."""
    folder = tmp_path_factory.mktemp("demo")
    make_demo(folder / "demo.db", folder, units=400)
    return folder / "demo.db"


def rows(store: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(statement).fetchall()


def subject(store: Path, form: PaperForm) -> str:
    """Return something that has such a paper: a posted document, or a party that has something of ours."""
    if not form.types:
        return str(
            rows(store, "SELECT p.code FROM party p JOIN unit u ON u.place_id = p.place_id LIMIT 1")[0][0]
        )
    kinds = ", ".join(f"'{kind}'" for kind in sorted(form.types))
    found = rows(
        store,
        "SELECT d.number FROM document d JOIN movement m ON m.document_id = d.id JOIN product p ON "
        f"p.id = m.product_id WHERE d.type IN ({kinds}) AND m.unit_id IS NOT NULL AND p.warranty_months > 0 "
        "ORDER BY d.id DESC LIMIT 1",
    )
    return str(found[0][0])


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_every_kind_of_paper_comes_out_as_it_is_kept(
    server: Cups, store: Path, tmp_path: Path, form: PaperForm
) -> None:
    environ = settings(
        tmp_path, CUPS_SERVER=str(server.socket), SZTUKA_PAPER_QUEUE=QUEUE, SZTUKA_PAPER_LABEL_QUEUE=LABELS
    )
    queue = LABELS if form.on_labels else QUEUE
    before = len(server.printed(queue))
    words = [*command(store), "print", subject(store, form), "--kind", form.code, "--copies", "2"]
    run = subprocess.run(words, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stderr) == (0, f"Printed on {queue}.\n")
    (pdf, copies) = server.printed(queue)[before]
    assert copies == 2
    assert len(pypdfium2.PdfDocument(pdf)) >= 1
    (kept,) = rows(store, "SELECT kind, sha256 FROM paper ORDER BY id DESC LIMIT 1")
    assert kept == (form.code, hashlib.sha256(pdf).hexdigest())


def test_the_program_prints_with_the_scanner_alone(server: Cups, store: Path, tmp_path: Path) -> None:
    number = subject(store, FORMS[0])
    before = len(server.printed(QUEUE))
    environ = settings(tmp_path, CUPS_SERVER=str(server.socket), SZTUKA_PAPER_QUEUE=QUEUE)
    with running(command(store), size=(80, 24), environ=environ) as screen:
        screen.shows("Scan your badge", "F1")
        screen.settle()
        sign_in(screen)
        screen.scan(number)
        screen.shows("This document is posted")
        screen.scan("%SZ%PRINT")
        screen.shows(f"Papers of {number}", QUEUE)
        screen.scan("%SZ%1")
        screen.shows(f"Printed on {QUEUE}.")
    assert len(server.printed(QUEUE)) == before + 1
