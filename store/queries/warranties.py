"""What documents made of the warranties of their units."""

from typing import Any

from store.domain.repairs import Settlement
from store.domain.warranty import WarrantyCause, WarrantyRule
from store.domain.warranty_told import WarrantyTold
from store.models.moments import day_of
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
