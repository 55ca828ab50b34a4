"""Services that end soon, or ended and were not renewed: by their day, to be renewed or given up."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message

from screens.choice import Choice
from screens.commands import Command
from screens.days import today_of
from screens.finder import FULL_WIDTH
from screens.frame import Frame
from screens.holding_messages import ALL, DO, PAGES, SELECT
from screens.naming import ask_named
from screens.service_deeds import end_some, renew_services
from screens.service_rows import expiring_lines
from screens.session import Session
from screens.unit_card import UnitCard
from screens.widgets.window import Side, Window
from store.domain.language import N_, _
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.domain.services import Expiring as Row
from store.domain.services import Expiry
from store.queries.parties import party_by_id
from store.queries.services import PAGE, count_of, expiring, expiring_ids, validity_of

WHICH: Mapping[Expiry, str] = {
    Expiry.ALL: N_("expired or within 90 days"),
    Expiry.DAYS_30: N_("within 30 days"),
    Expiry.DAYS_60: N_("within 60 days"),
    Expiry.DAYS_90: N_("within 90 days"),
    Expiry.EXPIRED: N_("expired, not renewed"),
}
FILTER = Command(
    code="FILTER",
    key="f2",
    label=N_("Filter"),
    action="filter",
    help=N_("List what ends within 30, 60 or 90 days, what expired, or all of it."),
)
MOST = 5_000
"""So many are renewed at once at most: one transaction, which others wait for."""


class Listed(Message):
    """A page was read, or could not be."""

    def __init__(
        self, which: Expiry, side: Side, rows: Sequence[Row] | None, *, more: bool, count: int
    ) -> None:
        """Carry what was asked for, the rows, and how many there are in all."""
        super().__init__()
        self.which = which
        self.side = side
        self.rows = rows
        self.more = more
        self.count = count


class Ticked(Message):
    """Services were chosen, or all of them are not any more."""

    def __init__(self, unit_ids: Sequence[int], *, chosen: bool) -> None:
        """Carry which."""
        super().__init__()
        self.unit_ids = unit_ids
        self.chosen = chosen


class Expiring(Frame):
    """Enter opens a service. Chosen ones are renewed or ended at once; a scan chooses one, or a customer."""

    OFFERS: ClassVar[tuple[Command, ...]] = (DO, SELECT, FILTER, PAGES, ALL)
    KEYS: ClassVar[tuple[Binding, ...]] = (Binding("space", "select", show=False),)
    CSS_PATH: ClassVar = ["frame.tcss"]

    def __init__(self, session: Session, which: Expiry = Expiry.ALL) -> None:
        """List what `which` says."""
        super().__init__(session)
        self._which = which
        self._count = 0
        self._chosen: set[int] = set()

    def title_text(self) -> str:
        """Return what is listed."""
        return f"{_('Expiring services')}: {_(WHICH[self._which])}"

    def compose_body(self) -> ComposeResult:
        """Build the list."""
        yield Window(self, id="expiring")

    def on_mount(self) -> None:
        """Read the first page."""
        super().on_mount()
        self._window.focus()
        self.enqueue(self._restart)

    @property
    def _window(self) -> Window:
        return self.query_one(Window)

    def lines(self, item: Any, width: int) -> Sequence[str]:
        """Return the lines of a service."""
        return expiring_lines(item, width, today_of(self.session))

    def is_marked(self, item: Any) -> bool:
        """Tell whether a service is chosen."""
        return item.unit_id in self._chosen

    async def _restart(self) -> None:
        await self._page(self._which, Side.FIRST, None)

    @on(Window.Wanted)
    def _read_page(self, message: Window.Wanted) -> None:
        self.enqueue(partial(self._page, self._which, message.side, message.item))

    async def _page(self, which: Expiry, side: Side, item: Row | None) -> None:
        today = today_of(self.session)
        key = item.key if item else None
        after, before = (key, None) if side is Side.AFTER else (None, key)
        rows: Sequence[Row] | None = None
        more, count = False, self._count
        try:
            if side in {Side.FIRST, Side.LAST}:
                count = await self.session.lane.read(count_of, which, today)
            rows = await self.session.lane.read(
                expiring, which, today, after=after, before=before, last=side is Side.LAST, limit=PAGE + 1
            )
            more = len(rows) > PAGE
            cut_front = side in {Side.LAST, Side.BEFORE}
            rows = (rows[-PAGE:] if cut_front else rows[:PAGE]) if more else rows
        finally:
            self.post_message(Listed(which, side, rows, more=more, count=count))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        if message.which is not self._which:
            return
        if message.rows is None:
            self._window.give_up()
            return
        self._count = message.count
        self._window.row_height = 1 if self.size.width >= FULL_WIDTH else 2
        begin = max(0, self._count - len(message.rows))
        self._window.put(message.side, message.rows, more=message.more, begin=begin)
        self.show_title()

    @on(Window.Moved)
    def _tell_position(self) -> None:
        text = _("Nothing expires.")
        if self._count:
            text = _("{row} of {count}").format(row=self._window.position, count=self._count)
        if self._chosen:
            text += "  " + _("chosen {count}").format(count=len(self._chosen))
        self.say(text)

    def on_resize(self) -> None:
        """Give each row as many lines as it needs."""
        self._window.row_height = 1 if self.size.width >= FULL_WIDTH else 2

    @on(Window.Chosen)
    def _open(self, message: Window.Chosen) -> None:
        self.enqueue(partial(self._open_card, message.item.unit_id))

    async def _open_card(self, unit_id: int) -> None:
        before = await self.session.lane.read(validity_of, unit_id)
        await self.app.push_screen_wait(await UnitCard.opened(self.session, unit_id))
        if before != await self.session.lane.read(validity_of, unit_id):
            self.post_message(Ticked([unit_id], chosen=False))
            await self._restart()

    def action_more(self) -> None:
        """Show the next page; after the last one the first again."""
        if self._window.is_at_end:
            self._window.action_ask("first")
        else:
            self._window.action_turn(1)

    def action_filter(self) -> None:
        """Choose what is listed."""
        self.enqueue(self._ask_filter)

    async def _ask_filter(self) -> None:
        kinds = list(WHICH)
        answers = [_(WHICH[kind]) for kind in kinds]
        chosen = await self.app.push_screen_wait(Choice(_("What to list?"), answers, bell=self.session.bell))
        if chosen is not None:
            self._which = kinds[chosen]
            await self._restart()

    def action_select(self) -> None:
        """Choose the row under the cursor, or leave it out again."""
        item = self._window.item
        if item is not None:
            self._tick(Ticked([item.unit_id], chosen=not self.is_marked(item)))
            self._window.action_move(1)

    def action_all(self) -> None:
        """Choose all that is listed, or none again."""
        self.enqueue(self._all)

    async def _all(self) -> None:
        ids = await self.session.lane.read(expiring_ids, self._which, today_of(self.session), limit=MOST)
        self.post_message(Ticked(ids, chosen=not self._chosen.issuperset(ids)))

    @on(Ticked)
    def _tick(self, message: Ticked) -> None:
        change = self._chosen.update if message.chosen else self._chosen.difference_update
        change(message.unit_ids)
        self._window.refresh()
        self._tell_position()

    def action_do(self) -> None:
        """Choose what to do with the chosen services, or with that under the cursor."""
        item = self._window.item
        ids = sorted(self._chosen) or ([item.unit_id] if item else [])
        name = f"{item.number}  {item.product_name}" if item and ids == [item.unit_id] else ""
        if ids:
            self.enqueue(partial(self._do, ids, name))

    async def _do(self, ids: Sequence[int], name: str) -> None:
        text = _("What to do with the {count} chosen?").format(count=len(ids)) if len(ids) > 1 else name
        answers = [_("Renew"), _("End, or give up"), _("Write to the customers")]
        question = Choice(text or _("What to do?"), answers, bell=self.session.bell)
        chosen = await self.app.push_screen_wait(question)
        if chosen is None:
            return
        if chosen == len(answers) - 1:
            # Printing is imported by those who print.
            from screens.mass_letters import write_letters

            # What was chosen stays so: it is renewed when the customer has answered.
            await write_letters(self, ids)
            return
        done = await (renew_services(self, ids, name) if chosen == 0 else end_some(self, ids))
        if done:
            self.post_message(Ticked(list(self._chosen), chosen=False))
            await self._restart()

    async def run_command_text(self, text: str) -> bool:
        """Run what a command barcode says; a digit opens a row that is seen."""
        if text.isdigit():
            return self._window.choose(int(text))
        return await super().run_command_text(text)

    async def take_scan(self, scan: Scan) -> None:
        """Choose the scanned service, or open what the scanned customer has."""
        hit = await ask_named(self, scan, {Named.UNIT, Named.PARTY})
        if hit is None:
            return
        if hit.kind is Named.PARTY:
            from screens.customer_holdings import CustomerHoldings

            party = await self.session.lane.read(party_by_id, hit.id)
            await self.app.push_screen_wait(CustomerHoldings(self.session, party))
            await self._restart()
            return
        terms = await self.session.lane.read(validity_of, hit.id)
        if terms is None or terms.is_over:
            await self._open_card(hit.id)
        else:
            self.post_message(Ticked([hit.id], chosen=True))
