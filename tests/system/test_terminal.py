"""The terminal of the tests itself: what the other tests trust."""

import signal
import sys
from collections.abc import Sequence

import pytest

from tests.system.terminal import GoneError, Terminal, cpu_seconds, memory, running

ECHO = """
import sys, tty
tty.setraw(0)
print("ready", end="\\r\\n", flush=True)
while line := sys.stdin.buffer.raw.read(99):
    print(repr(line), end="\\r\\n", flush=True)
"""
SIZE = """
import os, signal
def tell(*_): print(*os.get_terminal_size(), flush=True)
signal.signal(signal.SIGWINCH, tell)
tell()
while True: signal.pause()
"""


def python(code: str) -> Sequence[str]:
    return [sys.executable, "-c", code]


def test_what_is_sent_arrives_and_what_is_painted_is_seen() -> None:
    with running(python(ECHO)) as terminal:
        terminal.shows("ready")
        terminal.scan("A1")
        # The end of the line may come a read later than the text that shows.
        terminal.read_until(rb"b'A1\r'" + b"\r\n")
        before = terminal.received
        terminal.press("f10")
        answer = r"b'\x1b[21~'"
        terminal.wait_until(lambda: terminal.received - before >= len(answer) + 2)
        assert terminal.text().splitlines()[2] == answer
        assert terminal.received - before == len(answer) + 2


def test_bytes_are_waited_for_across_reads() -> None:
    with running(python(ECHO)) as terminal:
        terminal.shows("ready")
        terminal.send("x")
        began = terminal.last_at
        assert terminal.read_until(b"'x'") > began


def test_the_program_hears_of_another_size() -> None:
    with running(python(SIZE), size=(20, 16)) as terminal:
        terminal.shows("20 16")
        terminal.resize(40, 16)
        terminal.shows("40 16")


def test_a_lost_terminal_hangs_the_program_up() -> None:
    with running(python(ECHO)) as terminal:
        terminal.shows("ready")
        terminal.send("x")
        terminal.shows("b'x'")
        terminal.hang_up()
        assert terminal.exit_code() == -signal.SIGHUP


def test_a_program_that_has_ended_is_not_waited_for() -> None:
    with running(python("print('bye'); raise SystemExit(3)")) as terminal:
        with pytest.raises(GoneError, match="bye"):
            terminal.shows("nothing of the kind")
        assert terminal.exit_code() == 3


def test_a_process_is_measured() -> None:
    with running(python(ECHO)) as terminal:
        terminal.shows("ready")
        terminal.send("x")
        terminal.shows("b'x'")
        assert 1_000 < memory(terminal.pid)["pss"] <= memory(terminal.pid)["rss"]
        assert cpu_seconds(terminal.pid) >= 0


def test_nothing_outlives_the_test() -> None:
    terminal: Terminal
    with running(python(ECHO)) as terminal:
        pass
    assert terminal.process.returncode == -signal.SIGKILL
