"""Lending to a customer: the head once, then only scans; extending what is out."""

from typing import ClassVar

from textual.app import App

from screens import scan_commands as commands
from screens.commands import Command
from screens.days import span_text, until_text
from screens.extension import Extension
from screens.new_rental import NewRental
from screens.noted_scans import RentalScans
from screens.scan_document import ScanDocument
from screens.session import Session
from store.domain.language import N_, _
from store.domain.terms import DocumentStatus, DocumentType
from store.queries.documents import head
from store.queries.loans import days_of, rental_terms

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

    def short_title_text(self) -> str:
        """Return the day before the customer, whose name is cut."""
        series, _blank, whose = super().short_title_text().partition(" ")
        return f"{series} {self._until} {whose}".rstrip()

    async def reload(self) -> None:
        """Read the rental and its last page of scans again. It is a job."""
        self._until = await self.session.lane.read(self._read_until)
        await super().reload()

    def _read_until(self) -> str:
        """Return until when it lends: what is out, else what was agreed. It runs in the lane."""
        document, terms = head(self.document_id), rental_terms(self.document_id)
        if document is not None and document.status is DocumentStatus.POSTED:
            return span_text(days_of(self.document_id))
        return until_text(terms.until) if terms else ""

    def action_extend(self) -> None:
        """Give what is out another day."""
        self.enqueue(self._extend)

    async def _extend(self) -> None:
        if self.status is not DocumentStatus.POSTED:
            await self.stop_work(_("Nothing of it is out yet. Close it first."))
            return
        await self.app.push_screen_wait(Extension(self.session, self.document_id))
        await self.reload()
