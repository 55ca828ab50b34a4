"""The terms of a service: letting another one follow, and putting those of one right."""

from datetime import date

from screens.days import ask_day, parse_day, today_of
from screens.form import Changed, Form
from screens.frame import Job
from screens.naming import ask_named
from screens.session import Session
from screens.words import refusal_text
from store.domain.errors import Refusal, RefusalCode
from store.domain.language import _
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.domain.services import Renewal, Validity
from store.operations.service_checks import MOST_SEATS
from store.operations.service_ending import amend_service
from store.operations.services import renew
from store.queries.services import proposed, validity_of


class TermsForm(Form):
    """Asks for the days and the seats of a service."""

    def __init__(self, session: Session) -> None:
        """Begin with nothing."""
        super().__init__(session)
        self.valid_from = today_of(session)
        self.valid_until: date | None = None
        self.seats: int | None = None
        self.subject_id: int | None = None
        self.subject = ""

    def term_rows(self) -> list[tuple[str, Job]]:
        """Return the rows of days and seats."""
        until = self.valid_until.isoformat() if self.valid_until else _("for good")
        return [
            (_("From: {day}").format(day=self.valid_from.isoformat()), self._ask_from),
            (_("Until: {day}").format(day=until), self._ask_until),
            (_("Seats: {count}").format(count=self.seats or "-"), self._ask_seats),
        ]

    def subject_row(self) -> tuple[str, Job]:
        """Return the row of what it is about."""
        return _("About: {subject}").format(subject=self.subject or "-"), self._ask_subject

    async def _ask_from(self) -> None:
        day = await ask_day(
            self.app, _("From which day?"), today=today_of(self.session), value=self.valid_from,
            bell=self.session.bell,
        )  # fmt: skip
        if day is not None:
            self.valid_from = day
            await self.begins_anew()

    async def begins_anew(self) -> None:
        """Follow another first day."""

    async def _ask_until(self) -> None:
        shown = self.valid_until.isoformat() if self.valid_until else ""
        text = await self.ask_text(_("Until which day? Empty: for good."), shown, check=self._until_fault)
        self.valid_until = parse_day(text, self.valid_from)

    def _until_fault(self, text: str) -> str | None:
        if not text.strip():
            return None
        day = parse_day(text, self.valid_from)
        if day is None:
            example = self.valid_from.isoformat()
            return _("Write it as {example}, or +365 for so many days.").format(example=example)
        if day < self.valid_from:
            data: dict[str, object] = {"begins": self.valid_from, "ends": day}
            return refusal_text(Refusal(RefusalCode.BAD_SPAN, data))
        return None

    async def _ask_seats(self) -> None:
        old = "" if self.seats is None else str(self.seats)
        text = await self.ask_text(_("How many seats? Empty: none are counted."), old, check=_seats_fault)
        self.seats = int(text) if text else None

    async def _ask_subject(self) -> None:
        text = await self.ask_text(_("What is it about? A serial, or a text."), self.subject)
        await self.take_subject(text)

    async def take_subject(self, text: str) -> None:
        """Take the unit with a number as the subject, or the text itself."""
        from store.queries.units import by_number

        found = await self.session.lane.read(by_number, text, limit=2) if text else []
        self.subject_id = found[0].id if len(found) == 1 else None
        self.subject = found[0].serial if len(found) == 1 else text


class RenewService(TermsForm):
    """One service that follows another; a scan is its number."""

    def __init__(self, session: Session, unit_id: int, name: str) -> None:
        """Renew the service `unit_id`, called `name`."""
        super().__init__(session)
        self._unit_id = unit_id
        self._name = name
        self._number = self._proposed = ""

    def title_text(self) -> str:
        """Return what is renewed."""
        return _("Renewal: {name}").format(name=self._name)

    async def begin(self) -> None:
        """Propose what follows from the old one first."""
        found = await self.session.lane.read(proposed, self._unit_id, today_of(self.session))
        self._number, self._proposed, self.seats = found.number, found.number, found.seats
        self.valid_from, self.valid_until = found.valid_from or self.valid_from, found.valid_until
        await super().begin()

    def rows(self) -> list[tuple[str, Job]]:
        """Return the rows of the form."""
        return [(_("Number: {number}").format(number=self._number), self._ask_number), *self.term_rows()]

    async def _ask_number(self) -> None:
        self._number = await self.ask_text(_("Which number?"), self._number) or self._number

    async def take_scan(self, scan: Scan) -> None:
        """Take a scanned number."""
        self._number, self.is_changed = scan.text.strip(), True
        self.post_message(Changed())

    async def write(self) -> None:
        """Renew it."""
        # What was proposed follows from the old number, and need not fit the product's pattern.
        number = "" if self._number == self._proposed else self._number
        renewal = Renewal(
            unit_id=self._unit_id, number=number, valid_from=self.valid_from,
            valid_until=self.valid_until, seats=self.seats,
        )  # fmt: skip
        await self.session.lane.write(renew, self.session.actor(), [renewal], token=self.token)


class AmendService(TermsForm):
    """The terms of one service put right, with a reason; a scan is the unit that it is about."""

    def __init__(self, session: Session, unit_id: int, name: str) -> None:
        """Amend the service `unit_id`, called `name`."""
        super().__init__(session)
        self._unit_id = unit_id
        self._name = name
        self._reason = ""

    def title_text(self) -> str:
        """Return what is put right."""
        return _("Put right: {name}").format(name=self._name)

    async def begin(self) -> None:
        """Read its terms first."""
        terms = await self.session.lane.read(validity_of, self._unit_id)
        if terms is not None:
            self.valid_from, self.valid_until, self.seats = terms.valid_from, terms.valid_until, terms.seats
            self.subject_id, self.subject = terms.subject_id, terms.subject
        await super().begin()

    def rows(self) -> list[tuple[str, Job]]:
        """Return the rows of the form."""
        why = _("Why: {text}").format(text=self._reason or "?")
        return [*self.term_rows(), self.subject_row(), (why, self._ask_reason)]

    async def _ask_reason(self) -> None:
        self._reason = await self.ask_text(_("Why?"), self._reason)

    async def _save(self) -> None:
        if not self._reason:
            await self._ask_reason()
            self.post_message(Changed())
        if self._reason:
            await super()._save()

    async def take_scan(self, scan: Scan) -> None:
        """Take a scanned unit as what it is about."""
        hit = await ask_named(self, scan, {Named.UNIT})
        if hit is not None:
            self.subject_id, self.subject, self.is_changed = hit.id, hit.name, True
            self.post_message(Changed())

    async def write(self) -> None:
        """Put it right."""
        terms = Validity(
            valid_from=self.valid_from, valid_until=self.valid_until, seats=self.seats,
            subject_id=self.subject_id, subject=self.subject,
        )  # fmt: skip
        await self.session.lane.write(
            amend_service, self.session.actor(), self._unit_id, terms, reason=self._reason, token=self.token
        )


def _seats_fault(text: str) -> str | None:
    stripped = text.strip()
    if not stripped or (stripped.isdecimal() and 0 < int(stripped) <= MOST_SEATS):
        return None
    return refusal_text(Refusal(RefusalCode.BAD_QUANTITY, {"text": text}))
