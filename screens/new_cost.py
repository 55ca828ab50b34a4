"""Noting what work on a unit cost."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from screens.form import Form
from screens.frame import Job
from screens.paged_choice import DIGITS, Answers, pick_of_many
from screens.service_words import BORNE, COSTS, event_text, event_word, money
from screens.session import Session
from screens.words import quantity, refusal_text
from store.domain.costs import Borne, CostKind, NewCost, amount_of
from store.domain.errors import Refusal, RefusalCode
from store.domain.events import Event
from store.domain.language import _
from store.domain.tasks import Task
from store.operations.costs import add_cost, usual_bearer
from store.queries.events import events
from store.queries.tasks import unit_tasks


class Subject(NamedTuple):
    """What a cost is of: an event or a task, one of the two."""

    event_id: int | None
    task_id: int | None
    text: str


class NewCostForm(Form):
    """A cost of an event or of a task of the unit: of the newest event, unless another is chosen."""

    def __init__(self, session: Session, unit_id: int, name: str) -> None:
        """Note a cost of the unit `unit_id`, called `name`."""
        super().__init__(session)
        self._unit_id = unit_id
        self._name = name
        self._subject = ""
        self._kind: CostKind | None = None
        self._new = NewCost(kind=CostKind.LABOUR)
        self._usual = Borne.WARRANTY
        """Who bears it unless the person says otherwise."""

    def title_text(self) -> str:
        """Return of what it is a cost."""
        return _("New cost: {name}").format(name=self._name)

    async def begin(self) -> None:
        """Read of what it can be a cost."""
        found = await self._subjects(None)
        if not found.options:
            await self.stop_work(
                _(
                    "A cost belongs to an event or a task, and this unit has none yet: "
                    "tell first what happened."
                )
            )
            self.dismiss()
            return
        await self._belong_to(found.options[0][0])
        await super().begin()
        if self._kind is not None and self._amount() is None:
            await self._change(self._ask_amount)

    def rows(self) -> list[tuple[str, Job]]:
        """Return the rows of the form."""
        new, amount = self._new, self._amount()
        sum_ = money(amount, new.currency) if amount is not None else "?"
        if new.hours is not None and new.rate is not None:
            sum_ += f" ({quantity(new.hours)} h x {money(new.rate)})"
        return [
            (_("Kind: {kind}").format(kind=_(COSTS[self._kind]) if self._kind else "?"), self._ask_kind),
            (_("Sum: {sum}").format(sum=sum_), self._ask_amount),
            (_("Borne: {borne}").format(borne=_(BORNE[new.borne or self._usual])), self._ask_borne),
            (_("Of: {subject}").format(subject=self._subject), self._ask_subject),
            (_("What for: {text}").format(text=new.text or "-"), self._ask_text),
            (_("Currency: {currency}").format(currency=new.currency), self._ask_currency),
        ]

    def lacks(self) -> Job | None:
        """Ask for the kind and for the sum."""
        if self._kind is None:
            return self._ask_kind
        return self._ask_amount if self._amount() is None else None

    def _amount(self) -> Decimal | None:
        return amount_of(self._new)

    async def _subjects(self, after: Any) -> Answers:
        """Return a page of what it can be a cost of: events, then open tasks, each the newest first."""
        before_event, before_task = after or (None, None)
        lane, limit = self.session.lane, DIGITS + 1
        told: Sequence[Event] = await lane.read(
            events, self._unit_id, standing=True, limit=limit, before_id=before_event
        )
        waiting: Sequence[Task] = await lane.read(
            unit_tasks, self._unit_id, only_open=True, limit=limit, before_id=before_task
        )
        following = None
        if len(told) + len(waiting) > DIGITS:
            room = DIGITS - 1
            # Half of them is kept for tasks where there are so many.
            told = told[: max(room - len(waiting), room // 2)]
            waiting = waiting[: room - len(told)]
            following = (
                told[-1].id if told else before_event, waiting[-1].id if waiting else before_task
            )  # fmt: skip
        found = [Subject(event.id, None, _event_text(event)) for event in told]
        found += [Subject(None, task.id, _("task: {title}").format(title=task.title)) for task in waiting]
        return Answers([(each, each.text) for each in found], following)

    async def _belong_to(self, subject: Subject) -> None:
        self._subject = subject.text
        self._new = replace(self._new, event_id=subject.event_id, task_id=subject.task_id)
        self._usual = await self.session.lane.read(usual_bearer, self.session.actor(), self._new)

    async def _ask_kind(self) -> None:
        options = [(kind, _(COSTS[kind])) for kind in CostKind]
        self._kind = await self.pick(_("What was paid for?"), options) or self._kind
        if self._kind is not None:
            self._new = replace(self._new, kind=self._kind)

    async def _ask_amount(self) -> None:
        if self._kind is CostKind.LABOUR:
            hours = await self.ask_text(_("How many hours?"), _text(self._new.hours), check=money_fault)
            rate = await self.ask_text(_("For how much an hour?"), _text(self._new.rate), check=money_fault)
            self._new = replace(self._new, amount=None, hours=parse_money(hours), rate=parse_money(rate))
            return
        amount = await self.ask_text(_("How much?"), _text(self._new.amount), check=money_fault)
        self._new = replace(self._new, amount=parse_money(amount), hours=None, rate=None)

    async def _ask_borne(self) -> None:
        chosen = await self.pick(_("Who bears it?"), [(borne, _(BORNE[borne])) for borne in Borne])
        self._new = replace(self._new, borne=chosen or self._new.borne)

    async def _ask_subject(self) -> None:
        chosen = await pick_of_many(self, _("What does it belong to?"), self._subjects, Subject)
        if chosen is not None:
            await self._belong_to(chosen)

    async def _ask_text(self) -> None:
        self._new = replace(self._new, text=await self.ask_text(_("What was it for?"), self._new.text))

    async def _ask_currency(self) -> None:
        text = await self.ask_text(_("Which currency?"), self._new.currency, check=_currency_fault)
        self._new = replace(self._new, currency=text.upper())

    async def write(self) -> None:
        """Record the cost, borne by whom the form shows."""
        new = replace(self._new, borne=self._new.borne or self._usual)
        await self.session.lane.write(add_cost, self.session.actor(), new, token=self.token)


def parse_money(text: str) -> Decimal | None:
    """Return an amount as people type it ('1 234,50'), or None when it is none above zero."""
    try:
        value = Decimal("".join(text.split()).replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 < value < 10**10 and value == round(value, 2) else None


def money_fault(text: str) -> str | None:
    """Return what is wrong with an amount; nothing typed is none yet."""
    if not text.strip() or parse_money(text) is not None:
        return None
    return refusal_text(Refusal(RefusalCode.BAD_AMOUNT, {"text": text}))


def _event_text(event: Event) -> str:
    day = event.effective_at.astimezone().date().isoformat()
    text = event_text(event.text, event.way)
    return f"{event_word(event.kind, event.kind_name)} {day} {text}".strip()


def _currency_fault(text: str) -> str | None:
    stripped = text.strip()
    if len(stripped) == 3 and stripped.isascii() and stripped.isalpha():
        return None
    return _("A currency is three letters, like PLN or EUR.")


def _text(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
