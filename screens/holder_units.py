"""What one customer has of ours, by the day on which it is due."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.choice import Choice
from screens.commands import Command
from screens.days import lateness_text, today_of
from screens.extension import Extension
from screens.finder import MORE
from screens.frame import Frame
from screens.lending_words import WHICH
from screens.naming import ask_named
from screens.session import Session
from screens.unit_card import UnitCard
from screens.widgets.choices import Choices
from screens.widgets.text_line import shorten
from screens.words import quantity, word
from store.domain.field_values import listed
from store.domain.language import N_, _, ngettext
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.domain.unreturned import Cursor, Out, OutPage, Which
from store.queries.loans import rental_of
from store.queries.unreturned import everything, page

PAGE = 100
NARROW = 60
SERIAL_WIDTH = 20
LATE_WIDTH = 22
EXTEND = Command(
    code="EXTEND",
    key="f5",
    label=N_("Extend"),
    action="extend",
    help=N_("Give the chosen piece, or more of its rental, another day."),
)


RETURN = Command(
    code="RETURN",
    key="f9",
    label=N_("Return"),
    action="return",
    help=N_("Open a return with the chosen piece, or with all units that are listed."),
)


class Listed(Message):
    """A page of it was read from the store."""

    def __init__(self, found: OutPage) -> None:
        """Carry it."""
        super().__init__()
        self.found = found


class HolderUnits(Frame):
    """Enter or a scan opens a unit's card."""

    OFFERS: ClassVar[tuple[Command, ...]] = (EXTEND, RETURN, MORE)
    CSS_PATH: ClassVar = ["frame.tcss", "extension.tcss"]

    def __init__(self, session: Session, party_id: int, name: str, which: Which) -> None:
        """Show what the party `party_id` has, as far as `which` lists it."""
        super().__init__(session)
        self._party_id = party_id
        self._name = name
        self._which = which
        self._after: Cursor | None = None
        self._rows: tuple[Out, ...] = ()
        self._next: Cursor | None = None

    def title_text(self) -> str:
        """Return whose it is, and what of it."""
        return f"{self._name}: {_(WHICH[self._which])}"

    def compose_body(self) -> ComposeResult:
        """Build the list."""
        yield Choices(id="out")

    def on_mount(self) -> None:
        """Read the first page."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        found = await self.session.lane.read(
            page, today_of(self.session), which=self._which, party_id=self._party_id, limit=PAGE,
            after=self._after, with_fields=True,
        )  # fmt: skip
        self.post_message(Listed(found))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        self._rows, self._next = message.found.rows, message.found.after
        rows = self._rows
        self.query_one(Choices).lay_out(lambda width: [self._row(row, width) for row in rows])
        count = len(self._rows)
        text = ngettext("{count} row", "{count} rows", count).format(count=count)
        self.say(f"{text}  {_('F3: more')}" if self._next else text)

    def _row(self, row: Out, width: int) -> str:
        what = row.serial or f"{quantity(row.quantity)} x {row.product_name}"
        late = lateness_text(row.until, today_of(self.session)) if row.until else word(row.terms)
        values = [listed(value) for value in row.values]
        if width < NARROW:
            return f"{shorten('  '.join((what, *values)), width)}\n{shorten(f'{late}  {row.number}', width)}"
        more = ", ".join((*values, row.product_name if row.serial else ""))
        return shorten(f"{what:<{SERIAL_WIDTH}} {late:<{LATE_WIDTH}} {row.number}  {more}", width)

    @on(OptionList.OptionSelected)
    def _open_chosen(self, message: OptionList.OptionSelected) -> None:
        unit_id = self._rows[message.option_index].unit_id
        if unit_id is not None:
            self.enqueue(partial(self._open_unit, unit_id))

    async def _open_unit(self, unit_id: int) -> None:
        await self.app.push_screen_wait(await UnitCard.opened(self.session, unit_id))
        await self._read()

    async def take_scan(self, scan: Scan) -> None:
        """Open the card of the scanned unit."""
        hit = await ask_named(self, scan, {Named.UNIT})
        if hit is not None:
            await self._open_unit(hit.id)

    def action_more(self) -> None:
        """Show the next ones; after the last ones the first again."""
        self._after = self._next
        self.enqueue(self._read)

    def action_extend(self) -> None:
        """Give the chosen piece another day."""
        chosen = self.query_one(Choices).highlighted
        if chosen is not None:
            self.enqueue(partial(self._extend, self._rows[chosen]))

    def action_return(self) -> None:
        """Open a return with the chosen piece, or with all units that are listed."""
        chosen = self.query_one(Choices).highlighted
        if chosen is not None:
            self.enqueue(partial(self._return, self._rows[chosen]))

    async def _return(self, row: Out) -> None:
        from screens.lending_actions import return_units

        if row.unit_id is None:
            await self.stop_work(_("Pieces without serials are scanned into a return."))
            return
        answers = (row.serial or "", _("All units that are listed"))
        chosen = await self.app.push_screen_wait(
            Choice(_("What comes back?"), answers, bell=self.session.bell)
        )
        if chosen is None:
            return
        unit_ids = [row.unit_id] if chosen == 0 else await self.session.lane.read(self._listed)
        await return_units(self, unit_ids)
        self._after = None
        await self._read()

    def _listed(self) -> list[int]:
        """Return the ids of all units that are listed, on whatever page."""
        found = everything(today_of(self.session), which=self._which, party_id=self._party_id)
        return [out.unit_id for out in found if out.unit_id is not None]

    async def _extend(self, row: Out) -> None:
        if row.loan_id is None:
            await self.stop_work(_("It is consigned, without a day on which it is due."))
            return
        document_id = await self.session.lane.read(rental_of, row.loan_id)
        await self.app.push_screen_wait(Extension(self.session, document_id, [row.loan_id]))
        await self._read()
