"""Who is late, and whether they were reminded today; reminding them all in one go."""

from asyncio import to_thread
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from print.mail import Postman
from screens.choice import Choice
from screens.commands import Command
from screens.days import today_of
from screens.finder import MORE, Finder
from screens.holder_units import HolderUnits
from screens.messages import Said
from screens.notice import Notice
from screens.reminding import BAD, Reminding, Sent
from screens.session import Session
from screens.words import quantity
from store.domain.language import N_, _
from store.domain.reminders import Channel, LetterSetup, Reminder, ReminderState
from store.domain.unreturned import Which
from store.queries.overdue import Late, late
from store.queries.reminders import reminders_of

SEND = Command(
    code="SEND",
    key="f2",
    label=N_("Send"),
    action="send",
    help=N_("Write to all who are late and were not reminded today."),
)
STATES: Mapping[ReminderState, str] = {
    ReminderState.BEGUN: N_("uncertain"),
    ReminderState.DONE: N_("reminded"),
    ReminderState.FAILED: N_("NOT SENT"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRow:
    """A customer who is late, and what became of today's reminder, if there was one."""

    late: Late
    reminder: Reminder | None


class Reminders(Finder[LateRow]):
    """Customers who are late, the latest first. Enter opens what they have."""

    OFFERS: ClassVar[tuple[Command, ...]] = (SEND, MORE)

    def __init__(self, session: Session) -> None:
        """List who is late in the store of `session`."""
        super().__init__(session)
        self._failed: dict[int, str] = {}
        """Why a customer was not reached just now, by the id of the party."""

    def title_text(self) -> str:
        """Return what is listed."""
        return _("Reminders")

    def label(self) -> str:
        """Return what can be typed."""
        return _("Customer's name or code")

    def find(self, text: str, skip: int, limit: int) -> list[LateRow]:
        """Return who is late. It runs in the lane."""
        today = today_of(self.session)
        done = {each.party_id: each for each in reminders_of(today)}
        wanted = text.casefold()
        found = [each for each in late(today) if wanted in f"{each.name}\n{each.code}".casefold()]
        return [LateRow(late=each, reminder=done.get(each.party_id)) for each in found[skip : skip + limit]]

    def parts(self, item: LateRow) -> tuple[str, str]:
        """Return the customer; and what became of the reminder, or how much is late since when."""
        due = _("{count} late since {day}").format(
            count=quantity(item.late.pieces), day=item.late.first.isoformat() if item.late.first else ""
        )
        reminder, failed = item.reminder, self._failed.get(item.late.party_id)
        if failed:
            return item.late.name, f"{_('NOT SENT')}: {failed}"
        if reminder is None:
            return item.late.name, due
        told = _(STATES[reminder.state])
        if reminder.state is ReminderState.DONE:
            told += f" ({reminder.address or 'PDF'})" if reminder.channel is Channel.EMAIL else " (PDF)"
        return item.late.name, f"{told}, {reminder.reason or due}"

    def _state(self, text: str) -> str:
        return super()._state(text) if text or self._found else _("Nobody is late.")

    async def take_chosen(self, item: LateRow) -> None:
        """Open what a customer has."""
        screen = HolderUnits(self.session, item.late.party_id, item.late.name, Which.OVERDUE)
        await self.app.push_screen_wait(screen)

    def action_send(self) -> None:
        """Ask how, and remind everybody."""
        self.enqueue(self._send)

    async def _send(self) -> None:
        setup = self.session.letters()
        answers = [_("As PDF files")]
        if setup.server is not None:
            answers = [_("By e-mail"), _("By e-mail, the others as PDF files"), *answers]
        question = _("How to remind them?")
        chosen = await self.app.push_screen_wait(Choice(question, answers, bell=self.session.bell))
        if chosen is None:
            return
        by_mail = setup.server is not None and chosen < 2
        await self._remind(setup, by_mail=by_mail, as_files=not by_mail or chosen == 1)

    async def _remind(self, setup: LetterSetup, *, by_mail: bool, as_files: bool) -> None:
        today = today_of(self.session)
        found = await self.session.lane.read(late, today)
        postman = Postman(setup.server) if by_mail and setup.server else None
        reminding = Reminding(
            lane=self.session.lane,
            actor=self.session.actor,
            templates=setup.templates,
            send=postman.send if postman else None,
            folder=setup.folder if as_files else None,
            letterhead=setup.letterhead,
        )
        counted: Counter[Sent] = Counter()
        self._failed = {}
        try:
            async for reminded in reminding.remind(found, today):
                counted[reminded.sent] += 1
                if reminded.sent is Sent.FAILED:
                    self._failed[reminded.late.party_id] = reminded.why
                told = _("{number} of {count}: {name}")
                self.post_message(
                    Said(told.format(number=counted.total(), count=len(found), name=reminded.late.name))
                )
        finally:
            if postman:
                await to_thread(postman.close)
        told = _("{gone} reminded, {before} before, {failed} not.").format(
            gone=counted[Sent.SENT] + counted[Sent.WRITTEN],
            before=counted[Sent.ALREADY],
            failed=sum(counted[sent] for sent in BAD),
        )
        if counted[Sent.WRITTEN]:
            told += "\n" + _("PDF files: {folder}").format(folder=setup.folder)
        await self.app.push_screen_wait(Notice(told, bell=self.session.bell))
        self.call_later(self._look_up, 0)
