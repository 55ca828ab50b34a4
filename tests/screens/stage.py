"""A stage for one screen: a small App around it, with hands for the tests to scan, type and look."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, ClassVar

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from scanners.symbology import to_scan
from screens.commands import PREFIX
from screens.messages import PastedLines, Scanned
from screens.session import Session, utc_now
from store.domain.scan import Source

DEADLINE = 30.0
"""Seconds after which a condition that is waited for counts as failed: many, for busy machines."""
MOMENT = 1.0
"""Seconds after which what a screen works on counts as waiting for the test."""
SIZES = {"full": (80, 24), "compact": (40, 16), "handheld": (20, 16)}
"""The three sizes in which every screen has to be usable."""


class StageApp(App[None]):
    """Shows one screen under the size classes of the program, and keeps what it was dismissed with."""

    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS: ClassVar = [(0, "-handheld"), (40, "-compact"), (80, "-full")]

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__(ansi_color=True, watch_css=False)
        self._first = screen
        self.is_done = False
        self.result: Any = None

    def on_mount(self) -> None:
        self.push_screen(self._first, self._keep)

    def _keep(self, result: Any) -> None:
        self.is_done = True
        self.result = result

    def action_home(self) -> None:
        for screen in reversed(self.screen_stack[1:]):
            screen.dismiss()


class Stage:
    """One screen on show."""

    def __init__(self, app: StageApp, pilot: Pilot[None], session: Session) -> None:
        self.app = app
        self.pilot = pilot
        self.session = session

    def text(self) -> str:
        """Return what is painted, line by line, without the blanks at the ends."""
        return screen_text(self.app)

    async def scan(self, text: str) -> None:
        """Scan `text` as any device does: the screen on top gets it whole."""
        await scan(self.pilot, text)

    def put(self, text: str) -> None:
        """Scan `text`, and do not wait for anything."""
        read = to_scan(text, source=Source.DEVICE, at=utc_now())
        self.app.screen.post_message(Scanned(read))

    async def paste(self, *texts: str) -> None:
        """Paste lines of text."""
        at = utc_now()
        scans = [to_scan(text, source=Source.WEDGE, at=at) for text in texts]
        self.app.screen.post_message(PastedLines(scans))
        await self.pilot.pause()

    async def command(self, code: str) -> None:
        """Scan a command barcode, as the printed sheet has it."""
        await self.scan(PREFIX + code)

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)
        await at_rest(self.pilot)

    async def write(self, text: str) -> None:
        """Type `text` key by key."""
        names = {" ": "space", "\n": "enter"}
        await self.press(*(names.get(char, char) for char in text))

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until `condition` is true; fail with the painted screen when it never is."""
        await until(self.pilot, condition)

    async def shows(self, *texts: str) -> None:
        """Wait until all `texts` are painted; a text may run over several lines."""
        await self.until(lambda: all(flat(text) in flat(self.text()) for text in texts))

    async def shows_one_of(self, *texts: str) -> None:
        """Wait until one of `texts` is painted: which one is a matter of the width."""
        await self.until(lambda: any(flat(text) in flat(self.text()) for text in texts))

    async def hides(self, text: str) -> None:
        """Wait until `text` is not painted."""
        await self.until(lambda: flat(text) not in flat(self.text()))

    async def done(self) -> Any:
        """Wait until the screen is dismissed and return what with."""
        await self.until(lambda: self.app.is_done)
        return self.app.result

    async def on_top(self, kind: type[Screen[Any]]) -> None:
        """Wait until a screen of `kind` is on top and has been painted."""
        await self.until(lambda: isinstance(self.app.screen, kind) and self.app.screen.is_running)


@asynccontextmanager
async def staged(screen: Screen[Any], session: Session, size: tuple[int, int]) -> AsyncIterator[Stage]:
    """Show `screen` in a terminal of `size` columns and rows."""
    app = StageApp(screen)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: screen in app.screen_stack and screen.is_running)
        yield Stage(app, pilot, session)


Showing = Callable[[Screen[Any]], AbstractAsyncContextManager[Stage]]
"""Shows a screen: `async with show(screen) as stage`."""


async def scan(pilot: Pilot[Any], text: str) -> None:
    """Hand a whole read to the screen on top, as the program's App does."""
    read = to_scan(text, source=Source.DEVICE, at=utc_now())
    pilot.app.screen.post_message(Scanned(read))
    await at_rest(pilot)


async def at_rest(pilot: Pilot[Any]) -> None:
    """Wait until the screen on top works on nothing any more, or for a person.

    What it works on ends with another screen on top, a question above all: the next scan is for that one. A
    job that waits for what the test does next is waited for a moment only.
    """
    deadline = time.monotonic() + MOMENT
    await pilot.pause()
    while getattr(pilot.app.screen, "is_busy", False) and time.monotonic() < deadline:
        await pilot.pause()


def screen_text(app: App[Any]) -> str:
    """Return what the screen on top paints, line by line, without the blanks at the ends."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


def flat(text: str) -> str:
    """Return `text` without any blank, so that it is found however it is wrapped."""
    return "".join(text.split())


async def until(pilot: Pilot[Any], condition: Callable[[], object]) -> None:
    """Wait until `condition` is true and the screen at rest; fail with what is painted when it never is."""
    deadline = time.monotonic() + DEADLINE
    while not condition():
        if pilot.app._exception is not None:
            raise pilot.app._exception
        if time.monotonic() > deadline:
            message = f"not seen within {DEADLINE:.0f} s; the screen shows\n{screen_text(pilot.app)}"
            raise AssertionError(message)
        await pilot.pause()
        await asyncio.sleep(0.005)
    # What is painted has not always its focus yet, and a key would go nowhere.
    await pilot.pause()
