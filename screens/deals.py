"""Deals, those with something to deliver first."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.commands import Command
from screens.deal_card import DealCard
from screens.entry import Entry
from screens.finder import row_text
from screens.frame import Frame
from screens.new_deal import NewDealForm
from screens.session import Session
from screens.widgets.choices import Choices
from screens.words import quantity, word
from store.domain.deals import DealHead
from store.domain.language import N_, _, ngettext
from store.domain.scan import Scan
from store.queries.deals import ENDED, OPEN, deal_by_number, deal_of_scan, deals

PAGE = 100
NEW = Command(code="NEW", key="f2", label=N_("New"), action="new", help=N_("Make a deal with a customer."))
STATE = Command(
    code="POSTED",
    key="f3",
    label=N_("Ended"),
    action="switch",
    help=N_("Switch between the deals with something to deliver and those that ended."),
)
OLDER = Command(
    code="OLDER", key="f4", label=N_("Older"), action="older", help=N_("Show the deals before these.")
)
FIND = Command(
    code="FIND",
    key="f5",
    label=N_("Find"),
    action="find",
    help=N_("Find deals by a part of their number, the customer's order or name."),
)
NAME_WIDTH = 16


class Listed(Message):
    """Deals were read from the store."""

    def __init__(self, found: list[DealHead]) -> None:
        """Carry what was `found`."""
        super().__init__()
        self.found = found


class Deals(Frame):
    """Choose a deal by its digit or the arrows, or scan its number, or that of one of its documents."""

    OFFERS: ClassVar[tuple[Command, ...]] = (NEW, STATE, OLDER, FIND)
    CSS_PATH: ClassVar = ["frame.tcss", "document_list.tcss"]

    def __init__(self, session: Session) -> None:
        """List what is open."""
        super().__init__(session)
        self._ended = False
        self._text = ""
        self._before: int | None = None
        self._found: list[DealHead] = []

    def title_text(self) -> str:
        """Return what is listed."""
        if self._text:
            return _("Deals: {text}").format(text=self._text)
        return _("Deals: ended") if self._ended else _("Deals: open")

    def compose_body(self) -> ComposeResult:
        """Build the list."""
        yield Choices(id="documents")

    def on_mount(self) -> None:
        """Read the deals."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        states = (*OPEN, *ENDED) if self._text else ENDED if self._ended else OPEN
        found = await self.session.lane.read(
            deals, states, limit=PAGE, before_id=self._before, text=self._text
        )
        self.post_message(Listed(found))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        self._found = message.found
        rows = self._found
        self.query_one(Choices).lay_out(
            lambda width: [row_text(*parts(row), width, NAME_WIDTH) for row in rows]
        )
        self.show_title()
        count = len(self._found)
        if count or self._ended or self._text or self._before:
            self.say(ngettext("{count} deal", "{count} deals", count).format(count=count))
        else:
            self.say(_("No open deal. F2 makes one."))

    @on(OptionList.OptionSelected)
    def _open_chosen(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(partial(self._open, self._found[message.option_index].id))

    async def _open(self, deal_id: int) -> None:
        await self.app.push_screen_wait(DealCard(self.session, deal_id))
        await self._read()

    async def take_scan(self, scan: Scan) -> None:
        """Open the deal whose number, or whose document's number, was scanned."""
        found = await self.session.lane.read(deal_of_scan, scan.text)
        if found is None:
            text = _("{text} is no deal and no document of one. Check the code and scan again.")
            await self.stop_work(text.format(text=scan.text))
            return
        await self._open(found)

    def action_new(self) -> None:
        """Make a deal."""
        self.enqueue(self._make)

    async def _make(self) -> None:
        made = await NewDealForm(self.session).ask(self.app)
        if made is not None:
            await self._open(made)

    def action_switch(self) -> None:
        """Show the others: those that ended, or those that are open."""
        self._ended, self._text, self._before = not self._ended, "", None
        self.enqueue(self._read)

    def action_older(self) -> None:
        """Show the deals before these; after the last ones the newest again."""
        self._before = self._found[-1].id if len(self._found) == PAGE else None
        self.enqueue(self._read)

    def action_find(self) -> None:
        """Find deals by a part of a number or a name."""
        self.enqueue(self._find)

    async def _find(self) -> None:
        question = _("Part of a number, the customer's order or name? Empty: all.")
        entry = Entry(question, value=self._text, takes_scans=True, bell=self.session.bell)
        answer = await self.app.push_screen_wait(entry)
        if answer is not None:
            self._text, self._before = answer.strip(), None
            found = await self.session.lane.read(deal_by_number, self._text) if self._text else None
            await (self._read() if found is None else self._open(found))


def parts(row: DealHead) -> tuple[str, str]:
    """Return a deal's row: its number; and how much is delivered, with whom, and how far it is."""
    counts = f"{quantity(row.delivered)}/{quantity(row.quantity)}"
    told = (counts, row.party.name, word(row.state), row.their_order)
    return row.number, "  ".join(part for part in told if part)
