"""What a count found to differ: a reason for each, and then everything is posted as one document."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList, Static

from screens.choice import Choice, yes_or_no
from screens.commands import Command
from screens.entry import Entry
from screens.finder import MORE
from screens.frame import Frame
from screens.messages import Said
from screens.paper_opening import tell_closed
from screens.session import Session
from screens.settling import Confirmed, settled
from screens.stocktake_words import difference_row, notice_text, summary_text
from screens.widgets.choices import Choices
from screens.words import reason_fault, refusal_text
from store.domain.documents import Accepted, Outcome, Refused
from store.domain.errors import Refusal, RefusalCode
from store.domain.language import N_, _, ngettext
from store.domain.scan import Scan
from store.domain.stocktake import DIFFERENCES, CountDifference, CountSummary, DifferenceKind
from store.operations.closing import close_document
from store.operations.scanning import take
from store.operations.stocktakes import compare, give_reason
from store.queries.stocktakes import Cursor, DifferencePage, differences_page

PAGE = 100

POST = Command(
    code="CLOSE",
    key="f10",
    label=N_("Post"),
    action="post",
    help=N_("Post all differences as one document, which has its number then."),
)
REASONS = Command(
    code="REASONS",
    key="f4",
    label=N_("Reason for all"),
    action="reasons",
    help=N_("Give one reason to all of a kind that have none yet."),
)
FILTER = Command(
    code="FILTER",
    key="f2",
    label=N_("Filter"),
    action="filter",
    help=N_("List one kind of differences alone."),
)


class Listed(Message):
    """Differences were read from the store."""

    def __init__(self, found: DifferencePage, summary: CountSummary) -> None:
        """Carry a page of them, and how many there are."""
        super().__init__()
        self.found = found
        self.summary = summary


class StocktakeDifferences(Frame):
    """Enter or a digit gives a reason. A scanned piece is counted: what turns up is missing no more."""

    OFFERS: ClassVar[tuple[Command, ...]] = (POST, REASONS, FILTER, MORE)
    CSS_PATH: ClassVar = ["frame.tcss", "stocktake_differences.tcss"]

    def __init__(self, session: Session, document_id: int) -> None:
        """Show what the open count `document_id` found."""
        super().__init__(session)
        self._document_id = document_id
        self._kind: DifferenceKind | None = None
        self._after: Cursor | None = None
        self._page = DifferencePage((), None)
        self._summary: CountSummary | None = None
        self.is_posted = False

    def title_text(self) -> str:
        """Return which differences are listed."""
        kind = f": {_(DIFFERENCES[self._kind].name)}" if self._kind else ""
        return _("Differences") + kind

    def compose_body(self) -> ComposeResult:
        """Build the sums and the list."""
        yield Static(id="sums", markup=False)
        yield Choices(id="differences")

    def on_mount(self) -> None:
        """Read the first page."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        """Compare anew, since others may go on counting, and read a page."""
        summary = await self.session.lane.write(compare, self._document_id)
        self._summary = summary
        found = await self.session.lane.read(
            differences_page, self._document_id, kind=self._kind, after=self._after, limit=PAGE
        )
        self.post_message(Listed(found, summary))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        self._page = message.found
        choices, rows = self.query_one(Choices), message.found.rows
        before = choices.highlighted
        choices.lay_out(lambda width: [difference_row(row, width) for row in rows])
        if before is not None and before < len(rows):
            choices.highlighted = before
        self.query_one("#sums", Static).update(summary_text(message.summary))
        self.show_title()
        bare = message.summary.without_reason
        text = ngettext("{count} without a reason", "{count} without a reason", bare).format(count=bare)
        text = text if bare else _("F10 posts it.")
        self.say(f"{text}  {_('F3: more')}" if message.found.after else text)

    @on(OptionList.OptionSelected)
    def _choose(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(partial(self._give_one, self._page.rows[message.option_index]))

    async def _give_one(self, found: CountDifference) -> None:
        form = DIFFERENCES[found.kind]
        if not form.posts:
            await self.stop_work(_TOLD[found.kind]())
            return
        what = found.serial or found.product_name
        question = _("{what}: {kind}. Why?").format(what=what, kind=_(form.name))
        reason = await self._ask_reason(question, form.reasons)
        if reason is not None:
            await self._give(reason, difference_id=found.id)

    def action_reasons(self) -> None:
        """Give one reason to all of a kind."""
        self.enqueue(self._give_all)

    async def _give_all(self) -> None:
        bare = [each for each in self._summary.kinds if each.without_reason] if self._summary else []
        if not bare:
            await self.stop_work(_("Every difference has a reason."))
            return
        chosen: int | None = 0
        if len(bare) > 1:
            answers = [f"{_(DIFFERENCES[each.kind].name)} ({each.without_reason})" for each in bare]
            question = Choice(_("A reason for all of which?"), answers, bell=self.session.bell)
            chosen = await self.app.push_screen_wait(question)
        if chosen is None:
            return
        kind = bare[chosen].kind
        question_text = _("All {count} {kind}. Why?").format(
            count=bare[chosen].without_reason, kind=_(DIFFERENCES[kind].name)
        )
        reason = await self._ask_reason(question_text, DIFFERENCES[kind].reasons)
        if reason is not None:
            await self._give(reason, kind=kind)

    async def _give(
        self, reason: str, *, difference_id: int | None = None, kind: DifferenceKind | None = None
    ) -> None:
        await self.session.lane.write(
            give_reason, self.session.actor(), self._document_id, reason,
            difference_id=difference_id, kind=kind,
        )  # fmt: skip
        await self._read()

    async def _ask_reason(self, question: str, reasons: Sequence[str]) -> str | None:
        texts = [_(reason) for reason in reasons]
        answers = [*texts, _("Another reason")]
        chosen = await self.app.push_screen_wait(Choice(question, answers, bell=self.session.bell))
        if chosen is None or chosen < len(texts):
            return None if chosen is None else texts[chosen]
        answer = await self.app.push_screen_wait(
            Entry(_("Reason?"), check=reason_fault, bell=self.session.bell)
        )
        return None if answer is None else answer.strip()

    def action_filter(self) -> None:
        """Choose which kind is listed."""
        self.enqueue(self._ask_filter)

    async def _ask_filter(self) -> None:
        kinds = [each.kind for each in self._summary.kinds] if self._summary else []
        answers = [_("all"), *(_(DIFFERENCES[kind].name) for kind in kinds)]
        chosen = await self.app.push_screen_wait(Choice(_("What to list?"), answers, bell=self.session.bell))
        if chosen is not None:
            self._kind, self._after = (kinds[chosen - 1] if chosen else None), None
            await self._read()

    def action_more(self) -> None:
        """Show the next ones; after the last ones the first again."""
        self._after = self._page.after
        self.enqueue(self._read)

    async def take_scan(self, scan: Scan) -> None:
        """Count a piece that turned up."""
        token = str(uuid4())

        async def ask_store(line_id: int | None, confirmed: Confirmed) -> Outcome:
            return await self.session.lane.write(
                take, self.session.actor(), self._document_id, scan,
                token=token, line_id=line_id, confirmed=confirmed,
            )  # fmt: skip

        outcome = await settled(self.app, ask_store, None, bell=self.session.bell)
        if isinstance(outcome, Refused):
            await self.stop_work(refusal_text(outcome.refusal))
            return
        await self._read()
        if isinstance(outcome, Accepted):
            what = outcome.row.serial or outcome.row.product_name
            text = _("Counted: {what}").format(what=what)
            self.post_message(Said(f"{text} {notice_text(outcome.told)}".rstrip()))

    def action_post(self) -> None:
        """Post it."""
        self.enqueue(self._post)

    async def _post(self) -> None:
        await self._read()
        summary = self._summary
        assert summary is not None  # noqa: S101 - it was read a moment ago
        if summary.without_reason:
            refusal = Refusal(RefusalCode.REASONS_NEEDED, {"count": summary.without_reason})
            await self.stop_work(refusal_text(refusal))
            return
        text = _("Post this count? {counted} units counted, {record} were on record.").format(
            counted=summary.counted, record=summary.on_record
        )
        question = yes_or_no(f"{text}\n{summary_text(summary)}", bell=self.session.bell)
        if await self.app.push_screen_wait(question) != 0:
            return
        document = await self.session.lane.write(
            close_document, self.session.actor(), self._document_id, token=str(uuid4())
        )
        self.is_posted = True
        await tell_closed(self.app, self.session, document, f"{document.number}\n{summary_text(summary)}")
        self.dismiss()


_TOLD = {
    DifferenceKind.AWAY: lambda: _(
        "It comes back by its own document: a return or a delivery. Put it aside."
    ),
    DifferenceKind.PACKED: lambda: _(
        "An open document has it. It is not missing; close or correct that one."
    ),
}
