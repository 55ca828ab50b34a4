"""What the entries of a unit's timeline say, kind by kind, as plain text for any width."""

from collections.abc import Callable, Mapping
from datetime import datetime

from screens.service_words import WARRANTY_CAUSES, event_text, event_word
from screens.words import word
from store.domain.events import Way
from store.domain.field_values import read_as
from store.domain.fields import FieldType
from store.domain.language import N_, _
from store.domain.terms import Condition, Terms
from store.domain.timeline import TimelineEntry, TimelineKind

KINDS: Mapping[TimelineKind, str] = {
    TimelineKind.MOVEMENT: N_("Movements"),
    TimelineKind.CONDITION: N_("Condition"),
    TimelineKind.FIELD: N_("Fields"),
    TimelineKind.EVENT: N_("Events"),
    TimelineKind.TASK: N_("Tasks"),
    TimelineKind.FILE: N_("Files"),
    TimelineKind.WARRANTY: N_("Warranty"),
}
"""What a filter is called that shows one kind alone."""


def entry_rows(entry: TimelineEntry) -> list[str]:
    """Return the rows of an entry: when, what, and by whom."""
    head = f"{_moment(entry.at)}  {entry.number or _(KINDS[entry.kind])}"
    rows = [head, *(f"  {row}" for row in _SAYS[entry.kind](entry.data))]
    technician = entry.data.get("technician", entry.operator)
    if technician != entry.operator:
        rows.append("  " + _("Technician: {name}").format(name=technician))
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
    return [f"{data['name']}: {_value(data, 'from')} -> {_value(data, 'to')}"]


def _value(data: Mapping[str, str], name: str) -> str:
    text = read_as(FieldType(data["type"]), data.get("measure", ""), data.get(name, ""))
    return " / ".join(text.split("\n")) or "-"


def _event(data: Mapping[str, str]) -> list[str]:
    kind = event_word(data["kind"], data.get("name", ""))
    if "corrected_by" in data:
        kind += " (" + _("put right") + ")"
    elif data.get("status") == "open":
        kind += " (" + _("still open") + ")"
    text = event_text(data.get("text", ""), Way(data["way"]) if "way" in data else None)
    rows = [f"{kind}: {text}" if text else kind]
    if "outcome" in data:
        rows.append(_("Outcome: {text}").format(text=data["outcome"]))
    if "meter" in data:
        reading = f"{data['meter']} {data.get('meter_unit', '')}".strip()
        rows.append(_("Meter: {reading}").format(reading=reading))
    if "parts" in data:
        rows.append(_("Parts: {parts}").format(parts=data["parts"]))
    return [line for row in rows for line in row.splitlines()]


def _task(data: Mapping[str, str]) -> list[str]:
    if data.get("status") == "done":
        return [_("done: {title}").format(title=data["title"])]
    if data.get("status") == "dropped":
        return [_("dropped: {title}").format(title=data["title"])]
    due = _("until {day}").format(day=data["due"]) if "due" in data else ""
    return [", ".join(text for text in (data["title"], due) if text), *data.get("text", "").splitlines()]


def _file(data: Mapping[str, str]) -> list[str]:
    return [f"{data['name']} ({size_text(int(data['size']))})"]


def size_text(size: int) -> str:
    """Return the size of a file, in kilobytes or megabytes."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} kB"


def _warranty(data: Mapping[str, str]) -> list[str]:
    cause = _(WARRANTY_CAUSES[data["cause"]])
    span = f"{data.get('from', '-')} -> {data.get('to', '-')}"
    return [", ".join(text for text in (f"{cause}: {span}", data.get("reason", "")) if text)]


_SAYS: Mapping[TimelineKind, Callable[[Mapping[str, str]], list[str]]] = {
    TimelineKind.MOVEMENT: _movement,
    TimelineKind.CONDITION: _condition,
    TimelineKind.FIELD: _field,
    TimelineKind.EVENT: _event,
    TimelineKind.TASK: _task,
    TimelineKind.FILE: _file,
    TimelineKind.WARRANTY: _warranty,
}


def _moment(value: datetime) -> str:
    return f"{value.astimezone():%Y-%m-%d %H:%M}"
