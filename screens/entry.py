"""A line of text asked of a person."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from screens.commands import OK, QUANTITY, command_text
from screens.dialog import Dialog
from screens.messages import Scanned
from store.domain.language import _


class Entry(Dialog[str]):
    """Asks for a line of text and returns it, or None when the person went back.

    A scan never types into the field: it either is the answer as a whole, where `takes_scans`, or refused.
    """

    def __init__(
        self,
        text: str,
        *,
        value: str = "",
        secret: bool = False,
        takes_scans: bool = False,
        check: Callable[[str], str | None] | None = None,
        bell: bool = True,
    ) -> None:
        """Ask `text`; `check` returns what is wrong with an answer, or None."""
        super().__init__(text, bell=bell)
        self._value = value
        self._secret = secret
        self._takes_scans = takes_scans
        self._check = check

    def compose_answers(self) -> ComposeResult:
        """Build the field."""
        field = Input(self._value, password=self._secret)
        field.cursor_blink = False
        yield field

    def on_mount(self) -> None:
        """Be ready to type."""
        self.query_one(Input).focus()

    def hint(self) -> str:
        """Return how to answer."""
        return _("Enter: done  Esc: back")

    def answer_command(self, text: str) -> bool:
        """Answer by a barcode: OK takes what stands in the field, QTY 10 is the number where one is asked."""
        word, _space, amount = text.partition(" ")
        if text == OK:
            self._answer(self.query_one(Input).value)
            return True
        is_number = word == QUANTITY and self._check is not None and self._check(amount) is None
        if is_number:
            self._answer(amount)
        return is_number

    @on(Scanned)
    def _answer_by_scan(self, message: Scanned) -> None:
        if self._takes_scans and command_text(message.scan.text) is None:
            message.stop()
            message.prevent_default()
            self._answer(message.scan.text)

    @on(Input.Submitted)
    def _answer_by_key(self, message: Input.Submitted) -> None:
        self._answer(message.value)

    def _answer(self, text: str) -> None:
        wrong = self._check(text) if self._check else None
        if wrong:
            self.wait_aloud(wrong)
        else:
            self.dismiss(text)
