"""The program on the terminal: one operator after the other, and every scan to the screen on top."""

import asyncio
import gc
import logging
import signal
from collections.abc import Sequence
from importlib import import_module
from typing import ClassVar

from textual import on, work
from textual._styles_cache import StylesCache
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.message import Message

from scanners.client import Scanned as Read
from scanners.client import ScannerClient, Unusable
from scanners.status import Status
from scanners.symbology import to_scan
from screens.frame import Frame
from screens.messages import Misread, PastedLines, Scanned, ScannerNews, StoreWaiting
from screens.scanner_words import is_problem, scanner_text
from screens.session import Session
from screens.sign_in import SignIn
from screens.terminal_choice import TerminalChoice
from screens.words import refusal_text
from store.domain.errors import RefusedError
from store.domain.language import _
from store.domain.scan import Scan, Source
from store.queries import terminals
from tui.config.settings import Settings
from tui.driver import HungUp, Pasted, ScanDriver, TornScan, TypedScan, driver_with

log = logging.getLogger(__name__)

WARM_UP = ("screens.home", "biip.gs1_messages", "biip.gs1_digital_link_uris")
"""Imported once the first screen is painted: neither that nor the first scan waits for them."""
HUNG_UP, TERMINATED = 128 + signal.SIGHUP, 128 + signal.SIGTERM
"""The exit codes of a program that a signal ended, as a shell would tell it."""


def keep_out_of_collections() -> None:
    """Let no later collection of garbage look at what is there by now: modules, classes, the first screen.

    A full one over all of it holds every scan up for 40 ms; over the rest it takes 5.
    """
    gc.collect()
    gc.freeze()


class SztukaApp(App[int]):
    """Identifies the terminal, signs operators in and out, and routes scans.

    Whatever scanned, a scan is a message to the screen on top. Leaves with the exit code of `run()`.
    """

    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-handheld"), (40, "-compact"), (80, "-full")]  # noqa: RUF012 - Textual's own declaration
    BINDINGS: ClassVar = [Binding("ctrl+q", "quit", show=False, priority=True)]

    def __init__(self, session: Session, settings: Settings) -> None:
        """Work with `session`, whose lane is not started yet, and read scans as `settings` say."""
        super().__init__(driver_class=driver_with(settings.wedge), ansi_color=True, watch_css=False)
        self.session = session
        self._settings = settings

    def on_mount(self) -> None:
        """Begin the shift."""
        loop = asyncio.get_running_loop()
        for number, end in ((signal.SIGHUP, self.hang_up), (signal.SIGTERM, self.terminate)):
            loop.add_signal_handler(number, end)
        self.session.lane.on_waiting = self._tell_waiting
        self._serve()

    @work(group="serve")
    async def _serve(self) -> None:
        """Serve one operator after the other, for ever."""
        session = self.session
        await session.lane.start()
        if session.terminal is None:
            session.terminal = await session.lane.read(terminals.find, session.hostname, session.address)
        while session.terminal is None:
            await self.push_screen_wait(TerminalChoice(session))
        self._read_scanners(session.terminal.code)
        while True:
            while session.operator is None:
                signed_in = self.push_screen(SignIn(session), wait_for_dismiss=True)
                self.screen.call_after_refresh(self._warm_up)
                await signed_in
            log.info("operator %s signed in at terminal %s", session.operator.code, session.terminal.code)
            home = await asyncio.to_thread(import_module, "screens.home")
            await self.push_screen_wait(home.Home(session))
            session.part()

    @work(group="warm-up")
    async def _warm_up(self) -> None:
        for module in WARM_UP:
            await asyncio.to_thread(import_module, module)
        if not gc.get_freeze_count():
            keep_out_of_collections()

    @work(group="scanners")
    async def _read_scanners(self, terminal: str) -> None:
        """Read what is plugged in, and set the wedge as this terminal's scanner is set."""
        wedge = next((each for each in self._settings.wedges if each.terminal == terminal), None)
        if wedge is not None and isinstance(self._driver, ScanDriver):
            self._driver.read_by(wedge)
        # Over SSH the scanners of this machine are somebody else's.
        mine = [each for each in self._settings.scanners if each.terminal in {"", terminal}]
        if self.session.address is not None or not mine:
            return
        async with ScannerClient(mine, terminal=terminal) as client:
            async for event in client.events():
                match event:
                    case Status():
                        self.tell(ScannerNews(scanner_text(event), is_problem(event)))
                    case Unusable():
                        self.tell(Misread(refusal_text(event.refusal)))
                    case Read():
                        self.tell(Scanned(event.scan))

    def _tell_waiting(self, waiting: bool) -> None:  # noqa: FBT001 - the lane's callback
        self.tell(StoreWaiting(waiting))

    def tell(self, message: Message) -> None:
        """Hand a message to the screen on top."""
        self.screen.post_message(message)

    def read(self, raw: str, source: Source, *, device: str | None = None) -> None:
        """Take a whole read of any scanner to the screen on top, or say why it is none."""
        scan = self._scan_of(raw, source, device)
        if scan is not None:
            self.tell(Scanned(scan))

    def _scan_of(self, raw: str, source: Source, device: str | None = None) -> Scan | None:
        try:
            return to_scan(raw, source=source, at=self.session.clock(), device=device)
        except RefusedError as error:
            self.tell(Misread(refusal_text(error.refusal)))
            return None

    @on(TypedScan)
    def _read_typed(self, message: TypedScan) -> None:
        self.read(message.text, Source.WEDGE)

    @on(Pasted)
    def _read_pasted(self, message: Pasted) -> None:
        scans = self._scans_of(message.lines)
        if len(scans) == 1:
            self.tell(Scanned(scans[0]))
        elif scans:
            self.tell(PastedLines(scans))

    def _scans_of(self, lines: Sequence[str]) -> list[Scan]:
        read = [self._scan_of(line, Source.WEDGE) for line in lines]
        return [scan for scan in read if scan is not None]

    @on(TornScan)
    def _tell_torn(self, message: TornScan) -> None:
        log.warning("a part of a scan was lost: %d characters came", len(message.text))
        self.tell(Misread(_("{text}: a part is missing. Scan again.").format(text=message.text)))

    @on(Scanned)
    def _refuse_scan(self, message: Scanned) -> None:
        """Refuse what no screen took: nobody has signed in yet."""
        log.info("a scan of %d characters that no screen took", len(message.scan.text))
        self.bell()

    @on(HungUp)
    def _end_hung_up(self) -> None:
        self.hang_up()

    def hang_up(self) -> None:
        """End because the terminal is gone; the lane finishes what it was asked for."""
        if isinstance(self._driver, ScanDriver):
            self._driver.hang_up()
        log.info("the terminal is gone")
        self.exit(HUNG_UP)

    def terminate(self) -> None:
        """End because the system asks for it, in order: the lane finishes, the terminal is left clean."""
        log.info("asked to end")
        self.exit(TERMINATED)

    def _handle_exception(self, error: Exception) -> None:
        """Log what ends the program: Textual prints it on a terminal that may be gone in a moment."""
        log.critical("an unexpected error ends the program", exc_info=error)
        super()._handle_exception(error)

    def pop_screen(self) -> AwaitComplete:
        """Take the screen on top away, and what Textual would keep of the 1,024 widgets painted last.

        https://github.com/Textualize/textual/issues/6665: with those, each full collection of garbage takes
        150 ms, in which no scan is answered.
        """
        StylesCache.get_inner_outer.cache_clear()
        return super().pop_screen()

    async def action_quit(self) -> None:
        """Close the program, as the sign-in's Back does: somebody wanted it, so it did not fail."""
        self.exit(0)

    def action_home(self) -> None:
        """Go back to the home menu, however deep the screen on top lies."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Frame) and screen.IS_BOTTOM:
                break
            screen.dismiss()
