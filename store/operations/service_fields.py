"""The fields of services: filled in when a customer gets one, carried on to the service that follows it."""

from collections.abc import Mapping, Sequence

from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Actor, Product
from store.models.bulk import BIG, packed, rows_as
from store.models.moments import to_store
from store.models.sql import execute
from store.operations.field_values import CHANGE_COLUMNS, set_values
from store.queries.fields import fields_of_kind


def fill_in(actor: Actor, product: Product, unit_ids: Sequence[int], values: Mapping[int, str]) -> None:
    """Let new services have `values`, texts by the fields' ids, and the defaults of the other fields.

    Raises RefusedError: FIELDS_NEEDED when one that is required has neither, BAD_VALUE.
    """
    for each in fields_of_kind(product.kind_id):
        text = values.get(each.field.id, "").strip() or each.field.default
        if text:
            set_values(actor, unit_ids, each.field.id, text)
        elif each.required:
            raise RefusedError(RefusalCode.FIELDS_NEEDED, field=each.field.name, count=len(unit_ids))


def carry_on(actor: Actor, followers: Mapping[int, int]) -> None:
    """Let services have what those had that they follow, by the ids of these. Two statements."""
    columns = {"before": BIG, "after": BIG}
    rows = packed([{"before": before, "after": after} for before, after in followers.items()])
    old = f"""FROM {rows_as("t", columns)} JOIN field_value v ON v.unit_id = t.before
              JOIN field f ON f.id = v.field_id AND NOT f.retired"""
    execute(
        f"""INSERT INTO field_change ({CHANGE_COLUMNS})
        SELECT t.after, f.id, f.name, CAST(NULL AS TEXT), v.text, :operator, :operator_name, :at
        {old} ORDER BY t.after, f.id""",
        rows=rows,
        operator=actor.operator.id,
        operator_name=actor.operator.name,
        at=to_store(actor.at),
    )
    execute(
        f"""INSERT INTO field_value (unit_id, field_id, text, key, number, party_id, other_id, fits)
        SELECT t.after, f.id, v.text, v.key, v.number, v.party_id, v.other_id, v.fits
        {old} ORDER BY t.after, f.id""",
        rows=rows,
    )
