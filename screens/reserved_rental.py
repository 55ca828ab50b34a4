"""How long a reservation is lent, what for and at what price: the only things that it does not say itself."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.widgets import OptionList

from screens.commands import Command
from screens.days import today_of
from screens.frame import Frame, Job
from screens.new_document import OPEN, Changed
from screens.rental_form import RentalForm
from screens.session import Session
from screens.widgets.choices import Choices
from store.domain.language import _
from store.domain.loans import RentalTerms, Until
from store.domain.reservations import Reservation


class ReservedRental(Frame):
    """A form of rows, filled in as far as the reservation knows: it is due on its last day."""

    OFFERS: ClassVar[tuple[Command, ...]] = (OPEN,)
    CSS_PATH: ClassVar = ["frame.tcss", "new_document.tcss"]

    def __init__(self, session: Session, reservation: Reservation) -> None:
        """Lend what `reservation` promises."""
        super().__init__(session)
        self._party = reservation.party_name
        due = max(reservation.last, today_of(session))
        self._rental = RentalForm(session, until=Until(due=due), purpose=reservation.note)
        self._terms: RentalTerms | None = None

    async def ask(self, app: App[object]) -> RentalTerms | None:
        """Show this screen and return what was entered; None: the person went back."""
        await app.push_screen_wait(self)
        return self._terms

    def title_text(self) -> str:
        """Return to whom it is lent."""
        return _("Rental: {party}").format(party=self._party)

    def compose_body(self) -> ComposeResult:
        """Build the rows."""
        yield Choices(id="rows")

    def on_mount(self) -> None:
        """Show what is known."""
        super().on_mount()
        self.query_one(Choices).focus()
        self._fill()

    @on(Changed)
    def _fill(self) -> None:
        rows = self.query_one(Choices)
        highlighted = rows.highlighted or 0
        rows.fill(text for text, _ask in self._rental.rows(self.app))
        rows.highlighted = highlighted
        self.say(_("F10 opens it."))

    @on(OptionList.OptionSelected)
    def _change_row(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(self._then_fill(self._rental.rows(self.app)[message.option_index][1]))

    def _then_fill(self, ask: Callable[[], Awaitable[None]]) -> Job:
        async def job() -> None:
            await ask()
            self.post_message(Changed())

        return job

    def action_open(self) -> None:
        """Go on to the rental."""
        self.enqueue(self._open)

    async def _open(self) -> None:
        self._terms = self._rental.terms()
        self.dismiss()
