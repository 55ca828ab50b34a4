"""Scanning what belongs to suppliers: given back, taken into use and out of it, bought out."""

from typing import ClassVar

from screens import scan_commands as commands
from screens.commands import Command
from screens.prices import ask_price
from screens.scan_document import ScanDocument
from store.domain.language import N_
from store.domain.terms import DocumentType

PRICE = Command(
    code="PRICE",
    key="f8",
    label=N_("Price"),
    action="price",
    help=N_("Say what one piece of a product costs."),
)


class SupplierReturn(ScanDocument):
    """Theirs, and ours that are not right, go back to the supplier, with the reason."""

    TYPE = DocumentType.SUPPLIER_RETURN


class Borrowing(ScanDocument):
    """What we hold for the supplier is lent to us for our own use."""

    TYPE = DocumentType.BORROWING


class BorrowingEnd(ScanDocument):
    """What we used goes back to what we only hold."""

    TYPE = DocumentType.BORROWING_END


class Buyout(ScanDocument):
    """The supplier's units become ours where they are, each product at its price."""

    TYPE = DocumentType.BUYOUT
    OFFERS: ClassVar[tuple[Command, ...]] = (*commands.EVERYWHERE[:4], PRICE, *commands.EVERYWHERE[4:])

    def action_price(self) -> None:
        """Ask for the price of a line."""
        self.enqueue(self._price)

    async def _price(self) -> None:
        line = self.picked or await self.ask_line(self.lines)
        if line is not None and await ask_price(self.app, self.session, self.document_id, line):
            await self.reload()
