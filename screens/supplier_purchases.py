"""What came from a supplier: by product with how it fares since, and line by line of its deliveries."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from screens.commands import Command
from screens.days import today_of
from screens.finder import FULL_WIDTH, MORE
from screens.frame import Frame
from screens.party_choice import PartyChoice
from screens.purchase_rows import WIDE_WIDTH, fare_texts, product_lines, purchase_lines_of
from screens.session import Session
from screens.widgets.window import Side, Window
from store.domain.days import morning
from store.domain.language import N_, _, ngettext
from store.domain.purchases import PurchasedProduct, PurchaseLine
from store.domain.records import Party
from store.queries.purchases import PAGE, purchase_lines, purchased

VIEW = Command(
    code="VIEW",
    key="f2",
    label=N_("Deliveries"),
    action="view",
    help=N_("Switch between the products and the lines of all deliveries."),
)
PAGES = Command(
    code=MORE.code,
    key=MORE.key,
    label=MORE.label,
    action="more",
    help=N_("Show the next page; after the last one the first again."),
)
PERIOD = Command(
    code="PERIOD",
    key="f4",
    label=N_("Period"),
    action="period",
    help=N_("Count what came ever, in the last year, in the last three months."),
)
PERIODS: tuple[tuple[str, int | None], ...] = (
    (N_("ever"), None),
    (N_("last year"), 365),
    (N_("last 3 months"), 91),
)
"""Their words, and the days that they go back."""


ListedWhat: TypeAlias = tuple[bool, int | None, int]
"""Whether lines are listed, of which product, and of which period."""


class Listed(Message):
    """Rows were read from the store."""

    def __init__(self, what: ListedWhat, side: Side, rows: Sequence[Any], *, more: bool) -> None:
        """Carry the rows, and what they are rows of."""
        super().__init__()
        self.what = what
        self.side = side
        self.rows = rows
        self.more = more


class SupplierChoice(PartyChoice):
    """Finds a supplier and opens what came from it."""

    def __init__(self, session: Session) -> None:
        """Offer the suppliers."""
        super().__init__(session, suppliers=True)

    async def take_chosen(self, item: Party) -> None:
        """Open the supplier's purchases."""
        await self.app.push_screen_wait(SupplierPurchases(self.session, item))


class SupplierPurchases(Frame):
    """The purchases from one supplier. Choosing a product shows the deliveries that it came by."""

    OFFERS: ClassVar[tuple[Command, ...]] = (VIEW, PAGES, PERIOD)
    CSS_PATH: ClassVar = ["frame.tcss"]

    def __init__(self, session: Session, party: Party) -> None:
        """Show what came from `party`."""
        super().__init__(session)
        self._party = party
        self._shows_lines = False
        self._product: PurchasedProduct | None = None
        self._period = 0

    def title_text(self) -> str:
        """Return whose deliveries these are, and of what."""
        return ": ".join((self._party.name, self._what_text()))

    def short_title_text(self) -> str:
        """Return of what and of which period these are: whose is known, and is what can be cut."""
        return f"{self._what_text()}: {self._party.name}"

    def _what_text(self) -> str:
        period = _(PERIODS[self._period][0])
        if self._product is not None:
            return f"{period}, {self._product.product_name}"
        return _("{period}, deliveries").format(period=period) if self._shows_lines else period

    @property
    def _listed(self) -> ListedWhat:
        return self._shows_lines, self._product.product_id if self._product else None, self._period

    @property
    def _since(self) -> datetime | None:
        """Return when the period begins, as `--since` has a day; None: there is no beginning."""
        days = PERIODS[self._period][1]
        return None if days is None else morning(today_of(self.session) - timedelta(days=days))

    def compose_body(self) -> ComposeResult:
        """Build the list, and above it how an opened product fares."""
        yield Static(id="fares", markup=False)
        yield Window(self, id="purchases")

    def on_mount(self) -> None:
        """Read the products."""
        super().on_mount()
        self._window.focus()
        self._restart()

    @property
    def _window(self) -> Window:
        return self.query_one(Window)

    def lines(self, item: Any, width: int) -> Sequence[str]:
        """Return the lines of a product or of a delivery's line."""
        if isinstance(item, PurchaseLine):
            return purchase_lines_of(item, width)
        return product_lines(item, width)

    def is_marked(self, item: Any) -> bool:  # noqa: ARG002
        """Mark nothing: there is nothing to be done with some of the rows."""
        return False

    def _restart(self) -> None:
        self.show_title()
        fares = self.query_one("#fares", Static)
        fares.update(", ".join(fare_texts(self._product)) if self._product else "")
        fares.display = self._product is not None and bool(fare_texts(self._product))
        self._set_row_height()
        self._window.restart()

    def on_resize(self) -> None:
        """Give each row as many lines as it needs."""
        self._set_row_height()

    def _set_row_height(self) -> None:
        wide = FULL_WIDTH if self._shows_lines else WIDE_WIDTH
        self._window.row_height = 1 if self.size.width >= wide else 2

    @on(Window.Wanted)
    def _read_more(self, message: Window.Wanted) -> None:
        self.enqueue(partial(self._read, message.side, message.item))

    async def _read(self, side: Side, item: PurchaseLine | None) -> None:
        what = self._listed
        read = self.session.lane.read
        if self._shows_lines:
            key = item.key if item else None
            after, before = (key, None) if side is Side.AFTER else (None, key)
            rows: Sequence[Any] = await read(
                purchase_lines, self._party.id, product_id=what[1], since=self._since,
                after=after, before=before, last=side is Side.LAST, limit=PAGE + 1,
            )  # fmt: skip
            more = len(rows) > PAGE
            if more:
                rows = rows[-PAGE:] if side in {Side.LAST, Side.BEFORE} else rows[:PAGE]
            self.post_message(Listed(what, side, rows, more=more))
            return
        found = await read(purchased, self._party.id, since=self._since)
        self.post_message(Listed(what, side, found, more=False))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        if message.what != self._listed:
            return
        self._window.put(message.side, message.rows, more=message.more)
        count = self._window.held
        if self._shows_lines:
            self.say(ngettext("{count} line read", "{count} lines read", count).format(count=count))
        else:
            self.say(ngettext("{count} product", "{count} products", count).format(count=count))

    @on(Window.Chosen)
    def _open(self, message: Window.Chosen) -> None:
        if isinstance(message.item, PurchasedProduct):
            self._product, self._shows_lines = message.item, True
            self._restart()

    def action_view(self) -> None:
        """Switch between products and lines."""
        self._shows_lines, self._product = not self._shows_lines, None
        self._restart()

    def action_period(self) -> None:
        """Count another period; from an opened product back among all, for it may have none in it."""
        self._period = (self._period + 1) % len(PERIODS)
        if self._product is not None:
            self._shows_lines, self._product = False, None
        self._restart()

    def action_more(self) -> None:
        """Show the next page; after the last one the first again."""
        if self._window.is_at_end:
            self._window.action_ask("first")
        else:
            self._window.action_turn(1)

    def action_back(self) -> None:
        """Go back to the products; from them leave."""
        if self._shows_lines:
            self.action_view()
        else:
            super().action_back()

    async def run_command_text(self, text: str) -> bool:
        """Run what a command barcode says; a digit chooses a row that is seen."""
        if text.isdigit():
            return self._window.choose(int(text))
        return await super().run_command_text(text)
