"""What is in service: whose, since when, what is wrong; what waits longest is first."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.commands import Command
from screens.days import today_of
from screens.finder import MORE
from screens.frame import Frame
from screens.naming import ask_named
from screens.service_opening import open_service
from screens.session import Session
from screens.unit_card import UnitCard
from screens.widgets.choices import Choices
from screens.widgets.text_line import shorten
from store.domain.language import N_, _, ngettext
from store.domain.repairs import Repair
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.domain.terms import DocumentType
from store.queries.repairs import After, count_in_service, in_service, open_repair

PAGE = 100
NARROW = 60
SERIAL_WIDTH, PARTY_WIDTH = 16, 22
HAND_OUT = Command(
    code="HANDOUT",
    key="f5",
    label=N_("Hand out"),
    action="hand_out",
    help=N_("Hand the chosen unit out; other units of the customer may be scanned to it."),
)


class Listed(Message):
    """A page was read from the store."""

    def __init__(self, found: list[Repair], total: int) -> None:
        """Carry it; `total` counts all that is in service."""
        super().__init__()
        self.found = found
        self.total = total


class InService(Frame):
    """Enter or a scan opens a unit's card; F5 hands the chosen one out."""

    OFFERS: ClassVar[tuple[Command, ...]] = (HAND_OUT, MORE)
    CSS_PATH: ClassVar = ["frame.tcss", "document_list.tcss"]

    def __init__(self, session: Session) -> None:
        """List what is in service at all our locations."""
        super().__init__(session)
        self._after: After | None = None
        self._rows: list[Repair] = []
        self._has_more = False

    def title_text(self) -> str:
        """Return what is listed."""
        return _("In service")

    def compose_body(self) -> ComposeResult:
        """Build the list."""
        yield Choices(id="documents")

    def on_mount(self) -> None:
        """Read the first page."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        found = await self.session.lane.read(in_service, after=self._after, limit=PAGE + 1)
        self.post_message(Listed(found, await self.session.lane.read(count_in_service)))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        self._rows, self._has_more = message.found[:PAGE], len(message.found) > PAGE
        rows = self._rows
        self.query_one(Choices).lay_out(lambda width: [self._row(row, width) for row in rows])
        text = ngettext("{count} unit", "{count} units", message.total).format(count=message.total)
        self.say(f"{text}  {_('F3: more')}" if self._has_more else text)

    def _row(self, row: Repair, width: int) -> str:
        days = (today_of(self.session) - row.since.astimezone().date()).days
        waits = ngettext("{count} day", "{count} days", days).format(count=days)
        fault = row.fault or row.product_name
        if width < NARROW:
            rows = (f"{row.serial} {waits}", row.party_name, fault)
            return "\n".join(shorten(text, width) for text in rows)
        serial = shorten(row.serial, SERIAL_WIDTH)
        party = shorten(row.party_name, PARTY_WIDTH)
        return shorten(f"{serial:<{SERIAL_WIDTH}} {party:<{PARTY_WIDTH}} {waits:>9}  {fault}", width)

    @on(OptionList.OptionSelected)
    def _open_chosen(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(partial(self._open_unit, self._rows[message.option_index].unit_id))

    async def _open_unit(self, unit_id: int) -> None:
        await self.app.push_screen_wait(await UnitCard.opened(self.session, unit_id))
        await self._read()

    async def take_scan(self, scan: Scan) -> None:
        """Choose the scanned unit, or open its card where it is not listed here."""
        hit = await ask_named(self, scan, {Named.UNIT})
        if hit is None:
            return
        ids = [row.unit_id for row in self._rows]
        if hit.id in ids:
            self.query_one(Choices).highlighted = ids.index(hit.id)
            return
        if await self.session.lane.read(open_repair, hit.id) is None:
            await self.stop_work(_("{text} is not in service.").format(text=hit.name))
            return
        await self._open_unit(hit.id)

    def action_more(self) -> None:
        """Show the next page; after the last one the first again."""
        last = self._rows[-1] if self._has_more else None
        self._after = After(last.since, last.id) if last else None
        self.enqueue(self._read)

    def action_hand_out(self) -> None:
        """Hand the chosen unit out."""
        chosen = self.query_one(Choices).highlighted
        if chosen is not None and self._rows:
            self.enqueue(partial(self._hand_out, self._rows[chosen].unit_id))

    async def _hand_out(self, unit_id: int) -> None:
        await open_service(self.app, self.session, DocumentType.SERVICE_HANDOUT, unit_id)
        await self._read()
