"""Telling of many units at once, of each something else: what a document of service says of its pieces."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from store.domain.events import BuiltIn, EventStatus
from store.domain.records import Actor
from store.models.bulk import BIG, TEXT, packed, rows_as
from store.models.moments import to_store
from store.models.sql import execute
from store.operations.events import EVENT_COLUMNS, HOLDER_MOVEMENT, NOW, kind_with


class Told(NamedTuple):
    """What is told of a unit."""

    unit_id: int
    text: str
    outcome: str = ""


def tell_each(
    actor: Actor, kind: BuiltIn, told: Sequence[Told], *, effective_at: datetime, token: str
) -> None:
    """Record an event of `kind` on each unit, in one statement; one of a kind that stays open is open.

    The event of a unit has the token `TOKEN/UNIT_ID`; told again under the same token it stays as it was.
    """
    if not told:
        return
    known = kind_with(kind)
    rows: list[dict[str, Any]] = [each._asdict() for each in told]
    execute(
        f"""INSERT INTO event ({EVENT_COLUMNS})
        SELECT :kind_id, :kind_code, :kind_name, u.id, u.product_id, p.name,
               coalesce(q.id, m.to_owner_id), coalesce(q.name, m.owner_name), v.text, v.outcome,
               NULL, '', '', CAST(:status AS TEXT), :operator_id, :operator_name, :operator_id,
               :operator_name, :effective_at, :recorded_at, '', NULL, :token || '/' || CAST(u.id AS TEXT)
        FROM {rows_as("v", {"unit_id": BIG, "text": TEXT, "outcome": TEXT})}
             JOIN unit u ON u.id = v.unit_id JOIN movement m ON m.id = {HOLDER_MOVEMENT}
             JOIN product p ON p.id = u.product_id
             LEFT JOIN party q ON q.place_id = m.to_place_id
        WHERE true ORDER BY u.id ON CONFLICT (token) DO NOTHING""",
        kind_id=known.id,
        kind_code=known.code,
        kind_name=known.name,
        status=EventStatus.OPEN.value if known.stays_open else None,
        operator_id=actor.operator.id,
        operator_name=actor.operator.name,
        effective_at=to_store(effective_at),
        recorded_at=to_store(max(actor.at, effective_at)),
        token=token,
        as_of=to_store(NOW),
        rows=packed(rows),
    )
