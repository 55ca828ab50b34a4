"""Taking back whatever comes: from anybody, under any rental; only scans, and how each piece is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar
from uuid import uuid4

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Static

from screens import scan_commands as commands
from screens.back_questions import BackQuestions
from screens.back_rows import FOUND, back_rows
from screens.commands import OK, Command
from screens.days import today_of
from screens.entry import Entry
from screens.messages import Said
from screens.noted_scans import ReturnScans
from screens.paper_opening import PRINT
from screens.party_choice import AnyParty
from screens.scan_document import ScanDocument
from screens.service_pieces import settle_back
from screens.session import Session
from screens.settling import Take
from screens.words import CONDITIONS, money
from store.domain.documents import Accepted, Document, GiverPicked, Outcome, Refused
from store.domain.documents import NewDocument as Order
from store.domain.language import N_, _
from store.domain.loans import ComingBack, Giver
from store.domain.terms import Condition, DocumentStatus, DocumentType
from store.operations.documents import open_document
from store.operations.noting import note_scan
from store.queries.loans import coming_back
from store.queries.return_papers import deposits_of
from store.queries.scans import scans

NOTE = Command(
    code="NOTE",
    key="f2",
    label=N_("Note"),
    action="note",
    help=N_("Note of the piece that was scanned last what is missing or broken."),
)
GIVER = Command(
    code="GIVER",
    key="f8",
    label=N_("From whom"),
    action="giver",
    help=N_("Say who gives pieces without serials back; scanning the customer or the rental does the same."),
)
CONDITION_COMMANDS = tuple(
    Command(
        code=str(digit),
        key=str(digit),
        label=CONDITIONS[condition] if condition else N_("as it was"),
        action=f"condition({digit})",
        shown=False,
        help=N_("Say in which condition the piece is that was scanned last."),
    )
    for digit, condition in enumerate((*FOUND, None), start=1)
)


@dataclass
class Told(Message):
    """What is known of the piece that was scanned last; None: there is none."""

    back: ComingBack | None


class Return(ScanDocument):
    """Each scan is taken at once and tells whose it was; a digit says how it is, Enter or a scan keeps it."""

    TYPE = DocumentType.RETURN
    SCANS = ReturnScans
    CSS_PATH: ClassVar = ["frame.tcss", "scan_document.tcss", "returns.tcss"]
    OFFERS: ClassVar[tuple[Command, ...]] = (
        commands.CLOSE, commands.UNDO, NOTE, commands.TYPE, GIVER, commands.AMOUNT, commands.SCANS,
        commands.LOAD, commands.CANCEL, PRINT, *CONDITION_COMMANDS,
    )  # fmt: skip
    KEYS: ClassVar[tuple[Binding, ...]] = (Binding("enter", "keep", show=False),)

    def __init__(self, session: Session, document_id: int) -> None:
        """Scan into the return `document_id`."""
        super().__init__(session, document_id)
        self._back: ComingBack | None = None
        self._is_closing = False
        self._is_known = False
        self._questions = BackQuestions(self, session)

    @classmethod
    async def open_new(cls, app: App[object], session: Session) -> int | None:  # noqa: ARG003
        """Open a return here at once: nothing has to be known of what comes."""
        actor = session.actor()
        order = Order(type=cls.TYPE, location_id=actor.terminal.location.id)
        return (await session.lane.write(open_document, actor, order, token=str(uuid4()))).id

    def compose_body(self) -> ComposeResult:
        """Build what a document has, and above its scans what is known of the last one."""
        count, lines, last = super().compose_body()
        yield count
        yield lines
        yield Static(id="back", markup=False)
        yield last

    async def reload(self) -> None:
        """Read the return again; at first tell of the piece that was scanned last. It is a job."""
        await super().reload()
        if not self._is_known and self.status is DocumentStatus.OPEN:
            self._is_known = True
            for scan in await self.session.lane.read(scans, self.document_id, limit=1):
                self._tell(await self.session.lane.read(coming_back, scan.id))

    def title_parts(self) -> list[str]:
        """Return its number and reference: it is of no party."""
        head = self._view.document if self._view else None
        return [part for part in (head.number, head.reference) if part] if head else []

    def count_line(self) -> str:
        """Return how much is scanned, and who gives pieces back, where that was said."""
        text = super().count_line()
        return text + "  " + _("from {name}").format(name=self.giver.name) if self.giver else text

    def nothing_counted(self) -> str:
        """Return what has to be scanned before pieces are counted."""
        return _("Scan the code of a product without serials first.")

    async def settle(self, ask_store: Take, line_id: int | None) -> Outcome | None:
        """Take something back, and tell whose it was. Part of a job."""
        outcome = await super().settle(partial(self._questions.take, ask_store), line_id)
        if isinstance(outcome, GiverPicked):
            self._pick_giver(outcome.giver)
        elif isinstance(outcome, Accepted):
            self._questions.keep(outcome.line.product.name)
            self._tell(await self.session.lane.read(coming_back, outcome.row.id))
        elif isinstance(outcome, Refused):
            self._tell(None)
        return outcome

    def _tell(self, back: ComingBack | None) -> None:
        # The next job may note something before the message has arrived.
        self._back = back
        self.post_message(Told(back))

    @on(Told)
    def _show_back(self, message: Told) -> None:
        rows = back_rows(message.back, today_of(self.session), self.size.width) if message.back else []
        panel = self.query_one("#back", Static)
        panel.update("\n".join(rows))
        panel.display = bool(rows)

    def on_mount(self) -> None:
        """Show nothing of a last piece before there is one."""
        super().on_mount()
        self.query_one("#back", Static).display = False

    def action_condition(self, digit: int) -> None:
        """Note in which condition the last piece is."""
        if self._is_closing:
            # It is meant for the question that comes, and was typed too soon.
            return
        condition = FOUND[digit - 1] if digit <= len(FOUND) else None
        self.enqueue(partial(self._note_condition, condition))

    async def _note_condition(self, condition: Condition | None) -> None:
        if self._back is None:
            await self.stop_work(_("Scan a piece first. What was scanned before is in the list (F9)."))
            return
        # 'As it was' is an answer as well: it is not asked for again.
        await self._note(replace(self._back, condition=condition or self._back.was))

    async def _note(self, back: ComingBack) -> None:
        """Keep what was found of a piece, and tell of it. Part of a job."""
        await self.session.lane.write(note_scan, back.scan_id, condition=back.condition, note=back.note)
        self._tell(back)

    def action_keep(self) -> None:
        """Leave the last piece as it was."""
        self.enqueue(self._keep)

    async def _keep(self) -> None:
        self._tell(None)

    def action_note(self) -> None:
        """Note what is missing or broken of the last piece."""
        self.enqueue(self._ask_note)

    async def _ask_note(self) -> None:
        back = self._back
        if back is None:
            await self.stop_work(_("Scan a piece first. What was scanned before is in the list (F9)."))
            return
        text = _("{what}: what is missing or broken?").format(what=back.what)
        answer = await self.app.push_screen_wait(Entry(text, value=back.note, bell=self.session.bell))
        if answer is not None:
            await self._note(replace(back, note=answer.strip()))

    def giving(self) -> Giver | None:
        """Return who gives back the pieces without serials that are taken now."""
        return self._questions.answered or self.giver

    def action_giver(self) -> None:
        """Say who gives pieces without serials back."""
        self.enqueue(self._ask_giver)

    async def _ask_giver(self) -> None:
        party = await AnyParty(self.session).ask(self.app)
        if party is not None:
            self._pick_giver(Giver(party_id=party.id, name=party.name))

    def _pick_giver(self, giver: Giver) -> None:
        self.giver = giver
        self._questions.forget()
        self.post_message(Said(_("Pieces without serials come from {name}.").format(name=giver.name)))
        self.enqueue(self.reload)

    def action_close(self) -> None:
        """Close the document."""
        self._is_closing = True
        super().action_close()

    async def _close(self) -> None:
        try:
            await super()._close()
        finally:
            self._is_closing = False

    async def settle_pieces(self) -> bool:
        """Ask what is wrong with what comes as a complaint or for service, where nobody said so yet."""
        return await super().settle_pieces() and await settle_back(self.app, self.session, self.document_id)

    async def closing_words(self, document: Document) -> Sequence[str]:
        """Return which deposits are to be given back now. Part of a job."""
        return [
            _("Give the deposit back: {amount} ({number}, {party})").format(
                amount=money(deposit.amount), number=deposit.number, party=deposit.party_name
            )
            for deposit in await self.session.lane.read(deposits_of, document.id)
        ]

    async def _undo(self) -> None:
        await super()._undo()
        self._tell(None)

    async def _show_scans(self) -> None:
        await super()._show_scans()
        self._tell(None)

    async def take_texts(self, texts: Sequence[str]) -> None:
        """Take a list of serials, each to the line of its product. It is a job."""
        await self.take_list(texts, None)

    async def run_command_text(self, text: str) -> bool:
        """Run what a command barcode says; `OK` keeps the piece as it was."""
        if text == OK:
            self.action_keep()
            return True
        return await super().run_command_text(text)
