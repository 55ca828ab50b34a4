"""Scanning into a document: the one screen behind deliveries, issues and every later type."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import ClassVar
from uuid import uuid4

from textual import on
from textual.app import App

from screens import scan_commands as commands
from screens.add_line import ask_line
from screens.choice import Choice, yes_or_no
from screens.closing import ask_closing, ask_pending
from screens.commands import Command
from screens.document_scans import DocumentScans
from screens.hand_entry import ask_list, ask_quantity, ask_range, ask_text, parse_quantity
from screens.list_entry import List, taken_list
from screens.messages import PastedLines, Said
from screens.new_document import NewDocument
from screens.notice import Notice
from screens.paper_opening import papers_of, tell_closed
from screens.prices import settle_whole
from screens.scan_rows import count_of, count_text
from screens.scan_view import ScanView
from screens.session import Session
from screens.settling import Confirmed
from screens.words import quantity
from store.domain.documents import Document, DocumentLine, Outcome
from store.domain.kinds import KINDS
from store.domain.language import _, ngettext
from store.domain.scan import Scan, Source
from store.domain.terms import Tracking
from store.operations.closing import close_document
from store.operations.documents import add_line, cancel_document
from store.operations.drafts import undo
from store.operations.entry import enter_list, enter_range, take_quantity
from store.queries.scans import differences, scan_count


class ScanDocument(ScanView):
    """A document that is scanned, corrected by hand, and closed. Commands wait for the scans before them."""

    OFFERS: ClassVar[tuple[Command, ...]] = commands.EVERYWHERE
    SCANS: ClassVar[type[DocumentScans]] = DocumentScans
    """The screen of its accepted and refused scans."""

    @classmethod
    async def open_new(cls, app: App[object], session: Session) -> int | None:
        """Open a document of this type by hand and return its id; None: the person went back."""
        return await NewDocument(session, cls.TYPE).ask(app)

    async def take_amount(self, amount: str) -> bool:
        """Count pieces on the picked line, or on the only one without serials."""
        value = parse_quantity(amount)
        if value is not None:
            self.enqueue(partial(self._count, value))
        return value is not None

    def action_lines(self) -> None:
        """Pick the line of the next serials."""
        self.enqueue(self._pick_line)

    async def _pick_line(self) -> None:
        line = await self.ask_line(self.lines)
        if line is not None:
            self.pick(line)

    async def ask_line(self, lines: Sequence[DocumentLine]) -> DocumentLine | None:
        """Ask which of `lines` is meant, if there are several. Part of a job."""
        if len(lines) <= 1:
            return lines[0] if lines else None
        answers = [f"{line.product.name} {count_of(line)}" for line in lines]
        question = Choice(_("Which product?"), answers, bell=self.session.bell)
        chosen = await self.app.push_screen_wait(question)
        return None if chosen is None else lines[chosen]

    def action_add(self) -> None:
        """Add a product to the document."""
        self.enqueue(self._add)

    async def _add(self) -> None:
        added = await ask_line(self.app, self.session)
        if added is not None:
            actor = self.session.actor()
            line = await self.session.lane.write(add_line, actor, self.document_id, added[1])
            await self.reload()
            self.pick(line)

    def action_type(self) -> None:
        """Take a typed serial."""
        self.enqueue(self._type)

    async def _type(self) -> None:
        text = await ask_text(self.app, _("Serial?"), bell=self.session.bell)
        if text is not None:
            at = self.session.clock()
            await self.take_scan(Scan(text=text, raw=text, source=Source.TYPED, at=at))

    def action_quantity(self) -> None:
        """Count pieces of a product without serials."""
        self.enqueue(partial(self._count, None))

    def nothing_counted(self) -> str:
        """Return why no pieces can be counted."""
        return _("Every product here goes by serial. Scan each piece.")

    async def _count(self, value: Decimal | None) -> None:
        counted = [line for line in self.lines if line.product.tracking is Tracking.QUANTITY]
        if not counted:
            await self.stop_work(self.nothing_counted())
            return
        line = self.picked if self.picked in counted else await self.ask_line(counted)
        if line is None:
            return
        wanted = value or await ask_quantity(self.app, line.product.name, bell=self.session.bell)
        if wanted is None:
            return
        token = str(uuid4())

        async def ask_store(line_id: int | None, confirmed: Confirmed) -> Outcome:
            return await self.session.lane.write(
                take_quantity, self.session.actor(), self.document_id, line_id or line.id, wanted,
                token=token, giver=self.giving(), confirmed=confirmed,
            )  # fmt: skip

        await self.settle(ask_store, line.id)

    def action_range(self) -> None:
        """Take a range of serials."""
        self.enqueue(self._range)

    async def _range(self) -> None:
        line = await self._line_of_serials()
        if line is None:
            return
        asked = await ask_range(self.app, line.product.name, bell=self.session.bell)
        if asked is None:
            return
        actor, token = self.session.actor(), str(uuid4())

        async def ask_store(confirmed: Confirmed) -> Sequence[Outcome]:
            return await self.session.lane.write(
                enter_range, actor, self.document_id, line.id, asked.first,
                last=asked.last, count=asked.count, token=token, confirmed=confirmed,
            )  # fmt: skip

        await self._take_list(ask_store)

    def action_load(self) -> None:
        """Take a list of serials from a file."""
        self.enqueue(self._load)

    async def _load(self) -> None:
        texts = await ask_list(self.app, bell=self.session.bell)
        if texts:
            await self.take_texts(texts)

    async def take_texts(self, texts: Sequence[str]) -> None:
        """Take a list of serials, each judged on its own. It is a job."""
        line = await self._line_of_serials()
        if line is not None:
            await self.take_list(texts, line.id)

    async def take_list(self, texts: Sequence[str], line_id: int | None) -> None:
        """Take a list of serials onto a line; None: each to the line of its product. Part of a job."""
        actor, token = self.session.actor(), str(uuid4())

        async def ask_store(confirmed: Confirmed) -> Sequence[Outcome]:
            return await self.session.lane.write(
                enter_list, actor, self.document_id, texts, line_id, token=token, confirmed=confirmed
            )

        await self._take_list(ask_store)

    @on(PastedLines)
    def _take_pasted(self, message: PastedLines) -> None:
        message.stop()
        message.prevent_default()
        self.enqueue(partial(self.take_texts, [scan.text for scan in message.scans]))

    async def _line_of_serials(self) -> DocumentLine | None:
        lines = [line for line in self.lines if line.product.tracking is Tracking.SERIAL]
        if not lines:
            await self.stop_work(_("No product here goes by serial. Add one first."))
        return self.picked if self.picked in lines else await self.ask_line(lines)

    async def _take_list(self, ask_store: List) -> None:
        text = await taken_list(self.app, ask_store, bell=self.session.bell)
        await self.reload()
        await self.app.push_screen_wait(Notice(text, bell=self.session.bell))

    def action_undo(self) -> None:
        """Take back the last scan that this terminal made here."""
        self.enqueue(self._undo)

    async def _undo(self) -> None:
        taken_back = await self.session.lane.write(
            undo, self.session.actor(), self.document_id, token=str(uuid4())
        )
        if taken_back is None:
            await self.stop_work(_("This terminal has nothing here to take back."))
            return
        await self.reload()
        what = taken_back.serial or f"{quantity(taken_back.quantity)} x {taken_back.product_name}"
        self.post_message(Said(_("Taken back: {what}").format(what=what)))

    def action_reject(self) -> None:
        """Switch between good pieces and rejected ones."""
        self.enqueue(self._switch_rejecting)

    async def _switch_rejecting(self) -> None:
        if self.rejecting is not None:
            self.switch_rejecting(None)
            return
        reasons = [_(reason) for reason in commands.REJECT_REASONS]
        question = Choice(_("Why rejected?"), [*reasons, _("Another reason")], bell=self.session.bell)
        chosen = await self.app.push_screen_wait(question)
        if chosen is None:
            return
        if chosen < len(reasons):
            self.switch_rejecting(reasons[chosen])
        else:
            self.switch_rejecting(await ask_text(self.app, _("Reason?"), bell=self.session.bell))

    def action_scans(self) -> None:
        """Show the accepted and the refused scans."""
        self.enqueue(self._show_scans)

    async def _show_scans(self) -> None:
        await self.app.push_screen_wait(self.SCANS(self.session, self.document_id))
        await self.reload()

    def action_close(self) -> None:
        """Close the document."""
        self.enqueue(self._close)

    async def _close(self) -> None:
        lane = self.session.lane
        if await lane.read(scan_count, self.document_id) == 0:
            await self.stop_work(_("Nothing is scanned yet. Scan something, or cancel the document."))
            return
        if not await self.settle_pieces():
            return
        found = () if KINDS[self.TYPE].rest_waits else await lane.read(differences, self.document_id)
        answer = await ask_closing(self.app, self.session, self.TYPE, count_text(self.lines), found)
        if answer is None:
            return
        reason, moment = answer
        fills = await ask_pending(self.app, self.session, self.document_id)
        if fills is None:
            return
        document = await self.post(reason, moment, fills=fills)
        pieces = sum((line.scanned for line in self.lines), Decimal(0))
        whole = int(pieces)
        text = ngettext("{number}\nClosed: {count} piece.", "{number}\nClosed: {count} pieces.", whole)
        text = text.format(number=document.number, count=quantity(pieces))
        text = "\n".join((text, *await self.closing_words(document)))
        await tell_closed(self.app, self.session, document, text)
        self.dismiss()

    async def closing_words(self, document: Document) -> Sequence[str]:  # noqa: ARG002
        """Return what else is to be told of the document that was closed, in sentences. Part of a job."""
        return ()

    async def settle_pieces(self) -> bool:
        """Ask what is still to be said of the scanned pieces; False: the person went back. Part of a job."""
        return await settle_whole(self.app, self.session, self.document_id, self.TYPE)

    async def post(self, reason: str, moment: datetime | None, *, fills: bool) -> Document:
        """Post the document and return it with its number. Part of a job."""
        return await self.session.lane.write(
            close_document, self.session.actor(), self.document_id,
            reason=reason, effective_at=moment, fills_pending=fills, token=str(uuid4()),
        )  # fmt: skip

    def action_print(self) -> None:
        """Show the papers of the closed document."""
        self.enqueue(self._print)

    async def _print(self) -> None:
        problem = await papers_of(self.app, self.session, self.document_id)
        if problem:
            await self.stop_work(problem)

    def action_cancel(self) -> None:
        """Cancel the document."""
        self.enqueue(self._cancel)

    async def _cancel(self) -> None:
        text = _("Cancel this document? What was scanned is given back.")
        if await self.app.push_screen_wait(yes_or_no(text, bell=self.session.bell)) != 0:
            return
        await self.session.lane.write(cancel_document, self.session.actor(), self.document_id)
        self.dismiss()
