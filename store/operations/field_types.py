"""Changing the type of a field: what converts is said before, and nothing that is stored is lost."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import islice

from store.domain.errors import RefusedError
from store.domain.field_values import key_of_value
from store.domain.fields import Field, FieldSpec, TypeChange
from store.domain.records import Actor
from store.models.custom import FieldRow
from store.models.json_rows import json_rows, json_text
from store.models.moments import to_store
from store.models.sql import execute, select
from store.operations.field_values import CHANGE_COLUMNS, Resolved, resolve_value
from store.operations.fields import checked, columns_of
from store.queries.fields import field_by_id

EXAMPLES = 200
"""Different texts that are named which do not convert: nobody reads more before a change."""
BATCH = 20_000
"""Different texts that are written by one statement."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that units have in the field, with how many, and what it becomes; None: it does not convert."""

    old: str
    units: int
    becomes: Resolved | None


def preview_type(field_id: int, spec: FieldSpec) -> TypeChange:
    """Return what `change_type` would do, and write nothing. Raises RefusedError as it does."""
    texts = list(_texts(_with(field_by_id(field_id), checked(spec))))
    left = [text for text in texts if text.becomes is None]
    return TypeChange(
        units=sum(text.units for text in texts),
        converts=sum(text.units for text in texts if text.becomes is not None),
        rewritten=sum(
            text.units for text in texts if text.becomes is not None and text.becomes.value.text != text.old
        ),
        left=sum(text.units for text in left),
        unlisted=max(0, len(left) - EXAMPLES),
        examples=tuple(
            (text.old, text.units)
            for text in nlargest(EXAMPLES, left, key=lambda text: (text.units, text.old))
        ),
    )


def change_type(actor: Actor, field_id: int, spec: FieldSpec) -> TypeChange:
    """Give a field another type with all that belongs to it, and convert its values.

    A text that does not convert stays as it is and is marked; one that is written otherwise leaves a row in
    the history of its unit. Values are written by the different texts, not one by one. Raises RefusedError
    as `define_field` does.
    """
    spec = checked(spec)
    done = preview_type(field_id, spec)
    field = _with(field_by_id(field_id), checked(spec))
    texts = _texts(field)
    while batch := list(islice(texts, BATCH)):
        _write(actor, field, batch)
    FieldRow.update(type=spec.type, **columns_of(spec)).where(FieldRow.id == field_id).execute()
    return done


def _with(field: Field, spec: FieldSpec) -> Field:
    """Return `field` as `spec` makes it."""
    return replace(
        field,
        name=spec.name,
        type=spec.type,
        measure=spec.measure,
        choices=spec.choices,
        pattern=spec.pattern,
        message=spec.message,
        default=spec.default,
    )


def _texts(field: Field) -> Iterator[_Text]:
    rows = select(
        "SELECT text, count(*) AS n FROM field_value WHERE field_id = :field_id GROUP BY text ORDER BY text",
        field_id=field.id,
    )
    for row in rows:
        try:
            becomes = resolve_value(field, row["text"])
        except RefusedError:
            becomes = None
        yield _Text(row["text"], row["n"], becomes)


def _write(actor: Actor, field: Field, texts: list[_Text]) -> None:
    rows = [
        {
            "old_key": key_of_value(text.old),
            "old": text.old,
            "text": text.becomes.value.text if text.becomes else text.old,
            "key": text.becomes.value.key if text.becomes else key_of_value(text.old),
            "number": text.becomes.value.number if text.becomes else None,
            "party": text.becomes.party_id if text.becomes else None,
            "other": text.becomes.other_id if text.becomes else None,
            "fits": int(text.becomes is not None),
        }
        for text in texts
    ]
    columns = ("old_key", "old", "text", "key", "number", "party", "other", "fits")
    values = {"rows": json_text(rows), "field": field.id}
    execute(
        f"""INSERT INTO field_change ({CHANGE_COLUMNS})
        SELECT v.unit_id, v.field_id, :name, v.text, t.text, :operator, :operator_name, :at
        FROM {json_rows("rows", *columns)} AS t
             JOIN field_value v ON v.field_id = :field AND v.key = t.old_key
             AND v.text = t.old
        WHERE t.text <> t.old ORDER BY v.unit_id""",
        **values,
        name=field.name,
        operator=actor.operator.id,
        operator_name=actor.operator.name,
        at=to_store(actor.at),
    )
    execute(
        f"""UPDATE field_value SET text = t.text, key = t.key, number = CAST(t.number AS BIGINT),
               party_id = CAST(t.party AS BIGINT), other_id = CAST(t.other AS BIGINT),
               fits = (CAST(t.fits AS INTEGER) = 1)
        FROM {json_rows("rows", *columns)} AS t
        WHERE field_value.field_id = :field AND field_value.key = t.old_key
              AND field_value.text = t.old""",
        **values,
    )
