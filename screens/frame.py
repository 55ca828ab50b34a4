"""What all screens share: the title, the message line, the key bar, and the way of a scan."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from rich.style import Style
from textual import on, work
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen

from screens.commands import COMMON, QUANTITY, READ_ON, Command, command_text
from screens.help import Help
from screens.messages import Misread, PastedLines, Said, Scanned, ScannerNews, StoreWaiting
from screens.refusal_panel import RefusalPanel
from screens.session import Session
from screens.signals import Signal, ring
from screens.widgets.choices import Choices
from screens.widgets.key_bar import KeyBar
from screens.widgets.text_line import TextLine
from screens.words import refusal_text
from store.domain.errors import RefusedError, StoreError, StoreLostError
from store.domain.language import _
from store.domain.scan import Scan

Job: TypeAlias = Callable[[], Awaitable[None]]

TITLE = Style(bold=True, reverse=True)
PROBLEM = Style(bold=True, reverse=True)


class Frame(Screen[None]):
    """A full screen with a title above, a message and a key bar below.

    A scan is a message to the screen on top. Scans and the commands that must not overtake them queue up as
    jobs and are worked off one by one, in the order in which they came. A job runs in a worker: it may wait
    for the store and for dialogs, and changes no widget but by a message to its screen.
    """

    OFFERS: ClassVar[tuple[Command, ...]] = ()
    """The screen's own commands, in the order of the key bar."""
    KEYS: ClassVar[tuple[Binding, ...]] = ()
    """Keys that are no commands: how a screen's fields follow each other."""
    IS_BOTTOM: ClassVar[bool] = False
    """Nothing lies below this screen that anybody could go back to."""
    CSS_PATH: ClassVar = ["frame.tcss"]
    AUTO_FOCUS = ""

    def __init__(self, session: Session) -> None:
        """Work with what `session` gives."""
        super().__init__()
        self.session = session
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()
        self._is_working = False

    def __init_subclass__(cls, **options: object) -> None:
        """Bind the keys of the screen's commands."""
        super().__init_subclass__(**options)  # type: ignore[arg-type]  # Textual's own options
        own: list[Binding] = [command.binding() for command in (*cls.OFFERS, *COMMON)] + list(cls.KEYS)
        cls.BINDINGS = own  # type: ignore[assignment]  # a list of another invariant type
        cls._merged_bindings = cls._merge_bindings()

    def compose(self) -> ComposeResult:
        """Build the frame around `compose_body`."""
        yield TextLine(self.title_text(), style=TITLE, short=self.short_title_text(), id="title")
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

    def short_title_text(self) -> str:
        """Return what stands there where the title does not fit; nothing: the title, cut."""
        return ""

    def show_title(self) -> None:
        """Show the title as it is now."""
        self.query_one("#title", TextLine).show(self.title_text(), style=TITLE, short=self.short_title_text())

    def on_mount(self) -> None:
        """Begin to take scans."""
        self._work_off()

    def say(self, text: str, *, signal: Signal | None = None, problem: bool = False) -> None:
        """Show a message on its line and give a sound."""
        self.query_one("#message", TextLine).show(text, style=PROBLEM if problem else Style.null())
        if signal is not None:
            ring(self.app, signal, on=self.session.bell)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave this screen; a job that ends after somebody went home leaves no other one in its place."""
        return super().dismiss(result) if self in self.app.screen_stack else AwaitComplete()

    def enqueue(self, job: Job) -> None:
        """Do `job` after everything that was scanned before it.

        When the store refuses it or cannot be reached, the operator is told and has to acknowledge.
        """
        self._jobs.put_nowait(job)

    @property
    def is_busy(self) -> bool:
        """Tell whether a job runs or waits."""
        return self._is_working or not self._jobs.empty()

    async def stop_work(self, text: str) -> None:
        """Show over the full width why something was not done, and wait until that is acknowledged."""
        await self.app.push_screen_wait(RefusalPanel(text, bell=self.session.bell))

    async def take_scan(self, scan: Scan) -> None:
        """Do what a scan means on this screen. It is a job."""
        self.post_message(Misread(_("{text}: nothing to scan here").format(text=scan.text)))

    @on(PastedLines)
    def _queue_lines(self, message: PastedLines) -> None:
        message.stop()
        for scan in message.scans:
            self.post_message(Scanned(scan))

    @on(Scanned)
    async def _queue_scan(self, message: Scanned) -> None:
        message.stop()
        text = command_text(message.scan.text)
        if text is None:
            self.enqueue(_ScanJob(self, message.scan))
        elif not await self.run_command_text(text):
            self.say(_("{text}: no command here").format(text=text), signal=Signal.REFUSED, problem=True)

    async def run_command_text(self, text: str) -> bool:
        """Run what a command barcode says; tell whether this screen knows it."""
        for command in (*self.OFFERS, *COMMON):
            if command.code == text:
                await self.run_action(command.action)
                return True
        if text.isdigit():
            return any(choices.choose(int(text)) for choices in self.query(Choices))
        if text == READ_ON.code:
            return any(choices.turn() for choices in self.query(Choices))
        word, _space, amount = text.partition(" ")
        return word == QUANTITY and await self.take_amount(amount)

    async def take_amount(self, amount: str) -> bool:  # noqa: ARG002
        """Take a scanned quantity ('QTY 10'); tell whether this screen takes any."""
        return False

    @work(group="jobs")
    async def _work_off(self) -> None:
        while True:
            job = await self._jobs.get()
            self._is_working = True
            try:
                await job()
            except RefusedError as error:
                await self.stop_work(refusal_text(error.refusal))
            except StoreLostError:
                await self.stop_work(
                    _("The store does not answer. This was not saved: do it again when the store is back.")
                )
            except StoreError as error:
                await self.stop_work(str(error))
            finally:
                self._is_working = False

    @on(Said)
    def _say(self, message: Said) -> None:
        message.stop()
        self.say(message.text)

    @on(Misread)
    def _say_misread(self, message: Misread) -> None:
        message.stop()
        self.say(message.text, signal=Signal.REFUSED, problem=True)

    @on(StoreWaiting)
    def _say_waiting(self, message: StoreWaiting) -> None:
        message.stop()
        self.say(_("Waiting for the store...") if message.waiting else _("The store is back."))

    @on(ScannerNews)
    def _say_scanner(self, message: ScannerNews) -> None:
        message.stop()
        signal = Signal.REFUSED if message.is_problem else None
        self.say(message.text, signal=signal, problem=message.is_problem)

    def action_back(self) -> None:
        """Go back to the screen before, once everything that was scanned here is done."""
        self.enqueue(self._leave)

    def action_home(self) -> None:
        """Go back to the home menu, however deep this screen lies."""
        self.app.action_home()  # type: ignore[attr-defined]  # the program's own App has it

    def action_help(self) -> None:
        """Show the commands of this screen."""
        self.app.push_screen(Help((*self.OFFERS, *COMMON), self.title_text()))

    async def _leave(self) -> None:
        self.dismiss()

    def on_unmount(self) -> None:
        """Hand scans that came after the order to leave to the screen that is on top now."""
        while not self._jobs.empty():
            job = self._jobs.get_nowait()
            if isinstance(job, _ScanJob):
                self.app.post_message(Scanned(job.scan))


@dataclass(frozen=True)
class _ScanJob:
    """Takes a scan on a screen."""

    screen: Frame
    scan: Scan

    async def __call__(self) -> None:
        await self.screen.take_scan(self.scan)
