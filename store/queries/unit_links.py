"""The units that a unit hangs together with."""

from typing import Any

from store.domain.unit_links import RelatedUnit, Relation
from store.models.moments import from_store
from store.models.sql import select

PAGE = 30
_RELATIONS = {
    ("installed", True): Relation.IN,
    ("installed", False): Relation.HAS,
    ("replaced", True): Relation.REPLACED_BY,
    ("replaced", False): Relation.REPLACES,
}
"""By the kind of the link, and whether this unit is its first."""


def related(unit_id: int, *, before_id: int | None = None, limit: int = PAGE) -> list[RelatedUnit]:
    """Return the units linked with a unit, now or before, newest first: at most `limit` before a link."""
    # Two searches by index, where one condition with OR would read all links.
    rows = select(
        """SELECT k.id, k.kind, k.unit_id, k.begun_at, k.ended_at, u.id AS other, u.serial,
                  p.name AS product_name
        FROM unit_link k
             JOIN unit u ON u.id = CASE WHEN k.unit_id = :unit_id THEN k.other_id ELSE k.unit_id END
             JOIN product p ON p.id = u.product_id
        WHERE k.id IN (SELECT id FROM unit_link WHERE unit_id = :unit_id
                       UNION SELECT id FROM unit_link WHERE other_id = :unit_id) AND k.id < :before_id
        ORDER BY k.id DESC LIMIT :limit""",
        unit_id=unit_id,
        before_id=2**62 if before_id is None else before_id,
        limit=limit,
    )
    return [_related(row, unit_id) for row in rows]


def _related(row: dict[str, Any], unit_id: int) -> RelatedUnit:
    return RelatedUnit(
        link_id=row["id"],
        relation=_RELATIONS[row["kind"], row["unit_id"] == unit_id],
        unit_id=row["other"],
        serial=row["serial"],
        product_name=row["product_name"],
        begun_at=from_store(row["begun_at"]),
        ended_at=from_store(row["ended_at"]) if row["ended_at"] else None,
    )
