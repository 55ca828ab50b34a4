"""One reservation: what is promised, and handing it out."""

from functools import partial
from typing import ClassVar
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from screens.choice import Choice, yes_or_no
from screens.commands import Command
from screens.frame import Frame
from screens.reserved_rental import ReservedRental
from screens.session import Session
from screens.words import moment, quantity, word
from store.domain.documents import Document
from store.domain.kinds import KINDS
from store.domain.language import N_, _
from store.domain.reservations import Reservation, ReservationStatus
from store.domain.terms import DocumentType
from store.operations.reservation_end import cancel_reservation
from store.operations.reservations import hand_out
from store.queries.documents import head
from store.queries.reservations import reservation_by_id

HAND_OUT = Command(
    code="CLOSE",
    key="f10",
    label=N_("Hand out"),
    action="hand_out",
    help=N_("Open the document by which it is handed out, and scan into it."),
)
CANCEL = Command(
    code="CANCEL",
    key="f11",
    label=N_("Cancel it"),
    action="cancel",
    help=N_("Promise nothing any more."),
)
STATUSES = {
    ReservationStatus.OPEN: N_("reserved"),
    ReservationStatus.FULFILLED: N_("handed out"),
    ReservationStatus.CANCELLED: N_("cancelled"),
}


class Read(Message):
    """The reservation as the store has it now."""

    def __init__(self, reservation: Reservation) -> None:
        """Carry it."""
        super().__init__()
        self.reservation = reservation


class ReservationCard(Frame):
    """What a customer was promised."""

    OFFERS: ClassVar[tuple[Command, ...]] = (HAND_OUT, CANCEL)

    def __init__(self, session: Session, reservation_id: int) -> None:
        """Show one reservation."""
        super().__init__(session)
        self._reservation_id = reservation_id

    def title_text(self) -> str:
        """Return what it is."""
        return _("Reservation")

    def compose_body(self) -> ComposeResult:
        """Build the text."""
        with VerticalScroll():
            yield Static(id="text", markup=False)

    def on_mount(self) -> None:
        """Read it."""
        super().on_mount()
        self.query_one(VerticalScroll).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        self.post_message(Read(await self.session.lane.read(reservation_by_id, self._reservation_id)))

    @on(Read)
    def _show(self, message: Read) -> None:
        found = message.reservation
        rows = [
            found.party_name,
            f"{found.first.isoformat()} - {found.last.isoformat()}",
            f"{found.location_name}: {_(STATUSES[found.status])}",
            *([found.note] if found.note else []),
            *(
                f"{quantity(piece.quantity)} {piece.product_name}"
                + (f"  {piece.serial}" if piece.serial else "")
                for piece in found.pieces
            ),
            f"{moment(found.made_at)} {found.made_by}",
        ]
        self.query_one("#text", Static).update("\n".join(rows))
        is_open = found.status is ReservationStatus.OPEN
        self.say(_("F10 hands it out.") if is_open else _(STATUSES[found.status]))

    def action_hand_out(self) -> None:
        """Open the document by which it goes out."""
        self.enqueue(self._hand_out)

    async def _hand_out(self) -> None:
        from screens.menu_items import HANDING_OUT, SCREENS

        reservation = await self.session.lane.read(reservation_by_id, self._reservation_id)
        if reservation.document_id is not None:
            document = await self.session.lane.read(head, reservation.document_id)
            if document is not None:
                await self._scan_into(document)
                return
        kinds = [kind for kind in SCREENS if kind in HANDING_OUT]
        question = Choice(_("By which document?"), [word(kind) for kind in kinds], bell=self.session.bell)
        chosen = await self.app.push_screen_wait(question)
        if chosen is not None:
            await self._open(reservation, kinds[chosen])

    async def _open(self, reservation: Reservation, kind: DocumentType) -> None:
        rental = None
        if KINDS[kind].lends:
            rental = await ReservedRental(self.session, reservation).ask(self.app)
            if rental is None:
                return
        document = await self.session.lane.write(
            hand_out, self.session.actor(), reservation.id, kind, rental=rental, token=str(uuid4())
        )
        await self._scan_into(document)

    async def _scan_into(self, document: Document) -> None:
        from screens.menu_items import SCREENS

        await self.app.push_screen_wait(SCREENS[document.type](self.session, document.id))
        await self._read()

    def action_cancel(self) -> None:
        """Take the promise back, after asking."""
        self.enqueue(partial(self._cancel))

    async def _cancel(self) -> None:
        question = yes_or_no(_("Cancel this reservation?"), bell=self.session.bell)
        if await self.app.push_screen_wait(question) == 0:
            await self.session.lane.write(cancel_reservation, self._reservation_id)
            self.dismiss()
