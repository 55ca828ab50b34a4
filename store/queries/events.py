"""Events of units, newest first, and their kinds."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from store.domain.events import Event, EventKind, EventStatus, way_of
from store.domain.language import Language, current
from store.models.fields import PIECES, unscaled
from store.models.moments import from_store
from store.models.sql import select

PAGE = 20
"""So many events are read at a time."""

UNCORRECTED = "NOT EXISTS (SELECT 1 FROM event later WHERE later.corrects_id = e.id)"
"""That an event `e` was not put right by a later one, which counts in its place."""
_EVENTS = """
    SELECT e.*, c.id AS corrected_by_id FROM event e LEFT JOIN event c ON c.corrects_id = e.id
"""


def kinds() -> tuple[EventKind, ...]:
    """Return the kinds that are in use: the built-in ones, then the company's own in their order."""
    rows = select(
        "SELECT id, code, name, name_pl, is_built_in, stays_open FROM event_kind WHERE NOT retired "
        "ORDER BY CASE WHEN is_built_in THEN 0 ELSE 1 END, position, "
        "CASE WHEN is_built_in THEN '' ELSE name END, id"
    )
    return tuple(kind_of(row) for row in rows)


def kind_of(row: dict[str, Any]) -> EventKind:
    """Return the record of a row of `event_kind`, called as in the language in force."""
    in_polish = current() is Language.PL and row["name_pl"]
    return EventKind(
        id=row["id"],
        code=row["code"],
        name=row["name_pl"] if in_polish else row["name"],
        is_built_in=bool(row["is_built_in"]),
        stays_open=bool(row["stays_open"]),
    )


def event_by_id(event_id: int) -> Event:
    """Return an event. Raises LookupError when there is none."""
    rows = select(f"{_EVENTS} WHERE e.id = :event_id", event_id=event_id)
    if not rows:
        raise LookupError(event_id)
    return event_of(rows[0])


def event_by_token(token: str) -> Event | None:
    """Return the event that was recorded under a token, or None."""
    rows = select(f"{_EVENTS} WHERE e.token = :token", token=token)
    return event_of(rows[0]) if rows else None


def events(
    unit_id: int,
    *,
    kind: str | None = None,
    limit: int = PAGE,
    before_id: int | None = None,
    standing: bool = False,
) -> tuple[Event, ...]:
    """Return a unit's events, the last recorded first: at most `limit`, older than `before_id`.

    `kind` narrows them to one code. Those that were corrected are among them and say by which, unless
    only what is `standing` is asked for.
    """
    narrowed = "AND c.id IS NULL" if standing else ""
    rows = select(
        f"""{_EVENTS} WHERE e.unit_id = :unit_id AND e.id < :before_id {narrowed}
        AND (:kind = '' OR e.kind_code = :kind) ORDER BY e.id DESC LIMIT :limit""",
        unit_id=unit_id,
        kind=kind or "",
        before_id=2**62 if before_id is None else before_id,
        limit=limit,
    )
    return tuple(event_of(row) for row in rows)


def open_events(unit_id: int, kind: str | None = None) -> tuple[Event, ...]:
    """Return what is open on a unit, the oldest first; `kind` narrows it to one code."""
    rows = select(
        f"""{_EVENTS} WHERE e.unit_id = :unit_id AND e.status = 'open'
        AND (:kind = '' OR e.kind_code = :kind) ORDER BY e.id""",
        unit_id=unit_id,
        kind=kind or "",
    )
    return tuple(event_of(row) for row in rows)


def last_reading(unit_id: int, meter_unit: str) -> Decimal | None:
    """Return what a unit's meter showed last in a unit of measure (km, h), or None when nobody read it."""
    rows = select(
        """SELECT e.meter FROM event e WHERE e.unit_id = :unit_id AND e.meter IS NOT NULL
        AND lower(e.meter_unit) = lower(:meter_unit)
        AND NOT EXISTS (SELECT 1 FROM event c WHERE c.corrects_id = e.id)
        ORDER BY e.effective_at DESC, e.id DESC LIMIT 1""",
        unit_id=unit_id,
        meter_unit=meter_unit.strip(),
    )
    return unscaled(rows[0]["meter"], PIECES) if rows else None


def event_of(row: dict[str, Any]) -> Event:
    """Return the record of a row of `event`."""
    return Event(
        id=row["id"],
        unit_id=row["unit_id"],
        kind=row["kind_code"],
        kind_name=row["kind_name"],
        text=row["text"],
        outcome=row["outcome"],
        meter=None if row["meter"] is None else unscaled(row["meter"], PIECES),
        meter_unit=row["meter_unit"],
        parts=row["parts"],
        status=EventStatus(row["status"]) if row["status"] else None,
        holder_id=row["holder_id"],
        holder_name=row["holder_name"],
        technician_id=row["technician_id"],
        technician_name=row["technician_name"],
        operator_name=row["operator_name"],
        effective_at=from_store(row["effective_at"]),
        recorded_at=from_store(row["recorded_at"]),
        closed_at=_moment(row["closed_at"]),
        closed_name=row["closed_name"],
        corrects_id=row["corrects_id"],
        corrected_by_id=row["corrected_by_id"],
        way=way_of(row["token"]),
    )


def _moment(value: Any) -> datetime | None:
    return None if value is None else from_store(value)
