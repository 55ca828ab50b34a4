"""What papers cost: time against bare reportlab, memory, and the screen beside them."""

import asyncio
import pickle
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.platypus import SimpleDocTemplate, Table
from textual.events import Key

from print.drawing import Job, Result
from print.fonts import typeface
from print.pdf_text import pages_of
from print.warranty_card import warranty_card
from screens.paper_desk import PaperDesk
from screens.paper_subject import of_document
from screens.session import Session
from screens.widgets.text_line import TextLine
from store.database import open_database
from store.domain.documents import NewLine
from store.domain.language import Language, catalogues
from store.domain.papers import PaperParty, PaperSetup, WarrantyCard, WarrantyLine
from store.lane import Lane
from store.migrate import migrate
from store.operations.entry import enter_range
from store.queries import documents
from tests.bench.budget import Table as Budgets
from tests.bench.budget import milliseconds, percentile
from tests.print.papers import laptops, note
from tests.screens.stage import Stage, staged
from tests.store.company import found_company
from tui import speech

UNITS, PRODUCTS = 100, 10
RATIO = 3.0
ROUNDS = 15
LONG = 2_000
MEGABYTES = 150
KEY_SECONDS = 0.1


def card() -> WarrantyCard:
    """A card of 100 units: ten products with ten serials each."""
    lines = tuple(
        WarrantyLine(
            name=f"Laptop Norvik 14 {product}", sku=f"NV-L14-{product}", months=36, until=date(2029, 11, 24),
            quantity=Decimal(UNITS // PRODUCTS),
            serials=tuple(f"NV14{product:02}{piece:06}" for piece in range(UNITS // PRODUCTS)),
        )
        for product in range(PRODUCTS)
    )  # fmt: skip
    us = PaperParty(name="Hurtownia Żółw S.A.", tax_id="1234563218", address="ul. Krótka 1")
    return WarrantyCard(
        number="WZ/2026/000123", day=date(2026, 11, 24), guarantor=us, customer=us, lines=lines
    )


def bare(record: WarrantyCard) -> bytes:
    """The same table and nothing else, as reportlab's manual has it."""
    rows: list[list[str]] = [["No.", "Name and serials", "", "SKU", "Months", "Qty", "Until"]]
    for position, line in enumerate(record.lines, start=1):
        rows.append(
            [
                str(position),
                line.name,
                "",
                line.sku,
                str(line.months),
                str(line.quantity),
                line.until.isoformat(),
            ]
        )
        serials = list(line.serials)
        rows += [["", *serials[start : start + 3]] for start in range(0, len(serials), 3)]
    rows = [row + [""] * (7 - len(row)) for row in rows]
    drawn = Table(rows, repeatRows=1)
    drawn.setStyle([("FONT", (0, 0), (-1, -1), typeface().regular, 8.5)])
    target = BytesIO()
    SimpleDocTemplate(target, pagesize=A4).build([drawn])
    return target.getvalue()


def taken(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def test_the_time_of_a_warranty_card(table: Budgets) -> None:
    speech.speak(Language.PL)
    record = card()
    ours, theirs = [], []
    for _round in range(ROUNDS):
        theirs.append(taken(lambda: bare(record)))
        ours.append(taken(lambda: warranty_card(record, Language.PL)))
    ratio = statistics.median(ours) / statistics.median(theirs)
    table.add(
        f"warranty card of {UNITS} units to PDF",
        target=f"at most {RATIO:g}x the same table in bare reportlab",
        measured=f"{ratio:.1f}x, {milliseconds(statistics.median(ours))}",
        floor=milliseconds(statistics.median(theirs)),
        is_kept=ratio <= RATIO,
    )
    assert ratio <= RATIO


def test_the_memory_of_a_long_paper(table: Budgets) -> None:
    speech.speak(Language.PL)
    job = Job(
        function="print.goods_note:goods_note",
        arguments=(note(*(laptops(1, name=f"Model {number}") for number in range(LONG))), Language.PL),
        catalogues=catalogues(),
    )
    script = (
        "import sys; from print import worker; worker.main()\n"
        "from tests.bench.budget import highest_memory; print(highest_memory(), file=sys.stderr)"
    )
    began = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2], input=pickle.dumps(job), capture_output=True, check=True,
    )  # fmt: skip
    seconds = time.perf_counter() - began
    result: Result = pickle.loads(run.stdout)
    used = int(run.stderr)
    pages = len(pages_of(result.value))
    table.add(
        f"a paper of {LONG:,} units, each of another product, drawn",
        target=f"under {MEGABYTES} MB",
        measured=f"{used:.0f} MB, {pages} pages in {seconds:.1f} s",
        is_kept=used < MEGABYTES,
    )
    assert used < MEGABYTES


async def answered(stage: Stage) -> float:
    """Return the seconds from a key to the painted line that it changes, without the stage's own waiting."""
    line, painted = stage.app.screen.query_one("#settings", TextLine), asyncio.Event()
    before, driver = line.text, stage.app._driver
    assert driver is not None
    began = time.perf_counter()
    driver.send_message(Key("f2", None))
    while line.text == before:  # noqa: ASYNC110 - a key is answered by the screen, which knows no event for it
        await asyncio.sleep(0.001)
    line.call_after_refresh(painted.set)
    await painted.wait()
    return time.perf_counter() - began


async def test_keys_while_a_long_paper_is_drawn(table: Budgets, tmp_path: Path, *, times_count: bool) -> None:
    speech.speak(Language.PL)
    database = open_database(str(tmp_path / "store.db"))
    with database.connection_context():
        migrate(database)
        company = found_company(database)
        delivery = company.delivery(NewLine(product_id=company.laptop.id))
        (line,) = documents.lines(delivery.id)
        company.run(enter_range, company.actor(), delivery.id, line.id, "LT000001", count=LONG, token="range")
        posted = company.close(delivery)
    lane = Lane(database)
    await lane.start()
    setup = PaperSetup(folder=tmp_path / "papers")
    session = Session(
        lane=lane, terminal=company.desk, operator=company.chief, bell=False, papers=lambda: setup
    )
    waits: list[float] = []
    try:
        async with staged(PaperDesk(session, of_document(posted)), session, (80, 24)) as stage:
            await stage.shows("1 kopia")
            idle = [await answered(stage) for _key in range(20)]
            await stage.press("1")
            while not any(setup.folder.glob("*.pdf")):
                waits.append(await answered(stage))
    finally:
        await lane.close()
    worst = percentile(waits, 0.95)
    table.add(
        f"a key, answered while a paper of {LONG:,} units is drawn and kept",
        target=f"p95 {milliseconds(KEY_SECONDS)}",
        measured=f"{milliseconds(worst)}, {len(waits)} keys",
        floor=f"{milliseconds(percentile(idle, 0.95))} while nothing is drawn",
        is_kept=worst <= KEY_SECONDS,
    )
    assert waits
    assert not times_count or worst <= KEY_SECONDS
