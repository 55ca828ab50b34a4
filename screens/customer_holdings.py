"""What a customer has, of any length: by product, by kind, piece by piece; and what to do with some of it."""

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from screens.commands import Command
from screens.finder import FULL_WIDTH
from screens.frame import Frame
from screens.holding_actions import choose_action
from screens.holding_messages import ALL, DO, GROUP, PAGES, SELECT, Paged, Picked, Selection, Summed
from screens.holding_rows import KindGroup, kinds, row_lines, sums_text
from screens.naming import ask_named
from screens.on_site import scan_on_site
from screens.session import Session
from screens.unit_card import UnitCard
from screens.widgets.window import Side, Window
from store.domain.holdings import EVERYTHING, HeldPart, HeldPieces, HeldRow, HeldUnit, HoldingGroup, Holdings
from store.domain.language import _
from store.domain.records import Party
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.domain.terms import Terms
from store.queries.held_rows import held_rows
from store.queries.holdings import PAGE, held_ids, held_unit, holdings
from store.queries.parties import party_by_id

Group: TypeAlias = HoldingGroup | KindGroup


class CustomerHoldings(Frame):
    """The holdings of one party. Choosing a group shows its units, choosing a unit its card."""

    OFFERS: ClassVar[tuple[Command, ...]] = (DO, SELECT, GROUP, PAGES, ALL)
    KEYS: ClassVar[tuple[Binding, ...]] = (Binding("space", "select", show=False),)
    CSS_PATH: ClassVar = ["frame.tcss", "customer_holdings.tcss"]

    def __init__(self, session: Session, party: Party) -> None:
        """Show what `party` has."""
        super().__init__(session)
        self.party = party
        self.part = EVERYTHING
        """Which units are shown, where units are."""
        self._view: type[Group] | type[HeldUnit] = HoldingGroup
        self._grouped: type[Group] = HoldingGroup
        """By what the list was grouped before units were shown."""
        self._narrowed_to = ""
        self._holdings = Holdings(groups=())
        self._chosen = Selection()

    def title_text(self) -> str:
        """Return whose holdings these are, and of what."""
        return f"{self.party.name}: {self._narrowed_to}" if self._narrowed_to else self.party.name

    def compose_body(self) -> ComposeResult:
        """Build the sums and the list."""
        yield Static(id="sums", markup=False)
        yield Window(self, id="held")

    def on_mount(self) -> None:
        """Read what there is."""
        super().on_mount()
        self._window.focus()
        self.enqueue(self._read)

    @property
    def _window(self) -> Window:
        return self.query_one(Window)

    # What the window paints.

    def lines(self, item: Any, width: int) -> Sequence[str]:
        """Return the lines of a group, of a unit, or of pieces without serials."""
        today = self.session.clock().astimezone().date()
        return row_lines(item, width, today, with_product=self.part.product_id is None)

    def is_marked(self, item: Any) -> bool:
        """Tell whether a unit, or all units of a group, are chosen; what has no serial never is."""
        if isinstance(item, HeldPieces):
            return False
        if isinstance(item, HeldUnit):
            return self._chosen.has(item)
        groups = item.groups if isinstance(item, KindGroup) else (item,)
        chosen = sum(self._chosen.count(group.product_id) for group in groups)
        return bool(chosen) and chosen == item.units

    @property
    def kinds(self) -> frozenset[int]:
        """The ids of the kinds of all that the party has."""
        return self._holdings.kinds

    # Reading.

    async def reload(self) -> None:
        """Read everything anew. Part of a job."""
        await self._read()

    async def _read(self) -> None:
        today = self.session.clock().astimezone().date()
        self.post_message(Summed(self.party, await self.session.lane.read(holdings, self.party, today)))

    @on(Summed)
    def _show_sums(self, message: Summed) -> None:
        self.party, self._holdings = message.party, message.found
        self.query_one("#sums", Static).update(sums_text(message.found))
        self._show_list()

    def _show_list(self) -> None:
        self.show_title()
        self._window.row_height = 1 if self.size.width >= FULL_WIDTH else 2
        if self._view is HeldUnit:
            self._window.restart()
            return
        groups = self._holdings.groups
        items: Sequence[Group] = kinds(groups) if self._view is KindGroup else groups
        self._window.put(Side.FIRST, items, more=False)

    @on(Window.Wanted)
    def _read_page(self, message: Window.Wanted) -> None:
        self.enqueue(partial(self._page, self.part, message.side, message.item))

    async def _page(self, part: HeldPart, side: Side, item: HeldRow | None) -> None:
        key = item.key if item else None
        after, before = (key, None) if side is Side.AFTER else (None, key)
        rows: Sequence[HeldRow] | None = None
        more = False
        try:
            rows = await self.session.lane.read(
                held_rows,
                self.party,
                part,
                after=after,
                before=before,
                last=side is Side.LAST,
                limit=PAGE + 1,
            )
            more = len(rows) > PAGE
            cut_front = side in {Side.LAST, Side.BEFORE}
            rows = (rows[-PAGE:] if cut_front else rows[:PAGE]) if more else rows
        finally:
            self.post_message(Paged(part, side, rows, more=more))

    @on(Paged)
    def _show_page(self, message: Paged) -> None:
        if message.part != self.part or self._view is not HeldUnit:
            return
        if message.rows is None:
            self._window.give_up()
            return
        begin = max(0, self._shown_count() - len(message.rows))
        self._window.put(message.side, message.rows, more=message.more, begin=begin)

    def _shown_count(self) -> int:
        """Return how many rows the whole list has."""
        groups = self._holdings.groups
        if self._view is HoldingGroup:
            return len(groups)
        if self._view is KindGroup:
            return len(kinds(groups))
        return sum(group.rows for group in groups if self._is_in_part(group))

    def _is_in_part(self, group: HoldingGroup) -> bool:
        part = self.part
        return part.product_id in {None, group.product_id} and part.kind_id in {None, group.kind_id}

    @on(Window.Moved)
    def _tell_position(self) -> None:
        count = self._shown_count()
        text = (
            _("{row} of {count}").format(row=self._window.position, count=count) if count else _("Nothing.")
        )
        if self._chosen:
            text += "  " + _("chosen {count}").format(count=len(self._chosen))
        self.say(text)

    def on_resize(self) -> None:
        """Give each row as many lines as it needs."""
        self._window.row_height = 1 if self.size.width >= FULL_WIDTH else 2

    # What is done.

    @on(Window.Chosen)
    def _open(self, message: Window.Chosen) -> None:
        item = message.item
        if isinstance(item, HeldUnit):
            self.enqueue(partial(self._open_card, item.id))
        elif isinstance(item, HeldPieces):
            if item.terms is Terms.SOLD and not item.is_elsewhere:
                self.enqueue(partial(self.scan_serials, item.product_id))
        else:
            is_kind = isinstance(item, KindGroup)
            part = HeldPart(kind_id=item.kind_id) if is_kind else HeldPart(product_id=item.product_id)
            self._turn_to(HeldUnit, part, item.name if is_kind else item.product_name)

    async def scan_serials(self, product_id: int | None = None) -> None:
        """Scan the serials of what the party has, those of a product first. Part of a job."""
        item = self._window.item
        await scan_on_site(self, self.party, product_id or getattr(item, "product_id", None))
        await self._read()

    async def _open_card(self, unit_id: int) -> None:
        await self.app.push_screen_wait(await UnitCard.opened(self.session, unit_id))
        today = self.session.clock().astimezone().date()
        found = await self.session.lane.read(holdings, self.party, today)
        if found == self._holdings:
            self._window.refresh()
        else:
            self.post_message(Summed(self.party, found))

    def _turn_to(self, view: type[Group] | type[HeldUnit], part: HeldPart, name: str = "") -> None:
        self._view, self.part, self._narrowed_to = view, part, name
        if view is not HeldUnit:
            self._grouped = view  # type: ignore[assignment]  # narrowed by the line above
        self._show_list()

    def action_group(self) -> None:
        """Switch to the next grouping."""
        views = (HoldingGroup, KindGroup, HeldUnit)
        following = 0 if self.part != EVERYTHING else (views.index(self._view) + 1) % len(views)
        self._turn_to(views[following], EVERYTHING)

    def action_more(self) -> None:
        """Show the next page; after the last one the first again."""
        if self._window.position >= self._shown_count():
            self._window.action_ask("first")
        else:
            self._window.action_turn(1)

    def action_back(self) -> None:
        """Go back to the groups; from them leave."""
        if self.part != EVERYTHING:
            self._turn_to(self._grouped, EVERYTHING)
        else:
            super().action_back()

    def action_select(self) -> None:
        """Choose the row under the cursor, or leave it out again."""
        item = self._window.item
        if isinstance(item, HeldUnit):
            self._pick(Picked(item.product_id, [item.id], chosen=not self.is_marked(item)))
            self._window.action_move(1)
        elif item is not None and not isinstance(item, HeldPieces):
            groups = item.groups if isinstance(item, KindGroup) else (item,)
            self.enqueue(partial(self._pick_groups, groups, chosen=not self.is_marked(item)))

    def action_all(self) -> None:
        """Choose all that is shown, or none again when all are chosen."""
        groups = [group for group in self._holdings.groups if self._is_in_part(group)]
        is_all = all(self.is_marked(group) for group in groups if group.units)
        self.enqueue(partial(self._pick_groups, groups, chosen=not is_all))

    async def _pick_groups(self, groups: Sequence[HoldingGroup], *, chosen: bool) -> None:
        for group in groups:
            ids = await self.session.lane.read(held_ids, self.party, HeldPart(product_id=group.product_id))
            self.post_message(Picked(group.product_id, ids, chosen=chosen))

    @on(Picked)
    def _pick(self, message: Picked) -> None:
        self._chosen.take(message)
        self._window.refresh()
        self._tell_position()

    def action_do(self) -> None:
        """Choose what to do with the chosen units."""
        self.enqueue(partial(choose_action, self, self._chosen.ids()))

    def unpick(self) -> None:
        """Choose nothing any more. Part of a job."""
        self._chosen.clear()

    async def run_command_text(self, text: str) -> bool:
        """Run what a command barcode says; a digit chooses a row that is seen."""
        if text.isdigit():
            return self._window.choose(int(text))
        return await super().run_command_text(text)

    async def take_scan(self, scan: Scan) -> None:
        """Choose the scanned unit, or turn to the scanned party."""
        hit = await ask_named(self, scan, {Named.UNIT, Named.PARTY})
        if hit is None:
            return
        if hit.kind is Named.PARTY:
            self._chosen.clear()
            self.party = await self.session.lane.read(party_by_id, hit.id)
            await self._read()
            return
        unit = await self.session.lane.read(held_unit, self.party, hit.id)
        if unit is None:
            text = _("{serial} is not with {party}, nor its own.")
            await self.stop_work(text.format(serial=hit.name, party=self.party.name))
        else:
            self.post_message(Picked(unit.product_id, [unit.id], chosen=True))
