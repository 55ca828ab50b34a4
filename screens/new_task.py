"""Setting a task: what is to be done, by whom, until when, and whether it comes again."""

from dataclasses import replace
from decimal import Decimal

from screens.assignee_choice import ask_assignee
from screens.days import ask_day
from screens.form import Form
from screens.frame import Job
from screens.hand_entry import parse_quantity
from screens.new_event import reading_fault
from screens.service_words import PRIORITIES
from screens.session import Session
from screens.words import quantity, refusal_text
from store.domain.errors import Refusal, RefusalCode
from store.domain.language import _, ngettext
from store.domain.tasks import NewTask, Priority, Team
from store.operations.tasks import add_task


class NewTaskForm(Form):
    """A task on a unit, or on none."""

    def __init__(self, session: Session, unit_id: int | None = None, name: str = "") -> None:
        """Set a task on the unit `unit_id`, called `name`, for who works here."""
        super().__init__(session)
        self._name = name
        operator = session.actor().operator
        self._assignee = operator.name
        self._new = NewTask(title="", unit_id=unit_id, assignee_id=operator.id)

    def title_text(self) -> str:
        """Return on what it is set."""
        return _("New task: {name}").format(name=self._name) if self._name else _("New task")

    def rows(self) -> list[tuple[str, Job]]:
        """Return the rows of the form."""
        new = self._new
        due = new.due.isoformat() if new.due else _("no day set")
        return [
            (_("To do: {title}").format(title=new.title or "?"), self._ask_title),
            (_("Due: {day}").format(day=due), self._ask_due),
            (_("For: {name}").format(name=self._assignee or _("nobody yet")), self._ask_assignee),
            (_("Priority: {priority}").format(priority=_(PRIORITIES[new.priority])), self._ask_priority),
            (_("More: {text}").format(text=new.text or "-"), self._ask_text),
            (_("Checklist: {points}").format(points="; ".join(new.checklist) or "-"), self._ask_checklist),
            (_("Again: {interval}").format(interval=self._interval()), self._ask_interval),
        ]

    def lacks(self) -> Job | None:
        """Ask for what is to be done."""
        return None if self._new.title else self._ask_title

    def _interval(self) -> str:
        new, parts = self._new, []
        if new.every_months is not None:
            words = ngettext("after {count} month", "after {count} months", new.every_months)
            parts.append(words.format(count=new.every_months))
        if new.every_meter is not None:
            text = _("after {reading} {unit}")
            parts.append(text.format(reading=quantity(new.every_meter), unit=new.meter_unit))
        return ", ".join(parts) or _("no")

    async def _ask_title(self) -> None:
        self._new = replace(self._new, title=await self.ask_text(_("What is to be done?"), self._new.title))

    async def _ask_due(self) -> None:
        today = self.session.clock().astimezone().date()
        day = await ask_day(
            self.app, _("Until which day?"), today=today, value=self._new.due, bell=self.session.bell
        )
        self._new = replace(self._new, due=day or self._new.due)

    async def _ask_assignee(self) -> None:
        chosen = await ask_assignee(self)
        if isinstance(chosen, Team):
            self._new = replace(self._new, team_id=chosen.id, assignee_id=None)
        elif chosen is not None:
            self._new = replace(self._new, team_id=None, assignee_id=chosen.id)
        self._assignee = chosen.name if chosen else self._assignee

    async def _ask_priority(self) -> None:
        options = [(priority, _(PRIORITIES[priority])) for priority in Priority]
        chosen = await self.pick(_("How pressing is it?"), options)
        self._new = replace(self._new, priority=chosen or self._new.priority)

    async def _ask_text(self) -> None:
        self._new = replace(
            self._new, text=await self.ask_text(_("What more is there to say?"), self._new.text)
        )

    async def _ask_checklist(self) -> None:
        old = "; ".join(self._new.checklist)
        text = await self.ask_text(_("Which points, with a semicolon between them?"), old)
        points = tuple(point.strip() for point in text.split(";") if point.strip())
        self._new = replace(self._new, checklist=points)

    async def _ask_interval(self) -> None:
        new = self._new
        months = "" if new.every_months is None else str(new.every_months)
        months = await self.ask_text(
            _("After how many months again? Empty: not by months."), months, check=_months
        )
        old = "" if new.every_meter is None else quantity(new.every_meter)
        question = _("After how much on the meter again? Empty: not by the meter.")
        text = await self.ask_text(question, old, check=reading_fault)
        meter: Decimal | None = parse_quantity(text)
        unit = await self.ask_text(_("In what is it counted: h, km, pages?"), new.meter_unit) if meter else ""
        self._new = replace(
            new,
            every_months=int(months) if months else None,
            every_meter=meter,
            meter_unit=unit,
        )

    async def write(self) -> None:
        """Add the task."""
        await self.session.lane.write(add_task, self.session.actor(), self._new, token=self.token)


def _months(text: str) -> str | None:
    stripped = text.strip()
    if not stripped or (stripped.isdecimal() and 1 <= int(stripped) <= 1200):
        return None
    return refusal_text(Refusal(RefusalCode.BAD_QUANTITY, {"text": text}))
