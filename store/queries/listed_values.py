"""What units have in the fields that are shown on lists or on labels: of many at once in one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from store.domain.fields import Field, ListedValue
from store.domain.holdings import HeldUnit
from store.domain.units import UnitSummary
from store.models.bulk import among, listed
from store.models.sql import select
from store.queries.fields import DEFINITION, field_of

Listed = TypeVar("Listed", UnitSummary, HeldUnit)


def listed_values(unit_ids: Iterable[int], *, on: str = "on_list") -> dict[int, tuple[ListedValue, ...]]:
    """Return the values of units that have any, in the order of their kind's fields; `on`: or `on_label`."""
    ids = list(unit_ids)
    if not ids:
        return {}
    rows = select(
        f"""SELECT v.unit_id, v.text, coalesce((SELECT q.name FROM party q WHERE q.id = v.party_id), (
                SELECT w.name FROM unit o JOIN product w ON w.id = o.product_id WHERE o.id = v.other_id),
                '') AS named, {DEFINITION}
        FROM field_value v JOIN unit u ON u.id = v.unit_id JOIN product p ON p.id = u.product_id
             JOIN kind_field k ON k.kind_id = p.kind_id AND k.field_id = v.field_id
                  AND k.{on} AND NOT k.retired
             JOIN field f ON f.id = v.field_id AND NOT f.retired
        WHERE {among("v.unit_id", "ids")} ORDER BY v.unit_id, k.position, f.id""",
        ids=listed(ids),
    )
    found: dict[int, tuple[ListedValue, ...]] = {}
    for row in rows:
        value = ListedValue(field=field_of(row), text=row["text"], named=row["named"])
        found[row["unit_id"]] = (*found.get(row["unit_id"], ()), value)
    return found


def listed_fields(kind_ids: Iterable[int]) -> list[Field]:
    """Return the fields that any of some kinds shows on lists, by name. One statement."""
    rows = select(
        f"""SELECT {DEFINITION} FROM field f WHERE NOT f.retired AND f.id IN (
            SELECT k.field_id FROM kind_field k
            WHERE k.on_list AND NOT k.retired AND {among("k.kind_id", "kinds")})
        ORDER BY f.name, f.id""",
        kinds=listed(kind_ids),
    )
    return [field_of(row) for row in rows]


def with_values(units: Sequence[Listed]) -> list[Listed]:
    """Return units with what they have in the fields that are shown on lists. One statement."""
    values = listed_values(unit.id for unit in units)
    return [replace(unit, values=values.get(unit.id, ())) for unit in units]
