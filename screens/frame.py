"""What all screens share: the title, the message line, the key bar, and the way of a scan."""

import asyncio
from typing import ClassVar

from rich.style import Style
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen

from screens.commands import COMMON, QUANTITY, Command, command_text
from screens.help import Help
from screens.messages import Misread, Scanned, ScannerNews, StoreWaiting
from screens.session import Session
from screens.signals import Signal, ring
from screens.widgets.key_bar import KeyBar
from screens.widgets.text_line import TextLine
from store.domain.language import _
from store.domain.scan import Scan

TITLE = Style(bold=True, reverse=True)
PROBLEM = Style(bold=True, reverse=True)


class Frame(Screen[None]):
    """A full screen with a title above, a message and a key bar below.

    A scan is a message to the screen on top. Scans queue up and are taken one by one, in the order in which
    they came, by `take_scan`; a screen that takes none says so.
    """

    OFFERS: ClassVar[tuple[Command, ...]] = ()
    """The screen's own commands, in the order of the key bar."""
    CSS_PATH = "frame.tcss"
    AUTO_FOCUS = ""

    def __init__(self, session: Session) -> None:
        """Work with what `session` gives."""
        super().__init__()
        self.session = session
        self._scans: asyncio.Queue[Scan] = asyncio.Queue()
        self._waiting = False

    def __init_subclass__(cls, **options: object) -> None:
        """Bind the keys of the screen's commands."""
        super().__init_subclass__(**options)  # type: ignore[arg-type]  # Textual's own options
        own: list[Binding] = [command.binding() for command in (*cls.OFFERS, *COMMON)]
        cls.BINDINGS = own  # type: ignore[assignment]  # a list of another invariant type
        cls._merged_bindings = cls._merge_bindings()

    def compose(self) -> ComposeResult:
        """Build the frame around `compose_body`."""
        yield TextLine(self.title_text(), style=TITLE, id="title")
        with Vertical(id="body"):
            yield from self.compose_body()
        yield TextLine(id="message")
        yield KeyBar((*self.OFFERS, *COMMON), id="keys")

    def compose_body(self) -> ComposeResult:
        """Build what stands between the title and the message."""
        yield from ()

    def title_text(self) -> str:
        """Return the title, translated."""
        return ""

    def on_mount(self) -> None:
        """Begin to take scans."""
        self._take_scans()

    def say(self, text: str, *, signal: Signal | None = None, problem: bool = False) -> None:
        """Show a message on its line and give a sound."""
        self.query_one("#message", TextLine).show(text, style=PROBLEM if problem else Style.null())
        if signal is not None:
            ring(self.app, signal, on=self.session.bell)

    async def take_scan(self, scan: Scan) -> None:
        """Do what a scan means on this screen. Runs in a worker: change no widget, post what came out."""
        self.post_message(Misread(_("{text}: nothing to scan here").format(text=scan.text)))

    @on(Scanned)
    async def _queue_scan(self, message: Scanned) -> None:
        message.stop()
        text = command_text(message.scan.text)
        if text is None:
            self._scans.put_nowait(message.scan)
        elif not await self.run_command_text(text):
            self.say(_("{text}: no command here").format(text=text), signal=Signal.REFUSED, problem=True)

    async def run_command_text(self, text: str) -> bool:
        """Run what a command barcode says; tell whether this screen knows it."""
        for command in (*self.OFFERS, *COMMON):
            if command.code == text:
                await self.run_action(command.action)
                return True
        word, _space, amount = text.partition(" ")
        return word == QUANTITY and await self.take_amount(amount)

    async def take_amount(self, amount: str) -> bool:  # noqa: ARG002
        """Take a scanned quantity ('QTY 10'); tell whether this screen takes any."""
        return False

    @work(group="scans")
    async def _take_scans(self) -> None:
        while True:
            scan = await self._scans.get()
            await self.take_scan(scan)

    @on(Misread)
    def _say_misread(self, message: Misread) -> None:
        message.stop()
        self.say(message.text, signal=Signal.REFUSED, problem=True)

    @on(StoreWaiting)
    def _say_waiting(self, message: StoreWaiting) -> None:
        self._waiting = message.waiting
        self.say(_("Waiting for the store...") if message.waiting else _("The store is back."))

    @on(ScannerNews)
    def _say_scanner(self, message: ScannerNews) -> None:
        signal = Signal.REFUSED if message.is_problem else None
        self.say(message.text, signal=signal, problem=message.is_problem)

    def action_back(self) -> None:
        """Go back to the screen before."""
        self.dismiss()

    def action_home(self) -> None:
        """Go back to the home menu, however deep this screen lies."""
        self.app.action_home()  # type: ignore[attr-defined]  # the program's own App has it

    def action_help(self) -> None:
        """Show the commands of this screen."""
        self.app.push_screen(Help((*self.OFFERS, *COMMON), self.title_text()))
