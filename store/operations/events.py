"""Recording what happened to units, and closing what stayed open."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from store.domain.errors import RefusalCode, RefusedError
from store.domain.events import WAYS, Event, EventKind, EventStatus, NewEvent, distinct, token_of, way_of
from store.domain.records import Actor
from store.domain.roles import Permission
from store.models.bulk import BIG, TEXT, packed, rows_as
from store.models.events import EventKindRow, EventRow
from store.models.fields import PIECES
from store.models.moments import from_store, to_store
from store.models.people import OperatorRow
from store.models.sql import execute, is_postgres, select
from store.operations.allowed import require
from store.queries.events import event_by_id, event_by_token, kind_of

EVENT_COLUMNS = """
    kind_id, kind_code, kind_name, unit_id, product_id, product_name, holder_id, holder_name, text, outcome,
    meter, meter_unit, parts, status, technician_id, technician_name, operator_id, operator_name,
    effective_at, recorded_at, closed_name, corrects_id, token
"""

# Whoever had the unit when it went into service has it still, as far as its history goes; one that we never
# sold came to us by going into service, as its owner's.
HOLDER_MOVEMENT = """
    (SELECT max(x.id) FROM movement x
     WHERE x.unit_id = u.id AND (x.to_terms <> 'service' OR x.from_terms IS NULL)
           AND x.effective_at <= :as_of)
"""
"""The movement of a unit `u` that says who had it at `:as_of`."""
# Terminals' clocks differ a little: what happens now happens after whatever is recorded.
NOW = datetime(9999, 1, 1, tzinfo=UTC)


def record_event(
    actor: Actor,
    unit_id: int,
    kind: str,
    text: str,
    *,
    outcome: str = "",
    meter: Decimal | None = None,
    meter_unit: str = "",
    parts: str = "",
    technician_id: int | None = None,
    effective_at: datetime | None = None,
    corrects_id: int | None = None,
    token: str,
) -> Event:
    """Record an event of the kind with the code `kind` on a unit, and return it.

    `NewEvent` says what each part means. Called again with the same `token` it returns what it recorded. A
    correction closes the event that it takes the place of. Raises RefusedError as `record_events` does, and
    EXISTS when the event was corrected before.
    """
    if corrects_id is not None:
        token = _same_way(token, corrects_id)
    recorded = event_by_token(token_of(token, unit_id))
    if recorded is not None:
        return recorded
    new = NewEvent(
        kind=kind,
        text=text,
        outcome=outcome,
        meter=meter,
        meter_unit=meter_unit,
        parts=parts,
        technician_id=technician_id,
        effective_at=effective_at,
        corrects_id=corrects_id,
    )
    was_settled = corrects_id is not None and _check_corrected(unit_id, corrects_id)
    record_events(actor, [unit_id], new, token=token)
    event = event_by_token(token_of(token, unit_id))
    assert event is not None  # noqa: S101 - it was written in this transaction
    if corrects_id is not None:
        _close(actor, corrects_id, outcome="")
    if was_settled:
        # What was settled stays so, told another way.
        _close(actor, event.id, outcome=outcome)
        event = event_by_id(event.id)
    return event


def record_events(
    actor: Actor,
    unit_ids: Sequence[int],
    new: NewEvent,
    *,
    texts: Mapping[int, str] | None = None,
    token: str,
) -> int:
    """Record the same event on many units in one statement, and return on how many.

    `texts` says of each unit what is told of it alone, in place of the text of `new`.
    Called again with the same `token` it records nothing twice. Raises RefusedError and records nothing:
    UNKNOWN (no such kind, technician or unit), EMPTY without text and outcome, BAD_QUANTITY (a reading below
    zero), IN_FUTURE, BEFORE_UNIT when it is dated before a unit came.
    """
    units = distinct(unit_ids)
    kind = kind_with(new.kind)
    _check(actor, new, texts)
    technician = actor.operator
    name = technician.name
    if new.technician_id is not None and new.technician_id != technician.id:
        name = _technician(new.technician_id)
    moment = new.effective_at or actor.at
    ids = (
        "SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:units AS json))"
        if is_postgres()
        else "SELECT value FROM json_each(:units)"
    )
    there = f"""FROM unit u JOIN movement m ON m.id = {HOLDER_MOVEMENT}
                JOIN product p ON p.id = u.product_id LEFT JOIN party q ON q.place_id = m.to_place_id
                WHERE u.id IN ({ids})"""
    values = {"units": json.dumps(units), "as_of": to_store(new.effective_at or NOW)}
    rows = [{"told_of": unit_id, "told": text.strip()} for unit_id, text in (texts or {}).items()]
    told = "own.told" if texts else ":text"
    own = rows_as("own", {"told_of": BIG, "told": TEXT})
    execute(
        f"""INSERT INTO event ({EVENT_COLUMNS})
        SELECT :kind_id, :kind_code, :kind_name, u.id, u.product_id, p.name,
               coalesce(q.id, m.to_owner_id), coalesce(q.name, m.owner_name), {told}, :outcome,
               CAST(:meter AS BIGINT), :meter_unit, :parts, CAST(:status AS TEXT), :technician_id,
               :technician_name, :operator_id, :operator_name, :effective_at, :recorded_at, '',
               CAST(:corrects_id AS BIGINT), :token || '/' || CAST(u.id AS TEXT)
        {there.replace("WHERE", f"JOIN {own} ON own.told_of = u.id WHERE") if texts else there}
        ORDER BY u.id ON CONFLICT (token) DO NOTHING""",
        kind_id=kind.id,
        kind_code=kind.code,
        kind_name=kind.name,
        text=new.text.strip(),
        outcome=new.outcome.strip(),
        meter=None if new.meter is None else int(new.meter.scaleb(PIECES)),
        meter_unit=new.meter_unit.strip(),
        parts=new.parts.strip(),
        status=EventStatus.OPEN.value if kind.stays_open else None,
        technician_id=new.technician_id or technician.id,
        technician_name=name,
        operator_id=actor.operator.id,
        operator_name=actor.operator.name,
        effective_at=to_store(moment),
        recorded_at=to_store(actor.at),
        corrects_id=new.corrects_id,
        token=token,
        rows=packed(rows),
        **values,
    )
    rows = select(f"SELECT count(*) AS n {there}", **values)
    if rows[0]["n"] != len(units):
        raise _missing(units, moment)
    return len(units)


def close_event(actor: Actor, event_id: int, *, outcome: str) -> Event:
    """Settle an open event with its outcome, and return it; one that is closed stays as it is.

    Raises RefusedError: UNKNOWN when there is none, REASON_NEEDED without an outcome, NOT_OPEN when its kind
    does not stay open.
    """
    row = EventRow.get_or_none(EventRow.id == event_id)
    if row is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(event_id))
    if row.status is None:
        raise RefusedError(RefusalCode.NOT_OPEN, document=row.kind_name, status=None)
    if row.status is EventStatus.OPEN:
        if not outcome.strip():
            raise RefusedError(RefusalCode.REASON_NEEDED)
        _close(actor, event_id, outcome=outcome.strip())
    return event_by_id(event_id)


def create_event_kind(actor: Actor, code: str, name: str, *, stays_open: bool = False) -> EventKind:
    """Add a kind of the company's own, and return it; `stays_open` until somebody settles it.

    Raises RefusedError: NOT_ALLOWED, EMPTY, EXISTS.
    """
    require(actor, Permission.ADMINISTER)
    if not code.strip() or not name.strip():
        raise RefusedError(RefusalCode.EMPTY)
    if EventKindRow.select().where(EventKindRow.code == code.strip()).exists():
        raise RefusedError(RefusalCode.EXISTS, text=code)
    EventKindRow.create(code=code.strip(), name=name.strip(), stays_open=stays_open)
    return kind_with(code.strip())


def _close(actor: Actor, event_id: int, *, outcome: str) -> None:
    EventRow.update(
        status=EventStatus.CLOSED,
        outcome=outcome or EventRow.outcome,
        closed_at=actor.at,
        closed_by=actor.operator.id,
        closed_name=actor.operator.name,
    ).where((EventRow.id == event_id) & (EventRow.status == EventStatus.OPEN)).execute()


def _same_way(token: str, corrects_id: int) -> str:
    """Return a token that says of a part which way it went, as that of the corrected event does."""
    corrected = EventRow.get_or_none(EventRow.id == corrects_id)
    way = None if corrected is None else way_of(corrected.token)
    return token if way is None else token + WAYS[way]


def _check_corrected(unit_id: int, corrects_id: int) -> bool:
    """Refuse to correct what is not there or was corrected; tell whether it is settled."""
    corrected = EventRow.get_or_none((EventRow.id == corrects_id) & (EventRow.unit == unit_id))
    if corrected is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(corrects_id))
    if EventRow.select().where(EventRow.corrects == corrects_id).exists():
        raise RefusedError(RefusalCode.EXISTS, text=corrected.text)
    return corrected.status is EventStatus.CLOSED


def _check(actor: Actor, new: NewEvent, texts: Mapping[int, str] | None) -> None:
    if not texts and not new.text.strip() and not new.outcome.strip():
        raise RefusedError(RefusalCode.EMPTY)
    if new.meter is not None and (new.meter < 0 or new.meter != round(new.meter, PIECES)):
        raise RefusedError(RefusalCode.BAD_QUANTITY, text=str(new.meter))
    if new.effective_at is not None and new.effective_at > actor.at:
        raise RefusedError(RefusalCode.IN_FUTURE, at=new.effective_at)


def kind_with(code: str) -> EventKind:
    """Return the kind of events with `code`. Raises RefusedError(UNKNOWN) when none is in use."""
    rows = select(
        "SELECT id, code, name, name_pl, is_built_in, stays_open FROM event_kind "
        "WHERE code = :code AND NOT retired",
        code=code,
    )
    if not rows:
        raise RefusedError(RefusalCode.UNKNOWN, text=code)
    return kind_of(rows[0])


def _technician(operator_id: int) -> str:
    row = OperatorRow.get_or_none(OperatorRow.id == operator_id)
    if row is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(operator_id))
    return str(row.name)


def _missing(units: Sequence[int], moment: datetime) -> RefusedError:
    """Name the first unit that is not there, or was not at that moment."""
    for unit_id in units:
        rows = select(
            "SELECT u.serial, min(m.effective_at) AS since FROM unit u JOIN movement m ON m.unit_id = u.id "
            "WHERE u.id = :unit_id GROUP BY u.serial",
            unit_id=unit_id,
        )
        if not rows:
            return RefusedError(RefusalCode.UNKNOWN, text=str(unit_id))
        if from_store(rows[0]["since"]) > moment:
            return RefusedError(
                RefusalCode.BEFORE_UNIT, serial=rows[0]["serial"], since=from_store(rows[0]["since"])
            )
    return RefusedError(RefusalCode.UNKNOWN, text=str(units[0]))
