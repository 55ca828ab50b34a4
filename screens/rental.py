"""Lending to a customer: the head once, then only scans; extending what is out."""

from typing import ClassVar

from textual.app import App

from screens import scan_commands as commands
from screens.commands import Command
from screens.days import until_text
from screens.extension import Extension
from screens.new_rental import NewRental
from screens.noted_scans import RentalScans
from screens.scan_document import ScanDocument
from screens.session import Session
from store.domain.language import N_, _
from store.domain.terms import DocumentStatus, DocumentType
from store.queries.loans import rental_terms

EXTEND = Command(
    code="EXTEND",
    key="f8",
    label=N_("Extend"),
    action="extend",
    help=N_("Give what this posted rental has out another day: all of it, or some units."),
)


class Rental(ScanDocument):
    """What leaves stays ours, or the supplier's. Condition and accessories are noted in the list (F9)."""

    TYPE = DocumentType.RENTAL
    SCANS = RentalScans
    OFFERS: ClassVar[tuple[Command, ...]] = (
        *commands.EVERYWHERE[:6],
        EXTEND,
        *commands.EVERYWHERE[6:],
    )

    def __init__(self, session: Session, document_id: int) -> None:
        """Scan into the rental `document_id`."""
        super().__init__(session, document_id)
        self._until = ""

    @classmethod
    async def open_new(cls, app: App[object], session: Session) -> int | None:
        """Open a rental and return its id; None: the person went back."""
        return await NewRental(session).ask(app)

    def title_text(self) -> str:
        """Return the customer, and how long."""
        return f"{super().title_text()} {self._until}".rstrip()

    async def reload(self) -> None:
        """Read the rental and its last page of scans again. It is a job."""
        if not self._until:
            terms = await self.session.lane.read(rental_terms, self.document_id)
            self._until = until_text(terms.until) if terms else ""
        await super().reload()

    def action_extend(self) -> None:
        """Give what is out another day."""
        self.enqueue(self._extend)

    async def _extend(self) -> None:
        if self.status is not DocumentStatus.POSTED:
            await self.stop_work(_("Nothing of it is out yet. Close it first."))
            return
        await self.app.push_screen_wait(Extension(self.session, self.document_id))
