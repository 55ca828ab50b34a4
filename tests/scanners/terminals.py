"""A serial scanner for tests: the far end of a pty."""

import os
import pty
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class SerialScanner:
    """Plugged in until `unplug`."""

    master: int
    path: str

    def send(self, text: str) -> None:
        os.write(self.master, text.encode())

    def unplug(self) -> None:
        if self.master >= 0:
            os.close(self.master)
            self.master = -1


@contextmanager
def serial_scanner() -> Iterator[SerialScanner]:
    master, slave = pty.openpty()
    tty.setraw(slave)
    path = os.ttyname(slave)
    os.close(slave)
    scanner = SerialScanner(master, path)
    try:
        yield scanner
    finally:
        scanner.unplug()
