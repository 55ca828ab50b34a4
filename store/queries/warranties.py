"""What documents made of the warranties of their units."""

from datetime import date, timedelta
from typing import Any

from store.domain.days import morning
from store.domain.repairs import Settlement
from store.domain.warranty import Warranty, WarrantyCause, WarrantyRule
from store.domain.warranty_told import WarrantyTold
from store.models.moments import day_of, to_store
from store.models.sql import select

# A hand-out and a replacement name their changes by tokens, which are unique.
_CHANGED = """
    SELECT u.id AS unit_id, u.serial, w.cause, w.old_until, w.new_from, w.new_until, p.warranty_rule,
           r.settlement, d.type
    FROM document d JOIN movement m ON m.document_id = d.id
         JOIN warranty_change w ON w.token IN (
             'repaired ' || CAST(d.id AS TEXT) || '/' || CAST(m.unit_id AS TEXT),
             coalesce(d.close_token, '') || ' warranty/' || CAST(m.unit_id AS TEXT))
         JOIN unit u ON u.id = m.unit_id JOIN product p ON p.id = u.product_id
         LEFT JOIN repair r ON r.ended_movement_id = m.id AND r.settlement <> 'replaced'
    WHERE d.id = :document_id ORDER BY m.id
"""


def warranties_told(document_id: int) -> dict[int, WarrantyTold]:
    """Return the warranties that a posted hand-out or replacement changed, by unit, as it moved them."""
    rows = select(_CHANGED, document_id=document_id)
    # What replaces a unit goes on with the warranty of that one.
    replaced = next((row["old_until"] for row in rows if row["cause"] == WarrantyCause.ENDED), None)
    return {row["unit_id"]: _told(row, replaced) for row in rows}


def warranty_on(unit_id: int, day: date) -> Warranty | None:
    """Return the warranty that a unit had on a day, as it stood then; None: it had none."""
    rows = select(
        """SELECT w.id AS changed_id, w.old_from, w.old_until, u.warranty_from, u.warranty_until
        FROM unit u LEFT JOIN warranty_change w ON w.id = (
            SELECT c.id FROM warranty_change c WHERE c.unit_id = u.id AND c.effective_at >= :after
            ORDER BY c.effective_at, c.id LIMIT 1)
        WHERE u.id = :unit_id""",
        unit_id=unit_id,
        after=to_store(morning(day + timedelta(days=1))),
    )
    if not rows:
        return None
    row = rows[0]
    is_older = row["changed_id"] is not None
    first = day_of(row["old_from"] if is_older else row["warranty_from"])
    last = day_of(row["old_until"] if is_older else row["warranty_until"])
    return None if first is None or last is None else Warranty(first=first, last=last)


def _told(row: dict[str, Any], replaced: Any) -> WarrantyTold:
    is_new = row["type"] == "replacement" and row["new_until"] is not None
    return WarrantyTold(
        serial=row["serial"],
        cause=WarrantyCause(row["cause"]),
        rule=WarrantyRule(row["warranty_rule"]),
        settlement=Settlement(row["settlement"]) if row["settlement"] else None,
        was=day_of(replaced if is_new else row["old_until"]),
        begins=day_of(row["new_from"]),
        until=day_of(row["new_until"]),
    )
