"""A question with a few answers, chosen by digit, by arrows, or by a barcode."""

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList

from screens.commands import NO, OK, YES
from screens.dialog import Dialog
from screens.widgets.choices import DIGITS, Choices
from store.domain.language import _


class Choice(Dialog[int]):
    """Asks for one of several answers and returns its index, or None when there was none.

    A yes-or-no question has its answers in this order, so that the barcodes YES and NO choose them.
    """

    def __init__(
        self, text: str, answers: Sequence[str], *, codes: Mapping[str, int] | None = None, bell: bool = True
    ) -> None:
        """Ask `text` with `answers` to choose from; a scan of one of `codes` answers with its number."""
        super().__init__(text, bell=bell)
        self._answers = answers
        self._codes = codes or {}

    def compose_answers(self) -> ComposeResult:
        """List the answers."""
        yield Choices(self._answers)

    def on_mount(self) -> None:
        """Let the arrows move in the list."""
        self.query_one(Choices).focus()

    def hint(self) -> str:
        """Return how to answer."""
        if len(self._answers) > len(DIGITS):
            return _("Digit or Enter; F3: the next ones; Esc: none of these")
        return _("Digit or Enter; Esc: none of these")

    def answer_command(self, text: str) -> bool:
        """Choose by a barcode: YES, NO, or the answer's number."""
        if text.isdigit():
            return self.query_one(Choices).choose(int(text))
        index = {YES: 0, OK: 0, NO: 1}.get(text, -1)
        if not 0 <= index < len(self._answers):
            return False
        self.dismiss(index)
        return True

    def answer_scan(self, text: str) -> bool:
        """Choose by a barcode that is no command."""
        if text not in self._codes:
            return False
        self.dismiss(self._codes[text])
        return True

    @on(OptionList.OptionSelected)
    def _choose_option(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(message.option_index)


def yes_or_no(text: str, *, bell: bool = True) -> Choice:
    """Return a question that is answered by 0 for yes and 1 for no."""
    return Choice(text, (_("Yes"), _("No")), bell=bell)
