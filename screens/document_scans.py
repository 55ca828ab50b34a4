"""The scans of a document: what was accepted, with a way to take any of it back, and what was refused."""

from functools import partial
from typing import ClassVar
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from screens.choice import yes_or_no
from screens.commands import Command
from screens.frame import Frame
from screens.scan_rows import scan_row
from screens.session import Session
from screens.widgets.choices import Choices
from screens.words import moment, refusal_text
from store.domain.documents import DraftScan, RefusedScan
from store.domain.language import N_, _, ngettext
from store.domain.scan import Scan
from store.domain.serials import key_of
from store.operations.drafts import remove
from store.queries.scans import refused, scan_count, scan_of_serial, scans

PAGE = 200
"""Scans that are listed at once; a scan of the piece itself finds any."""

REMOVE = Command(
    code="REMOVE",
    key="delete",
    label=N_("Remove"),
    action="remove",
    help=N_("Take the chosen scan back. Scanning the piece again here does the same."),
)
REFUSED = Command(
    code="REFUSED",
    key="f2",
    label=N_("Refused"),
    action="switch",
    help=N_("Switch between the accepted scans and the refused ones with their reasons."),
)
OLDER = Command(
    code="OLDER", key="f3", label=N_("Older"), action="older", help=N_("Show the scans before these.")
)


class Listed(Message):
    """Scans were read from the store."""

    def __init__(self, accepted: list[DraftScan], refused: list[RefusedScan], total: int) -> None:
        """Carry what was read; `total` counts all accepted scans."""
        super().__init__()
        self.accepted = accepted
        self.refused = refused
        self.total = total


class DocumentScans(Frame):
    """Newest first. A scanned piece is found and may be taken back."""

    OFFERS: ClassVar[tuple[Command, ...]] = (REMOVE, REFUSED, OLDER)
    CSS_PATH: ClassVar = ["frame.tcss", "document_scans.tcss"]

    def __init__(self, session: Session, document_id: int) -> None:
        """Show the scans of `document_id`."""
        super().__init__(session)
        self._document_id = document_id
        self._before: int | None = None
        self.accepted: list[DraftScan] = []
        self._refused: list[RefusedScan] = []
        self.shows_refused = False

    def title_text(self) -> str:
        """Return what is listed."""
        return _("Refused scans") if self.shows_refused else _("Accepted scans")

    def compose_body(self) -> ComposeResult:
        """Build the list."""
        yield Choices(id="scans")

    def on_mount(self) -> None:
        """Read the newest scans."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self.read)

    async def read(self) -> None:
        """Read the scans again. It is a job."""

        def read() -> Listed:
            return Listed(
                scans(self._document_id, limit=PAGE, before_id=self._before),
                refused(self._document_id, limit=PAGE),
                scan_count(self._document_id),
            )

        self.post_message(await self.session.lane.read(read))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        self.accepted, self._refused = message.accepted, message.refused
        self._fill()
        text = ngettext("{count} accepted", "{count} accepted", message.total).format(count=message.total)
        self.say(text + " " + _("{count} refused").format(count=len(message.refused)))

    def _fill(self) -> None:
        accepted, choices = self.accepted, self.query_one(Choices)
        if self.shows_refused:
            choices.fill(f"{moment(row.at)} {row.text}: {refusal_text(row.refusal)}" for row in self._refused)
        else:
            choices.lay_out(lambda width: [self.row_text(row, width) for row in accepted])
        self.show_title()

    def row_text(self, row: DraftScan, width: int) -> str:
        """Return the row of an accepted scan."""
        return scan_row(row, width).text

    def action_switch(self) -> None:
        """Switch between accepted and refused scans."""
        self.shows_refused = not self.shows_refused
        self._fill()

    def action_older(self) -> None:
        """Show the scans before these; after the last ones the newest again."""
        self._before = self.accepted[-1].id if len(self.accepted) == PAGE else None
        self.enqueue(self.read)

    def action_remove(self) -> None:
        """Take the chosen scan back."""
        chosen = self.query_one(Choices).highlighted
        if not self.shows_refused and chosen is not None:
            self.enqueue(partial(self._remove, self.accepted[chosen]))

    async def take_scan(self, scan: Scan) -> None:
        """Find the scanned piece and offer to take it back."""
        serial = scan.gs1.serial if scan.gs1 and scan.gs1.serial else scan.text
        found = await self.session.lane.read(scan_of_serial, self._document_id, key_of(serial))
        if found is None:
            await self.stop_work(_("{text} is not among the accepted scans.").format(text=serial))
            return
        await self._remove(found)

    async def _remove(self, row: DraftScan) -> None:
        what = row.serial or row.product_name
        question = yes_or_no(_("Take {what} back?").format(what=what), bell=self.session.bell)
        if await self.app.push_screen_wait(question) == 0:
            await self.session.lane.write(remove, self.session.actor(), row.id, token=str(uuid4()))
            await self.read()
