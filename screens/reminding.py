"""Reminders to everybody who is late, one after the other, for screens and commands.

Each is read, drawn, begun, sent and settled, in this order. One that fails never keeps the others.
"""

from asyncio import to_thread
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from screens.words import refusal_text
from store.domain.errors import RefusalCode, RefusedError, StoreError, SztukaError
from store.domain.kept_papers import NewPaper
from store.domain.language import Language, _, current
from store.domain.mail import MailError, MailMessage, MailServerError, MailUncertainError, addresses
from store.domain.papers import Letterhead, PaperCode, PaperLanguage
from store.domain.records import Actor
from store.domain.reminders import Channel, NewReminder
from store.lane import Lane
from store.operations.reminding import begin_reminder, fail_reminder, settle_reminder
from store.queries.overdue import Late, ReminderLetter, reminder_letter

REMINDER = "reminder"
MAIL = "reminder-mail"
"""The templates of the letter, and of the text that goes with it by e-mail."""


NO_LETTERHEAD = Letterhead()


class Sent(StrEnum):
    """What became of one reminder."""

    SENT = "sent"
    """By e-mail."""
    WRITTEN = "written"
    """To a file, to be printed."""
    ALREADY = "already"
    """They were reminded that day, or somebody is about to."""
    BACK = "back"
    """Nothing is late there any more."""
    UNCERTAIN = "uncertain"
    """Nobody can tell whether it arrived; it is not sent again that day."""
    FAILED = "failed"


BAD = frozenset({Sent.FAILED, Sent.UNCERTAIN})
"""They were not reminded, or nobody can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """A customer, and what became of the reminder to them."""

    late: Late
    sent: Sent
    where: str = ""
    """The address, or the file."""
    why: str = ""
    """Why it did not go, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """A reminder that can be sent."""

    letter: ReminderLetter
    paper: NewPaper
    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """How reminders are written and sent here."""

    lane: Lane
    actor: Callable[[], Actor]
    templates: Path
    send: Callable[[MailMessage], tuple[str, ...]] | None = None
    """Hands an e-mail over and returns the addresses that were refused; None: nothing is sent by e-mail."""
    folder: Path | None = None
    """Where letters go to whom no e-mail can be written; None: they are told of."""
    letterhead: Letterhead = NO_LETTERHEAD

    async def remind(self, customers: Sequence[Late], today: date) -> AsyncIterator[Reminded]:
        """Remind each of `customers`, and yield what became of it. Raises StoreLostError."""
        down = ""
        for late in customers:
            reminded, down = await self._one(late, today, down)
            yield reminded

    async def _one(self, late: Late, today: date, down: str) -> tuple[Reminded, str]:
        """Return what became of one reminder; and, where the mail server takes none any more, why."""
        try:
            drawn = await self._drawn(late, today)
        except SztukaError as error:
            return Reminded(late=late, sent=Sent.FAILED, why=str(error)), down
        if drawn is None:
            return Reminded(late=late, sent=Sent.BACK), down
        by_mail = bool(self.send and drawn.letter.party.email)
        if by_mail and down:
            return Reminded(late=late, sent=Sent.FAILED, why=down), down
        if not by_mail and self.folder is None:
            why = _("no e-mail address is known")
            return Reminded(late=late, sent=Sent.FAILED, why=why), down
        token = str(uuid4())
        email = drawn.letter.party.email if by_mail else ""
        new = NewReminder(
            party_id=late.party_id,
            day=today,
            channel=Channel.EMAIL if by_mail else Channel.PAPER,
            address=email,
        )
        try:
            await self.lane.write(begin_reminder, self.actor(), new, drawn.paper, token=token)
        except RefusedError as error:
            if error.refusal.code is not RefusalCode.REMINDED:
                raise
            return Reminded(late=late, sent=Sent.ALREADY, why=refusal_text(error.refusal)), down
        return await self._begun(late, drawn, token, today)

    async def _begun(self, late: Late, drawn: _Drawn, token: str, today: date) -> tuple[Reminded, str]:
        """Send a reminder that was begun, and settle it."""
        refused: tuple[str, ...] = ()
        why = ""
        try:
            where, refused = await self._deliver(drawn, today)
        except MailUncertainError as error:
            # It stays begun: nobody is written to twice.
            return Reminded(late=late, sent=Sent.UNCERTAIN, why=str(error)), ""
        except (MailError, OSError) as error:
            why = str(error)
            await self.lane.write(fail_reminder, token, reason=why)
            down = why if isinstance(error, MailServerError) else ""
            return Reminded(late=late, sent=Sent.FAILED, why=why), down
        by_mail = bool(self.send and drawn.letter.party.email)
        await self.lane.write(
            settle_reminder, self.actor(), token, drawn.letter.unit_ids,
            text=where, file="" if by_mail else where,
        )  # fmt: skip
        if refused:
            why = _("refused: {addresses}").format(addresses=", ".join(refused))
        sent = Sent.SENT if by_mail else Sent.WRITTEN
        return Reminded(late=late, sent=sent, where=where, why=why), ""

    async def _drawn(self, late: Late, today: date) -> _Drawn | None:
        actor = self.actor()
        letter = await self.lane.read(
            reminder_letter, late.party_id, today=today, operator=actor.operator.name
        )
        if letter is None:
            return None
        return await to_thread(self._draw, letter, letter.party.language or current())

    def _draw(self, letter: ReminderLetter, language: Language) -> _Drawn:
        # reportlab takes its time to load, and most who open the program write no letters.
        from print.letters.folder import template
        from print.letters.letter import letter as drawn
        from print.letters.plain import mail_text
        from print.page import on_letterhead

        with on_letterhead(self.letterhead):
            pdf = drawn(template(self.templates, REMINDER, language), letter.facts)
        subject, text = mail_text(template(self.templates, MAIL, language), letter.facts)
        paper = NewPaper(
            code=PaperCode.LETTER,
            language=PaperLanguage(language),
            pdf=pdf,
            party_code=letter.party.code,
            unit_ids=letter.unit_ids,
            name=REMINDER,
        )
        return _Drawn(letter=letter, paper=paper, subject=subject, text=text)

    async def _deliver(self, drawn: _Drawn, today: date) -> tuple[str, tuple[str, ...]]:
        """Send or write a reminder; return where it went, and the addresses that were refused."""
        party = drawn.letter.party
        name = f"{today.isoformat()}-{_plain(party.code)}.pdf"
        if self.send is not None and party.email:
            message = MailMessage(
                to=addresses(party.email),
                subject=drawn.subject,
                text=drawn.text,
                name=name,
                pdf=drawn.paper.pdf,
            )
            return party.email, await to_thread(self.send, message)
        if self.folder is None:
            raise StoreError(_("no e-mail address is known"))
        path = await to_thread(_write, self.folder, name, drawn.paper.pdf)
        return str(path), ()


def _plain(code: str) -> str:
    """Return a code as a part of a file's name."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in code)


def _write(folder: Path, name: str, pdf: bytes) -> Path:
    """Write a letter whole or not at all; a letter of the same name that did not go out is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    path, part = folder / name, folder / f".{name}.part"
    part.write_bytes(pdf)
    part.replace(path)
    return path
