"""What a screen that scans into a document shows, and what a scan does there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar
from uuid import uuid4

from textual import on, work
from textual.app import App, ComposeResult
from textual.message import Message

from screens.frame import PROBLEM, Frame
from screens.scan_rows import count_of, count_text, line_row, scan_row
from screens.session import Session
from screens.settling import Confirmed, Take, settled
from screens.signals import Signal
from screens.widgets.page import Page, page_start
from screens.widgets.rows import Rows
from screens.widgets.text_line import PLAIN, TextLine
from screens.words import refusal_text, word
from store.domain.documents import (
    Accepted,
    DocumentLine,
    DocumentView,
    DraftScan,
    LinePicked,
    Outcome,
    Refused,
)
from store.domain.errors import RefusalCode, RefusedError
from store.domain.kinds import KINDS
from store.domain.language import _
from store.domain.loans import Giver
from store.domain.scan import Scan
from store.domain.terms import DocumentStatus, DocumentType
from store.operations.scanning import take
from store.queries import documents, scans

POLL_SECONDS = 5.0
"""So often the screen looks whether another terminal scans into the same document."""


@dataclass
class Loaded(Message):
    """The document as the store has it now, with its last page of scans, oldest first."""

    view: DocumentView
    rows: Sequence[DraftScan]
    last_scan_id: int


@dataclass
class Judged(Message):
    """A scan was accepted, or picked a line."""

    outcome: Accepted | LinePicked


@dataclass
class RejectSwitched(Message):
    """The next pieces are rejected, or good again."""


class ScanView(Frame):
    """Lines with counters and the last scans below them; takes one scan after the other."""

    TYPE: ClassVar[DocumentType]
    CSS_PATH: ClassVar = ["frame.tcss", "scan_document.tcss"]

    def __init__(self, session: Session, document_id: int) -> None:
        """Scan into the open document `document_id`."""
        super().__init__(session)
        self.document_id = document_id
        self._view: DocumentView | None = None
        self._picked: int | None = None
        self.rejecting: str | None = None
        self.giver: Giver | None = None
        """Who gives back the pieces without serials that are scanned next."""
        self._last_scan_id = 0

    def compose_body(self) -> ComposeResult:
        """Build the counters, the lines and the scans."""
        yield TextLine(id="count")
        yield Rows(id="lines")
        yield Page(id="scans")

    @classmethod
    async def open_scanned(cls, app: App[object], session: Session, scan: Scan) -> int | None:  # noqa: ARG003
        """Open a document by what was scanned in the list and return its id; None: it opens none."""
        return None

    def title_text(self) -> str:
        """Return the document's kind, and which one it is."""
        return " ".join((word(self.TYPE), *self.title_parts()))

    def short_title_text(self) -> str:
        """Return the same with the kind by the letters of its numbers: whose it is has to be seen."""
        return " ".join((KINDS[self.TYPE].series, *self.title_parts()))

    def title_parts(self) -> list[str]:
        """Return what tells the document from others of its kind: whose it is, and its reference."""
        head = self._view.document if self._view else None
        return [part for part in (head.other_side, head.reference) if part] if head else []

    def on_mount(self) -> None:
        """Load the document, and look now and then who else scans into it."""
        super().on_mount()
        self.enqueue(self.reload)
        self.set_interval(POLL_SECONDS, self._poll)

    @property
    def lines(self) -> tuple[DocumentLine, ...]:
        """The document's lines as last seen."""
        return self._view.lines if self._view else ()

    @property
    def status(self) -> DocumentStatus | None:
        """The document's status as last seen; None: not seen yet."""
        return self._view.document.status if self._view else None

    @property
    def picked(self) -> DocumentLine | None:
        """The line that the next serials belong to, if one was picked."""
        return next((line for line in self.lines if line.id == self._picked), None)

    async def reload(self) -> None:
        """Read the document and its last page of scans again. It is a job."""
        capacity = self.query_one("#scans", Page).capacity
        loaded = await self.session.lane.read(_read, self.document_id, capacity)
        # The next job may ask for the lines before the message has arrived.
        self._view = self._view or loaded.view
        self.post_message(loaded)

    async def take_scan(self, scan: Scan) -> None:
        """Take a scan into the document."""
        token = str(uuid4())

        async def ask_store(line_id: int | None, confirmed: Confirmed) -> Outcome:
            return await self.session.lane.write(
                take, self.session.actor(), self.document_id, scan,
                token=token, line_id=line_id, rejected=self.rejecting, giver=self.giving(),
                confirmed=confirmed,
            )  # fmt: skip

        await self.settle(ask_store, self._picked)

    def giving(self) -> Giver | None:
        """Return who gives back the pieces without serials that are taken now."""
        return self.giver

    def action_find(self) -> None:
        """Look for something, and come back to the document."""
        self.enqueue(self._find)

    async def _find(self) -> None:
        # Searching is imported by those who search.
        from screens.unit_search import UnitSearch

        await self.app.push_screen_wait(UnitSearch(self.session))
        await self.reload()

    async def settle(self, ask_store: Take, line_id: int | None) -> Outcome | None:
        """Take something into the document, show what came out of it and return it. Part of a job."""
        outcome = await settled(self.app, ask_store, line_id, bell=self.session.bell)
        if isinstance(outcome, LinePicked):
            self.pick(outcome.line)
        elif isinstance(outcome, Accepted):
            self.post_message(Judged(outcome))
        elif isinstance(outcome, Refused):
            await self.stop_work(refusal_text(outcome.refusal))
        return outcome

    @on(Loaded)
    def _show_loaded(self, message: Loaded) -> None:
        self._view, self._last_scan_id = message.view, message.last_scan_id
        self.show_title()
        width = self.query_one("#scans", Page).size.width
        self.query_one("#scans", Page).fill([scan_row(row, width) for row in message.rows])
        self._show_counts()
        if message.view.document.status is not DocumentStatus.OPEN:
            self.say(_("This document is {status}.").format(status=word(message.view.document.status)))

    @on(Judged)
    def _show_judged(self, message: Judged) -> None:
        outcome = message.outcome
        assert self._view is not None  # noqa: S101 - jobs begin with loading
        if outcome.line.id in {line.id for line in self.lines}:
            lines = tuple(outcome.line if line.id == outcome.line.id else line for line in self.lines)
        else:
            lines = (*self.lines, outcome.line)
        self._view = replace(self._view, lines=lines)
        if isinstance(outcome, LinePicked):
            self._show_counts()
            self.say(_("Scan serials: {product}").format(product=outcome.line.product.name))
            return
        page = self.query_one("#scans", Page)
        page.add(scan_row(outcome.row, page.size.width))
        self._last_scan_id = max(self._last_scan_id, outcome.row.id)
        self._show_counts(outcome.line)
        self.tell(outcome)

    def tell(self, outcome: Accepted) -> None:
        """Say that a scan was accepted, and how much of its line there is now."""
        self.say(f"{count_of(outcome.line)} {outcome.line.product.name}", signal=Signal.GOOD)

    def count_line(self) -> str:
        """Return what stands above the lines: how much is scanned."""
        text = count_text(self.lines)
        if self.rejecting:
            text = _("REJECTING: {reason}").format(reason=self.rejecting) + "  " + text
        return text

    def _show_counts(self, touched: DocumentLine | None = None) -> None:
        text = self.count_line()
        self.query_one("#count", TextLine).show(text, style=PROBLEM if self.rejecting else PLAIN)
        panel = self.query_one("#lines", Rows)
        shown = self._window(panel, self.picked or touched)
        panel.show([line_row(line, self.size.width, picked=line.id == self._picked) for line in shown])

    def _window(self, panel: Rows, focus: DocumentLine | None) -> Sequence[DocumentLine]:
        """Return the lines that fit, `focus` among them."""
        most = panel.styles.max_height
        height = int(most.value) if most is not None else len(self.lines)
        if focus is None or len(self.lines) <= height:
            return self.lines[:height]
        index = next((number for number, line in enumerate(self.lines) if line.id == focus.id), 0)
        start = index // height * height
        return self.lines[start : start + height]

    @on(Page.Resized)
    def _refill(self) -> None:
        self.enqueue(self.reload)

    @work(group="poll", exclusive=True)
    async def _poll(self) -> None:
        if self._view is None or self.is_busy or not self.is_current:
            return
        seen = await self.session.lane.read(documents.progress, self.document_id)
        known = (self._last_scan_id, sum((line.scanned for line in self.lines), Decimal(0)))
        if (seen.last_scan_id, seen.scanned) != known or seen.status is not self._view.document.status:
            self.enqueue(self.reload)

    def switch_rejecting(self, reason: str | None) -> None:
        """Take the next pieces as rejected for `reason`, or as good ones again. Part of a job."""
        self.rejecting = reason
        self.post_message(RejectSwitched())

    @on(RejectSwitched)
    def _show_rejecting(self) -> None:
        self._show_counts()

    def pick(self, line: DocumentLine) -> None:
        """Let the next serials belong to `line`, those that wait already included. Part of a job."""
        self._picked = line.id
        self.post_message(Judged(LinePicked(line=line)))


def _read(document_id: int, capacity: int) -> Loaded:
    """Read the document, and as many of its scans as stand on the last page."""
    view = documents.view(document_id)
    if view is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(document_id))
    total = scans.scan_count(document_id)
    rows = scans.scans(document_id, limit=total - page_start(total, capacity)) if total else []
    return Loaded(view, rows[::-1], documents.progress(document_id).last_scan_id)
