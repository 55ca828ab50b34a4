"""Writing what units have in their fields: one by one, for many at once, and as a document is closed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from store.domain.errors import RefusalCode, RefusedError
from store.domain.field_values import Parsed, key_of_value, parse, refused
from store.domain.fields import Field, FieldFault, FieldType
from store.domain.records import Actor
from store.domain.serials import key_of
from store.models.json_rows import json_rows, json_text
from store.models.moments import to_store
from store.models.sql import execute, select
from store.queries.fields import DEFINITION, IS_NEW, field_by_id, field_of, first_missing

_TYPED = "text, key, number, party_id, other_id"
CHANGE_COLUMNS = "unit_id, field_id, field_name, old_text, new_text, operator_id, operator_name, changed_at"
_REWRITE = """ON CONFLICT (unit_id, field_id) DO UPDATE SET text = excluded.text, key = excluded.key,
    number = excluded.number, party_id = excluded.party_id, other_id = excluded.other_id,
    fits = excluded.fits"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A value with what it refers to."""

    value: Parsed
    party_id: int | None = None
    other_id: int | None = None


def set_value(actor: Actor, unit_id: int, field_id: int, text: str) -> None:
    """Let a unit have `text` in a field; an empty text takes its value away. The change is kept.

    The same value again changes nothing. Raises RefusedError(BAD_VALUE).
    """
    set_values(actor, [unit_id], field_id, text)


def set_values(actor: Actor, unit_ids: Sequence[int], field_id: int, text: str) -> None:
    """Let many units have the same `text` in a field, as `set_value` does. Three statements."""
    field = field_by_id(field_id)
    found = resolve_value(field, text) if text.strip() else None
    targets = f"{json_rows('units', 'id')} AS t"
    values = {
        "units": json_text([{"id": unit_id} for unit_id in unit_ids]),
        "field": field.id,
        "text": found.value.text if found else "",
    }
    execute(
        f"""INSERT INTO field_change ({CHANGE_COLUMNS})
        SELECT CAST(t.id AS BIGINT), :field, :name, v.text, nullif(:text, ''), :operator, :operator_name, :at
        FROM {targets} LEFT JOIN field_value v ON v.unit_id = CAST(t.id AS BIGINT) AND v.field_id = :field
        WHERE coalesce(v.text, '') <> :text ORDER BY CAST(t.id AS BIGINT)""",
        **values,
        **_who(actor),
        name=field.name,
    )
    if found is None:
        execute(
            f"DELETE FROM field_value WHERE field_id = :field "
            f"AND unit_id IN (SELECT CAST(t.id AS BIGINT) FROM {targets})",
            units=values["units"],
            field=field.id,
        )
        return
    execute(
        f"""INSERT INTO field_value (unit_id, field_id, {_TYPED}, fits)
        SELECT CAST(t.id AS BIGINT), :field, :text, :key, CAST(:number AS BIGINT), CAST(:party AS BIGINT),
               CAST(:other AS BIGINT), :yes
        FROM {targets} WHERE 1 = 1 ORDER BY CAST(t.id AS BIGINT) {_REWRITE}""",
        **values,
        **_typed(found),
        yes=True,
    )


def set_draft_values(
    document_id: int, field_id: int, text: str, scan_ids: Collection[int] | None = None
) -> None:
    """Fill a field in for the pieces of an open document: those of `scan_ids`, or all whose kind has it.

    Kept with their scans, and written on the units when the document is closed; a second text replaces the
    first. Raises RefusedError(BAD_VALUE).
    """
    found = resolve_value(field_by_id(field_id), text)
    chosen = (
        ""
        if scan_ids is None
        else f"AND s.id IN (SELECT CAST(id AS BIGINT) FROM {json_rows('scans', 'id')} t)"
    )
    extra = (
        {} if scan_ids is None else {"scans": json_text([{"id": scan_id} for scan_id in sorted(scan_ids)])}
    )
    execute(
        f"""INSERT INTO draft_value (scan_id, field_id, {_TYPED})
        SELECT s.id, :field, :text, :key, CAST(:number AS BIGINT), CAST(:party AS BIGINT),
               CAST(:other AS BIGINT)
        FROM draft_scan s JOIN product p ON p.id = s.product_id
             JOIN kind_field k ON k.kind_id = p.kind_id AND k.field_id = :field AND NOT k.retired
        WHERE s.document_id = :document_id AND s.state = 'draft' AND s.serial_key IS NOT NULL
              AND {IS_NEW} {chosen}
        ORDER BY s.id
        ON CONFLICT (scan_id, field_id) DO UPDATE SET text = excluded.text, key = excluded.key,
            number = excluded.number, party_id = excluded.party_id, other_id = excluded.other_id""",
        document_id=document_id,
        field=field_id,
        text=found.value.text,
        **_typed(found),
        **extra,
    )


def check_required(document_id: int) -> None:
    """Raise RefusedError(FIELDS_NEEDED) when a piece of the document lacks what its kind requires."""
    missing = first_missing(document_id)
    if missing is not None:
        raise RefusedError(RefusalCode.FIELDS_NEEDED, field=missing[0], count=missing[1])


def post_values(actor: Actor, document_id: int) -> None:
    """Write what was filled in, and the defaults of what was not, on the units of a document being closed.

    Its scans must name their units by now. At most four statements.
    """
    defaults = select(
        f"""SELECT DISTINCT {DEFINITION} FROM document_line n JOIN product p ON p.id = n.product_id
        JOIN kind_field k ON k.kind_id = p.kind_id AND NOT k.retired
        JOIN field f ON f.id = k.field_id AND NOT f.retired AND f.default_text <> ''
        WHERE n.document_id = :document_id""",
        document_id=document_id,
    )
    if defaults:
        _default(document_id, [field_of(row) for row in defaults])
    filled = """
        FROM draft_scan s JOIN draft_value d ON d.scan_id = s.id JOIN field f ON f.id = d.field_id
             LEFT JOIN field_value v ON v.unit_id = s.unit_id AND v.field_id = d.field_id
        WHERE s.document_id = :document_id AND s.state = 'draft' AND NOT s.rejected AND s.unit_id IS NOT NULL
              AND coalesce(v.text, '') <> d.text ORDER BY s.id, d.id"""
    execute(
        f"""INSERT INTO field_change ({CHANGE_COLUMNS})
        SELECT s.unit_id, d.field_id, f.name, v.text, d.text, :operator, :operator_name, :at {filled}""",
        document_id=document_id,
        **_who(actor),
    )
    execute(
        f"""INSERT INTO field_value (unit_id, field_id, {_TYPED}, fits)
        SELECT s.unit_id, d.field_id, d.text, d.key, d.number, d.party_id, d.other_id, :yes {filled}
        {_REWRITE}""",
        document_id=document_id,
        yes=True,
    )


def _default(document_id: int, fields: Sequence[Field]) -> None:
    rows = []
    for field in fields:
        value = parse(field, field.default)
        rows.append({"field": field.id, "text": value.text, "key": value.key, "number": value.number})
    execute(
        f"""INSERT INTO draft_value (scan_id, field_id, text, key, number)
        SELECT s.id, k.field_id, t.text, t.key, CAST(t.number AS BIGINT)
        FROM {json_rows("fields", "field", "text", "key", "number")} AS t
             JOIN kind_field k ON k.field_id = CAST(t.field AS BIGINT) AND NOT k.retired
             JOIN product p ON p.kind_id = k.kind_id
             JOIN draft_scan s ON s.product_id = p.id AND s.document_id = :document_id
        WHERE s.state = 'draft' AND NOT s.rejected AND s.serial_key IS NOT NULL AND {IS_NEW}
              AND NOT EXISTS (SELECT 1 FROM draft_value d WHERE d.scan_id = s.id AND d.field_id = k.field_id)
              AND NOT EXISTS (SELECT 1 FROM field_value v
                              WHERE v.unit_id = s.unit_id AND v.field_id = k.field_id)
        ORDER BY s.id, k.position""",
        document_id=document_id,
        fields=json_text(rows),
    )


def resolve_value(field: Field, text: str) -> Resolved:
    """Return the value of `text` in `field`, with what it refers to. Raises RefusedError(BAD_VALUE)."""
    value = parse(field, text)
    return resolve_values(field, [value])[0]


def resolve_values(field: Field, values: Sequence[Parsed]) -> list[Resolved]:
    """Return `values` with what they refer to: a party by its code, a unit by any of its numbers.

    One query. Raises RefusedError(BAD_VALUE) for the first that names nothing, or several.
    """
    if field.type not in {FieldType.PARTY, FieldType.UNIT}:
        return [Resolved(value=value) for value in values]
    named = _named(field.type, [value.text for value in values])
    found = []
    for value in values:
        hits = named.get(_reference_key(field.type, value.text), {})
        if len(hits) != 1:
            nothing = FieldFault.NO_PARTY if field.type is FieldType.PARTY else FieldFault.NO_UNIT
            raise refused(field, value.text, FieldFault.SEVERAL if hits else nothing)
        ((hit, text),) = hits.items()
        is_party = field.type is FieldType.PARTY
        found.append(
            Resolved(
                value=Parsed(text, key_of_value(text)),
                party_id=hit if is_party else None,
                other_id=None if is_party else hit,
            )
        )
    return found


def _named(type_: FieldType, texts: Sequence[str]) -> dict[str, dict[int, str]]:
    """Return, by key, the ids of what texts refer to, each with the text that is kept."""
    keys = json_text([{"key": _reference_key(type_, text)} for text in texts])
    wanted = f"SELECT key FROM {json_rows('keys', 'key')} AS t"
    statement = (
        f"SELECT id, code AS key, code AS text FROM party WHERE code IN ({wanted})"
        if type_ is FieldType.PARTY
        else f"""SELECT u.id, u.serial_key AS key, u.serial AS text FROM unit u
            WHERE u.serial_key IN ({wanted})
            UNION SELECT u.id, i.key, u.serial FROM identifier i JOIN unit u ON u.id = i.unit_id
            WHERE i.key IN ({wanted})"""
    )
    values = {"keys": keys}
    found: dict[str, dict[int, str]] = {}
    for row in select(statement, **values):
        found.setdefault(row["key"], {})[row["id"]] = row["text"]
    return found


def _reference_key(type_: FieldType, text: str) -> str:
    return text.strip() if type_ is FieldType.PARTY else key_of(text)


def _typed(found: Resolved) -> dict[str, object]:
    return {
        "key": found.value.key,
        "number": found.value.number,
        "party": found.party_id,
        "other": found.other_id,
    }


def _who(actor: Actor) -> dict[str, object]:
    return {
        "operator": actor.operator.id,
        "operator_name": actor.operator.name,
        "at": to_store(actor.at),
    }
