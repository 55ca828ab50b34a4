"""Scans into the real program, on a terminal whose bytes and times are counted."""

import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import big_store
from tests.system import program
from tests.system.terminal import Terminal

SCANS = 60
BATCHES = itertools.count()


@contextmanager
def scanning(store: Path, folder: Path, size: tuple[int, int] = (80, 24)) -> Iterator[Terminal]:
    """Run the program, with the delivery of 2,000 scans on its screen."""
    with program.program(store, folder, size=size) as terminal:
        program.sign_in(terminal)
        program.open_document(terminal, "1", big_store.DELIVERY)
        terminal.shows("/20000")
        yield terminal


def serials(count: int) -> list[str]:
    """Return serials of 30 characters that were never used before; 13 of them tell each from the others."""
    batch = next(BATCHES)
    return [f"S{batch:03}N{number:06}".ljust(30, "X") for number in range(count)]


def drafts(store: Path, batch: list[str]) -> list[str]:
    """Return those of `batch` that the store has as accepted scans, in the order of acceptance."""
    with big_store.opened(store) as database:
        rows = database.execute_sql(
            "SELECT serial FROM draft_scan WHERE serial LIKE ? AND state = 'draft' ORDER BY id",
            (f"{batch[0][:5]}%",),
        ).fetchall()
    return [row[0] for row in rows]


def mark(serial: str) -> bytes:
    """Return the part of a serial that is shown at every size."""
    return serial[:13].encode()


def painted(terminal: Terminal, serial: str, *, quiet: float = 0.02) -> float:
    """Scan and return the seconds until the row is on its way to the eye; then wait until nothing moves."""
    began = time.monotonic()
    terminal.scan(serial)
    seconds = terminal.read_until(mark(serial)) - began
    terminal.settle(quiet)
    return seconds


def bytes_of_scans(store: Path, folder: Path, size: tuple[int, int]) -> list[int]:
    """Return how many bytes each of some scans sends to the terminal, counters and message included."""
    counts = []
    with scanning(store, folder, size) as terminal:
        for serial in serials(SCANS):
            before = terminal.received
            painted(terminal, serial, quiet=0.1)
            counts.append(terminal.received - before)
    return counts
