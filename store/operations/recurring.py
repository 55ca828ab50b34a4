"""Tasks of recurring service: counted from the last one done, made when they come near, each once."""

import logging
from datetime import date
from typing import Any

from store.domain.language import _
from store.domain.records import Actor
from store.domain.recurring import AHEAD, PLANNED, Facts, Interval, plan
from store.domain.tasks import Priority
from store.domain.terms import Terms
from store.models.bulk import BIG, TEXT, packed, rows_as
from store.models.fields import PIECES, unscaled
from store.models.moments import day_of, from_store, to_store
from store.models.sql import execute, is_postgres, select
from store.queries.events import UNCORRECTED

log = logging.getLogger(__name__)

BATCH = 2_000
"""Units that are counted anew, and tasks that are made, in one call: it is over within a blink."""

# What an intake and a hand-out tell of a repair, put right or not: mending a thing is not servicing it.
_OF_REPAIR = """EXISTS (
    WITH RECURSIVE told (token, corrects_id) AS (
        SELECT e.token, e.corrects_id
        UNION ALL SELECT x.token, x.corrects_id FROM told JOIN event x ON x.id = told.corrects_id)
    SELECT 1 FROM told JOIN repair n ON n.unit_id = e.unit_id AND told.token IN (
        'service ' || CAST(n.document_id AS TEXT) || '/' || CAST(n.unit_id AS TEXT),
        'done ' || CAST(n.ended_document_id AS TEXT) || '/' || CAST(n.unit_id AS TEXT)))"""
_STALE = f"""
    SELECT s.unit_id, u.terms, p.service_months, p.service_meter, s.counted_from, s.counted_meter, s.next_due,
           s.next_meter, s.made, d.effective_at AS done, d.meter AS done_meter, r.meter AS reading,
           (SELECT max(m.effective_at) FROM movement m WHERE m.unit_id = u.id
            AND m.to_terms IN ('sold', 'rented') AND coalesce(m.from_terms, '') NOT IN ('service', m.to_terms)
           ) AS begun
    FROM (SELECT * FROM service_plan WHERE stale ORDER BY id LIMIT {BATCH}) AS s
         JOIN unit u ON u.id = s.unit_id JOIN product p ON p.id = u.product_id
         LEFT JOIN event d ON d.id = (
             SELECT e.id FROM event e WHERE e.unit_id = u.id AND e.kind_code IN ('service', 'inspection')
             AND {UNCORRECTED} AND NOT {_OF_REPAIR}
             ORDER BY e.effective_at DESC, e.id DESC LIMIT 1)
         LEFT JOIN event r ON r.id = (
             SELECT e.id FROM event e WHERE e.unit_id = u.id AND e.meter IS NOT NULL
             AND {UNCORRECTED}
             ORDER BY e.effective_at DESC, e.id DESC LIMIT 1)
"""
# What is due by the meter waits for no day.
_DUE = """
    SELECT s.id FROM service_plan s WHERE s.next_due <= :until AND s.next_due IS NOT NULL AND NOT s.made
    UNION SELECT s.id FROM service_plan s WHERE s.reading >= s.next_meter AND NOT s.made
"""


def make_due_tasks(actor: Actor) -> int:
    """Make the tasks of services that are due, or will be within `AHEAD`; return how many.

    Up to `BATCH` of them: call it again until it makes none. What was made is never made again, by whatever
    terminal it is called; the next one comes when this one is done, by its event. They go to the team that
    takes services, where there is one.
    """
    counted = count_anew()
    today = actor.at.astimezone().date()
    until = (today + AHEAD).isoformat()
    made = execute(
        f"""
        INSERT INTO task (unit_id, product_id, title, text, due, due_meter, meter_unit, priority, team_id,
                          status, created_at, created_by_id, created_name, done_name, token)
        SELECT u.id, u.product_id, :title, '', coalesce(s.next_due, CAST(:today AS {_day()})), s.next_meter,
               p.meter_unit, :priority, (SELECT id FROM team WHERE takes_services AND NOT retired), 'open',
               :at, :operator, :operator_name, '',
               '{PLANNED}' || CAST(u.id AS TEXT) || ' ' || CAST(s.counted_from AS TEXT) || ' '
               || coalesce(CAST(s.counted_meter AS TEXT), '')
        FROM service_plan s JOIN unit u ON u.id = s.unit_id JOIN product p ON p.id = u.product_id
        WHERE s.id IN ({_DUE}) ORDER BY s.id LIMIT {BATCH} ON CONFLICT (token) DO NOTHING
        """,
        until=until,
        today=today.isoformat(),
        title=_("Periodic service"),
        priority=Priority.NORMAL.value,
        at=to_store(actor.at),
        operator=actor.operator.id,
        operator_name=actor.operator.name,
    )
    marked = execute(
        f"UPDATE service_plan SET made = (1 = 1) WHERE id IN (SELECT id FROM ({_DUE}) AS d ORDER BY id "
        f"LIMIT {BATCH})",
        until=until,
    )
    if counted or marked:
        log.info("recurring service: %d units counted, %d tasks made", counted, made)
    return made


def count_anew() -> int:
    """Count the next service of units of which something was told; return of how many, `BATCH` at most."""
    rows = select(_STALE)
    if not rows:
        return 0
    values = [_counted(row) for row in rows]
    columns = {
        "unit_id": BIG, "counted_from": TEXT, "counted_meter": BIG, "next_due": TEXT, "next_meter": BIG,
        "reading": BIG, "made": BIG,
    }  # fmt: skip
    execute(
        f"""UPDATE service_plan SET stale = (1 = 0), counted_from = CAST(v.counted_from AS {_day()}),
            counted_meter = v.counted_meter, next_due = CAST(v.next_due AS {_day()}),
            next_meter = v.next_meter, reading = v.reading, made = (v.made = 1)
            FROM {rows_as("v", columns)} WHERE service_plan.unit_id = v.unit_id""",
        rows=packed(values),
    )
    return len(rows)


def _counted(row: dict[str, Any]) -> dict[str, Any]:
    interval = Interval(months=row["service_months"], meter=_pieces(row["service_meter"]))
    facts = Facts(
        terms=Terms(row["terms"]),
        begun=_local(row["begun"]),
        done=_local(row["done"]),
        done_meter=_pieces(row["done_meter"]),
        reading=_pieces(row["reading"]),
    )
    found = plan(interval, facts)
    same = (found.counted_from, _steps(found.counted_meter)) == (
        day_of(row["counted_from"]), row["counted_meter"],
    )  # fmt: skip
    return {
        "unit_id": row["unit_id"],
        "counted_from": found.counted_from.isoformat() if found.counted_from else None,
        "counted_meter": _steps(found.counted_meter),
        "next_due": found.due.isoformat() if found.due else None,
        "next_meter": _steps(found.due_meter),
        "reading": row["reading"],
        "made": int(bool(row["made"]) and same),
    }


def _local(value: Any) -> date | None:
    return None if value is None else from_store(value).astimezone().date()


def _pieces(value: Any) -> Any:
    return None if value is None else unscaled(value, PIECES)


def _steps(value: Any) -> int | None:
    return None if value is None else int(value.scaleb(PIECES))


def _day() -> str:
    return "DATE" if is_postgres() else "TEXT"
