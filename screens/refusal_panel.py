"""A refused scan stops the work until somebody has seen it."""

from screens.notice import Notice
from screens.signals import Signal, ring
from store.domain.language import _


class RefusalPanel(Notice):
    """Says over the full width why a scan was refused, and waits until that is acknowledged."""

    def on_mount(self) -> None:
        """Sound the refusal."""
        ring(self.app, Signal.REFUSED, on=self._bell)

    def hint(self) -> str:
        """Return how to go on."""
        return _("Enter: understood")
