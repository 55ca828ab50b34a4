"""What a rental still has out: all of it or some units are given another day, with a reason."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from screens.choice import Choice
from screens.commands import Command
from screens.days import ask_until, lateness_text, today_of
from screens.entry import Entry
from screens.frame import Frame
from screens.messages import Said
from screens.session import Session
from screens.widgets.choices import Choices
from screens.widgets.text_line import shorten
from screens.words import quantity, reason_fault, refusal_text
from store.domain.errors import Refusal, RefusalCode
from store.domain.language import N_, _, ngettext
from store.domain.loans import Loan
from store.domain.scan import Scan
from store.domain.serials import key_of
from store.operations.extending import extend
from store.queries.loans import loans_of

REASONS = (N_("The customer asks for it"), N_("Its replacement is not here yet"), N_("Agreed by telephone"))
NARROW = 40
ALL = Command(
    code="ALL", key="f3", label=N_("All or none"), action="all", help=N_("Choose all of it, or nothing.")
)
EXTEND = Command(
    code="EXTEND",
    key="f10",
    label=N_("Extend"),
    action="extend",
    help=N_("Give what is chosen another day, with a reason."),
)


class Read(Message):
    """What is still out was read from the store."""

    def __init__(self, loans: Sequence[Loan]) -> None:
        """Carry it."""
        super().__init__()
        self.loans = loans


class Extension(Frame):
    """All is chosen at first. A digit, Enter or a scan of a unit chooses it or leaves it out."""

    OFFERS: ClassVar[tuple[Command, ...]] = (EXTEND, ALL)
    CSS_PATH: ClassVar = ["frame.tcss", "extension.tcss"]

    def __init__(self, session: Session, document_id: int, loan_ids: Sequence[int] = ()) -> None:
        """Extend what the rental `document_id` has out; only `loan_ids` are chosen at first, if any."""
        super().__init__(session)
        self._document_id = document_id
        self._first = frozenset(loan_ids)
        self._loans: list[Loan] = []
        self._chosen: set[int] = set()

    def title_text(self) -> str:
        """Return which rental it is."""
        if not self._loans:
            return _("Extend")
        return _("Extend {number} {customer}").format(
            number=self._loans[0].number, customer=self._loans[0].party_name
        )

    def compose_body(self) -> ComposeResult:
        """Build the list."""
        yield Choices(id="loans")

    def on_mount(self) -> None:
        """Read what is still out."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        found = await self.session.lane.read(loans_of, self._document_id, only_open=True)
        self._loans = found
        self.post_message(Read(found))

    @on(Read)
    def _show(self, message: Read) -> None:
        ids = {loan.id for loan in message.loans}
        self._chosen = set(self._first & ids) or ids
        self.show_title()
        self._fill()

    def _fill(self) -> None:
        rows = self.query_one(Choices)
        highlighted = rows.highlighted or 0
        loans = self._loans
        rows.lay_out(lambda width: [self._row(loan, width) for loan in loans])
        if self._loans:
            rows.highlighted = min(highlighted, len(self._loans) - 1)
        if not self._loans:
            self.say(_("Nothing of it is out any more."))
            return
        count = len(self._chosen)
        self.say(ngettext("{count} chosen", "{count} chosen", count).format(count=count))

    def _row(self, loan: Loan, width: int) -> str:
        mark = "[x]" if loan.id in self._chosen else "[ ]"
        what = loan.serial or f"{quantity(loan.quantity)} x {loan.product_name}"
        late = lateness_text(loan.until, today_of(self.session))
        if width < NARROW:
            return f"{shorten(f'{mark} {what}', width)}\n{shorten(late, width)}"
        more = loan.product_name if loan.serial else ""
        return shorten(f"{mark} {what}  {late}  {more}", width)

    @on(OptionList.OptionSelected)
    def _switch_row(self, message: OptionList.OptionSelected) -> None:
        self._switch(self._loans[message.option_index])

    def _switch(self, loan: Loan) -> None:
        self._chosen ^= {loan.id}
        self._fill()

    async def take_scan(self, scan: Scan) -> None:
        """Choose the scanned unit, or leave it out."""
        serial = scan.gs1.serial if scan.gs1 and scan.gs1.serial else scan.text
        loan = next((loan for loan in self._loans if key_of(loan.serial or "") == key_of(serial)), None)
        if loan is None:
            await self.stop_work(refusal_text(Refusal(RefusalCode.NOT_LENT, {"text": serial})))
            return
        self.call_later(self._switch, loan)

    def action_all(self) -> None:
        """Choose all of it, or nothing."""
        ids = {loan.id for loan in self._loans}
        self._chosen = set() if self._chosen == ids else ids
        self._fill()

    def action_extend(self) -> None:
        """Give what is chosen another day."""
        self.enqueue(partial(self._extend))

    async def _extend(self) -> None:
        if not self._chosen:
            await self.stop_work(_("Nothing is chosen. Choose by digit, by Enter or by a scan."))
            return
        until = await ask_until(self.app, self.session, question=_("Until when?"))
        reason = None if until is None else await self._ask_reason()
        if until is None or reason is None:
            return
        count = await self.session.lane.write(
            extend, self.session.actor(), sorted(self._chosen), until, reason=reason, token=str(uuid4())
        )
        await self._read()
        told = ngettext("Extended: {count} piece.", "Extended: {count} pieces.", count)
        self.post_message(Said(told.format(count=count)))

    async def _ask_reason(self) -> str | None:
        reasons = [_(reason) for reason in REASONS]
        question = Choice(_("Why?"), [*reasons, _("Another reason")], bell=self.session.bell)
        chosen = await self.app.push_screen_wait(question)
        if chosen is None or chosen < len(reasons):
            return None if chosen is None else reasons[chosen]
        entry = Entry(_("Reason?"), check=reason_fault, bell=self.session.bell)
        answer = await self.app.push_screen_wait(entry)
        return None if answer is None else answer.strip()
