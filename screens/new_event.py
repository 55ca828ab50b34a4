"""Telling what happened to a unit, or to several at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from screens.days import ask_day
from screens.form import Changed, Form
from screens.frame import Job
from screens.hand_entry import parse_quantity
from screens.service_words import event_word, kind_options
from screens.session import Session
from screens.words import quantity, refusal_text
from store.domain.errors import Refusal, RefusalCode
from store.domain.events import EventKind, NewEvent
from store.domain.language import _, ngettext
from store.domain.records import Operator
from store.domain.scan import Scan
from store.operations.events import record_events
from store.operations.recurring import make_due_tasks
from store.queries.events import kinds
from store.queries.operators import listing


class NewEventForm(Form):
    """Kind, what happened, outcome, day, meter, parts and technician. A scan is a part that was used."""

    def __init__(
        self, session: Session, unit_ids: Sequence[int], name: str, *, kind: str = "", meter_unit: str = ""
    ) -> None:
        """Tell of the units `unit_ids`, called `name`; `kind` is the code of the kind, if it is known."""
        super().__init__(session)
        self._units = tuple(unit_ids)
        self._name = name
        self._kinds: tuple[EventKind, ...] = ()
        self._day = session.clock().astimezone().date()
        self._today = self._day
        self._people: list[Operator] = []
        operator = session.actor().operator
        self._technician = operator.name
        self._new = NewEvent(kind=kind, meter_unit=meter_unit, technician_id=operator.id)

    def title_text(self) -> str:
        """Return of what it tells."""
        count = len(self._units)
        what = (
            self._name if count == 1 else ngettext("{count} unit", "{count} units", count).format(count=count)
        )
        return _("New event: {name}").format(name=what)

    async def begin(self) -> None:
        """Read the kinds of events and who can have done it first."""
        self._kinds = await self.session.lane.read(kinds)
        self._people = await self.session.lane.read(listing)
        await super().begin()
        if self._new.kind and not self._new.text:
            await self._change(self._ask_text)

    def rows(self) -> list[tuple[str, Job]]:
        """Return the rows of the form."""
        new = self._new
        reading = "-" if new.meter is None else f"{quantity(new.meter)} {new.meter_unit}".strip()
        return [
            (_("Kind: {kind}").format(kind=self._kind_text()), self._ask_kind),
            (_("What happened: {text}").format(text=new.text or "?"), self._ask_text),
            (_("Outcome: {text}").format(text=new.outcome or "-"), self._ask_outcome),
            (_("Day: {day}").format(day=self._day.isoformat()), self._ask_day),
            (_("Meter: {reading}").format(reading=reading), self._ask_meter),
            (_("Parts: {parts}").format(parts=new.parts or "-"), self._ask_parts),
            (_("Technician: {name}").format(name=self._technician), self._ask_technician),
        ]

    def lacks(self) -> Job | None:
        """Ask for the kind and for what happened."""
        if not self._new.kind:
            return self._ask_kind
        return None if self._new.text or self._new.outcome else self._ask_text

    def _kind_text(self) -> str:
        code = self._new.kind
        name = next((kind.name for kind in self._kinds if kind.code == code), "?")
        return event_word(code, name) if code else "?"

    async def _ask_kind(self) -> None:
        code = await self.pick(_("What kind of event?"), kind_options(self._kinds))
        self._new = replace(self._new, kind=code or self._new.kind)

    async def _ask_text(self) -> None:
        self._new = replace(self._new, text=await self.ask_text(_("What happened?"), self._new.text))

    async def _ask_outcome(self) -> None:
        self._new = replace(self._new, outcome=await self.ask_text(_("What came of it?"), self._new.outcome))

    async def _ask_day(self) -> None:
        day = await ask_day(
            self.app, _("On which day?"), today=self._today, value=self._day, check=self._day_fault,
            bell=self.session.bell,
        )  # fmt: skip
        self._day = day or self._day

    def _day_fault(self, day: date) -> str | None:
        return refusal_text(Refusal(RefusalCode.IN_FUTURE, {})) if day > self._today else None

    async def _ask_meter(self) -> None:
        old = "" if self._new.meter is None else quantity(self._new.meter)
        text = await self.ask_text(_("What does the meter show?"), old, check=reading_fault)
        unit = self._new.meter_unit
        if text and not unit:
            unit = await self.ask_text(_("In what is it counted: h, km, pages?"), unit)
        self._new = replace(self._new, meter=parse_quantity(text), meter_unit=unit)

    async def _ask_parts(self) -> None:
        self._new = replace(
            self._new, parts=await self.ask_text(_("Which parts were used?"), self._new.parts)
        )

    async def _ask_technician(self) -> None:
        chosen = await self.pick(_("Who did it?"), [(person, person.name) for person in self._people])
        if chosen is not None:
            self._technician = chosen.name
            self._new = replace(self._new, technician_id=chosen.id)

    async def take_scan(self, scan: Scan) -> None:
        """Note a scanned part as used."""
        parts = [part for part in (self._new.parts, scan.text.strip()) if part]
        self._new = replace(self._new, parts=", ".join(parts))
        self.is_changed = True
        self.post_message(Changed())

    async def write(self) -> None:
        """Record the event; one of an earlier day happened at its noon."""
        actor = self.session.actor()
        moment = None
        if self._day != self._today:
            moment = datetime.combine(self._day, time(12)).astimezone()
        new = replace(self._new, effective_at=moment)
        await self.session.lane.write(record_events, actor, self._units, new, token=self.token)
        if new.meter is not None:
            # What the meter shows may make a service due.
            await self.session.lane.write(make_due_tasks, actor)


def reading_fault(text: str) -> str | None:
    """Return what is wrong with a reading; nothing typed is none at all."""
    if not text.strip() or text.strip() == "0" or parse_quantity(text) is not None:
        return None
    return refusal_text(Refusal(RefusalCode.BAD_QUANTITY, {"text": text}))
