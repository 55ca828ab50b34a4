"""The terminal, with scans taken out of what is typed before any widget sees it."""

import codecs
import os
import selectors
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from textual import constants
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.widgets import Input

from scanners.settings import WedgeSettings
from scanners.wedge import Wedge
from scanners.wedge_events import Burst, Keys, Paste, Torn, WedgeEvent
from screens.commands import command_text

if TYPE_CHECKING:
    from textual.driver import Driver

READ_SIZE = 64 * 1024
TICK_SECONDS = 0.1
"""So often the thread looks whether the program ends, as Textual's own does."""


@dataclass
class TypedScan(Message):
    """A scanner that types sent a whole code."""

    text: str


@dataclass
class Pasted(Message):
    """Text was pasted: its lines that are not blank."""

    lines: tuple[str, ...]


@dataclass
class TornScan(Message):
    """A part of a scan was lost on the way."""

    text: str


@dataclass
class HungUp(Message):
    """The terminal is gone."""


class ScanDriver(LinuxDriver):
    """Textual's driver with the wedge in front of its parser, that outlives its terminal for a moment.

    Mouse reports are off, for nothing here needs a mouse, and so is the Kitty protocol, under which the keys
    of a scanner would come as escape sequences.
    """

    def __init__(
        self, app: App[Any], *, wedge: WedgeSettings, debug: bool = False, size: tuple[int, int] | None = None
    ) -> None:
        """Read scans by the settings of `wedge`."""
        super().__init__(app, debug=debug, mouse=False, size=size)
        self._wedge = self._made(wedge)
        self._next_wedge: Wedge | None = None
        self._gone = threading.Event()
        self._file = cast("Any", _Output(self._file, self._gone))

    def start_application_mode(self) -> None:
        """Begin to read and paint."""
        constants.DISABLE_KITTY_KEY = True  # type: ignore[misc]  # Textual offers an environment variable alone
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's own

    def read_by(self, settings: WedgeSettings) -> None:
        """Read scans by other settings from the next quiet moment on: the terminal is known now."""
        self._next_wedge = self._made(settings)

    def _made(self, settings: WedgeSettings) -> Wedge:
        return Wedge(settings, known=lambda text: command_text(text) is not None, writing=self._is_writing)

    def _is_writing(self) -> bool:
        """Tell whether a field has the focus. Only looks, because the screens live in another thread."""
        stack = self._app._screen_stack  # noqa: SLF001 - App.screen raises while there is none
        return bool(stack) and isinstance(stack[-1].focused, Input)

    def hang_up(self) -> None:
        """Paint no more: nobody is there to see it, and a write to a lost terminal may block or fail."""
        self._gone.set()

    def write(self, data: str) -> None:
        """Send `data` to the terminal, while there is one."""
        if not self._gone.is_set():
            super().write(data)

    def run_input_thread(self) -> None:
        """Read the terminal until the program ends or the terminal is gone."""
        parser = XTermParser(self._debug)
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if self._next_wedge is not None and self._wedge.deadline() is None:
                    self._wedge, self._next_wedge = self._next_wedge, None
                ready = selector.select(self._until_deadline())
                now = time.monotonic()
                if ready:
                    data = self._read()
                    if not data:
                        self._end_of_input()
                        return
                    self._hand_on(self._wedge.feed(data, now), parser, decode)
                elif (deadline := self._wedge.deadline()) is not None and now >= deadline:
                    self._hand_on(self._wedge.expire(now), parser, decode)
                for message in parser.tick():
                    self.process_message(message)

    def _until_deadline(self) -> float:
        deadline = self._wedge.deadline()
        if deadline is None:
            return TICK_SECONDS
        return min(TICK_SECONDS, max(0.0, deadline - time.monotonic()))

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, READ_SIZE)
        except OSError:
            return b""  # EIO: the other end of the terminal is closed

    def _end_of_input(self) -> None:
        # What is held back is a part of a scan: nobody will ever know the rest.
        self._wedge.close()
        self._gone.set()
        self.send_message(HungUp())

    def _hand_on(self, events: Iterable[WedgeEvent], parser: XTermParser, decode: Any) -> None:
        for event in events:
            match event:
                case Keys(data):
                    for message in parser.feed(decode(data)):
                        self.process_message(message)
                case Burst(text):
                    self.send_message(TypedScan(text))
                case Paste():
                    self.send_message(Pasted(event.lines))
                case Torn(text):
                    self.send_message(TornScan(text))


class _Output:
    """Standard error as the writing thread uses it; a lost terminal ends no thread with a traceback."""

    def __init__(self, file: Any, gone: threading.Event) -> None:
        self._file = file
        self._gone = gone

    def write(self, text: str) -> None:
        """Write, unless the terminal is gone."""
        self._try(self._file.write, text)

    def flush(self) -> None:
        """Flush, unless the terminal is gone."""
        self._try(self._file.flush)

    def fileno(self) -> int:
        """Return the file's descriptor."""
        number: int = self._file.fileno()
        return number

    def _try(self, call: Any, *args: str) -> None:
        if self._gone.is_set():
            return
        try:
            call(*args)
        except OSError:
            self._gone.set()


def driver_with(wedge: WedgeSettings) -> "type[Driver]":
    """Return a driver class that Textual can make by itself, with the settings of the wedge in it."""

    class Configured(ScanDriver):
        def __init__(self, app: App[Any], *, debug: bool = False, size: Any = None, **_mouse: bool) -> None:
            super().__init__(app, wedge=wedge, debug=debug, size=size)

    return Configured
