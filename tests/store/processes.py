"""Runs `tests.store.scanning_process` and reads what it says was acknowledged."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 30.0
"""Seconds that a scan may take to be acknowledged."""


class ScanningProcess:
    """A process that scans without a pause."""

    def __init__(self, url: str, document_id: int, prefix: str) -> None:
        command = [sys.executable, "-m", "tests.store.scanning_process", url, str(document_id), "W1", "T2"]
        self._process = subprocess.Popen([*command, prefix], cwd=ROOT, stdout=subprocess.PIPE)
        self._rest = b""

    def acknowledged(self) -> str:
        """Wait for the next serial that was acknowledged."""
        while b"\n" not in self._rest:
            assert self._process.stdout is not None
            ready, _, _ = select.select([self._process.stdout], [], [], PATIENCE)
            assert ready, "no scan was acknowledged"
            more = os.read(self._process.stdout.fileno(), 65536)
            assert more, "the process has ended"
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode()

    def kill(self) -> list[str]:
        """Kill the process at once and return the serials that it had acknowledged by then."""
        if self._process.returncode is not None:
            return []
        self._process.send_signal(signal.SIGKILL)
        out, _ = self._process.communicate()
        rest = (self._rest + out).decode().splitlines(keepends=True)
        return [line.strip() for line in rest if line.endswith("\n")]


@contextmanager
def scanning_process(url: str, document_id: int, prefix: str = "Z") -> Iterator[ScanningProcess]:
    """Run a process that scans, and kill it at the end."""
    process = ScanningProcess(url, document_id, prefix)
    try:
        yield process
    finally:
        process.kill()
