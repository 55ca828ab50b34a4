"""A refused scan stops the work until somebody has seen it."""

from typing import ClassVar

from textual.binding import Binding

from screens.commands import OK
from screens.dialog import Dialog
from screens.signals import Signal, ring
from store.domain.language import _


class RefusalPanel(Dialog[bool]):
    """Says over the full width why a scan was refused, and waits until that is acknowledged."""

    BINDINGS: ClassVar = [
        Binding(key, "acknowledge", show=False) for key in ("enter", "space", "escape", "f10", "1")
    ]

    def on_mount(self) -> None:
        """Sound the refusal."""
        ring(self.app, Signal.REFUSED, on=self._bell)

    def hint(self) -> str:
        """Return how to go on."""
        return _("Enter: understood")

    def answer_command(self, text: str) -> bool:
        """Acknowledge by the barcode."""
        if text == OK:
            self.action_acknowledge()
        return text == OK

    def action_acknowledge(self) -> None:
        """Go on scanning."""
        self.dismiss(True)  # noqa: FBT003 - the dialog's result
