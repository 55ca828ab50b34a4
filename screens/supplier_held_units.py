"""What one supplier has with us, by the day on which it is due back; another day for it, giving it back."""

from functools import partial
from typing import ClassVar
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.choice import Choice
from screens.commands import Command
from screens.days import ask_day_ahead, today_of
from screens.entry import Entry
from screens.finder import MORE
from screens.frame import Frame
from screens.naming import ask_named
from screens.scan_document import ScanDocument
from screens.session import Session
from screens.suppliers_units import BorrowingEnd, SupplierReturn
from screens.unit_card import UnitCard
from screens.widgets.choices import Choices
from screens.widgets.text_line import shorten
from screens.words import quantity, reason_fault, word
from store.domain.deposits import Held, HeldCursor, HeldPage, HeldWhich
from store.domain.language import N_, _, ngettext
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.operations.deposits import change_due, open_giving_back
from store.queries.deposits import page

PAGE = 100
NARROW = 60
SERIAL_WIDTH = 20
DAY_WIDTH = 22
WHICH = {
    HeldWhich.ALL: N_("all"),
    HeldWhich.OVERDUE: N_("overdue"),
    HeldWhich.WEEK: N_("due this week"),
}
REASONS = (N_("Agreed with the supplier"), N_("Mistake in the day"))

GIVE_BACK = Command(
    code="GIVEBACK",
    key="f10",
    label=N_("Give back"),
    action="give_back",
    help=N_("Open the document by which what lies here goes back, with what is expected on it."),
)
DUE = Command(
    code="DUE",
    key="f5",
    label=N_("Another day"),
    action="due",
    help=N_("Let the chosen unit, or all that is listed, be due back on another day."),
)
FILTER = Command(
    code="FILTER",
    key="f2",
    label=N_("Filter"),
    action="filter",
    help=N_("List all of it, what is overdue, or what is due back this week."),
)


class Listed(Message):
    """A page of it was read from the store."""

    def __init__(self, found: HeldPage) -> None:
        """Carry it."""
        super().__init__()
        self.found = found


class SupplierHeldUnits(Frame):
    """Enter or a scan opens a unit's card."""

    OFFERS: ClassVar[tuple[Command, ...]] = (GIVE_BACK, DUE, FILTER, MORE)
    CSS_PATH: ClassVar = ["frame.tcss", "supplier_held_units.tcss"]

    def __init__(self, session: Session, party_id: int, name: str) -> None:
        """Show what the supplier `party_id` has with us."""
        super().__init__(session)
        self._party_id = party_id
        self._name = name
        self._which = HeldWhich.ALL
        self._after: HeldCursor | None = None
        self._page = HeldPage(rows=(), after=None)

    def title_text(self) -> str:
        """Return whose it is, and what of it."""
        return f"{self._name}: {_(WHICH[self._which])}"

    def compose_body(self) -> ComposeResult:
        """Build the list."""
        yield Choices(id="held")

    def on_mount(self) -> None:
        """Read the first page."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        found = await self.session.lane.read(
            page, self._party_id, today_of(self.session), which=self._which, limit=PAGE, after=self._after
        )
        self.post_message(Listed(found))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        self._page = message.found
        rows = self._page.rows
        self.query_one(Choices).lay_out(lambda width: [self._row(row, width) for row in rows])
        self.show_title()
        count = len(self._page.rows)
        text = ngettext("{count} row", "{count} rows", count).format(count=count)
        self.say(f"{text}  {_('F3: more')}" if self._page.after else text)

    def _row(self, row: Held, width: int) -> str:
        what = row.serial or f"{quantity(row.quantity)} x {row.product_name}"
        where = f"{row.place}, {word(row.terms)}" if row.place else _("lost")
        day = self._day_text(row)
        if width < NARROW:
            return f"{shorten(what, width)}\n{shorten(f'{day}  {where}', width)}"
        since = _("since {day}").format(day=row.since.astimezone().date().isoformat()) if row.since else ""
        name = row.product_name if row.serial else ""
        return shorten(f"{what:<{SERIAL_WIDTH}} {day:<{DAY_WIDTH}} {where}  {since}  {name}".rstrip(), width)

    def _day_text(self, row: Held) -> str:
        late = row.days_late(today_of(self.session))
        if late:
            return ngettext("{count} day late", "{count} days late", late).format(count=late)
        return _("to {day}").format(day=row.due.isoformat()) if row.due else _("no day")

    @on(OptionList.OptionSelected)
    def _open_chosen(self, message: OptionList.OptionSelected) -> None:
        unit_id = self._page.rows[message.option_index].unit_id
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
        self._after = self._page.after
        self.enqueue(self._read)

    def action_filter(self) -> None:
        """Choose what is listed."""
        self.enqueue(self._ask_filter)

    async def _ask_filter(self) -> None:
        kinds = list(WHICH)
        answers = [_(WHICH[kind]) for kind in kinds]
        chosen = await self.app.push_screen_wait(Choice(_("What to list?"), answers, bell=self.session.bell))
        if chosen is not None:
            self._which, self._after = kinds[chosen], None
            await self._read()

    def action_due(self) -> None:
        """Give the chosen unit another day."""
        self.enqueue(partial(self._ask_due, self.query_one(Choices).highlighted))

    async def _ask_due(self, highlighted: int | None) -> None:
        listed = [row for row in self._page.rows if row.unit_id is not None]
        chosen = self._page.rows[highlighted] if highlighted is not None else None
        if chosen is None or chosen.unit_id is None:
            await self.stop_work(_("Choose a unit first: pieces without serials have no day."))
            return
        rows = [chosen]
        if len(listed) > 1:
            answers = [chosen.serial, _("All {count} that are listed").format(count=len(listed))]
            which = await self.app.push_screen_wait(
                Choice(_("Another day for which?"), answers, bell=self.session.bell)
            )
            if which is None:
                return
            rows = listed if which else rows
        due = await ask_day_ahead(self.app, self.session, _("Due back on which day, or in how many days?"))
        if due is None:
            return
        reason = await self._ask_reason()
        if reason is not None:
            ids = [row.unit_id for row in rows if row.unit_id is not None]
            await self.session.lane.write(
                change_due, self.session.actor(), ids, due, reason=reason, token=str(uuid4())
            )
            await self._read()

    async def _ask_reason(self) -> str | None:
        texts = [_(reason) for reason in REASONS]
        question = Choice(_("Why another day?"), [*texts, _("Another reason")], bell=self.session.bell)
        chosen = await self.app.push_screen_wait(question)
        if chosen is None or chosen < len(texts):
            return None if chosen is None else texts[chosen]
        entry = Entry(_("Reason?"), check=reason_fault, bell=self.session.bell)
        answer = await self.app.push_screen_wait(entry)
        return None if answer is None else answer.strip()

    def action_give_back(self) -> None:
        """Open the document by which it goes back."""
        self.enqueue(self._give_back)

    async def _give_back(self) -> None:
        screens: tuple[type[ScanDocument], ...] = (SupplierReturn, BorrowingEnd)
        answers = [
            _("Return to the supplier (ZD)"),
            _("Out of our use, back to the deposit (ZU)"),
        ]
        question = Choice(_("How does it go back?"), answers, bell=self.session.bell)
        chosen = await self.app.push_screen_wait(question)
        if chosen is None:
            return
        screen = screens[chosen]
        document = await self.session.lane.write(
            open_giving_back, self.session.actor(), self._party_id, screen.TYPE,
            which=self._which, token=str(uuid4()),
        )  # fmt: skip
        await self.app.push_screen_wait(screen(self.session, document.id))
        await self._read()
