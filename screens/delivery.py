"""Scanning a delivery into stock."""

from typing import ClassVar

from screens import scan_commands as commands
from screens.choice import Choice
from screens.commands import Command
from screens.days import ask_day_ahead
from screens.scan_document import ScanDocument
from store.domain.language import _
from store.domain.terms import DocumentStatus, DocumentType
from store.operations.deposits import set_due
from store.queries.deposits import due_of
from store.queries.scans import scan_count


class Delivery(ScanDocument):
    """What a supplier sent is scanned against what was expected, and closed into stock."""

    TYPE = DocumentType.DELIVERY
    OFFERS: ClassVar[tuple[Command, ...]] = (
        *commands.EVERYWHERE[:4],
        commands.REJECT,
        *commands.EVERYWHERE[4:],
    )

    async def _close(self) -> None:
        """Ask of a deposit when it is due back, and close."""
        is_deposit = self._view is not None and self._view.document.units_of_supplier
        if is_deposit and self.status is DocumentStatus.OPEN and not await self._settle_due():
            return
        await super()._close()

    async def _settle_due(self) -> bool:
        """Tell whether it was said until when the supplier's units stay, or that nobody knows."""
        if await self.session.lane.read(scan_count, self.document_id) == 0:
            return True
        known = await self.session.lane.read(due_of, self.document_id)
        answers = [_("On a day"), _("No day is agreed")]
        question = _("These units stay the supplier's. When are they due back?")
        chosen = await self.app.push_screen_wait(Choice(question, answers, bell=self.session.bell))
        if chosen is None:
            return False
        due = None
        if chosen == 0:
            due = await ask_day_ahead(
                self.app, self.session, _("Due back on which day, or in how many days?"),
                value=known.isoformat() if known else "",
            )  # fmt: skip
            if due is None:
                return False
        await self.session.lane.write(set_due, self.session.actor(), self.document_id, due)
        return True
