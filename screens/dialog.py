"""What stands over a screen and waits for a person: a base for questions, refusals and entries."""

from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.commands import command_text
from screens.messages import Misread, Scanned, ScannerNews, StoreWaiting
from screens.signals import Signal, ring
from store.domain.language import _

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """A dialog over the whole width.

    While it is open, no scan is taken: a scanned piece that nobody judged must not look as if it were in. A
    command barcode answers; any other scan is refused aloud, and the dialog says that it waits.
    """

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar = [Binding("escape", "back", show=False)]

    def __init__(self, text: str, *, bell: bool = True) -> None:
        """Ask `text`; `bell` allows sounds."""
        super().__init__()
        self._text = text
        self._bell = bell

    def compose(self) -> ComposeResult:
        """Build the text and, below it, what the dialog offers."""
        with Vertical(id="dialog"):
            yield Static(self._text, id="text", markup=False)
            yield from self.compose_answers()
            yield Static(self.hint(), id="hint", markup=False)

    def compose_answers(self) -> ComposeResult:
        """Build what the person can answer with."""
        yield from ()

    def hint(self) -> str:
        """Return the last line: how to answer."""
        return ""

    def answer_command(self, text: str) -> bool:  # noqa: ARG002
        """Answer by a command barcode; tell whether it is an answer here."""
        return False

    def wait_aloud(self, text: str) -> None:
        """Say that an answer is waited for."""
        ring(self.app, Signal.REFUSED, on=self._bell)
        self.query_one("#hint", Static).update(text)

    @on(Scanned)
    def _refuse_scan(self, message: Scanned) -> None:
        message.stop()
        text = command_text(message.scan.text)
        if text == "BACK":
            self.action_back()
        elif text is None or not self.answer_command(text):
            self.wait_aloud(_("Answer first; scan it again then."))

    @on(Misread)
    @on(ScannerNews)
    def _tell(self, message: Misread | ScannerNews) -> None:
        message.stop()
        self.wait_aloud(message.text)

    @on(StoreWaiting)
    def _tell_waiting(self, message: StoreWaiting) -> None:
        message.stop()
        words = _("Waiting for the store...") if message.waiting else self.hint()
        self.query_one("#hint", Static).update(words)

    def action_back(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
