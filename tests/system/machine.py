"""The guest as a test sees it: calls into it, its two keyboards, the cable of its scanner."""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.system.needs import missing, need
from tests.system.qmp import Qmp

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tests/system/guest"
NEEDED = ("qemu-system-x86_64", "busybox", "cpio", "modprobe", "depmod", "apt-get", "dpkg")
BOOT_SECONDS, CALL_SECONDS = 300.0, 600.0
"""Seconds after which a test gives up, longer than any wait inside the guest."""
SCANNER = "SCANNER"
OPERATORS_DISPLAY = "screen"


class GuestError(Exception):
    """What was asked of the guest failed there."""


class Guest:
    """A running guest."""

    def __init__(self, work: Path, calls: socket.socket, qmp: Qmp) -> None:
        """Talk to it over `calls` and `qmp`."""
        self.work, self.qmp = work, qmp
        self._calls = calls
        self._answers = calls.makefile("rb")

    def call(self, name: str, **given: Any) -> Any:
        """Run a function of tests/system/guest_end.py there. Raises GuestError when it raises."""
        self._calls.sendall(json.dumps({"call": name, "with": given}).encode() + b"\n")
        return self.answer()

    def answer(self) -> Any:
        """Return the next answer."""
        line = self._answers.readline()
        if not line:
            raise GuestError(f"the guest has ended: {self.last_words()}")
        said = json.loads(line)
        if "error" in said:
            raise GuestError(said["error"])
        return said["result"]

    def shows(self, *texts: str, lacks: Sequence[str] = (), tty: int = 1) -> str:
        """Wait until the console shows all of `texts` and nothing of `lacks`; return its whole text."""
        return str(self.call("wait_screen", has=texts, lacks=lacks, tty=tty)["text"])

    def scan(self, text: str) -> None:
        """Scan: the scanner types `text` and Enter."""
        self.qmp.type_paced(text + "\n")

    def press(self, *keys: str) -> None:
        """Press keys one after the other on the operator's own keyboard."""
        for key in keys:
            self.qmp.press(OPERATORS_DISPLAY, key)

    def unplug(self) -> None:
        """Pull the scanner's cable."""
        self.qmp.do("device_del", id="scanner")
        self.qmp.wait_event("DEVICE_DELETED")

    def plug(self) -> None:
        """Plug the scanner in."""
        self.qmp.do("device_add", driver="usb-kbd", id="scanner", serial=SCANNER, bus="usb.0")

    def end(self) -> None:
        """Switch it off."""
        self._calls.sendall(b'{"call": "end"}\n')
        self._answers.close()
        self._calls.close()

    def last_words(self) -> str:
        """Return what the guest's end of the calls, and its kernel, said last."""
        files = [self.work / name for name in ("out.txt", "console.txt")]
        return "\n".join(file.read_text(errors="replace")[-2000:] for file in files if file.exists())


@contextmanager
def running_guest() -> Iterator[Guest]:
    """Build the guest if there is none yet, boot it, and switch it off at the end."""
    for command in NEEDED:
        need(command)
    built = subprocess.run([SCRIPT, "build"], capture_output=True, text=True, check=False)
    if built.returncode:
        missing(f"the guest cannot be built: {built.stderr.strip()}")
    # Emulated, compiling takes ten times as long as here, and the guest could not keep the result.
    subprocess.run(
        [sys.executable, "-m", "compileall", "-q", "tui", "screens", "store", "scanners", "print"],
        cwd=ROOT, check=True,
    )  # fmt: skip
    # Sockets have short names: not below the long ones of pytest.
    work = Path(tempfile.mkdtemp(prefix="sztuka-guest-"))
    command = [SCRIPT, "run", work, sys.executable, ROOT / "tests/system/guest_end.py"]
    with (work / "qemu.txt").open("wb") as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    try:
        with Qmp(_listening(process, work / "qmp.sock")) as qmp:
            calls = socket.socket(socket.AF_UNIX)
            calls.settimeout(CALL_SECONDS)
            calls.connect(str(work / "calls.sock"))
            guest = Guest(work, calls, qmp)
            guest.answer()
            yield guest
            guest.end()
            process.wait(BOOT_SECONDS)
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(work)


def _listening(process: "subprocess.Popen[bytes]", path: Path) -> Path:
    """Return the socket once QEMU has made it."""
    until = time.monotonic() + BOOT_SECONDS
    while not path.exists():
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            if time.monotonic() < until:
                continue
        raise GuestError(f"QEMU did not start: {(path.parent / 'qemu.txt').read_text()}")
    return path
