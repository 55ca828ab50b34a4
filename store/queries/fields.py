"""Custom fields: their definitions, those of a kind, and what units have in them."""

from collections.abc import Sequence
from typing import Any

from store.domain.field_values import choices_of
from store.domain.fields import Field, FieldChange, FieldType, KindField, MissingValues, UnitField
from store.domain.transitions import BIRTHS
from store.models.json_rows import json_text
from store.models.moments import from_store
from store.models.sql import is_postgres, select

DEFINITION = """
    f.id AS field_id, f.code AS field_code, f.name AS field_name, f.type, f.measure, f.choices, f.pattern,
    f.message, f.default_text, f.retired AS field_retired
"""
"""The columns of a field `f` that `field_of` takes."""

_OF_UNITS = f"""
    SELECT {DEFINITION}, v.unit_id AS value_unit, u.id AS unit_id, v.text, v.fits, v.party_id, v.other_id,
           coalesce(q.name, w.name, '') AS named, coalesce(k.required, :no) AS required,
           coalesce(k.on_list, :no) AS on_list, coalesce(k.on_label, :no) AS on_label,
           coalesce(k.on_card, :yes) AS on_card,
           (k.id IS NOT NULL AND NOT f.retired) AS applies
    FROM unit u JOIN product p ON p.id = u.product_id CROSS JOIN field f
         LEFT JOIN kind_field k ON k.kind_id = p.kind_id AND k.field_id = f.id AND NOT k.retired
         LEFT JOIN field_value v ON v.unit_id = u.id AND v.field_id = f.id
         LEFT JOIN party q ON q.id = v.party_id
         LEFT JOIN unit o ON o.id = v.other_id LEFT JOIN product w ON w.id = o.product_id
    WHERE {{units}} AND (v.id IS NOT NULL OR (k.id IS NOT NULL AND NOT f.retired))
    ORDER BY u.id, coalesce(k.position, 0), f.id
"""

_BIRTHS = ", ".join(f"'{each}'" for each in sorted(BIRTHS))
IS_NEW = "(NOT s.counted OR s.seen_movement_id IS NULL)"
"""Of what is counted only what no record knows is new, and has fields to be filled."""
_LACKING = f"""
    draft_scan s
    JOIN document c ON c.id = s.document_id AND c.type IN ({_BIRTHS})
    JOIN product p ON p.id = s.product_id
    JOIN kind_field k ON k.kind_id = p.kind_id AND k.required AND NOT k.retired
    JOIN field f ON f.id = k.field_id AND NOT f.retired AND f.default_text = ''
    WHERE s.document_id = :document_id AND s.state = 'draft' AND NOT s.rejected AND s.serial_key IS NOT NULL
          AND {IS_NEW}
          AND NOT EXISTS (SELECT 1 FROM draft_value d WHERE d.scan_id = s.id AND d.field_id = f.id)
          AND NOT EXISTS (SELECT 1 FROM field_value v WHERE v.unit_id = s.unit_id AND v.field_id = f.id)
"""


def fields(*, retired: bool | None = False) -> list[Field]:
    """Return the fields in use, by name; the retired ones, or all (`None`)."""
    rows = select(
        f"SELECT {DEFINITION} FROM field f WHERE (:every = 1 OR f.retired = :retired) ORDER BY f.name, f.id",
        every=int(retired is None),
        retired=bool(retired),
    )
    return [field_of(row) for row in rows]


def field_by_id(field_id: int) -> Field:
    """Return a field. Raises LookupError when there is none."""
    rows = select(f"SELECT {DEFINITION} FROM field f WHERE f.id = :field_id", field_id=field_id)
    if not rows:
        raise LookupError(field_id)
    return field_of(rows[0])


def fields_of_kind(kind_id: int, *, retired: bool = False) -> list[KindField]:
    """Return the fields that a kind has, in their order; `retired`: also those that it had."""
    rows = select(
        f"""SELECT k.kind_id, k.position, k.required, k.on_list, k.on_label, k.on_card, k.retired,
               {DEFINITION}
        FROM kind_field k JOIN field f ON f.id = k.field_id
        WHERE k.kind_id = :kind_id AND (:every = 1 OR (NOT k.retired AND NOT f.retired))
        ORDER BY k.retired, k.position, k.id""",
        kind_id=kind_id,
        every=int(retired),
    )
    return [
        KindField(
            kind_id=row["kind_id"],
            field=field_of(row),
            position=row["position"],
            **{name: bool(row[name]) for name in ("required", "on_list", "on_label", "on_card", "retired")},
        )
        for row in rows
    ]


def fields_of_unit(unit_id: int) -> list[UnitField]:
    """Return a unit's fields in their order, with what it has in them.

    Those of its kind first, then the values of fields that do not apply any more. One query.
    """
    return _sorted(select(_OF_UNITS.format(units="u.id = :unit_id"), unit_id=unit_id, no=False, yes=True))


def fields_of_units(unit_ids: Sequence[int]) -> dict[int, list[UnitField]]:
    """Return the fields of many units, by the unit's id, as `fields_of_unit` does. One query."""
    each = "SELECT CAST(value AS BIGINT) FROM "
    each += "jsonb_array_elements_text(CAST(:ids AS jsonb))" if is_postgres() else "json_each(:ids)"
    rows = select(
        _OF_UNITS.format(units=f"u.id IN ({each})"), ids=json_text(list(unit_ids)), no=False, yes=True
    )
    found: dict[int, list[dict[str, Any]]] = {unit_id: [] for unit_id in unit_ids}
    for row in rows:
        found[row["unit_id"]].append(row)
    return {unit_id: _sorted(own) for unit_id, own in found.items()}


def changes_of_unit(unit_id: int, *, limit: int = 20, before_id: int | None = None) -> list[FieldChange]:
    """Return the changes of a unit's values, newest first: at most `limit`, older than `before_id`."""
    rows = select(
        """SELECT c.id, c.field_id, c.field_name, f.type, f.measure, c.old_text, c.new_text, c.operator_name,
               c.changed_at
        FROM field_change c JOIN field f ON f.id = c.field_id
        WHERE c.unit_id = :unit_id AND c.id < :before_id ORDER BY c.id DESC LIMIT :limit""",
        unit_id=unit_id,
        before_id=2**62 if before_id is None else before_id,
        limit=limit,
    )
    return [
        FieldChange(
            id=row["id"],
            field_id=row["field_id"],
            field_name=row["field_name"],
            type=FieldType(row["type"]),
            measure=row["measure"],
            old=row["old_text"] or "",
            new=row["new_text"] or "",
            operator=row["operator_name"],
            at=from_store(row["changed_at"]),
        )
        for row in rows
    ]


def missing_values(document_id: int) -> list[MissingValues]:
    """Return the required fields that pieces of an open document still lack, with these pieces.

    A field with a default is never missing: it gets that. One query.
    """
    rows = select(
        f"SELECT {DEFINITION}, s.id AS scan_id, s.serial, p.name AS product_name FROM {_LACKING} "
        "ORDER BY k.position, f.id, s.id",
        document_id=document_id,
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["field_id"], []).append(row)
    return [
        MissingValues(
            field=field_of(lacking[0]),
            scans=tuple((row["scan_id"], row["serial"], row["product_name"]) for row in lacking),
        )
        for lacking in found.values()
    ]


def first_missing(document_id: int) -> tuple[str, int] | None:
    """Return the name of a required field that is missing, and on how many pieces; None: nothing is."""
    rows = select(
        f"SELECT f.name, count(*) AS n FROM {_LACKING} GROUP BY f.id, f.name ORDER BY f.id LIMIT 1",
        document_id=document_id,
    )
    return (rows[0]["name"], int(rows[0]["n"])) if rows else None


def field_of(row: dict[str, Any]) -> Field:
    """Return the record of the columns of `DEFINITION`."""
    return Field(
        id=row["field_id"],
        code=row["field_code"],
        name=row["field_name"],
        type=FieldType(row["type"]),
        measure=row["measure"],
        choices=choices_of(row["choices"]),
        pattern=row["pattern"],
        message=row["message"],
        default=row["default_text"],
        retired=bool(row["field_retired"]),
    )


def _sorted(rows: list[dict[str, Any]]) -> list[UnitField]:
    found = [
        UnitField(
            field=field_of(row),
            text=row["text"] or "",
            named=row["named"],
            party_id=row["party_id"],
            other_id=row["other_id"],
            fits=row["fits"] is None or bool(row["fits"]),
            **{name: bool(row[name]) for name in ("applies", "required", "on_list", "on_label", "on_card")},
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: not each.applies)
