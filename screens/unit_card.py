"""The card of a unit: what it is, where, whose, on which terms, and in tabs everything else about it."""

from collections.abc import Awaitable, Callable
from functools import partial
from textwrap import wrap
from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message

from screens.commands import Command
from screens.finder import MORE
from screens.frame import Frame
from screens.lending_actions import rent_unit, return_unit
from screens.naming import ask_named
from screens.session import Session
from screens.unit_actions import add_number, choose_action, scan_missing
from screens.unit_rows import head_rows
from screens.unit_tab import Part
from screens.unit_tabs import FIRST, TABS
from screens.widgets.broken_text import BrokenText
from store.domain.errors import RefusalCode, RefusedError
from store.domain.language import N_, _
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.domain.units import UnitCard as Card
from store.queries.units import card

MIN_WIDTH = 16
"""Columns for which rows are broken before the card knows how wide it is."""
COMPACT_WIDTH = 40
"""Columns from which on rows that belong together are indented, and the tabs stand by their words."""
NUMBER = Command(
    code="NUMBER",
    key="f2",
    label=N_("Add number"),
    action="number",
    help=N_("Give the unit a further number: our own, an IMEI, a MAC, the customer's."),
)
READ_ON = Command(
    code=MORE.code,
    key=MORE.key,
    label=MORE.label,
    action="more",
    help=N_("Read on: the next page, then what is older, then the newest again."),
)
NARROW = Command(
    code="FILTER",
    key="f4",
    label=N_("Filter"),
    action="narrow",
    help=N_("Show one kind of entries of this tab alone, then the next kind, then all again."),
)
SERIALS = Command(
    code="ONSITE",
    key="f6",
    label=N_("Serials there"),
    action="serials",
    shown=False,
    help=N_("Scan the serials that are still missing at the customer who has this unit."),
)
DO = Command(
    code="DO",
    key="f5",
    label=N_("Do"),
    action="do",
    help=N_("Choose what to do with this unit."),
)
RENT = Command(
    code="RENT",
    key="f8",
    label=N_("Rent"),
    action="rent",
    help=N_("Open a rental with this unit in it."),
)
RETURN = Command(
    code="RETURN",
    key="f9",
    label=N_("Return"),
    action="return",
    help=N_("Open a return with this unit in it."),
)
TAB_COMMANDS = tuple(
    Command(
        code=str(digit),
        key=str(digit),
        label=tab.TITLE,
        action=f"tab({digit})",
        shown=False,
        help=N_("Open this tab."),
    )
    for digit, tab in enumerate(TABS, start=1)
)


class Loaded(Message):
    """The unit as the store has it now, with a page of the open tab."""

    def __init__(self, unit: Card, tab: int, part: Part) -> None:
        """Carry the unit, the tab's digit and its page."""
        super().__init__()
        self.unit = unit
        self.tab = tab
        self.part = part


def load(unit_id: int, tab: int = FIRST, after: Any = None, narrowed: Any = None) -> Loaded:
    """Return a unit and the page of a tab that begins at `after`, narrowed down. It runs in the lane."""
    unit = card(unit_id, newest=0)
    return Loaded(unit, tab, TABS[tab - 1].read(unit, after, narrowed))


class UnitCard(Frame):
    """One unit. Scanning another one turns to its card, with the same tab open."""

    OFFERS: ClassVar[tuple[Command, ...]] = (
        DO, READ_ON, NARROW, NUMBER, RENT, RETURN, SERIALS, *TAB_COMMANDS,
    )  # fmt: skip
    CSS_PATH: ClassVar = ["frame.tcss", "unit_card.tcss"]

    def __init__(self, session: Session, unit_id: int, loaded: Loaded | None = None) -> None:
        """Show the unit `unit_id`, with what was read of it already."""
        super().__init__(session)
        self.unit_id = unit_id
        self._unit: Card | None = loaded.unit if loaded else None
        self._tab = FIRST
        self._part = loaded.part if loaded else Part(())
        self._filter: int | None = None
        """Which of the tab's filters is on."""
        self._tab_line = 0
        """The line of the text on which the tabs stand."""
        self._is_at_tab = False
        """A tab was chosen: where not all fits, its rows come before what stands above."""

    @classmethod
    async def opened(cls, session: Session, unit_id: int) -> "UnitCard":
        """Return the card of a unit that is read already: its first paint has everything."""
        return cls(session, unit_id, await session.lane.read(load, unit_id))

    @property
    def is_service(self) -> bool:
        """Tell whether the unit is a service, with days on which it is valid."""
        return self._unit is not None and self._unit.validity is not None

    def title_text(self) -> str:
        """Return serial and product."""
        return f"{self._unit.serial}  {self._unit.product.name}" if self._unit else _("Unit")

    def compose_body(self) -> ComposeResult:
        """Build the place of the text."""
        with VerticalScroll(id="card"):
            yield BrokenText(self._broken, id="text")

    def on_mount(self) -> None:
        """Read the unit, unless it was read."""
        super().on_mount()
        self.query_one(VerticalScroll).focus()
        if self._unit is None:
            self.enqueue(self.read)

    async def read(self, after: Any = None) -> None:
        """Read the unit and the page of the open tab that begins at `after`. Part of a job."""
        narrowed = None if self._filter is None else TABS[self._tab - 1].FILTERS[self._filter][1]
        self.post_message(await self.session.lane.read(load, self.unit_id, self._tab, after, narrowed))

    @on(Loaded)
    def _show(self, message: Loaded) -> None:
        if message.tab != self._tab:
            return
        self._unit, self._part = message.unit, message.part
        self.show_title()
        self.query_one(BrokenText).renew()
        self.call_after_refresh(self._scroll_to_start)

    def _scroll_to_start(self) -> None:
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_to(y=self._tab_line if self._is_at_tab else 0, animate=False)

    @property
    def _is_narrow(self) -> bool:
        return self.size.width < COMPACT_WIDTH

    def _broken(self, width: int) -> Text:
        """Return the rows of the card and of its open tab, broken for a width."""
        if self._unit is None:
            return Text()
        today = self.session.clock().astimezone().date()
        indent = "" if self._is_narrow else "  "
        head = [
            line for row in head_rows(self._unit, today, width) for line in broken(row, width, further=indent)
        ]
        text = Text("\n".join(head))
        self._tab_line = len(head)
        text.append("\n")
        text.append_text(self._tab_text(width))
        rows = TABS[self._tab - 1].rows(self._unit, self._part.items, today)
        if not rows:
            rows = [_("Nothing yet.") if self._filter is None else _("Nothing of this kind.")]
        for row in rows:
            for line in broken(row, width, further=indent, first=indent):
                text.append(f"\n{line}", style="not bold")
        return text

    def _tab_text(self, width: int) -> Text:
        """Return the line of the tabs, the open one in reverse; where room lacks, the others by digit."""
        words = [f"{number} {_(tab.TITLE)}" for number, tab in enumerate(TABS, start=1)]
        if self._filter is not None:
            words[self._tab - 1] += f": {_(TABS[self._tab - 1].FILTERS[self._filter][0])}"
        if sum(len(word) + 2 for word in words) > width:
            words = [
                word if number == self._tab else str(number) for number, word in enumerate(words, start=1)
            ]
        line = Text()
        for number, word in enumerate(words, start=1):
            line.append(word, style="bold reverse" if number == self._tab else "bold")
            line.append(" " if number < len(words) else "")
        return line

    def action_tab(self, number: int) -> None:
        """Open a tab."""
        self._tab, self._filter, self._is_at_tab = number, None, True
        self.enqueue(self.read)

    def action_narrow(self) -> None:
        """Show one kind of the tab's entries, then the next, then all again."""
        filters = TABS[self._tab - 1].FILTERS
        if not filters:
            self.say(_("No filter here."))
            return
        following = 0 if self._filter is None else self._filter + 1
        self._filter = following if following < len(filters) else None
        self._is_at_tab = True
        self.enqueue(self.read)

    def action_more(self) -> None:
        """Read on: the next page, then what is older, then the newest again."""
        scroll = self.query_one(VerticalScroll)
        if scroll.scroll_y < scroll.max_scroll_y:
            scroll.scroll_page_down(animate=False)
            return
        self._is_at_tab = self._part.next is not None
        self.enqueue(partial(self.read, self._part.next))

    def action_number(self) -> None:
        """Give the unit a further number."""
        self.enqueue(partial(add_number, self))

    def action_do(self) -> None:
        """Choose what to do with the unit."""
        self.enqueue(partial(choose_action, self))

    def action_serials(self) -> None:
        """Scan what waits for its serials where the unit is."""
        self.enqueue(partial(scan_missing, self))

    def action_rent(self) -> None:
        """Open a rental with the unit."""
        self.enqueue(partial(self._move, rent_unit))

    def action_return(self) -> None:
        """Open a return with the unit."""
        self.enqueue(partial(self._move, return_unit))

    async def _move(self, deed: Callable[["UnitCard"], Awaitable[None]]) -> None:
        if self._unit is not None and self.is_service:
            raise RefusedError(RefusalCode.IS_SERVICE, product=self._unit.product.name)
        await deed(self)

    async def take_scan(self, scan: Scan) -> None:
        """Turn to the card of the scanned unit."""
        hit = await ask_named(self, scan, {Named.UNIT})
        if hit is not None:
            self.unit_id, self._is_at_tab = hit.id, False
            await self.read()


def broken(row: str, width: int, *, first: str = "", further: str = "") -> list[str]:
    """Break a row at blanks; what goes on in the next line stands further in, where there is room for it."""
    start = first + row[: len(row) - len(row.lstrip())]
    lines = wrap(
        row.strip(), max(width, MIN_WIDTH), initial_indent=start, subsequent_indent=start + further,
        break_on_hyphens=False, drop_whitespace=True,
    )  # fmt: skip
    return lines or [""]
