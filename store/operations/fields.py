"""Defining custom fields, and saying which kinds of products have them. Nothing is ever deleted."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from peewee import fn

from store.domain.errors import RefusalCode, RefusedError
from store.domain.field_values import SEPARATOR, parse
from store.domain.fields import CHOOSING, MEASURED, PATTERNED, REFERENCES, Field, FieldSpec, FieldType
from store.models.custom import FieldRow, KindFieldRow
from store.operations.products import check_pattern
from store.queries.fields import field_by_id

LONGEST_CODE = 40


def define_field(spec: FieldSpec, *, code: str | None = None) -> Field:
    """Define a field and return it; without a `code` it gets one made of its name.

    Raises RefusedError: EMPTY without a name, EXISTS when the code is taken, BAD_PATTERN, BAD_CHOICES,
    BAD_VALUE when the default is none of its values.
    """
    spec = checked(spec)
    if code is not None and FieldRow.select().where(FieldRow.code == code.strip()).exists():
        raise RefusedError(RefusalCode.EXISTS, text=code, column="code")
    row = FieldRow.create(
        code=code.strip() if code and code.strip() else _free_code(spec.name),
        type=spec.type,
        **columns_of(spec),
    )
    return field_by_id(row.id)


def edit_field(field_id: int, spec: FieldSpec, *, type_: FieldType | None = None) -> Field:
    """Rename a field, change its measure, choices, pattern and default; values stay as they are.

    Another `type_` is only for a field without values: `store.operations.field_types.change_type` converts
    them. Raises RefusedError as `define_field`.
    """
    spec = checked(replace(spec, type=type_ or field_by_id(field_id).type))
    FieldRow.update(type=spec.type, **columns_of(spec)).where(FieldRow.id == field_id).execute()
    return field_by_id(field_id)


def retire_field(field_id: int, *, retired: bool = True) -> None:
    """Take a field out of use, or into it again. Its values stay, and are shown apart."""
    FieldRow.update(retired=retired).where(FieldRow.id == field_id).execute()


def give_field(kind_id: int, field_id: int, **flags: bool) -> None:
    """Let a kind have a field, behind those it has; one that it had comes back where it was.

    `flags`: required, on_list, on_label, on_card.
    """
    known = KindFieldRow.get_or_none((KindFieldRow.kind == kind_id) & (KindFieldRow.field == field_id))
    if known is not None:
        KindFieldRow.update(retired=False, **flags).where(KindFieldRow.id == known.id).execute()
        return
    last = (
        KindFieldRow.select(fn.coalesce(fn.max(KindFieldRow.position), 0))
        .where(KindFieldRow.kind == kind_id)
        .scalar()
    )
    KindFieldRow.create(kind=kind_id, field=field_id, position=last + 1, **flags)


def take_field(kind_id: int, field_id: int) -> None:
    """Let a kind not have a field any more. What its units have in it stays, and is shown apart."""
    _of_kind(kind_id, field_id, retired=True)


def set_flags(kind_id: int, field_id: int, **flags: bool) -> None:
    """Change how a kind has a field: required, on_list, on_label, on_card."""
    _of_kind(kind_id, field_id, **flags)


def order_fields(kind_id: int, field_ids: Sequence[int]) -> None:
    """Put the fields of a kind into this order; those that are not named come after them."""
    order = {field_id: number for number, field_id in enumerate(field_ids, start=1)}
    rows = list(
        KindFieldRow.select()
        .where(KindFieldRow.kind == kind_id)
        .order_by(KindFieldRow.position, KindFieldRow.id)
    )
    rows.sort(key=lambda row: order.get(row.field_id, len(order) + 1))
    for position, row in enumerate(rows, start=1):
        row.position = position
    KindFieldRow.bulk_update(rows, fields=[KindFieldRow.position])


def checked(spec: FieldSpec) -> FieldSpec:
    """Return a definition as it is kept, without what its type has no use for. Raises RefusedError."""
    if not spec.name.strip():
        raise RefusedError(RefusalCode.EMPTY, column="name")
    choices: tuple[str, ...] = ()
    if spec.type in CHOOSING:
        choices = tuple(dict.fromkeys(" ".join(choice.split()) for choice in spec.choices if choice.strip()))
        if not choices or any(SEPARATOR.strip() in choice or "|" in choice for choice in choices):
            raise RefusedError(RefusalCode.BAD_CHOICES, field=spec.name, column="choices")
    pattern = spec.pattern.strip() if spec.type in PATTERNED else ""
    check_pattern(pattern or None, "pattern")
    tidy = FieldSpec(
        name=spec.name.strip(),
        type=spec.type,
        measure=spec.measure.strip() if spec.type in MEASURED else "",
        choices=choices,
        pattern=pattern,
        message=spec.message.strip() if pattern else "",
    )
    if not spec.default.strip() or spec.type in REFERENCES:
        return tidy
    try:
        return replace(tidy, default=parse(tidy, spec.default).text)
    except RefusedError as error:
        raise RefusedError(error.refusal.code, **error.refusal.data, column="default") from error


def columns_of(spec: FieldSpec) -> dict[str, Any]:
    """Return the columns of a checked definition, but for its type."""
    return {
        "name": spec.name,
        "measure": spec.measure,
        "choices": SEPARATOR.join(spec.choices),
        "pattern": spec.pattern,
        "message": spec.message,
        "default_text": spec.default,
    }


def _of_kind(kind_id: int, field_id: int, **values: bool) -> None:
    KindFieldRow.update(**values).where(
        (KindFieldRow.kind == kind_id) & (KindFieldRow.field == field_id)
    ).execute()


def _free_code(name: str) -> str:
    """Return a code made of a name ('Numer rejestracyjny' is 'numer_rejestracyjny') that no field has."""
    plain = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L"))
    letters = plain.encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:LONGEST_CODE] or "field"
    taken = {row.code for row in FieldRow.select(FieldRow.code).where(FieldRow.code.startswith(base))}
    return next(
        code for code in (base, *(f"{base}_{n}" for n in range(2, len(taken) + 3))) if code not in taken
    )
