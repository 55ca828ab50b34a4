"""Warranties that become other ones: a row of the history and the unit's own days, a document at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.domain.records import Actor
from store.domain.repairs import Settlement
from store.domain.warranty import Warranty, WarrantyCause, WarrantyRule, after_repair
from store.models.bulk import BIG, TEXT, packed, rows_as
from store.models.moments import day_of, from_store, to_store
from store.models.sql import execute, is_postgres, select
from store.operations.posted import Posting

_REPAIRED = """
    SELECT r.unit_id, r.settlement, r.since, r.outcome, r.event_id, u.warranty_from, u.warranty_until,
           p.warranty_months, p.warranty_rule
    FROM repair r JOIN unit u ON u.id = r.unit_id JOIN product p ON p.id = u.product_id
    WHERE r.ended_document_id = :document_id AND r.settlement IN ('essential', 'minor') ORDER BY r.id
"""

_COLUMNS = {
    "unit_id": BIG, "cause": TEXT, "old_from": TEXT, "old_until": TEXT, "new_from": TEXT, "new_until": TEXT,
    "reason": TEXT, "event_id": BIG,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class WarrantyChange:
    """A unit's warranty becomes another one; `new` is None: it has none any more."""

    unit_id: int
    cause: WarrantyCause
    old: Warranty | None
    new: Warranty | None
    reason: str
    event_id: int | None = None


def change_warranties(
    actor: Actor, changes: Sequence[WarrantyChange], *, effective_at: datetime, token: str
) -> None:
    """Write the changes into the history and onto the units, in two statements whatever their number.

    The change of a unit has the token `TOKEN/UNIT_ID`.
    """
    if not changes:
        return
    rows = [_row(change) for change in changes]
    day = "DATE" if is_postgres() else "TEXT"
    execute(
        f"""
        INSERT INTO warranty_change (unit_id, cause, old_from, old_until, new_from, new_until, reason,
                                     event_id, operator_id, operator_name, effective_at, recorded_at, token)
        SELECT v.unit_id, v.cause, CAST(v.old_from AS {day}), CAST(v.old_until AS {day}),
               CAST(v.new_from AS {day}), CAST(v.new_until AS {day}), v.reason, v.event_id, :operator,
               :operator_name, :effective_at, :recorded_at, :token || '/' || CAST(v.unit_id AS TEXT)
        FROM {rows_as("v", _COLUMNS)} WHERE true ORDER BY v.unit_id
        """,
        rows=packed(rows),
        operator=actor.operator.id,
        operator_name=actor.operator.name,
        effective_at=to_store(effective_at),
        recorded_at=to_store(max(actor.at, effective_at)),
        token=token,
    )
    execute(
        f"""
        UPDATE unit SET warranty_from = CAST(v.new_from AS {day}),
                        warranty_until = CAST(v.new_until AS {day}), version = version + 1
        FROM {rows_as("v", _COLUMNS)} WHERE v.unit_id = unit.id
        """,
        rows=packed(rows),
    )


def warranties_after(posting: Posting, token: str) -> None:
    """Change the warranties of the units that a document hands out repaired, each by its product's rule."""
    given = posting.effective_at.astimezone().date()
    changes = []
    for row in select(_REPAIRED, document_id=posting.document.id):
        old = warranty_of(row)
        after = after_repair(
            WarrantyRule(row["warranty_rule"]),
            Settlement(row["settlement"]),
            old,
            months=row["warranty_months"],
            brought=from_store(row["since"]).astimezone().date(),
            given=given,
        )
        if after is not None:
            changes.append(
                WarrantyChange(
                    unit_id=row["unit_id"], cause=after.cause, old=old, new=after.warranty,
                    reason=row["outcome"], event_id=row["event_id"],
                )
            )  # fmt: skip
    change_warranties(posting.actor, changes, effective_at=posting.effective_at, token=token)


def warranty_of(row: dict[str, Any]) -> Warranty | None:
    """Return the warranty of a row with the columns of a unit, or None."""
    first, last = day_of(row["warranty_from"]), day_of(row["warranty_until"])
    return None if first is None or last is None else Warranty(first=first, last=last)


def _row(change: WarrantyChange) -> dict[str, Any]:
    return {
        "unit_id": change.unit_id,
        "cause": change.cause.value,
        "old_from": change.old.first.isoformat() if change.old else None,
        "old_until": change.old.last.isoformat() if change.old else None,
        "new_from": change.new.first.isoformat() if change.new else None,
        "new_until": change.new.last.isoformat() if change.new else None,
        "reason": change.reason,
        "event_id": change.event_id,
    }
