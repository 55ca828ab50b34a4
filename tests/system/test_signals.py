"""However the program ends, what was acknowledged is on disk, the scanner's reader is gone, no traceback."""

import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.system.program import command, make_demo, open_document, scan_all, settings, sign_in
from tests.system.terminal import Terminal, running

REFERENCE = "WX-2210"
SERIALS = [f"WXA69{number:07}" for number in range(6)]
PROMPT = 10.0
"""Seconds within which the program is gone."""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A demo company."""
    path = tmp_path / "demo.db"
    make_demo(path, tmp_path, units=400)
    return path


@pytest.fixture
def scanner(tmp_path: Path) -> dict[str, str]:
    """Settings with a scanner in serial mode, which is a pty: its reader is a process of its own."""
    ours, theirs = os.openpty()
    config = tmp_path / "config.toml"
    config.write_text(f'[[scanners]]\nid = "{os.ttyname(theirs)}"\nname = "Bench"\nkind = "serial"\n')
    return settings(tmp_path, SZTUKA_CONFIG=str(config)) | {"OURS": str(ours)}


def taken(store: Path) -> list[str]:
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute(
            "SELECT s.serial FROM draft_scan s JOIN document d ON d.id = s.document_id"
            " WHERE d.reference = ? AND s.state = 'draft' ORDER BY s.id",
            (REFERENCE,),
        )
        return [row[0] for row in rows]


def children(pid: int) -> list[int]:
    words = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [int(word) for word in words]


def scanning(screen: Terminal) -> None:
    """Sign in, open the delivery, and scan all serials; each is painted before the next comes."""
    screen.shows("Scan your badge")
    screen.settle()
    sign_in(screen)
    open_document(screen, "1", REFERENCE)
    scan_all(screen, SERIALS)


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGHUP, 129), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)],
    ids=["hang-up", "terminate", "kill"],
)
def test_a_signal_ends_it_and_loses_nothing(
    number: signal.Signals, code: int, store: Path, scanner: dict[str, str], tmp_path: Path
) -> None:
    with running(command(store), size=(40, 16), environ=scanner) as screen:
        scanning(screen)
        [agent] = children(screen.pid)
        screen.kill(number)
        assert screen.exit_code(PROMPT) == code
        deadline = time.monotonic() + PROMPT
        while Path(f"/proc/{agent}").exists():
            assert time.monotonic() < deadline, "the reader of the scanner outlived the program"
    assert taken(store) == SERIALS
    log = next((tmp_path / "xdg_state_home").rglob("*.log")).read_text("utf-8")
    assert "Traceback" not in log
    with running(command(store), size=(40, 16), environ=scanner) as screen:
        screen.shows("Scan your badge")
        screen.settle()
        sign_in(screen)
        open_document(screen, "1", REFERENCE)
        screen.shows("6/15", *SERIALS)


def test_a_closed_terminal_ends_it(store: Path, tmp_path: Path) -> None:
    with running(command(store), environ=settings(tmp_path)) as screen:
        scanning(screen)
        screen.hang_up()
        assert screen.exit_code(PROMPT) == 129
    assert taken(store) == SERIALS


def test_a_scanner_in_serial_mode_scans_into_the_delivery(store: Path, scanner: dict[str, str]) -> None:
    with running(command(store), environ=scanner) as screen:
        screen.shows("Scan your badge")
        screen.shows("Bench: ready to scan.")
        sign_in(screen)
        open_document(screen, "1", REFERENCE)
        for serial in SERIALS:
            os.write(int(scanner["OURS"]), serial.encode() + b"\r\n")
        screen.shows(*SERIALS)
    assert taken(store) == SERIALS


@pytest.mark.parametrize(
    "variables",
    [
        {"TEXTUAL_COLOR_SYSTEM": ""},
        {"NO_COLOR": "1"},
        {"TERM": "linux"},
        {"TERM": "vt100", "LANG": "C"},
        {"LC_ALL": "POSIX"},
    ],
    ids=lambda variables: " ".join(f"{name}={value}" for name, value in variables.items()),
)
def test_it_works_on_a_poor_terminal(variables: dict[str, str], store: Path, tmp_path: Path) -> None:
    with running(command(store), size=(40, 16), environ=settings(tmp_path) | variables) as screen:
        scanning(screen)
    assert taken(store) == SERIALS


def test_a_pin_that_is_typed_ahead_stays_hidden(store: Path, tmp_path: Path) -> None:
    with running(command(store), environ=settings(tmp_path)) as screen:
        screen.shows("Scan your badge")
        screen.settle()
        screen.send("104\r12")
        screen.shows("104", "••")
        assert "12" not in screen.text()
        screen.send("34\r")
        screen.shows("Deliveries")


def test_it_says_why_it_needs_a_terminal(store: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        command(store), env=settings(tmp_path), stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("sztuka: the program needs a terminal")


@pytest.mark.parametrize("seconds", [0.45, 0.5, 0.55])
def test_a_scan_soon_after_a_digit_chooses_no_row(seconds: float, store: Path, tmp_path: Path) -> None:
    """Taken for typing, WX-2210 would open the second delivery: its 2 is a digit of the list."""
    with running(command(store), environ=settings(tmp_path)) as screen:
        screen.shows("Scan your badge")
        screen.settle()
        sign_in(screen)
        at = time.monotonic()
        screen.send("1")
        screen.shows("F2 New", REFERENCE)
        screen.wait_until(lambda: time.monotonic() >= at + seconds)
        screen.scan(REFERENCE)
        screen.shows("F10", "0/15")


def test_a_short_code_on_the_menu_chooses_no_row(store: Path, tmp_path: Path) -> None:
    """Taken for typing, B2 would open the issues: its 2 is a digit of the menu."""
    with running(command(store), environ=settings(tmp_path)) as screen:
        screen.shows("Scan your badge")
        screen.settle()
        sign_in(screen)
        screen.scan("B2")
        screen.shows("B2 is not known here")
        screen.press("enter")
        screen.shows("1 Deliveries", "2 Issues")
