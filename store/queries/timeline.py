"""A unit's history from all tables that keep any of it, newest first, in one statement."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from store.domain.events import way_of
from store.domain.timeline import TimelineEntry, TimelineKey, TimelineKind
from store.models.fields import PIECES, unscaled
from store.models.moments import from_store, to_store
from store.models.sql import select

PAGE = 30
"""Entries that are read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A table with a history of units, as its part of the statement.

    `at`, `recorded_at` and so on are SQL over `tables`, of which one has `unit_id` under an index that begins
    with it. `data` gives the entry's data by name, all of it as text; `reads` says what a kept text means.
    """

    kind: TimelineKind
    tables: str
    id: str
    unit_id: str
    data: dict[str, str]
    at: str
    recorded_at: str
    operator: str
    where: str = "1 = 1"
    terminal: str = "''"
    number: str = "''"
    document_id: str = "CAST(NULL AS BIGINT)"
    reads: Mapping[str, Callable[[str], str]] = field(default_factory=dict)


def _quantity(steps: str) -> str:
    return format(unscaled(int(steps), PIECES), "f")


SOURCES: tuple[Source, ...] = (
    Source(
        kind=TimelineKind.CONDITION,
        tables="condition_change c",
        id="c.id",
        unit_id="c.unit_id",
        at="c.effective_at",
        recorded_at="c.recorded_at",
        operator="c.operator_name",
        data={"from": "c.from_condition", "to": "c.to_condition", "reason": "c.reason"},
    ),
    Source(
        kind=TimelineKind.MOVEMENT,
        tables="movement m JOIN document d ON d.id = m.document_id",
        id="m.id",
        unit_id="m.unit_id",
        at="m.effective_at",
        recorded_at="m.recorded_at",
        operator="m.operator_name",
        terminal="m.terminal_name",
        number="d.number",
        document_id="d.id",
        data={
            "from": "m.from_name", "from_terms": "m.from_terms", "to": "m.to_name", "to_terms": "m.to_terms",
            "owner": "m.owner_name",
        },
    ),
    Source(
        kind=TimelineKind.FIELD,
        tables="field_change f JOIN field g ON g.id = f.field_id",
        id="f.id",
        unit_id="f.unit_id",
        at="f.changed_at",
        recorded_at="f.changed_at",
        operator="f.operator_name",
        data={
            "name": "f.field_name", "from": "f.old_text", "to": "f.new_text",
            "type": "g.type", "measure": "g.measure",
        },
    ),
    Source(
        kind=TimelineKind.EVENT,
        tables="event e",
        id="e.id",
        unit_id="e.unit_id",
        at="e.effective_at",
        recorded_at="e.recorded_at",
        operator="e.operator_name",
        data={
            "id": "CAST(e.id AS TEXT)", "corrects": "CAST(e.corrects_id AS TEXT)",
            "corrected_by": "(SELECT CAST(c.id AS TEXT) FROM event c WHERE c.corrects_id = e.id)",
            "kind": "e.kind_code", "name": "e.kind_name", "text": "e.text", "outcome": "e.outcome",
            "status": "e.status", "technician": "e.technician_name", "holder": "e.holder_name",
            "meter": "CAST(e.meter AS TEXT)", "meter_unit": "e.meter_unit", "parts": "e.parts",
            "way": "e.token",
        },
        reads={"meter": _quantity, "way": lambda token: way_of(token) or ""},
    ),
    Source(
        kind=TimelineKind.TASK,
        tables="task t",
        id="t.id",
        unit_id="t.unit_id",
        at="t.created_at",
        recorded_at="t.created_at",
        operator="t.created_name",
        data={"title": "t.title", "text": "t.text", "due": "CAST(t.due AS TEXT)"},
    ),
    Source(
        kind=TimelineKind.TASK,
        tables="task t",
        id="t.id",
        unit_id="t.unit_id",
        where="t.done_at IS NOT NULL",
        at="t.done_at",
        recorded_at="t.done_at",
        operator="t.done_name",
        data={"title": "t.title", "status": "t.status"},
    ),
    Source(
        kind=TimelineKind.FILE,
        tables="attachment a JOIN attached_file b ON b.id = a.file_id",
        id="a.id",
        unit_id="a.unit_id",
        at="a.added_at",
        recorded_at="a.added_at",
        operator="a.operator_name",
        terminal="a.terminal_name",
        data={"name": "a.name", "size": "CAST(b.size AS TEXT)"},
    ),
    Source(
        kind=TimelineKind.WARRANTY,
        tables="warranty_change w",
        id="w.id",
        unit_id="w.unit_id",
        at="w.effective_at",
        recorded_at="w.recorded_at",
        operator="w.operator_name",
        data={
            "cause": "w.cause", "from": "CAST(w.old_until AS TEXT)", "to": "CAST(w.new_until AS TEXT)",
            "reason": "w.reason",
        },
    ),
)  # fmt: skip
"""A further table joins by a row. Of what happened in the same moment, the later row is shown first."""

_COLUMNS = max(len(source.data) for source in SOURCES)


def timeline(
    unit_id: int,
    *,
    kinds: Collection[TimelineKind] = (),
    before: TimelineKey | None = None,
    limit: int = PAGE,
) -> list[TimelineEntry]:
    """Return what happened to a unit, newest first: at most `limit`, older than `before`.

    `kinds` narrows it; none of them means all. One statement, whatever has a history.
    """
    chosen = [(rank, source) for rank, source in enumerate(SOURCES) if not kinds or source.kind in kinds]
    sides = " UNION ALL ".join(_side(rank, source, is_first=before is None) for rank, source in chosen)
    values: dict[str, Any] = {"unit_id": unit_id, "limit": limit}
    if before is not None:
        values |= {"at": to_store(before.at), "rank": before.rank, "id": before.id}
    rows = select(
        f"SELECT * FROM ({sides}) AS happened ORDER BY at DESC, rank DESC, id DESC LIMIT :limit", **values
    )
    return [_entry(row) for row in rows]


def _side(rank: int, source: Source, *, is_first: bool) -> str:
    data = list(source.data.values())
    data += ["''"] * (_COLUMNS - len(data))
    columns = "".join(f", {value} AS data{number}" for number, value in enumerate(data))
    before = "" if is_first else f"AND ({source.at}, {rank}, {source.id}) < (:at, :rank, :id)"
    return f"""SELECT * FROM (
        SELECT {rank} AS rank, {source.id} AS id, {source.at} AS at, {source.recorded_at} AS recorded_at,
               {source.operator} AS operator, {source.terminal} AS terminal, {source.number} AS number,
               {source.document_id} AS document_id{columns}
        FROM {source.tables} WHERE {source.unit_id} = :unit_id AND {source.where} {before}
        ORDER BY {source.at} DESC, {source.id} DESC LIMIT :limit) AS side{rank}"""


def _entry(row: dict[str, Any]) -> TimelineEntry:
    source = SOURCES[row["rank"]]
    kept = {name: row[f"data{number}"] for number, name in enumerate(source.data)}
    read = {name: source.reads.get(name, str)(value) for name, value in kept.items() if value is not None}
    return TimelineEntry(
        kind=source.kind,
        key=TimelineKey(at=from_store(row["at"]), rank=row["rank"], id=row["id"]),
        recorded_at=from_store(row["recorded_at"]),
        operator=row["operator"],
        terminal=row["terminal"],
        number=row["number"] or "",
        document_id=row["document_id"],
        data={name: text for name, text in read.items() if text},
    )
