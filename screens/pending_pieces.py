"""What waits at one customer for its serials, by product and invoice; from here they are scanned."""

from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.commands import Command
from screens.entry import Entry
from screens.finder import MORE
from screens.frame import Frame
from screens.on_site import ON_SITE, scan_on_site
from screens.session import Session
from screens.widgets.choices import Choices
from screens.widgets.text_line import shorten
from screens.words import quantity
from store.domain.language import N_, _, ngettext
from store.domain.pending import PendingKey, PendingPieces
from store.domain.records import Party
from store.domain.scan import Scan
from store.queries.pending import PAGE, pending_pieces

NARROW = 60
NAME_WIDTH = 34
FILTER = Command(
    code="FILTER",
    key="f2",
    label=N_("Filter"),
    action="filter",
    help=N_("List what has a text in its product or its invoice; empty: all of it."),
)


class Listed(Message):
    """A page was read from the store."""

    def __init__(self, found: list[PendingPieces], *, more: bool) -> None:
        """Carry it; `more` follow."""
        super().__init__()
        self.found = found
        self.more = more


class PendingAt(Frame):
    """Enter, or the scan of a serial, goes on to the list into which serials are scanned."""

    OFFERS: ClassVar[tuple[Command, ...]] = (ON_SITE, FILTER, MORE)
    CSS_PATH: ClassVar = ["frame.tcss", "document_list.tcss"]

    def __init__(self, session: Session, party: Party) -> None:
        """Show what waits at `party`."""
        super().__init__(session)
        self._party = party
        self._text = ""
        self._after: PendingKey | None = None
        self._rows: list[PendingPieces] = []
        self._has_more = False

    def title_text(self) -> str:
        """Return whose it is, and what it is narrowed to."""
        return f"{self._party.name}: {self._text}" if self._text else self._party.name

    def compose_body(self) -> ComposeResult:
        """Build the list."""
        yield Choices(id="documents")

    def on_mount(self) -> None:
        """Read the first page."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        found = await self.session.lane.read(
            pending_pieces, party_id=self._party.id, text=self._text, after=self._after, limit=PAGE + 1
        )
        self.post_message(Listed(found[:PAGE], more=len(found) > PAGE))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        self._rows, self._has_more = message.found, message.more
        rows = self._rows
        self.query_one(Choices).lay_out(lambda width: [row_text(row, width) for row in rows])
        self.show_title()
        count = len(self._rows)
        text = ngettext("{count} row", "{count} rows", count).format(count=count)
        self.say(f"{text}  {_('F3: more')}" if self._has_more else text)

    @on(OptionList.OptionSelected)
    def _choose(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(partial(self._scan, self._rows[message.option_index].product_id))

    def action_on_site(self) -> None:
        """Scan serials."""
        self.enqueue(partial(self._scan, None))

    async def _scan(self, product_id: int | None, scan: Scan | None = None) -> None:
        await scan_on_site(self, self._party, product_id, scan)
        self._after = None
        await self._read()

    async def take_scan(self, scan: Scan) -> None:
        """Scan it into the list."""
        await self._scan(None, scan)

    def action_filter(self) -> None:
        """Narrow the list."""
        self.enqueue(self._ask_filter)

    async def _ask_filter(self) -> None:
        entry = Entry(_("Part of a product or an invoice?"), value=self._text, bell=self.session.bell)
        answer = await self.app.push_screen_wait(entry)
        if answer is not None:
            self._text, self._after = answer.strip(), None
            await self._read()

    def action_more(self) -> None:
        """Show the next ones; after the last ones the first again."""
        self._after = self._rows[-1].key if self._has_more else None
        self.enqueue(self._read)


def row_text(row: PendingPieces, width: int) -> str:
    """Return what waits in one row, or in two or three where it is narrow."""
    what = f"{quantity(row.count)} x {row.product_name}"
    since = row.since.isoformat()
    if width < NARROW:
        more = f"{since}  {row.source}"
        parts = (more,) if cell_len(more) <= width else (since, row.source)
        return "\n".join(shorten(part, width) for part in (what, *parts))
    return shorten(f"{shorten(what, NAME_WIDTH):<{NAME_WIDTH}}  {since}  {row.source}", width)
