"""What the entries of a unit's timeline say, kind by kind, as plain text for any width."""

from collections.abc import Callable, Mapping
from datetime import datetime

from screens.words import word
from store.domain.language import N_, _
from store.domain.terms import Condition, Terms
from store.domain.timeline import TimelineEntry, TimelineKind

KINDS: Mapping[TimelineKind, str] = {
    TimelineKind.MOVEMENT: N_("Movements"),
    TimelineKind.CONDITION: N_("Conditions"),
    TimelineKind.FIELD: N_("Fields"),
}
"""What a filter is called that shows one kind alone."""


def entry_rows(entry: TimelineEntry) -> list[str]:
    """Return the rows of an entry: when, what, and by whom."""
    head = f"{_moment(entry.at)}  {entry.number or _(KINDS[entry.kind])}"
    rows = [head, *(f"  {row}" for row in _SAYS[entry.kind](entry.data))]
    if entry.recorded_at.date() != entry.at.date():
        rows.append("  " + _("recorded {moment}").format(moment=_moment(entry.recorded_at)))
    who = ", ".join(name for name in (entry.operator, entry.terminal) if name)
    return [*rows, f"  {who}"] if who else rows


def _movement(data: Mapping[str, str]) -> list[str]:
    way = f"{data['from']} -> {data['to']}" if "from" in data else data["to"]
    return [f"{way}: {word(Terms(data['to_terms']))}"]


def _condition(data: Mapping[str, str]) -> list[str]:
    change = f"{word(Condition(data['from']))} -> {word(Condition(data['to']))}"
    return [f"{change}: {data['reason']}" if "reason" in data else change]


def _field(data: Mapping[str, str]) -> list[str]:
    old, new = (" / ".join(data.get(name, "-").split("\n")) for name in ("from", "to"))
    return [f"{data['name']}: {old} -> {new}"]


_SAYS: Mapping[TimelineKind, Callable[[Mapping[str, str]], list[str]]] = {
    TimelineKind.MOVEMENT: _movement,
    TimelineKind.CONDITION: _condition,
    TimelineKind.FIELD: _field,
}


def _moment(value: datetime) -> str:
    return f"{value.astimezone():%Y-%m-%d %H:%M}"
