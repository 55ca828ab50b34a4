"""One invoice: what it will do, line by line, with everything that is to be said about it; and posting it."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.choice import Choice, yes_or_no
from screens.commands import Command
from screens.entry import Entry
from screens.frame import Frame
from screens.holding_rows import pending_text
from screens.invoice_answers import answer_head, answer_line, answer_same
from screens.invoice_rows import (
    apart_text,
    done_text,
    head_text,
    linked_text,
    made_text,
    outcome_text,
    state_text,
)
from screens.notice import Notice
from screens.session import Session
from screens.widgets.choices import Choices
from store.domain.language import N_, _, ngettext
from store.domain.received import (
    Assessment,
    InvoiceState,
    LineOutcome,
    MadeDocument,
    Offers,
    Receipt,
    ReceivedInvoice,
    ReceivedLine,
)
from store.domain.same_goods import SameGoods
from store.operations.assessing import assess
from store.operations.importing import post_invoice
from store.operations.mending import decide_offers, forget_invoice
from store.operations.reversing import reopen_invoice, reverse_invoice
from store.queries.deals import linked_deals
from store.queries.invoices import invoice_head, invoice_lines, made_documents

PAGE = 100
"""Lines that are listed at once."""

POST = Command(
    code="POST",
    key="f10",
    label=N_("Post"),
    action="post",
    help=N_("Do what stands here, all of it at once."),
)
ASKING = Command(
    code="ASKING",
    key="f2",
    label=N_("Questions"),
    action="asking",
    help=N_("Switch between the lines with a question and all lines."),
)
MORE = Command(
    code="MORE",
    key="f3",
    label=N_("More"),
    action="more",
    help=N_("Show the next lines; at the end the first."),
)
SERIALS = Command(
    code="SERIALS",
    key="f5",
    label=N_("Take serials"),
    action="serials",
    help=N_("Take the serials that the texts of lines name, on all lines that ask."),
)
REVERSE = Command(
    code="REVERSE",
    key="f8",
    label=N_("Reverse"),
    action="reverse",
    shown=False,
    help=N_("Take an imported invoice back by documents, or let a reversed one wait again."),
)
FORGET = Command(
    code="FORGET",
    key="delete",
    label=N_("Throw away"),
    action="forget",
    shown=False,
    help=N_("Throw a waiting invoice away; its file may be read again."),
)

Loaded: TypeAlias = tuple[ReceivedInvoice, list[ReceivedLine], tuple[MadeDocument, ...], tuple[str, ...]]


class Shown(Message):
    """An invoice was read from the store: as it waits, or as it was done."""

    def __init__(self, found: Assessment | None, done: Loaded | None) -> None:
        """Carry one of them."""
        super().__init__()
        self.found = found
        self.done = done


class InvoiceView(Frame):
    """The first row says who sells to whom, the others are lines; a digit answers what its row asks."""

    OFFERS: ClassVar[tuple[Command, ...]] = (POST, ASKING, MORE, SERIALS, REVERSE, FORGET)
    CSS_PATH: ClassVar = ["frame.tcss", "document_list.tcss"]

    def __init__(self, session: Session, invoice_id: int) -> None:
        """Show the invoice with this id."""
        super().__init__(session)
        self._invoice_id = invoice_id
        self._found: Assessment | None = None
        self._done: Loaded | None = None
        self._only_asking = True
        self._start = 0
        self._jobs_of_rows: list[Callable[[], Awaitable[None]]] = []

    def title_text(self) -> str:
        """Return the number and the state."""
        if self._found is not None:
            return state_text(self._found)
        return state_text(self._done[0]) if self._done is not None else _("Invoice")

    def compose_body(self) -> ComposeResult:
        """Build the list."""
        yield Choices(id="documents")

    def on_mount(self) -> None:
        """Read the invoice."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        found, done = await self.session.lane.read(_load, self._invoice_id)
        self.post_message(Shown(found, done))

    @on(Shown)
    def _show(self, message: Shown) -> None:
        self._found, self._done = message.found, message.done
        rows = self._waiting_rows() if self._found is not None else self._done_rows()
        choices = self.query_one(Choices)
        highlighted = choices.highlighted or 0
        self._jobs_of_rows = [job for _text, job in rows]
        choices.fill(text for text, _job in rows)
        choices.highlighted = min(highlighted, choices.option_count - 1) if rows else None
        self.show_title()
        self.say(self._message())

    def _message(self) -> str:
        if self._found is None:
            return made_text(*self._done[2:]) if self._done is not None else ""
        count = self._found.questions
        if not count:
            return _("Nothing is asked. F10 posts it.")
        return ngettext(
            "{count} question: choose its row.", "{count} questions: choose their rows.", count
        ).format(count=count)

    def _waiting_rows(self) -> list[tuple[str, Callable[[], Awaitable[None]]]]:
        found = self._found
        assert found is not None  # noqa: S101 - the caller has looked
        lines = [line for line in found.lines if line.question is not None]
        if not (self._only_asking and lines):
            lines = list(found.lines)
        self._start = self._start if self._start < len(lines) else 0
        text = head_text(found.invoice)
        head = f"? {text}" if found.asks else text
        rows: list[tuple[str, Callable[[], Awaitable[None]]]] = [(head, self._answer_head)]
        if not self._start:
            rows += [(linked_text(each), partial(self._answer_same, each)) for each in found.linked[:PAGE]]
            rows += [(apart_text(each), partial(self._answer_same, each)) for each in found.apart[:PAGE]]
        rows += [
            (outcome_text(line), partial(self._answer_line, line.move.line.position))
            for line in lines[self._start : self._start + PAGE]
        ]
        return rows

    def _done_rows(self) -> list[tuple[str, Callable[[], Awaitable[None]]]]:
        assert self._done is not None  # noqa: S101 - the caller has looked
        head, lines, _made, _deals = self._done
        self._start = self._start if self._start < len(lines) else 0
        shown = lines[self._start : self._start + PAGE]
        return [
            (head_text(head), self._nothing),
            *((done_text(line), self._nothing) for line in shown),
        ]

    async def _nothing(self) -> None:
        """Leave a row of a finished invoice as it is."""

    @on(OptionList.OptionSelected)
    def _choose(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(self._jobs_of_rows[message.option_index])

    async def _answer_head(self) -> None:
        if self._found is not None and await answer_head(self.app, self.session, self._found):
            await self._read()

    async def _answer_same(self, document: SameGoods) -> None:
        if self._found is not None and await answer_same(self.app, self.session, self._found, document):
            await self._read()

    async def _answer_line(self, position: int) -> None:
        line = next((each for each in self._lines() if each.move.line.position == position), None)
        if self._found is not None and line is not None:
            await answer_line(self.app, self.session, self._found, line)
            await self._read()

    def _lines(self) -> tuple[LineOutcome, ...]:
        return self._found.lines if self._found is not None else ()

    def action_asking(self) -> None:
        """Switch between the lines with a question and all."""
        self._only_asking, self._start = not self._only_asking, 0
        self.enqueue(self._read)

    def action_more(self) -> None:
        """Show the next lines."""
        self._start += PAGE
        self.enqueue(self._read)

    def action_serials(self) -> None:
        """Take the serials in the texts of all lines that ask."""
        self.enqueue(self._take_serials)

    async def _take_serials(self) -> None:
        if self._found is not None:
            await self.session.lane.write(decide_offers, self.session.actor(), self._invoice_id, Offers.TAKE)
            await self._read()

    def action_post(self) -> None:
        """Post the invoice."""
        self.enqueue(self._post)

    async def _post(self) -> None:
        receipt: Receipt = await self.session.lane.write(post_invoice, self.session.actor(), self._invoice_id)
        await self._read()
        told = [part for part in (made_text(receipt.made), pending_text(receipt.pending)) if part]
        text = "\n".join((state_text(receipt.invoice), *(told or [_("nothing moves")])))
        await self.app.push_screen_wait(Notice(text, bell=self.session.bell))

    def action_reverse(self) -> None:
        """Take an imported invoice back, or let a reversed one wait again."""
        self.enqueue(self._reverse)

    async def _reverse(self) -> None:
        if self._done is None:
            return
        actor = self.session.actor()
        if self._done[0].state is InvoiceState.REVERSED:
            question = yes_or_no(_("Let it wait to be posted again?"), bell=self.session.bell)
            if await self.app.push_screen_wait(question) == 0:
                await self.session.lane.write(reopen_invoice, actor, self._invoice_id)
                await self._read()
            return
        answers = (_("Imported by mistake"), _("Wrong party"), _("Another reason"))
        question = Choice(_("Take this import back? Why?"), answers, bell=self.session.bell)
        chosen = await self.app.push_screen_wait(question)
        if chosen is None:
            return
        reason: str | None = answers[chosen]
        if chosen == len(answers) - 1:
            reason = await self.app.push_screen_wait(Entry(_("Reason?"), bell=self.session.bell))
        if reason:
            await self.session.lane.write(reverse_invoice, actor, self._invoice_id, reason=reason)
            await self._read()

    def action_forget(self) -> None:
        """Throw a waiting invoice away."""
        self.enqueue(self._forget)

    async def _forget(self) -> None:
        question = yes_or_no(_("Throw this invoice away?"), bell=self.session.bell)
        if self._found is not None and await self.app.push_screen_wait(question) == 0:
            await self.session.lane.write(forget_invoice, self.session.actor(), self._invoice_id)
            self.dismiss()


def _load(invoice_id: int) -> tuple[Assessment | None, Loaded | None]:
    """Read an invoice as it waits, or as it was done. It runs in the lane."""
    head = invoice_head(invoice_id)
    if head is None:
        raise LookupError(invoice_id)
    if head.state is InvoiceState.WAITING:
        return assess(invoice_id), None
    made, deals = made_documents(invoice_id), linked_deals(invoice_id)
    return None, (head, invoice_lines(invoice_id), made, deals)
