"""Printing through a real CUPS: each way in which it can end is told apart, and in time."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from print.spool import spool
from store.domain.printing import Printed, PrintState
from tests.system.cups import Behaviour, Cups, cups
from tests.system.terminal import PATIENCE

PDF = b"%PDF-1.4 a paper\n" + bytes(range(256)) * 400
SECONDS = 10.0
"""Within which a person is told."""


@pytest.fixture(scope="module")
def _server() -> Iterator[Cups]:
    folder = Path(tempfile.mkdtemp(prefix="sztuka-cups-"))
    try:
        with cups(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def server(_server: Cups, monkeypatch: pytest.MonkeyPatch) -> Cups:
    """A server that this process prints on."""
    monkeypatch.setenv("CUPS_SERVER", str(_server.socket))
    return _server


Print = Callable[..., Awaitable[Printed]]


@pytest.fixture
def printing(tmp_path: Path) -> Print:
    """Print, and be told in time."""

    async def run(queue: str, *, copies: int = 1, title: str = "WZ/2026/000123") -> Printed:
        began = time.monotonic()
        printed = await spool(PDF, queue=queue, copies=copies, title=title, folder=tmp_path / "papers")
        assert time.monotonic() - began < SECONDS
        return printed

    return run


def come_out(server: Cups, queue: str) -> list[tuple[bytes, int]]:
    """Return what came out of a printer, once something did and the server knows it."""
    deadline = time.monotonic() + PATIENCE
    while server.admin("lpstat", "-o", queue).strip() and time.monotonic() < deadline:
        pass
    return server.printed(queue)


def is_waiting(server: Cups, queue: str) -> bool:
    """Wait until the server has a job of a queue, and tell whether it has."""
    deadline = time.monotonic() + PATIENCE
    while not (found := server.admin("lpstat", "-o", queue).strip()) and time.monotonic() < deadline:
        pass
    return bool(found)


async def test_a_paper_comes_out_byte_for_byte_in_as_many_copies(server: Cups, printing: Print) -> None:
    server.queue("well")
    printed = await printing("well", copies=3, title="Wypożyczenie Łódź")
    assert (printed.state, printed.queue, printed.is_problem) == (PrintState.PRINTED, "well", False)
    assert printed.job.startswith("well-")
    assert server.printed("well") == [(PDF, 3)]


async def test_a_busy_printer_is_queued_and_prints_later(server: Cups, printing: Print) -> None:
    server.queue("busy", Behaviour.BUSY)
    assert (await printing("busy")).state is PrintState.QUEUED
    (server.papers("busy") / "go").touch()
    assert come_out(server, "busy") == [(PDF, 1)]


async def test_out_of_paper_is_told_in_the_printers_own_words(server: Cups, printing: Print) -> None:
    server.queue("empty", Behaviour.EMPTY)
    printed = await printing("empty")
    assert (printed.state, printed.reason, printed.is_problem) == (
        PrintState.STOPPED, "Load paper into tray 1", True,
    )  # fmt: skip
    assert "media-empty" in printed.alerts


async def test_a_printer_that_is_off_is_told_and_prints_when_it_is_on(server: Cups, printing: Print) -> None:
    server.queue("off", Behaviour.OFFLINE)
    printed = await printing("off")
    assert (printed.state, printed.alerts) == (PrintState.STOPPED, ("offline",))
    assert printed.reason == "The printer is not responding"
    (server.papers("off") / "on").touch()
    assert come_out(server, "off") == [(PDF, 1)]


async def test_a_stopped_queue_keeps_the_paper_for_later(server: Cups, printing: Print) -> None:
    server.queue("paused")
    server.admin("cupsdisable", "-r", "Toner wird gewechselt", "paused")
    printed = await printing("paused")
    assert (printed.state, printed.reason) == (PrintState.STOPPED, "Toner wird gewechselt")
    server.admin("cupsenable", "paused")
    assert come_out(server, "paused") == [(PDF, 1)]


async def test_a_queue_that_takes_nothing_says_so(server: Cups, printing: Print) -> None:
    server.queue("closed")
    server.admin("cupsreject", "closed")
    printed = await printing("closed")
    assert (printed.state, printed.job) == (PrintState.FAILED, "")
    assert "not accepting jobs" in printed.reason


async def test_a_paper_that_is_cancelled_at_the_printer_was_not_printed(
    server: Cups, printing: Print
) -> None:
    server.queue("cancelled", Behaviour.BUSY)
    waiting = asyncio.create_task(printing("cancelled"))
    assert await asyncio.to_thread(is_waiting, server, "cancelled")
    server.admin("cancel", "-a", "cancelled")
    assert (await waiting).state is PrintState.FAILED


async def test_an_unknown_queue_and_a_server_that_is_down_are_told_apart(
    server: Cups, printing: Print
) -> None:
    assert (await printing("nowhere")).state is PrintState.NO_QUEUE
    server.stop()
    try:
        assert (await printing("nowhere")).state is PrintState.DOWN
    finally:
        server.start()


async def test_a_server_that_hangs_is_told_in_time_and_leaves_no_program_behind(
    server: Cups, printing: Print
) -> None:
    server.queue("hung")
    with server.hanging():
        assert (await printing("hung")).state is PrintState.HUNG
    assert (await printing("hung")).state is PrintState.PRINTED


async def test_without_cups_or_queue_the_paper_is_a_new_file(
    printing: Print, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = tmp_path / "papers"
    first = await printing("")
    assert (first.state, first.file) == (PrintState.SAVED, str(papers / "WZ-2026-000123.pdf"))
    monkeypatch.setenv("PATH", str(tmp_path))
    second = await printing("office")
    assert (second.state, second.file) == (PrintState.SAVED, str(papers / "WZ-2026-000123-2.pdf"))
    assert {path.read_bytes() for path in papers.iterdir()} == {PDF}
