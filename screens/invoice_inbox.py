"""The watched folder of invoices: what waits, what failed and why, what is done; failed ones are mended."""

import hashlib
from asyncio import to_thread
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.choice import Choice
from screens.column_mapping import ask_mapping
from screens.commands import Command
from screens.file_view import FileView
from screens.frame import Frame
from screens.invoice_files import bytes_of, receive_file
from screens.invoice_view import InvoiceView
from screens.session import Session
from screens.widgets.choices import Choices
from screens.widgets.text_line import shorten
from screens.words import moment
from store.domain.direction import route_of
from store.domain.errors import StoreError
from store.domain.language import N_, _, ngettext
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.csv_mapping import CsvMapping
from store.imports.inbox import Inbox, InboxFile, InboxState
from store.imports.options import ImportSetup
from store.imports.reader import read_invoice
from store.queries.invoices import by_hash
from store.queries.parties import own_company

NARROW = 40

INBOX = Command(
    code="INBOX",
    key="f5",
    label=N_("Inbox"),
    action="inbox",
    help=N_("Show the files of the watched folder: waiting, failed and done."),
)
FILES = Command(
    code="STATE",
    key="f3",
    label=N_("Next"),
    action="switch",
    help=N_("Switch between files that wait, that failed and that are done."),
)
RELOAD = Command(
    code="RELOAD", key="f5", label=N_("Look again"), action="reload", help=N_("Look into the folder again.")
)
TITLES = {
    InboxState.WAITING: N_("Inbox: waiting"),
    InboxState.FAILED: N_("Inbox: failed"),
    InboxState.DONE: N_("Inbox: done"),
}

Deed: TypeAlias = Callable[[], Awaitable[None]]


class Listed(Message):
    """The folder was read."""

    def __init__(self, found: list[InboxFile]) -> None:
        """Carry the files, newest first."""
        super().__init__()
        self.found = found


class InvoiceInbox(Frame):
    """A digit opens a file: one that waits is read, one that failed is mended, one that is done is shown."""

    OFFERS: ClassVar[tuple[Command, ...]] = (FILES, RELOAD)
    CSS_PATH: ClassVar = ["frame.tcss", "document_list.tcss"]

    def __init__(self, session: Session) -> None:
        """Begin with what failed, where anything did."""
        super().__init__(session)
        self._state: InboxState | None = None
        self._files: list[InboxFile] = []

    @property
    def _inbox(self) -> Inbox:
        folder = self.session.imports().inbox
        if folder is None or not folder.is_dir():
            raise StoreError(_("{file}: there is no such folder").format(file=folder))
        return Inbox(folder)

    def title_text(self) -> str:
        """Return which files are listed."""
        return _(TITLES[self._state or InboxState.WAITING])

    def compose_body(self) -> ComposeResult:
        """Build the list."""
        yield Choices(id="documents")

    def on_mount(self) -> None:
        """Look into the folder."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._list)

    async def _list(self) -> None:
        inbox = self._inbox
        if self._state is None:
            failed = await to_thread(inbox.listing, InboxState.FAILED)
            self._state = InboxState.FAILED if failed else InboxState.WAITING
        self.post_message(Listed(await to_thread(inbox.listing, self._state)))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        self._files = message.found
        found = self._files
        self.query_one(Choices).lay_out(lambda width: [row_text(each, width) for each in found])
        self.show_title()
        count = len(self._files)
        self.say(ngettext("{count} file", "{count} files", count).format(count=count))

    def action_switch(self) -> None:
        """Show the files in the next state."""
        states = list(InboxState)
        self._state = states[(states.index(self._state or InboxState.WAITING) + 1) % len(states)]
        self.enqueue(self._list)

    def action_reload(self) -> None:
        """Look into the folder again."""
        self.enqueue(self._list)

    @on(OptionList.OptionSelected)
    def _choose(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(partial(self._open, self._files[message.option_index]))

    async def _open(self, file: InboxFile) -> None:
        if file.state is InboxState.WAITING:
            await self._read(file)
        elif file.state is InboxState.DONE:
            await self._show_invoice(file.path)
        else:
            await self._mend(file)
        await self._list()

    async def _show_invoice(self, path: Path) -> None:
        try:
            data = await to_thread(bytes_of, path)
        except OSError as error:
            raise StoreError(f"{path.name}: {error.strerror}") from error
        invoice_id = await self.session.lane.read(by_hash, hashlib.sha256(data).hexdigest())
        if invoice_id is None:
            await self.stop_work(_("{file}: its invoice was thrown away.").format(file=path.name))
        else:
            await self.app.push_screen_wait(InvoiceView(self.session, invoice_id))

    async def _mend(self, file: InboxFile) -> None:
        """Ask what to do with a file that failed, and do it."""
        problem = await self._problem(file)
        offers: list[tuple[str, Deed]] = []
        if isinstance(problem, UnreadableInvoiceError):
            if problem.code is Unreadable.NO_COLUMNS:
                offers.append((_("Say which column is what"), partial(self._map, file)))
            if problem.code is Unreadable.NOT_OURS:
                for side in ("seller", "buyer"):
                    who = str(problem.data[side])
                    tax_id = who.split(" ", 1)[0]
                    text = _("{name} is our company").format(name=who)
                    offers.append((text, partial(self._read, file, ours=(tax_id,))))
        offers += [
            (_("Read it again"), partial(self._read, file)),
            (_("Show what is in it"), partial(self._look, file)),
            (_("Put it back into the folder"), partial(self._put_back, file)),
            (_("Nobody needs it: put it to what is done"), partial(self._put_away, file)),
        ]
        text = f"{file.path.name}\n{problem or file.text}"
        answers = [answer for answer, _deed in offers]
        chosen = await self.app.push_screen_wait(Choice(text, answers, bell=self.session.bell))
        if chosen is not None:
            await offers[chosen][1]()

    async def _problem(self, file: InboxFile) -> Exception | None:
        """Return why the file cannot be read as things are now; None: it can."""
        us = await self.session.lane.read(own_company)
        setup = self.session.imports()
        return await to_thread(_tried, file.path, setup, tuple(filter(None, (us.tax_id, *setup.ours))))

    async def _read(
        self, file: InboxFile, *, csv: CsvMapping | None = None, ours: Sequence[str] = ()
    ) -> None:
        """Keep what the file holds and show it; put the file where it belongs."""
        inbox = self._inbox
        taken = await to_thread(inbox.take_one, file.path)
        if taken is None:
            await self.stop_work(_("{file} is being read by another terminal.").format(file=file.path.name))
            return
        with taken:
            try:
                receipt = await receive_file(self.session, file.path, csv=csv, ours=ours)
            except (OSError, UnreadableInvoiceError) as error:
                reason = str(getattr(error, "strerror", None) or error)
                await to_thread(inbox.fail, file.path, reason)
                await self.stop_work(f"{file.path.name}: {reason}")
                return
            await to_thread(inbox.finish, file.path, "\n".join(receipt.questions))
        await self.app.push_screen_wait(InvoiceView(self.session, receipt.invoice.id))

    async def _map(self, file: InboxFile) -> None:
        mapping = await ask_mapping(self, file.path)
        if mapping is not None:
            await self._read(file, csv=mapping)

    async def _look(self, file: InboxFile) -> None:
        await self.app.push_screen_wait(FileView(self.session, file.path))

    async def _put_back(self, file: InboxFile) -> None:
        await to_thread(self._inbox.put_back, file.path)

    async def _put_away(self, file: InboxFile) -> None:
        await to_thread(self._inbox.finish, file.path)


def _tried(path: Path, setup: ImportSetup, ours: Sequence[str]) -> Exception | None:
    try:
        route_of(read_invoice(bytes_of(path), setup.options), ours)
    except (OSError, UnreadableInvoiceError) as error:
        return error
    return None


def row_text(file: InboxFile, width: int) -> str:
    """Return a file: its name and time, and below what is to be known of it."""
    at = moment(file.at)
    if width < NARROW:
        parts = [shorten(file.path.name, width), at]
    else:
        room = width - len(at) - 1
        parts = [f"{shorten(file.path.name, room):<{room}} {at}"]
    if file.text:
        parts.append(shorten(" ".join(file.text.split()), 3 * width))
    return "\n".join(parts)
