"""Keyboards for tests: pipes that carry input events, with the grab and the errors of the kernel."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scanners.settings import ScannerSettings
from tests.scanners.keyboard import Event, packed, type_text


@dataclass
class PipePort:
    """An open end of a `PipeKeyboards`."""

    fd: int
    log: list[str]
    held: list[bool] = field(default_factory=list)
    grab_error: int = 0

    def fileno(self) -> int:
        return self.fd

    def is_held(self) -> bool:
        return self.held.pop(0) if self.held else False

    def grab(self) -> None:
        if self.grab_error:
            raise OSError(self.grab_error, os.strerror(self.grab_error))
        self.log.append("grab")

    def close(self) -> None:
        self.log.append("close")
        os.close(self.fd)


class PipeKeyboards:
    """Opens a new pipe each time that a path is opened; what is typed goes to the last one."""

    def __init__(self) -> None:
        self.writers: dict[Path, int] = {}
        self.logs: dict[Path, list[str]] = {}
        self.open_errors: dict[Path, list[int]] = {}
        """Errors with which the next attempts fail."""
        self.grab_errors: dict[Path, list[int]] = {}
        self.held: dict[Path, list[bool]] = {}
        """What the next questions for held keys are answered."""

    def __call__(self, settings: ScannerSettings, path: Path) -> PipePort:
        log = self.logs.setdefault(path, [])
        log.append("open")
        if self.open_errors.get(path):
            number = self.open_errors[path].pop(0)
            raise OSError(number, os.strerror(number))
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        self.unplug(path)
        self.writers[path] = writer
        grabs = self.grab_errors.get(path)
        return PipePort(reader, log, self.held.get(path, []), grabs.pop(0) if grabs else 0)

    def is_grabbed(self, path: Path) -> bool:
        """Tell whether the reader has the keyboard now."""
        return bool(self.logs.get(path)) and self.logs[path][-1] == "grab"

    def send(self, path: Path, events: Sequence[Event]) -> None:
        os.write(self.writers[path], packed(events))

    def scan(
        self, path: Path, text: str, *, start: float = 1.0, name: str = "us", gap: float = 0.001
    ) -> None:
        """Type `text` as scanners do; `start` is the kernel's time."""
        self.send(path, type_text(text, name=name, start=start, gap=gap))

    def unplug(self, path: Path) -> None:
        """The device ends, as a read of an unplugged one does."""
        if path in self.writers:
            os.close(self.writers.pop(path))

    def close(self) -> None:
        for path in list(self.writers):
            self.unplug(path)
