"""Making a deal: with whom, what, how much of it, and at what price."""

from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar
from uuid import uuid4

from textual import on
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.choice import Choice, yes_or_no
from screens.commands import Command
from screens.deal_lines import ADD, ask_new_line, ask_price, ask_quantity, line_text
from screens.entry import Entry
from screens.frame import Frame, Job
from screens.location_choice import LocationChoice
from screens.naming import ask_named
from screens.party_choice import PartyChoice
from screens.session import Session
from screens.widgets.choices import Choices
from screens.words import refusal_text
from store.domain.deals import CURRENCY, NewDeal, NewDealLine, check_currency
from store.domain.errors import RefusedError
from store.domain.language import N_, _
from store.domain.records import Location, Party, Product
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.operations.deals import make_deal
from store.queries.locations import by_ids
from store.queries.parties import party_by_id
from store.queries.products import product_by_id

MAKE = Command(
    code="CLOSE", key="f10", label=N_("Make it"), action="make", help=N_("Keep the deal and show it.")
)


@dataclass(slots=True)
class _Form:
    """What was entered so far."""

    location: Location
    party: Party | None = None
    their_order: str = ""
    currency: str = CURRENCY
    note: str = ""
    lines: list[tuple[Product, NewDealLine]] = field(default_factory=list)


class Changed(Message):
    """Something was entered."""


class NewDealForm(Frame):
    """A form of rows: a digit changes its row. A scanned product or customer is put in."""

    OFFERS: ClassVar[tuple[Command, ...]] = (MAKE, ADD)
    CSS_PATH: ClassVar = ["frame.tcss", "new_document.tcss"]

    def __init__(self, session: Session) -> None:
        """Make a deal whose goods are taken from where this terminal is, unless another place is chosen."""
        super().__init__(session)
        self._form = _Form(location=session.actor().terminal.location)
        self._token = str(uuid4())
        self.made: int | None = None

    async def ask(self, app: App[object]) -> int | None:
        """Show this screen and return the id of the deal; None: the person went back."""
        await app.push_screen_wait(self)
        return self.made

    def title_text(self) -> str:
        """Return what is made."""
        return _("New deal")

    def compose_body(self) -> ComposeResult:
        """Build the rows."""
        yield Choices(id="rows")

    def on_mount(self) -> None:
        """Ask first with whom it is."""
        super().on_mount()
        self.query_one(Choices).focus()
        self._fill()
        self.enqueue(self._ask_party)

    def _rows(self) -> list[tuple[str, Job]]:
        """Return the rows of the form, and the job behind each."""
        form = self._form
        rows: list[tuple[str, Job]] = [
            (f"{_('Customer')}: {form.party.name if form.party else '?'}", self._ask_party),
            (f"{_('Their order')}: {form.their_order or '-'}", self._ask_order),
            (_("Currency: {code}").format(code=form.currency), self._ask_currency),
            (_("Note: {text}").format(text=form.note or "-"), self._ask_note),
            (_("From: {place}").format(place=form.location.name), self._ask_location),
        ]
        for number, (product, line) in enumerate(form.lines):
            text = line_text(product, line.quantity, line.unit_price, form.currency)
            rows.append((text, partial(self._change_line, number)))
        rows.append((_("Add a product..."), partial(self._ask_line, None)))
        return rows

    @on(Changed)
    def _fill(self) -> None:
        rows = self.query_one(Choices)
        highlighted = rows.highlighted or 0
        rows.fill(text for text, _job in self._rows())
        rows.highlighted = min(highlighted, rows.option_count - 1)
        is_ready = self._form.party and self._form.lines
        self.say(_("F10 makes the deal.") if is_ready else _("Scan a product, or choose one."))

    @on(OptionList.OptionSelected)
    def _change_row(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(self._rows()[message.option_index][1])

    async def _ask_party(self) -> None:
        party = await PartyChoice(self.session, suppliers=False).ask(self.app)
        self._form.party = party or self._form.party
        self.post_message(Changed())

    async def _ask_order(self) -> None:
        answer = await self._text(_("Their order?"), self._form.their_order)
        self._form.their_order = self._form.their_order if answer is None else answer
        self.post_message(Changed())

    async def _ask_note(self) -> None:
        answer = await self._text(_("Note?"), self._form.note)
        self._form.note = self._form.note if answer is None else answer
        self.post_message(Changed())

    async def _ask_location(self) -> None:
        place = await LocationChoice(self.session, _("From which location?")).ask(self.app)
        self._form.location = place or self._form.location
        self.post_message(Changed())

    async def _text(self, question: str, value: str) -> str | None:
        entry = Entry(question, value=value, takes_scans=True, bell=self.session.bell)
        answer = await self.app.push_screen_wait(entry)
        return None if answer is None else answer.strip()

    async def _ask_currency(self) -> None:
        entry = Entry(
            _("Currency?"), value=self._form.currency, takes_scans=True, check=_wrong, bell=self.session.bell
        )
        answer = await self.app.push_screen_wait(entry)
        if answer is not None:
            self._form.currency = check_currency(answer)
        self.post_message(Changed())

    async def _ask_line(self, product: Product | None) -> None:
        added = await ask_new_line(self.app, self.session, product)
        if added is not None:
            self._form.lines.append(added)
        self.post_message(Changed())

    async def _change_line(self, number: int) -> None:
        product, line = self._form.lines[number]
        answers = (_("Change the quantity"), _("Change the price"), _("Remove it"))
        chosen = await self.app.push_screen_wait(Choice(product.name, answers, bell=self.session.bell))
        count, price = line.quantity, line.unit_price
        if chosen == 0:
            count = await ask_quantity(self.app, self.session, product, count) or count
        elif chosen == 1:
            said, given = await ask_price(self.app, self.session, product, price)
            price = given if said else price
        if chosen == 2:
            del self._form.lines[number]
        else:
            kept = NewDealLine(product_id=product.id, quantity=count, unit_price=price)
            self._form.lines[number] = (product, kept)
        self.post_message(Changed())

    async def take_scan(self, scan: Scan) -> None:
        """Put in what a scan names: a product, the customer, or the location that the goods leave."""
        hit = await ask_named(self, scan, (Named.PRODUCT, Named.PARTY, Named.LOCATION))
        if hit is None:
            return
        if hit.kind is Named.PRODUCT:
            await self._ask_line(await self.session.lane.read(product_by_id, hit.id))
        elif hit.kind is Named.LOCATION:
            (self._form.location,) = await self.session.lane.read(by_ids, [hit.id])
        else:
            self._form.party = await self.session.lane.read(party_by_id, hit.id)
        self.post_message(Changed())

    def action_add(self) -> None:
        """Add a product."""
        self.enqueue(partial(self._ask_line, None))

    def action_make(self) -> None:
        """Keep the deal."""
        self.enqueue(self._make)

    async def _make(self) -> None:
        form = self._form
        if form.party is None:
            await self._ask_party()
        if form.party is None:
            return
        actor = self.session.actor()
        new = NewDeal(
            party_id=form.party.id,
            location_id=form.location.id,
            lines=tuple(line for _product, line in form.lines),
            their_order=form.their_order,
            currency=form.currency,
            note=form.note,
        )
        made = await self.session.lane.write(make_deal, actor, new, token=self._token)
        self.made = made.head.id
        self.dismiss()

    def action_back(self) -> None:
        """Go back, and ask first when something was entered."""
        self.enqueue(self._go_back)

    async def _go_back(self) -> None:
        if self._form.lines:
            question = yes_or_no(_("Leave without making the deal?"), bell=self.session.bell)
            if await self.app.push_screen_wait(question) != 0:
                return
        self.dismiss()


def _wrong(text: str) -> str | None:
    try:
        check_currency(text)
    except RefusedError as error:
        return refusal_text(error.refusal)
    return None
