"""Invoices: those that wait for an answer, and those that were imported; reading further ones."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.commands import Command
from screens.frame import Frame
from screens.invoice_files import ask_files, receive_file
from screens.invoice_inbox import INBOX, InvoiceInbox
from screens.invoice_view import InvoiceView
from screens.notice import Notice
from screens.session import Session
from screens.widgets.choices import Choices
from screens.widgets.text_line import shorten
from store.domain.language import N_, _, ngettext
from store.domain.received import InvoiceState, ReceivedInvoice
from store.domain.received_words import STATES
from store.domain.unreadable import UnreadableInvoiceError
from store.queries.invoices import invoices

PAGE = 100
NARROW = 40

READ = Command(
    code="READ", key="f2", label=N_("Read"), action="read", help=N_("Read invoices from a file or a folder.")
)
STATE = Command(
    code="STATE",
    key="f3",
    label=N_("Imported"),
    action="switch",
    help=N_("Switch between waiting, imported and reversed invoices."),
)
OLDER = Command(
    code="OLDER", key="f4", label=N_("Older"), action="older", help=N_("Show the invoices before these.")
)


class Listed(Message):
    """Invoices were read from the store."""

    def __init__(self, found: list[ReceivedInvoice]) -> None:
        """Carry them, newest first."""
        super().__init__()
        self.found = found


class InvoiceImport(Frame):
    """Choose an invoice by its digit to see what it does, or read further ones."""

    OFFERS: ClassVar[tuple[Command, ...]] = (READ, STATE, OLDER, INBOX)
    CSS_PATH: ClassVar = ["frame.tcss", "document_list.tcss"]

    def __init__(self, session: Session) -> None:
        """Begin with those that wait."""
        super().__init__(session)
        self._state = InvoiceState.WAITING
        self._before: int | None = None
        self._invoices: list[ReceivedInvoice] = []

    def title_text(self) -> str:
        """Return which invoices are listed."""
        return _("Invoices: {state}").format(state=_(STATES[self._state]))

    def compose_body(self) -> ComposeResult:
        """Build the list."""
        yield Choices(id="documents")

    def on_mount(self) -> None:
        """Read the invoices."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._list)

    async def _list(self) -> None:
        found = await self.session.lane.read(invoices, self._state, limit=PAGE, before_id=self._before)
        self.post_message(Listed(found))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        self._invoices = message.found
        found = self._invoices
        self.query_one(Choices).lay_out(lambda width: [row_text(each, width) for each in found])
        self.show_title()
        count = len(self._invoices)
        text = ngettext("{count} invoice. F2 reads more.", "{count} invoices. F2 reads more.", count)
        self.say(text.format(count=count))

    @on(OptionList.OptionSelected)
    def _choose(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(partial(self._open, self._invoices[message.option_index].id))

    async def _open(self, invoice_id: int) -> None:
        await self.app.push_screen_wait(InvoiceView(self.session, invoice_id))
        await self._list()

    def action_read(self) -> None:
        """Read files."""
        self.enqueue(self._read)

    async def _read(self) -> None:
        paths = await ask_files(self.app, self.session)
        told: list[str] = []
        opened: list[int] = []
        for path in paths:
            try:
                receipt = await receive_file(self.session, path)
            except (OSError, UnreadableInvoiceError) as error:
                told.append(f"{path.name}: {getattr(error, 'strerror', None) or error}")
                continue
            opened.append(receipt.invoice.id)
            if receipt.known:
                state = _(STATES[receipt.invoice.state])
                known = _("{name}: {number} was here before ({state})")
                told.append(known.format(name=path.name, number=receipt.invoice.number, state=state))
        if told:
            await self.app.push_screen_wait(Notice("\n".join(told), bell=self.session.bell))
        if len(opened) == 1:
            await self._open(opened[0])
        elif paths:
            self._state, self._before = InvoiceState.WAITING, None
            await self._list()

    def action_inbox(self) -> None:
        """Show the files of the watched folder."""
        self.enqueue(self._inbox)

    async def _inbox(self) -> None:
        if self.session.imports().inbox is None:
            await self.stop_work(_("No folder is watched: set imports.inbox in the configuration."))
            return
        await self.app.push_screen_wait(InvoiceInbox(self.session))
        self._before = None
        await self._list()

    def action_switch(self) -> None:
        """Show the invoices in the next state."""
        states = list(InvoiceState)
        self._state = states[(states.index(self._state) + 1) % len(states)]
        self._before = None
        self.enqueue(self._list)

    def action_older(self) -> None:
        """Show the invoices before these; after the last ones the newest again."""
        self._before = self._invoices[-1].id if len(self._invoices) == PAGE else None
        self.enqueue(self._list)


def row_text(row: ReceivedInvoice, width: int) -> str:
    """Return an invoice as one row, or as two where it is narrow."""
    other = row.party.name if row.party else row.holder or row.seller
    number = row.number or "-"
    day = row.issued_on.isoformat() if row.issued_on else ""
    asked = f"? {row.questions}" if row.questions else day
    room = width - len(asked) - 1
    if width < NARROW:
        return f"{shorten(number, room):<{room}} {asked}\n{shorten(other, width)}"
    return f"{shorten(number + '  ' + other, room):<{room}} {asked}"
