"""Noting what work on a unit cost."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from screens.form import Form
from screens.frame import Job
from screens.service_words import BORNE, COSTS, event_text, event_word, money
from screens.session import Session
from screens.words import quantity, refusal_text
from store.domain.costs import Borne, CostKind, NewCost, amount_of
from store.domain.errors import Refusal, RefusalCode
from store.domain.events import Event
from store.domain.language import _
from store.domain.tasks import Task, TaskStatus
from store.operations.costs import add_cost
from store.queries.events import events
from store.queries.tasks import unit_tasks

MOST = 5
"""So many of the newest events, and of the open tasks, are offered."""


class NewCostForm(Form):
    """A cost of an event or of a task of the unit: of the newest event, unless another is chosen."""

    def __init__(self, session: Session, unit_id: int, name: str) -> None:
        """Note a cost of the unit `unit_id`, called `name`."""
        super().__init__(session)
        self._unit_id = unit_id
        self._name = name
        self._events: tuple[Event, ...] = ()
        self._tasks: tuple[Task, ...] = ()
        self._kind: CostKind | None = None
        self._new = NewCost(kind=CostKind.LABOUR)

    def title_text(self) -> str:
        """Return of what it is a cost."""
        return _("New cost: {name}").format(name=self._name)

    async def begin(self) -> None:
        """Read of what it can be a cost."""
        found = await self.session.lane.read(events, self._unit_id)
        self._events = tuple(event for event in found if event.corrected_by_id is None)[:MOST]
        tasks = await self.session.lane.read(unit_tasks, self._unit_id)
        self._tasks = tuple(task for task in tasks if task.status is TaskStatus.OPEN)[:MOST]
        if not self._events and not self._tasks:
            await self.stop_work(
                _(
                    "A cost belongs to an event or a task, and this unit has none yet: "
                    "tell first what happened."
                )
            )
            self.dismiss()
            return
        if self._events:
            self._new = replace(self._new, event_id=self._events[0].id)
        else:
            self._new = replace(self._new, task_id=self._tasks[0].id)
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
            (_("Borne: {borne}").format(borne=_(BORNE[new.borne])), self._ask_borne),
            (_("Of: {subject}").format(subject=self._subject()), self._ask_subject),
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

    def _subject(self) -> str:
        return next((text for choice, text in self._subjects() if choice == self._chosen()), "?")

    def _chosen(self) -> tuple[int | None, int | None]:
        return self._new.event_id, self._new.task_id

    def _subjects(self) -> list[tuple[tuple[int | None, int | None], str]]:
        found: list[tuple[tuple[int | None, int | None], str]] = []
        for event in self._events:
            day = event.effective_at.astimezone().date().isoformat()
            text = f"{event_word(event.kind, event.kind_name)} {day} {event_text(event.text, event.way)}"
            found.append(((event.id, None), text.strip()))
        found += [((None, task.id), _("task: {title}").format(title=task.title)) for task in self._tasks]
        return found

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
        chosen = await self.pick(_("What does it belong to?"), self._subjects())
        if chosen is not None:
            self._new = replace(self._new, event_id=chosen[0], task_id=chosen[1])

    async def _ask_text(self) -> None:
        self._new = replace(self._new, text=await self.ask_text(_("What was it for?"), self._new.text))

    async def _ask_currency(self) -> None:
        text = await self.ask_text(_("Which currency?"), self._new.currency, check=_currency_fault)
        self._new = replace(self._new, currency=text.upper())

    async def write(self) -> None:
        """Record the cost."""
        await self.session.lane.write(add_cost, self.session.actor(), self._new, token=self.token)


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


def _currency_fault(text: str) -> str | None:
    stripped = text.strip()
    if len(stripped) == 3 and stripped.isascii() and stripped.isalpha():
        return None
    return _("A currency is three letters, like PLN or EUR.")


def _text(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
