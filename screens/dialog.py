"""What stands over a screen and waits for a person: a base for questions, refusals and entries."""

from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.commands import BACK, READ_ON, command_text
from screens.messages import Misread, PastedLines, Scanned, ScannerNews, StoreWaiting
from screens.signals import Signal, ring
from screens.widgets.choices import Choices
from screens.widgets.read_on import read_on
from store.domain.language import _

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A dialog over the whole width.

    While it is open, no scan is taken: a scanned piece that nobody judged must not look as if it were in. A
    command barcode answers; any other scan is refused aloud, and the dialog says that it waits.
    """

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "back", show=False),
        Binding("pageup", "scroll_text(-1)", show=False, priority=True),
        Binding("pagedown", "scroll_text(1)", show=False, priority=True),
        Binding(READ_ON.key, READ_ON.action, show=False, priority=True),
    ]

    def __init__(self, text: str, *, bell: bool = True) -> None:
        """Ask `text`; `bell` allows sounds."""
        super().__init__()
        self._text = text
        self._bell = bell
        self._said = ""

    def compose(self) -> ComposeResult:
        """Build the text and, below it, what the dialog offers."""
        with Vertical(id="dialog"):
            with VerticalScroll(id="text-scroll", can_focus=False):
                yield Static(self._text, id="text", markup=False)
            yield from self.compose_answers()
            yield Static(self.hint(), id="hint", markup=False)

    def compose_answers(self) -> ComposeResult:
        """Build what the person can answer with."""
        yield from ()

    def on_screen_resume(self) -> None:
        """Tell how to read on whenever the text is longer than its place."""
        scroll = self.query_one("#text-scroll", VerticalScroll)
        self.watch(scroll, "virtual_size", self._tell_of_more_later)

    def _tell_of_more_later(self) -> None:
        self.call_after_refresh(self._tell_of_more)

    def _tell_of_more(self) -> None:
        is_longer = self.query_one("#text-scroll", VerticalScroll).max_scroll_y > 0
        more = _("F3: read on") + "  " if is_longer else ""
        # What was said since then is news; how to answer is none.
        self.query_one("#hint", Static).update(self._said or more + self.hint())

    def hint(self) -> str:
        """Return the last line: how to answer."""
        return ""

    def answer_command(self, text: str) -> bool:  # noqa: ARG002
        """Answer by a command barcode; tell whether it is an answer here."""
        return False

    def answer_scan(self, text: str) -> bool:  # noqa: ARG002
        """Answer by a scan that is no command; tell whether it is an answer here."""
        return False

    def wait_aloud(self, text: str) -> None:
        """Say that an answer is waited for."""
        ring(self.app, Signal.REFUSED, on=self._bell)
        self._said = text
        self.query_one("#hint", Static).update(text)

    @on(Scanned)
    def _refuse_scan(self, message: Scanned) -> None:
        message.stop()
        text = command_text(message.scan.text)
        if text == BACK.code:
            self.action_back()
        elif text == READ_ON.code:
            self.action_more()
        elif not (self.answer_scan(message.scan.text.strip()) if text is None else self.answer_command(text)):
            self.wait_aloud(_("Answer first; scan it again then."))

    @on(PastedLines)
    def _refuse_lines(self, message: PastedLines) -> None:
        message.stop()
        self.wait_aloud(_("Answer first; scan it again then."))

    @on(Misread)
    @on(ScannerNews)
    def _tell(self, message: Misread | ScannerNews) -> None:
        message.stop()
        self.wait_aloud(message.text)

    @on(StoreWaiting)
    def _tell_waiting(self, message: StoreWaiting) -> None:
        message.stop()
        self._said = _("Waiting for the store...") if message.waiting else ""
        self.query_one("#hint", Static).update(self._said or self.hint())

    def action_back(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def action_more(self) -> None:
        """Read on in what is longer than its place: the text, or else the answers."""
        text, answers = self.query_one("#text-scroll"), self.query(Choices)
        if text.max_scroll_y <= 0 and any(choices.turn() for choices in answers):
            return
        places = [text, *answers]
        longer = next((place for place in places if place.max_scroll_y > 0), None)
        if longer is not None:
            read_on(longer)

    def action_scroll_text(self, pages: int) -> None:
        """Scroll a text that is longer than its place."""
        text = self.query_one("#text-scroll", VerticalScroll)
        text.scroll_relative(y=pages * max(1, text.size.height - 1), animate=False)
