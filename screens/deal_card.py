"""One deal: its lines with what became of them, its documents, and what can be done with it."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.choice import Choice, yes_or_no
from screens.commands import Command
from screens.deal_lines import ADD, ask_new_line, ask_price, ask_quantity, line_text, progress_text
from screens.entry import Entry
from screens.frame import Frame
from screens.location_choice import LocationChoice
from screens.paper_opening import PRINT_CODE
from screens.session import Session
from screens.widgets.choices import Choices
from screens.words import DOCUMENTS, money, word
from store.domain.deals import Deal, DealDocument, DealLine, DealState
from store.domain.documents import Document
from store.domain.language import N_, _
from store.domain.terms import DocumentStatus, DocumentType
from store.operations.deals import (
    add_deal_line,
    change_deal,
    change_deal_line,
    end_deal,
    move_deal,
    remove_deal_line,
)
from store.operations.delivering import finalise, issue_deal, place_deal
from store.queries.deals import deal, open_issue

DELIVER = Command(
    code="CLOSE",
    key="f10",
    label=N_("Deliver"),
    action="deliver",
    help=N_("Issue what is open and scan it, or put it onto the customer's holdings at once."),
)
NOTE = Command(
    code="NOTE",
    key="f4",
    label=N_("Note"),
    action="note",
    help=N_("Change the customer's order number and the note."),
)
END = Command(
    code="CANCEL",
    key="f11",
    label=N_("End it"),
    action="end",
    help=N_("Deliver no more of this deal, and say why."),
)


PRINT_DEAL = Command(
    code=PRINT_CODE,
    key="f5",
    label=N_("Print"),
    action="print",
    help=N_("Print the confirmation of this deal, or print it again."),
)


class Read(Message):
    """The deal as the store has it now."""

    def __init__(self, found: Deal) -> None:
        """Carry it."""
        super().__init__()
        self.found = found


class DealCard(Frame):
    """A digit changes its line, or opens its document."""

    OFFERS: ClassVar[tuple[Command, ...]] = (DELIVER, NOTE, PRINT_DEAL, END, ADD)
    CSS_PATH: ClassVar = ["frame.tcss", "document_list.tcss"]

    def __init__(self, session: Session, deal_id: int) -> None:
        """Show one deal."""
        super().__init__(session)
        self._deal_id = deal_id
        self._found: Deal | None = None
        self._row_jobs: list[Callable[[], Awaitable[None]]] = []

    def title_text(self) -> str:
        """Return its number."""
        return self._found.head.number if self._found else _("Deal")

    def compose_body(self) -> ComposeResult:
        """Build the rows."""
        yield Choices(id="documents")

    def on_mount(self) -> None:
        """Read it."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        found = await self.session.lane.read(deal, self._deal_id)
        if found is None:
            raise LookupError(self._deal_id)
        self.post_message(Read(found))

    @on(Read)
    def _show(self, message: Read) -> None:
        self._found = found = message.found
        rows: list[tuple[str, Callable[[], Awaitable[None]]]] = [(head_text(found), self._change_head)]
        rows += [(row_of(found, line), partial(self._change_line, line)) for line in found.lines]
        rows += [(document_text(each), partial(self._open_document, each)) for each in found.documents]
        self._row_jobs = [job for _text, job in rows]
        choices = self.query_one(Choices)
        highlighted = choices.highlighted or 0
        choices.fill(text for text, _job in rows)
        choices.highlighted = min(highlighted, choices.option_count - 1)
        self.show_title()
        can_go_on = found.head.state.is_open or found.head.state is DealState.DRAFT
        self.say(_("F10 delivers it.") if can_go_on else word(found.head.state))

    @on(OptionList.OptionSelected)
    def _choose(self, message: OptionList.OptionSelected) -> None:
        self.enqueue(self._row_jobs[message.option_index])

    async def _change_head(self) -> None:
        if self._found is None:
            return
        head = self._found.head
        order = await self._text(_("Their order?"), head.their_order)
        if order is None:
            return
        note = await self._text(_("Note?"), head.note)
        if note is not None:
            actor = self.session.actor()
            await self.session.lane.write(change_deal, actor, head.id, their_order=order, note=note)
        await self._read()

    async def _text(self, question: str, value: str) -> str | None:
        entry = Entry(question, value=value, takes_scans=True, bell=self.session.bell)
        return await self.app.push_screen_wait(entry)

    async def _change_line(self, line: DealLine) -> None:
        if self._found is None:
            return
        answers = [_("Change the quantity"), _("Change the price")]
        if self._found.head.state is DealState.DRAFT:
            answers.append(_("Remove it"))
        text = line_text(line.product, line.quantity, line.unit_price, self._found.head.currency)
        chosen = await self.app.push_screen_wait(Choice(text, answers, bell=self.session.bell))
        if chosen is None:
            return
        actor, write = self.session.actor(), self.session.lane.write
        count, price = line.quantity, line.unit_price
        if chosen == 0:
            count = await ask_quantity(self.app, self.session, line.product, count) or count
        elif chosen == 1:
            said, given = await ask_price(self.app, self.session, line.product, price)
            price = given if said else price
        else:
            await write(remove_deal_line, actor, line.id)
        if (count, price) != (line.quantity, line.unit_price):
            await write(change_deal_line, actor, line.id, quantity=count, unit_price=price, note=line.note)
        await self._read()

    async def _open_document(self, document: DealDocument) -> None:
        if document.kind == "sales_invoice":
            from screens.invoice_view import InvoiceView

            await self.app.push_screen_wait(InvoiceView(self.session, document.id))
        else:
            await self._scan_into(document.id, DocumentType(document.kind))
        await self._read()

    async def _scan_into(self, document_id: int, kind: DocumentType) -> None:
        from screens.menu_items import SCREENS

        await self.app.push_screen_wait(SCREENS[kind](self.session, document_id))

    def action_add(self) -> None:
        """Add a product."""
        self.enqueue(self._add)

    async def _add(self) -> None:
        added = await ask_new_line(self.app, self.session)
        if added is not None:
            await self.session.lane.write(add_deal_line, self.session.actor(), self._deal_id, added[1])
        await self._read()

    def action_note(self) -> None:
        """Change what is noted."""
        self.enqueue(self._change_head)

    def action_deliver(self) -> None:
        """Deliver what is open."""
        self.enqueue(self._deliver)

    async def _deliver(self) -> None:
        issue = await self.session.lane.read(open_issue, self._deal_id)
        if issue is not None:
            await self._scan_into(issue, DocumentType.ISSUE)
            await self._read()
            return
        if self._found is None:
            return
        answers = [_("Issue it: scan the goods"), _("Onto the holdings, serials later")]
        if self._found.head.state is DealState.DRAFT:
            answers.append(_("Make it final only"))
        answers.append(_("From another location..."))
        text = _("How is it delivered? From: {place}").format(place=self._found.head.location.name)
        chosen = await self.app.push_screen_wait(Choice(text, answers, bell=self.session.bell))
        actor, write = self.session.actor(), self.session.lane.write
        if chosen == 0:
            made: Document | None = await write(issue_deal, actor, self._deal_id, token=str(uuid4()))
            if made is not None:
                await self._scan_into(made.id, made.type)
        elif chosen == 1:
            await self._place()
        elif chosen == len(answers) - 1:
            await self._move()
        elif chosen is not None:
            await write(finalise, actor, self._deal_id)
        await self._read()

    async def _move(self) -> None:
        """Let the goods leave from another location, and ask again how."""
        place = await LocationChoice(self.session, _("From which location?")).ask(self.app)
        if place is not None:
            await self.session.lane.write(move_deal, self.session.actor(), self._deal_id, place.id)
            self.action_deliver()

    async def _place(self) -> None:
        text = _("Put all that is open onto the customer's holdings? Serials are scanned there later.")
        if await self.app.push_screen_wait(yes_or_no(text, bell=self.session.bell)) == 0:
            token = str(uuid4())
            await self.session.lane.write(place_deal, self.session.actor(), self._deal_id, token=token)

    def action_print(self) -> None:
        """Show the papers of the deal."""
        self.enqueue(self._print)

    async def _print(self) -> None:
        # Printing is imported by those who print.
        from screens.paper_desk import PaperDesk
        from screens.paper_subject import of_deal

        if self._found is None:
            return
        if self._found.head.state is DealState.DRAFT:
            await self.stop_work(_("It is still being made. Make it final first: F10."))
            return
        await self.app.push_screen_wait(PaperDesk(self.session, of_deal(self._found.head)))

    def action_end(self) -> None:
        """Deliver no more of it."""
        self.enqueue(self._end)

    async def _end(self) -> None:
        answers = (_("The customer does not want it"), _("It cannot be had any more"), _("Another reason"))
        question = Choice(_("Deliver no more of this deal? Why?"), answers, bell=self.session.bell)
        chosen = await self.app.push_screen_wait(question)
        if chosen is None:
            return
        reason: str | None = answers[chosen]
        if chosen == len(answers) - 1:
            reason = await self._text(_("Reason?"), "")
        if reason:
            await self.session.lane.write(end_deal, self.session.actor(), self._deal_id, reason=reason)
        await self._read()


def head_text(found: Deal) -> str:
    """Return with whom the deal is, how far it is, what it is worth, and what is noted."""
    head = found.head
    order = _("their order {order}").format(order=head.their_order) if head.their_order else ""
    worth = f"{money(found.total)} {head.currency}"
    return f"{head.party.name}\n" + "  ".join(
        part for part in (word(head.state), worth, order, head.note, head.reason) if part
    )


def row_of(found: Deal, line: DealLine) -> str:
    """Return a line: what was agreed, and what became of it."""
    told = line_text(line.product, line.quantity, line.unit_price, found.head.currency)
    became = progress_text(line) if found.head.state is not DealState.DRAFT else ""
    return "\n".join(part for part in (told, "  ".join(each for each in (became, line.note) if each)) if part)


def document_text(each: DealDocument) -> str:
    """Return a document of the deal, or an invoice about it."""
    if each.kind == "sales_invoice":
        return _("Invoice {number}").format(number=each.name or "-")
    kind = _(DOCUMENTS[DocumentType(each.kind)])
    return f"{kind} {each.name} ({word(DocumentStatus(each.status))})"
