"""Reserving units and pieces for a customer and some days."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import ClassVar
from uuid import uuid4

from textual import on
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.add_line import ADD, ask_line
from screens.choice import yes_or_no
from screens.commands import Command
from screens.days import ask_day
from screens.entry import Entry
from screens.frame import Frame, Job
from screens.naming import ask_named
from screens.party_choice import PartyChoice
from screens.session import Session
from screens.widgets.choices import Choices
from screens.words import quantity, refusal_text
from store.domain.errors import RefusedError
from store.domain.language import N_, _
from store.domain.records import Party, Product
from store.domain.reservations import NewPiece, NewReservation, check_period
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.operations.reservations import reserve
from store.queries.parties import party_by_id
from store.queries.products import product_by_id
from store.queries.units import card

RESERVE = Command(
    code="CLOSE", key="f10", label=N_("Reserve"), action="reserve", help=N_("Promise it for these days.")
)
DEFAULT_DAYS = 7


@dataclass(slots=True)
class _Form:
    """What was entered so far."""

    first: date
    last: date
    party: Party | None = None
    note: str = ""
    pieces: list[tuple[str, NewPiece]] = field(default_factory=list)


class Changed(Message):
    """Something was entered."""


class NewReservationForm(Frame):
    """A form of rows: a digit changes its row. A scanned unit, product or customer is put in."""

    OFFERS: ClassVar[tuple[Command, ...]] = (RESERVE, ADD)
    CSS_PATH: ClassVar = ["frame.tcss", "new_document.tcss"]

    def __init__(self, session: Session) -> None:
        """Reserve from today on, until other days are chosen."""
        super().__init__(session)
        self._today = session.clock().astimezone().date()
        self._form = _Form(first=self._today, last=self._today + timedelta(days=DEFAULT_DAYS))
        self._token = str(uuid4())
        self.made: int | None = None

    async def ask(self, app: App[object]) -> int | None:
        """Show this screen and return the id of the reservation; None: the person went back."""
        await app.push_screen_wait(self)
        return self.made

    def title_text(self) -> str:
        """Return what is made."""
        return _("New reservation")

    def compose_body(self) -> ComposeResult:
        """Build the rows."""
        yield Choices(id="rows")

    def on_mount(self) -> None:
        """Ask first for whom it is."""
        super().on_mount()
        self.query_one(Choices).focus()
        self._fill()
        self.enqueue(self._ask_party)

    def _rows(self) -> list[tuple[str, Job]]:
        """Return the rows of the form, and the job behind each."""
        form = self._form
        rows: list[tuple[str, Job]] = [
            (f"{_('Customer')}: {form.party.name if form.party else '?'}", self._ask_party),
            (_("From: {day}").format(day=form.first.isoformat()), self._ask_first),
            (_("Until: {day}").format(day=form.last.isoformat()), self._ask_last),
            (_("What for: {text}").format(text=form.note or "-"), self._ask_note),
        ]
        for number, (name, piece) in enumerate(form.pieces):
            rows.append((f"{quantity(piece.quantity)} {name}", partial(self._remove, number)))
        rows.append((_("Add a product..."), partial(self._ask_pieces, None)))
        return rows

    @on(Changed)
    def _fill(self) -> None:
        rows = self.query_one(Choices)
        highlighted = rows.highlighted or 0
        rows.fill(text for text, _job in self._rows())
        rows.highlighted = min(highlighted, rows.option_count - 1)
        is_ready = self._form.party and self._form.pieces
        self.say(_("F10 reserves it.") if is_ready else _("Scan units or products."))

    @on(OptionList.OptionSelected)
    def _change_row(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(self._rows()[message.option_index][1])

    async def _ask_party(self) -> None:
        party = await PartyChoice(self.session, suppliers=False).ask(self.app)
        self._form.party = party or self._form.party
        self.post_message(Changed())

    async def _ask_first(self) -> None:
        form = self._form
        length = form.last - form.first
        day = await self._ask_day(_("From which day?"), form.first, lambda day: (day, day + length))
        if day is not None:
            form.first, form.last = day, day + length
        self.post_message(Changed())

    async def _ask_last(self) -> None:
        form = self._form
        day = await self._ask_day(_("Until which day?"), form.last, lambda day: (form.first, day))
        form.last = day or form.last
        self.post_message(Changed())

    async def _ask_day(
        self, text: str, value: date, period: Callable[[date], tuple[date, date]]
    ) -> date | None:
        def wrong(day: date) -> str | None:
            try:
                check_period(*period(day), self._today)
            except RefusedError as error:
                return refusal_text(error.refusal)
            return None

        return await ask_day(
            self.app, text, today=self._today, value=value, check=wrong, bell=self.session.bell
        )

    async def _ask_note(self) -> None:
        entry = Entry(_("What for?"), value=self._form.note, takes_scans=True, bell=self.session.bell)
        answer = await self.app.push_screen_wait(entry)
        if answer is not None:
            self._form.note = answer.strip()
        self.post_message(Changed())

    async def _ask_pieces(self, product: Product | None) -> None:
        added = await ask_line(self.app, self.session, product)
        if added is not None:
            chosen, line = added
            piece = NewPiece(product_id=chosen.id, quantity=line.expected or Decimal(1))
            self._form.pieces.append((chosen.name, piece))
        self.post_message(Changed())

    async def _remove(self, number: int) -> None:
        name, _piece = self._form.pieces[number]
        question = yes_or_no(_("Remove {name}?").format(name=name), bell=self.session.bell)
        if await self.app.push_screen_wait(question) == 0:
            del self._form.pieces[number]
        self.post_message(Changed())

    async def take_scan(self, scan: Scan) -> None:
        """Put in what a scan names: a unit, a product, the customer."""
        hit = await ask_named(self, scan, (Named.UNIT, Named.PRODUCT, Named.PARTY))
        if hit is None:
            return
        read = self.session.lane.read
        if hit.kind is Named.UNIT:
            unit = await read(card, hit.id)
            await self._add_unit(unit.id, unit.product.id, f"{unit.product.name}  {unit.serial}")
        elif hit.kind is Named.PRODUCT:
            await self._ask_pieces(await read(product_by_id, hit.id))
        else:
            self._form.party = await read(party_by_id, hit.id)
        self.post_message(Changed())

    async def _add_unit(self, unit_id: int, product_id: int, name: str) -> None:
        if any(piece.unit_id == unit_id for _name, piece in self._form.pieces):
            await self.stop_work(_("{name} is on the list already. Scan the next one.").format(name=name))
            return
        self._form.pieces.append((name, NewPiece(product_id=product_id, unit_id=unit_id)))

    def action_add(self) -> None:
        """Add pieces of a product."""
        self.enqueue(partial(self._ask_pieces, None))

    def action_reserve(self) -> None:
        """Make the reservation."""
        self.enqueue(self._reserve)

    async def _reserve(self) -> None:
        form = self._form
        if form.party is None:
            await self._ask_party()
        if form.party is None:
            return
        actor = self.session.actor()
        new = NewReservation(
            party_id=form.party.id,
            location_id=actor.terminal.location.id,
            first=form.first,
            last=form.last,
            pieces=tuple(piece for _name, piece in form.pieces),
            note=form.note,
        )
        made = await self.session.lane.write(reserve, actor, new, token=self._token)
        self.made = made.id
        self.dismiss()

    def action_back(self) -> None:
        """Go back, and ask first when something was entered."""
        self.enqueue(self._go_back)

    async def _go_back(self) -> None:
        if self._form.pieces:
            question = yes_or_no(_("Leave without reserving?"), bell=self.session.bell)
            if await self.app.push_screen_wait(question) != 0:
                return
        self.dismiss()
