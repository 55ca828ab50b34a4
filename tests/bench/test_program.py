"""What a person at the terminal waits for: the real program in a real pty, beside a bare Textual app."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bench.budget import Table, milliseconds, percentile
from tests.bench.driving import bytes_of_scans, drafts, mark, painted, scanning, serials
from tests.system import program
from tests.system.terminal import Terminal, cpu_seconds, memory, running

BARE = [sys.executable, "-m", "tests.bench.bare"]
SCANS = 500
WARM_UP = 30
SCAN_RATIO = 1.5
STARTS = 7
START_RATIO = 2.0
IDLE_SECONDS = 30.0
IDLE_RATIO = 1.5
RATE, RATE_SECONDS = 50, 60
FIRST_RATE, FIRST = 100, 2_500
"""Scans before the minute, until SQLite's cache (2 MB) and Python's own reserves are full."""
MOST_GROWTH = 512
"""KiB that the heap may grow within the minute and still be called flat: 175 bytes a scan."""


def test_scan_to_painted_row(big: Path, tmp_path: Path, table: Table) -> None:
    batch = serials(SCANS + WARM_UP)
    ours, bare = [], []
    with scanning(big, tmp_path) as terminal, running(BARE) as floor:
        floor.shows("bare")
        for serial in batch:
            # In turns, so that whatever else this machine does meets both.
            bare.append(painted(floor, serial))
            ours.append(painted(terminal, serial))
    assert drafts(big, batch) == batch
    ours, bare = ours[WARM_UP:], bare[WARM_UP:]
    ratio = percentile(ours, 0.99) / percentile(bare, 0.99)
    is_kept = ratio <= SCAN_RATIO
    table.add(
        "30 characters + Enter to painted, committed row, 2,000 rows, 1,000,000 units",
        target=f"p99 <= {SCAN_RATIO}x bare",
        measured=f"p99 {ratio:.2f}x ({_three(ours)})",
        floor=f"bare app {_three(bare)}",
        is_kept=is_kept,
    )
    assert is_kept, ratio


def _three(times: list[float]) -> str:
    return (
        "p50/p95/p99 "
        + "/".join(f"{percentile(times, share) * 1000:.1f}" for share in (0.5, 0.95, 0.99))
        + " ms"
    )


def send(terminal: Terminal, batch: list[str], rate: int) -> float:
    """Scan `batch` at `rate` a second, whatever the program does; return how late the last row was."""
    began = time.monotonic()
    for number, serial in enumerate(batch):
        due = began + number / rate
        while (left := due - time.monotonic()) > 0:
            terminal.read(left)
        terminal.scan(serial)
    sent = time.monotonic()
    late = terminal.read_until(mark(batch[-1])) - sent
    terminal.settle()
    return late


def test_many_scans_a_second(big: Path, tmp_path: Path, table: Table) -> None:
    first, batch = serials(FIRST), serials(RATE * RATE_SECONDS)
    with scanning(big, tmp_path) as terminal:
        send(terminal, first, FIRST_RATE)
        before = memory(terminal.pid)["anonymous"]
        late = send(terminal, batch, RATE)
        after = memory(terminal.pid)["anonymous"]
    kept = drafts(big, batch)
    is_kept = kept == batch and after - before <= MOST_GROWTH
    table.add(
        f"{RATE} scans a second for {RATE_SECONDS} s on one terminal",
        target="none lost, memory flat",
        measured=f"{len(kept):,} of {len(batch):,} in order, the last after {milliseconds(late)}, "
        f"heap {before / 1024:.2f} -> {after / 1024:.2f} MiB",
        is_kept=is_kept,
    )
    assert kept == batch
    assert after - before <= MOST_GROWTH, (before, after)


def test_start(big: Path, tmp_path: Path, table: Table) -> None:
    imports, starts = [], []
    for _run in range(STARTS):
        began = time.monotonic()
        subprocess.run([sys.executable, "-c", "import textual.app"], check=True)
        imports.append(time.monotonic() - began)
        began = time.monotonic()
        with running(program.command(big), environ=program.settings(tmp_path)) as terminal:
            terminal.shows("Scan your badge", "F1")
            terminal.settle()
            # The last byte before the silence: what is painted twice counts the second time.
            starts.append(terminal.last_at - began)
    floor, start = percentile(imports, 0.5), percentile(starts, 0.5)
    is_kept = start <= START_RATIO * floor
    table.add(
        "start to first full paint (sign-in screen), median",
        target=f"<= {START_RATIO:.0f}x import textual.app",
        measured=f"{start / floor:.2f}x ({milliseconds(start)})",
        floor=f"import textual.app {milliseconds(floor)}",
        is_kept=is_kept,
    )
    assert is_kept


def test_idle(big: Path, tmp_path: Path, table: Table) -> None:
    with scanning(big, tmp_path) as terminal, running(BARE) as floor:
        floor.shows("bare")
        terminal.settle(2.0)
        floor.settle(2.0)
        received = terminal.received
        began = [cpu_seconds(one.pid) for one in (terminal, floor)]
        deadline = time.monotonic() + IDLE_SECONDS
        while (left := deadline - time.monotonic()) > 0:
            terminal.read(left)
        ours, bare = (
            cpu_seconds(one.pid) - before for one, before in zip((terminal, floor), began, strict=True)
        )
        sent = terminal.received - received
    is_kept = sent == 0 and ours <= IDLE_RATIO * bare
    table.add(
        f"idle for {IDLE_SECONDS:.0f} s on a delivery of 2,000 scans",
        target=f"0 bytes, <= {IDLE_RATIO}x the CPU of an empty app",
        measured=f"{sent} bytes, {ours / bare:.2f}x ({100 * ours / IDLE_SECONDS:.2f}% of a core)",
        floor=f"empty app {100 * bare / IDLE_SECONDS:.2f}% of a core",
        is_kept=is_kept,
    )
    assert sent == 0
    assert is_kept, (ours, bare)


@pytest.mark.parametrize(("size", "most", "floor"), [((80, 24), 450, 224), ((20, 16), 220, 103)])
def test_bytes_per_scan(
    size: tuple[int, int], most: int, floor: int, big: Path, tmp_path: Path, table: Table
) -> None:
    counts = bytes_of_scans(big, tmp_path, size)
    median = percentile(counts, 0.5)
    table.add(
        f"bytes to the terminal per accepted scan at {size[0]}x{size[1]}, median",
        target=f"<= {most}",
        measured=f"{median:.0f} (page turned: {max(counts)})",
        floor=str(floor),
        is_kept=median <= most,
    )
    assert median <= most
