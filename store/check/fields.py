"""Rules of custom fields: every value is kept as its type keeps it, and is what its last change made it."""

from collections.abc import Iterator

from store.check.rule import Rule
from store.domain.errors import RefusedError
from store.domain.field_values import key_of_value, retyped
from store.domain.fields import REFERENCES, FieldType
from store.domain.findings import Finding, FindingCode
from store.models.sql import stream

_LAST = """(SELECT max(x.id) FROM field_change x
            WHERE x.unit_id = {row}.unit_id AND x.field_id = {row}.field_id{rest})"""

FIELD_RULES: tuple[Rule, ...] = (
    Rule(
        code=FindingCode.FIELD_CHANGE,
        query=f"""
            SELECT v.unit_id, v.field_id, v.text, coalesce(c.new_text, '-') AS changed
            FROM field_value v LEFT JOIN field_change c ON c.id = {_LAST.format(row="v", rest="")}
            WHERE coalesce(c.new_text, '') <> v.text""",
    ),
    Rule(
        code=FindingCode.FIELD_CHANGE,
        query=f"""
            SELECT c.unit_id, c.field_id, '-' AS text, c.new_text AS changed FROM field_change c
            WHERE c.new_text IS NOT NULL AND c.id = {_LAST.format(row="c", rest="")}
                  AND NOT EXISTS (SELECT 1 FROM field_value v
                                  WHERE v.unit_id = c.unit_id AND v.field_id = c.field_id)""",
    ),
    Rule(
        code=FindingCode.FIELD_CHAIN,
        query=f"""
            SELECT c.unit_id, c.field_id, c.id AS change_id FROM field_change c
            LEFT JOIN field_change b ON b.id = {_LAST.format(row="c", rest=" AND x.id < c.id")}
            WHERE coalesce(c.old_text, '') <> coalesce(b.new_text, '')""",
    ),
)


def check_values() -> Iterator[Finding]:
    """Yield the values that are not searched and sorted as their texts and types say."""
    rows = stream("""
        SELECT v.unit_id, v.field_id, v.text, v.key, v.number, v.party_id, v.other_id, v.fits, f.type
        FROM field_value v JOIN field f ON f.id = v.field_id""")
    for row in rows:
        type_ = FieldType(row["type"])
        refers = (row["party_id"] is not None, row["other_id"] is not None)
        sound = row["key"] == key_of_value(row["text"])
        if row["fits"]:
            sound = sound and _as_typed(type_, row["text"], row["number"])
            sound = sound and refers == (type_ is FieldType.PARTY, type_ is FieldType.UNIT)
        else:
            sound = sound and row["number"] is None and not any(refers)
        if not sound:
            data = {name: row[name] for name in ("unit_id", "field_id", "text")}
            yield Finding(code=FindingCode.FIELD_VALUE, data=data)


def _as_typed(type_: FieldType, text: str, number: int | None) -> bool:
    if type_ in REFERENCES:
        return number is None
    try:
        value = retyped(type_, text)
    except RefusedError:
        return False
    return (value.text, value.number) == (text, number)
