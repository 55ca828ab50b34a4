"""Something good to know that has to be seen: a document's number, what became of a list."""

from typing import ClassVar

from textual.binding import Binding

from screens.commands import OK
from screens.dialog import Dialog
from store.domain.language import _


class Notice(Dialog[bool]):
    """Shows a text until it is acknowledged by a key or the barcode OK."""

    BINDINGS: ClassVar = [
        Binding(key, "acknowledge", show=False) for key in ("enter", "space", "escape", "f10", "1")
    ]

    def hint(self) -> str:
        """Return how to go on."""
        return _("Enter: go on")

    def answer_command(self, text: str) -> bool:
        """Acknowledge by the barcode."""
        if text == OK:
            self.action_acknowledge()
        return text == OK

    def action_acknowledge(self) -> None:
        """Go on."""
        self.dismiss(True)  # noqa: FBT003 - the dialog's result
