"""Open reservations, the next to begin first."""

from datetime import date
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.commands import Command
from screens.finder import row_text
from screens.frame import Frame
from screens.new_reservation import NewReservationForm
from screens.reservation_card import ReservationCard
from screens.session import Session
from screens.widgets.choices import Choices
from store.domain.language import N_, _, ngettext
from store.domain.reservations import Reservation
from store.queries.reservations import open_reservations

PAGE = 100
NAME_WIDTH = 36
NEW = Command(
    code="NEW", key="f2", label=N_("New"), action="new", help=N_("Reserve units or pieces for a customer.")
)
LATER = Command(
    code="OLDER", key="f4", label=N_("Later"), action="later", help=N_("Show the reservations after these.")
)


class Listed(Message):
    """Reservations were read from the store."""

    def __init__(self, found: list[Reservation]) -> None:
        """Carry what was `found`."""
        super().__init__()
        self.found = found


class Reservations(Frame):
    """Choose a reservation by its digit or by the arrows."""

    OFFERS: ClassVar[tuple[Command, ...]] = (NEW, LATER)
    CSS_PATH: ClassVar = ["frame.tcss", "document_list.tcss"]

    def __init__(self, session: Session) -> None:
        """List what is promised from now on."""
        super().__init__(session)
        self._after: tuple[date, int] | None = None
        self._found: list[Reservation] = []

    def title_text(self) -> str:
        """Return what is listed."""
        return _("Reservations")

    def compose_body(self) -> ComposeResult:
        """Build the list."""
        yield Choices(id="documents")

    def on_mount(self) -> None:
        """Read the reservations."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        found = await self.session.lane.read(open_reservations, limit=PAGE, after=self._after)
        self.post_message(Listed(found))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        self._found = message.found
        rows, today = self._found, self.session.clock().astimezone().date()
        self.query_one(Choices).lay_out(
            lambda width: [row_text(*parts(row, today), width, NAME_WIDTH) for row in rows]
        )
        count = len(self._found)
        self.say(ngettext("{count} reservation", "{count} reservations", count).format(count=count))

    @on(OptionList.OptionSelected)
    def _open_chosen(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(partial(self._open, self._found[message.option_index].id))

    async def _open(self, reservation_id: int) -> None:
        await self.app.push_screen_wait(ReservationCard(self.session, reservation_id))
        await self._read()

    def action_new(self) -> None:
        """Reserve something."""
        self.enqueue(self._reserve)

    async def _reserve(self) -> None:
        made = await NewReservationForm(self.session).ask(self.app)
        if made is not None:
            await self._open(made)

    def action_later(self) -> None:
        """Show the reservations after these; after the last ones the first again."""
        full = len(self._found) == PAGE
        self._after = (self._found[-1].first, self._found[-1].id) if full else None
        self.enqueue(self._read)


def parts(row: Reservation, today: date) -> tuple[str, str]:
    """Return a reservation's row: who; and when, what for, and whether its days are over."""
    period = f"{row.first.isoformat()} - {row.last.isoformat()}"
    over = _("its days are over") if row.last < today else ""
    return row.party_name, "  ".join(part for part in (period, row.note, over) if part)
