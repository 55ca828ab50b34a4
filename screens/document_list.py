"""The open documents of a type at this location, and the posted ones."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.commands import Command
from screens.frame import Frame
from screens.naming import ask_named
from screens.paper_opening import PRINT_ONE, papers_of
from screens.scan_document import ScanDocument
from screens.session import Session
from screens.widgets.choices import Choices
from screens.widgets.text_line import shorten
from screens.words import LISTED, quantity
from store.domain.documents import DocumentSummary
from store.domain.kinds import KINDS
from store.domain.language import N_, _, ngettext
from store.domain.scan import Scan
from store.domain.terms import DocumentStatus
from store.queries.documents import document_with, listing

PAGE = 100

NEW = Command(
    code="NEW", key="f2", label=N_("New"), action="new", help=N_("Open a new document of this kind.")
)
POSTED = Command(
    code="POSTED",
    key="f3",
    label=N_("Posted"),
    action="switch",
    help=N_("Switch between open and posted documents."),
)
OLDER = Command(
    code="OLDER", key="f4", label=N_("Older"), action="older", help=N_("Show the documents before these.")
)
NARROW = 40


class Listed(Message):
    """Documents were read from the store."""

    def __init__(self, documents: list[DocumentSummary]) -> None:
        """Carry `documents`, newest first."""
        super().__init__()
        self.documents = documents


class DocumentList(Frame):
    """Choose a document by its digit, by the arrows, or by a scan of its number or reference."""

    OFFERS: ClassVar[tuple[Command, ...]] = (NEW, POSTED, OLDER, PRINT_ONE)
    CSS_PATH: ClassVar = ["frame.tcss", "document_list.tcss"]

    def __init__(self, session: Session, opens: type[ScanDocument]) -> None:
        """List the documents that the screen `opens` scans into."""
        super().__init__(session)
        self._opens = opens
        self._status = DocumentStatus.OPEN
        self._before: int | None = None
        self._documents: list[DocumentSummary] = []

    def title_text(self) -> str:
        """Return what is listed, and where."""
        where = ""
        if self.session.terminal and not self._is_everywhere:
            where = self.session.terminal.location.name
        what = _(LISTED[self._status]).format(documents=_(KINDS[self._opens.TYPE].listed))
        return f"{what}  {where}".rstrip()

    @property
    def _is_everywhere(self) -> bool:
        """Tell whether the documents of all locations are listed: any of them may be counted from here."""
        return KINDS[self._opens.TYPE].counts

    def compose_body(self) -> ComposeResult:
        """Build the list."""
        yield Choices(id="documents")

    def on_mount(self) -> None:
        """Read the documents."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        location = None if self._is_everywhere else self.session.actor().terminal.location.id
        found = await self.session.lane.read(
            listing, self._opens.TYPE, location, status=self._status, limit=PAGE, before_id=self._before
        )
        self.post_message(Listed(found))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        self._documents = message.documents
        found = self._documents
        self.query_one(Choices).lay_out(lambda width: [row_text(row, width) for row in found])
        self.show_title()
        count = len(self._documents)
        if count or self._status is not DocumentStatus.OPEN:
            self.say(ngettext("{count} document", "{count} documents", count).format(count=count))
        else:
            self.say(_("None open. F2: new"))

    @on(OptionList.OptionSelected)
    def _open_chosen(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(partial(self._open, self._documents[message.option_index].id))

    async def take_scan(self, scan: Scan) -> None:
        """Open the document whose number or reference was scanned, wherever it is; or what else it names."""
        text = scan.text.strip()
        for row in self._documents:
            if text in {row.number, row.reference}:
                await self._open(row.id)
                return
        found = await self.session.lane.read(document_with, text)
        if found is not None:
            # The menu has this list as its rows.
            from screens.menu_items import SCREENS

            await self._show_over(SCREENS[found.type](self.session, found.id))
            return
        opened = await self._opens.open_scanned(self.app, self.session, scan)
        if opened is not None:
            await self._open(opened)
            return
        # The menu has this list as its rows.
        from screens.named_screen import NAMES, screen_of

        hit = await ask_named(self, scan, NAMES)
        if hit is not None:
            await self._show_over(await screen_of(self.session, hit))

    async def _open(self, document_id: int) -> None:
        await self._show_over(self._opens(self.session, document_id))

    async def _show_over(self, screen: Frame) -> None:
        """Show a screen until it is left, and the list as it is then."""
        await self.app.push_screen_wait(screen)
        await self._read()

    def action_new(self) -> None:
        """Open a new document and scan into it."""
        self.enqueue(self._open_new)

    async def _open_new(self) -> None:
        opened = await self._opens.open_new(self.app, self.session)
        if opened is not None:
            await self._open(opened)

    def action_switch(self) -> None:
        """Switch between open and posted documents."""
        is_open = self._status is DocumentStatus.OPEN
        self._status, self._before = (DocumentStatus.POSTED if is_open else DocumentStatus.OPEN), None
        self.enqueue(self._read)

    def action_print(self) -> None:
        """Show the papers of the chosen document."""
        chosen = self.query_one(Choices).highlighted
        if chosen is not None:
            self.enqueue(partial(self._print, self._documents[chosen].id))

    async def _print(self, document_id: int) -> None:
        problem = await papers_of(self.app, self.session, document_id)
        if problem:
            await self.stop_work(problem)

    def action_older(self) -> None:
        """Show the documents before these; after the last ones the newest again."""
        self._before = self._documents[-1].id if len(self._documents) == PAGE else None
        self.enqueue(self._read)


def row_text(row: DocumentSummary, width: int) -> str:
    """Return a document as one row, or as two where it is narrow."""
    count = f"{quantity(row.scanned)}/{quantity(row.expected)}" if row.expected else quantity(row.scanned)
    name = row.number or row.other_side
    more = f"{row.other_side}, {row.reference}" if row.number else row.reference
    if width < NARROW:
        room = width - len(count) - 1
        return f"{shorten(name, room):<{room}} {count}\n{shorten(more, width)}"
    room = width - len(count) - 1
    return f"{shorten(f'{name}  {more}', room):<{room}} {count}"
