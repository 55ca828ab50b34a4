"""Words for what service keeps of units: events, warranties, relations, tasks and costs."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from screens.words import quantity
from store.domain.costs import Borne, Cost, CostKind
from store.domain.events import BY_PROGRAM, BuiltIn, EventKind, Way
from store.domain.language import N_, _, ngettext
from store.domain.tasks import Priority, Task
from store.domain.unit_links import Relation

EVENTS: Mapping[str, str] = {
    BuiltIn.COMPLAINT: N_("complaint"),
    BuiltIn.SERVICE: N_("service work"),
    BuiltIn.UPGRADE: N_("upgrade"),
    BuiltIn.INSPECTION: N_("inspection"),
    BuiltIn.NOTE: N_("note"),
    BuiltIn.REMINDER: N_("reminder"),
    BuiltIn.REPLACEMENT: N_("replacement"),
    BuiltIn.RENEWAL: N_("renewal"),
    BuiltIn.ENDING: N_("ending"),
    BuiltIn.AMENDMENT: N_("amendment"),
}
"""The built-in kinds of events; the company's own are called as it calls them."""
COSTS: Mapping[CostKind, str] = {
    CostKind.LABOUR: N_("labour"),
    CostKind.PARTS: N_("parts"),
    CostKind.TRAVEL: N_("travel"),
    CostKind.EXTERNAL: N_("external service"),
}
BORNE: Mapping[Borne, str] = {
    Borne.WARRANTY: N_("covered by warranty"),
    Borne.CHARGED: N_("charged to the customer"),
    Borne.OWN: N_("our own cost"),
}
WARRANTY_CAUSES: Mapping[str, str] = {
    "anew": N_("runs anew"),
    "prolonged": N_("prolonged"),
    "carried": N_("carried on from another unit"),
    "ended": N_("ended"),
    "by_hand": N_("changed by hand"),
}
"""Why a warranty became another one."""
WAYS: Mapping[Way, str] = {
    Way.BUILT_INTO: N_("built into {unit}"),
    Way.BUILT_IN: N_("built in: {unit}"),
    Way.TAKEN_OUT_OF: N_("taken out of {unit}"),
    Way.TAKEN_OUT: N_("taken out: {unit}"),
}
"""What an event says of a part."""
RELATIONS: Mapping[Relation, str] = {
    Relation.IN: N_("built into"),
    Relation.HAS: N_("has built in"),
    Relation.REPLACED_BY: N_("replaced by"),
    Relation.REPLACES: N_("replaces"),
    Relation.RENEWED_BY: N_("renewed by"),
    Relation.RENEWS: N_("renews"),
    Relation.ABOUT: N_("is about"),
    Relation.COVERED_BY: N_("covered by"),
}
PRIORITIES: Mapping[Priority, str] = {
    Priority.HIGH: N_("high"),
    Priority.NORMAL: N_("normal"),
    Priority.LOW: N_("low"),
}


def event_word(code: str, name: str) -> str:
    """Return what a kind of events is called: a word for the built-in ones, else its name."""
    return _(EVENTS[code]) if code in EVENTS else name


def kind_options(kinds: Sequence[EventKind], *, first: str = "") -> list[tuple[str, str]]:
    """Return code and word of each kind that a person can tell of; the one with the code `first` leads."""
    told = sorted(
        (kind for kind in kinds if kind.code not in BY_PROGRAM), key=lambda kind: kind.code != first
    )
    return [(kind.code, event_word(kind.code, kind.name)) for kind in told]


def event_text(text: str, way: Way | None) -> str:
    """Return what an event tells: its text, or of a part which way that went."""
    return text if way is None else _(WAYS[way]).format(unit=text)


def money(amount: Decimal, currency: str = "") -> str:
    """Return an amount with at least two decimal places, its thousands apart: '12 345.60 PLN'."""
    places = max(2, -int(amount.normalize().as_tuple().exponent))
    text = f"{amount:,.{places}f}".replace(",", " ")
    return f"{text} {currency}" if currency else text


def cost_text(cost: Cost) -> str:
    """Return a cost in one line: when, how much, what for."""
    text = f"{cost.day} {money(cost.amount, cost.currency)} {_(COSTS[cost.kind])}"
    return f"{text}: {cost.text}" if cost.text else text


def due_text(task: Task, today: date) -> str:
    """Return when a task is due, by the day and by the meter."""
    parts = []
    if task.due is not None:
        late = (today - task.due).days
        parts.append(task.due.isoformat())
        if task.is_overdue(today):
            parts.append(ngettext("{days} day late", "{days} days late", late).format(days=late))
    if task.due_meter is not None:
        parts.append(meter_text(task))
    return ", ".join(parts) or _("no day set")


def meter_text(task: Task) -> str:
    """Return what the meter shows when a task is due; empty when it is not due by the meter."""
    if task.due_meter is None:
        return ""
    return _("at {reading} {unit}").format(reading=quantity(task.due_meter), unit=task.meter_unit)
