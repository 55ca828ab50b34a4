"""A real program in a real pty, seen by a terminal emulator: what a person at the keyboard has.

Nothing runs beside the test: the pty is read whenever the test waits for something, so that times can be
measured and a program that writes much never fills memory behind a test's back.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyte

PATIENCE = 30.0
"""Seconds after which a test gives up. Long, because test machines are slow; nothing waits for it to pass."""
QUIET = 0.3
"""A terminal to which nothing was sent for so many seconds is taken to be painted."""
READ_SIZE = 64 * 1024

KEYS = {
    "enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~",
    "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~", "f11": "\x1b[23~",
    "f12": "\x1b[24~",
    "ctrl+c": "\x03", "ctrl+q": "\x11",
}  # fmt: skip
"""What an xterm sends."""


class GoneError(AssertionError):
    """The program has ended, or closed its terminal, while the test waited for something."""


class Emulator(pyte.Screen):
    """pyte's screen, which knows fewer sequences than the terminals that people have."""

    def select_graphic_rendition(self, *attributes: int, private: bool = False) -> None:
        """Set colours and styles; `CSI > ... m` sets none, it asks a keyboard to report more."""
        if not private:
            super().select_graphic_rendition(*attributes)

    def report_device_status(self, mode: int, **_private: bool) -> None:
        """Answer nothing: an answer would be typed into the program."""


class Terminal:
    """A program on a terminal of a given size. `running()` starts one and ends it."""

    def __init__(
        self, command: Sequence[str], *, columns: int = 80, rows: int = 24, environ: Mapping[str, str]
    ) -> None:
        self.columns, self.rows = columns, rows
        self.received = 0
        """Bytes that came to the terminal since the start."""
        self.last_at = time.monotonic()
        """When the last of them came."""
        self.screen = Emulator(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._unseen = bytearray()
        self.master, slave = pty.openpty()
        self._set_size(columns, rows)
        # setsid makes the pty the program's controlling terminal, so that a hang-up reaches it, without a
        # fork of this process, which may have threads.
        self.process = subprocess.Popen(
            ["setsid", "--ctty", *command], stdin=slave, stdout=slave, stderr=slave, env=dict(environ)
        )
        os.close(slave)
        os.set_blocking(self.master, False)

    @property
    def pid(self) -> int:
        """The program's process: setsid became it."""
        return self.process.pid

    def send(self, text: str | bytes) -> None:
        """Type `text` at once, as a scanner or a paste does."""
        data = text.encode() if isinstance(text, str) else text
        while data:
            select.select([], [self.master], [], PATIENCE)
            data = data[os.write(self.master, data) :]

    def press(self, *keys: str) -> None:
        """Press keys by name, or single characters, one after the other, each time the screen is quiet."""
        for key in keys:
            self.send(KEYS.get(key, key))
            self.settle()

    def scan(self, text: str, end: str = "\r") -> None:
        """Scan `text` as a scanner that types does."""
        self.send(text + end)

    def read(self, seconds: float) -> bytes:
        """Wait up to `seconds` for something to come and return it; nothing if nothing came.

        Raises GoneError when the program has closed its terminal.
        """
        if self.master < 0 or not select.select([self.master], [], [], max(0.0, seconds))[0]:
            return b""
        try:
            data = os.read(self.master, READ_SIZE)
        except OSError:
            data = b""  # EIO: nobody has the other end open any more
        if not data:
            raise GoneError(f"the program has ended; the screen showed\n{self.text()}")
        self.last_at = time.monotonic()
        self.received += len(data)
        self._unseen += data
        return data

    def read_until(self, wanted: bytes, timeout: float = PATIENCE) -> float:
        """Wait until the bytes `wanted` came, past what was read before, and return when they did.

        The emulator is not asked, so this costs the machine as little as possible.
        """
        seen = b""
        deadline = time.monotonic() + timeout
        while (left := deadline - time.monotonic()) > 0:
            seen = seen[-len(wanted) :] + self.read(left)
            if wanted in seen:
                return self.last_at
        raise AssertionError(
            f"{wanted!r} did not come within {timeout:.0f} s; the screen shows\n{self.text()}"
        )

    def settle(self, quiet: float = QUIET, timeout: float = PATIENCE) -> None:
        """Wait until nothing came for `quiet` seconds."""
        deadline = time.monotonic() + timeout
        while self.read(quiet):
            assert time.monotonic() < deadline, f"the terminal never came to rest\n{self.text()}"

    def text(self) -> str:
        """Return what the terminal shows, line by line, without the blanks at the ends."""
        if self._unseen:
            self._stream.feed(bytes(self._unseen))
            self._unseen.clear()
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_until(self, condition: Callable[[], object], timeout: float = PATIENCE) -> None:
        """Wait until `condition` is true, reading the terminal meanwhile; fail with what it shows."""
        deadline = time.monotonic() + timeout
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"not seen within {timeout:.0f} s; the screen shows\n{self.text()}")
            self.read(0.05)

    def shows(self, *texts: str, timeout: float = PATIENCE) -> None:
        """Wait until all `texts` are on the screen; a text may run over several lines."""
        self.wait_until(lambda: all(flat(text) in flat(self.text()) for text in texts), timeout)

    def hides(self, text: str, timeout: float = PATIENCE) -> None:
        """Wait until `text` is not on the screen."""
        self.wait_until(lambda: flat(text) not in flat(self.text()), timeout)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size; the program hears of it."""
        self.columns, self.rows = columns, rows
        self.screen.resize(rows, columns)
        self._set_size(columns, rows)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self) -> None:
        """Close the terminal, as when its window is closed or its connection breaks."""
        if self.master >= 0:
            os.close(self.master)
            self.master = -1

    def exit_code(self, timeout: float = PATIENCE) -> int:
        """Wait until the program has ended and return its exit code, negative for a signal."""
        deadline = time.monotonic() + timeout
        while self.process.poll() is None:
            assert time.monotonic() < deadline, f"still running after {timeout:.0f} s\n{self.text()}"
            try:
                if not self.read(0.02) and self.master < 0:
                    self.process.wait(deadline - time.monotonic())
            except GoneError:
                self.process.wait(max(0.1, deadline - time.monotonic()))
        return self.process.returncode

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send the program a signal, unless it has ended."""
        if self.process.poll() is None:
            self.process.send_signal(number)

    def close(self) -> None:
        """End the program at once and close the terminal."""
        self.kill()
        self.process.wait(PATIENCE)
        self.hang_up()


@contextmanager
def running(
    command: Sequence[str], *, size: tuple[int, int] = (80, 24), environ: Mapping[str, str] | None = None
) -> Iterator[Terminal]:
    """Run a program on a terminal of `size` columns and rows, and end it."""
    columns, rows = size
    terminal = Terminal(
        command, columns=columns, rows=rows, environ=environment() if environ is None else environ
    )
    try:
        yield terminal
    finally:
        terminal.close()


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment as a person's terminal has it: 256 colours, UTF-8, no settings.

    Every SZTUKA_ variable and what says that this is a test, a CI job or an SSH session is left out.
    """
    left_out = ("SZTUKA_", "TEXTUAL", "PYTEST_", "SSH_", "LC_", "COV_")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(left_out)
        and name not in {"NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES"}
    }
    return {**kept, "TERM": "xterm-256color", "LANG": "C.UTF-8", **more}


def flat(text: str) -> str:
    """Return `text` without any blank, so that it is found however it is wrapped."""
    return "".join(text.split())


def memory(pid: int) -> dict[str, int]:
    """Return a process's memory in KiB: "rss", its proportional share "pss", and its own heap "anonymous"."""
    rows = [line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:]]
    return {
        row[0].rstrip(":").lower(): int(row[1]) for row in rows if row[0] in {"Rss:", "Pss:", "Anonymous:"}
    }


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has used, all its threads together, to the nanosecond."""
    # The kernel's MAKE_PROCESS_CPUCLOCK(pid, CPUCLOCK_SCHED); /proc/PID/stat counts in 10 ms.
    return time.clock_gettime((~pid << 3) | 2)
