"""Recording what work costs. A wrong cost is taken back by a further row, never changed."""

from datetime import date
from decimal import Decimal
from typing import Any

from store.domain.costs import Borne, Cost, NewCost, amount_of, usually_borne
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Actor
from store.models.events import EventRow
from store.models.fields import MONEY, PIECES
from store.models.moments import to_store
from store.models.parties import PartyRow
from store.models.sql import select
from store.models.tasks import CostRow, TaskRow
from store.operations.events import HOLDER_MOVEMENT, NOW
from store.queries.costs import cost_by_token
from store.queries.warranties import warranty_on

MOST = Decimal("100000000000")
"""No single cost is that high."""


def add_cost(actor: Actor, new: NewCost, *, token: str) -> Cost:
    """Record a cost of an event or of a task, and return it.

    It keeps whose the unit was that day: the holder of the event; of a task, whoever has its unit now.
    Whoever bears it usually does so unless `new` says who. Called again with the same `token` it returns what
    it recorded. Raises RefusedError: UNKNOWN (no such event or task), BAD_AMOUNT (none, or one that is not
    above zero), BAD_QUANTITY (hours), IN_FUTURE.
    """
    recorded = cost_by_token(token)
    if recorded is not None:
        return recorded
    _check(actor, new)
    amount = amount_of(new)
    if amount is None or not 0 < amount < MOST or _has_more(amount, MONEY):
        raise RefusedError(RefusalCode.BAD_AMOUNT, text=str(amount if amount is not None else "-"))
    subject, day = _subject(actor, new)
    CostRow.create(
        event=new.event_id,
        task=new.task_id,
        kind=new.kind.value,
        text=new.text.strip(),
        hours=new.hours if new.rate is not None else None,
        rate=new.rate if new.hours is not None else None,
        amount=amount,
        currency=new.currency.strip().upper(),
        borne=(new.borne or _usually(subject, day)).value,
        day=day,
        operator=actor.operator.id,
        operator_name=actor.operator.name,
        recorded_at=actor.at,
        token=token,
        **subject,
    )
    return _read(token)


def usual_bearer(actor: Actor, new: NewCost) -> Borne:
    """Return who bears a cost of an event or of a task unless it says who. Raises RefusedError(UNKNOWN)."""
    return _usually(*_subject(actor, new))


def take_back_cost(actor: Actor, cost_id: int, *, reason: str, token: str) -> Cost:
    """Take a cost back by a row of the opposite amount on the same day, and return that row.

    Raises RefusedError: UNKNOWN, REASON_NEEDED, EXISTS when it was taken back before or takes one back.
    """
    recorded = cost_by_token(token)
    if recorded is not None:
        return recorded
    row = CostRow.get_or_none(CostRow.id == cost_id)
    if row is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(cost_id))
    if not reason.strip():
        raise RefusedError(RefusalCode.REASON_NEEDED)
    if row.corrects_id is not None or CostRow.select().where(CostRow.corrects == cost_id).exists():
        raise RefusedError(RefusalCode.EXISTS, text=row.text or str(row.amount))
    same = ("event", "task", "unit", "product", "product_name", "holder", "holder_name", "kind", "rate",
            "currency", "borne", "day")  # fmt: skip
    CostRow.create(
        **{name: row.__data__[name] for name in same},
        hours=None if row.hours is None else -row.hours,
        amount=-row.amount,
        text=reason.strip(),
        operator=actor.operator.id,
        operator_name=actor.operator.name,
        recorded_at=actor.at,
        corrects=cost_id,
        token=token,
    )
    return _read(token)


def _check(actor: Actor, new: NewCost) -> None:
    if (new.event_id is None) == (new.task_id is None):
        raise RefusedError(RefusalCode.EMPTY)
    for value, places in ((new.hours, PIECES), (new.rate, MONEY)):
        if value is not None and (value <= 0 or _has_more(value, places)):
            raise RefusedError(RefusalCode.BAD_QUANTITY, text=str(value))
    if len(new.currency.strip()) != 3 or not new.currency.strip().isalpha():
        raise RefusedError(RefusalCode.BAD_AMOUNT, text=new.currency)
    if new.day is not None and new.day > _today(actor):
        raise RefusedError(RefusalCode.IN_FUTURE, at=new.day)


def _subject(actor: Actor, new: NewCost) -> tuple[dict[str, Any], date]:
    """Return what a cost keeps of its unit and of who had it, and the day of the cost."""
    subject = _of_event(new.event_id) if new.event_id is not None else _of_task(new.task_id)
    told = subject.pop("day")
    return subject, new.day or told or _today(actor)


def _usually(subject: dict[str, Any], day: date) -> Borne:
    unit_id, holder_id = subject.get("unit"), subject.get("holder")
    is_with_us = holder_id is None or PartyRow.get_by_id(holder_id).is_own
    warranty = None if unit_id is None else warranty_on(unit_id, day)
    return usually_borne(warranty, day, is_with_us=is_with_us)


def _of_event(event_id: int | None) -> dict[str, Any]:
    row = EventRow.get_or_none(EventRow.id == event_id)
    if row is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(event_id))
    return {
        "unit": row.unit_id,
        "product": row.product_id,
        "product_name": row.product_name,
        "holder": row.holder_id,
        "holder_name": row.holder_name,
        "day": row.effective_at.astimezone().date(),
    }


def _of_task(task_id: int | None) -> dict[str, Any]:
    row = TaskRow.get_or_none(TaskRow.id == task_id)
    if row is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(task_id))
    if row.unit_id is None:
        return {"product_name": "", "holder_name": "", "day": None}
    (found,) = select(
        f"""SELECT u.id AS unit, u.product_id AS product, p.name AS product_name,
               coalesce(q.id, m.to_owner_id) AS holder, coalesce(q.name, m.owner_name) AS holder_name
        FROM unit u JOIN product p ON p.id = u.product_id JOIN movement m ON m.id = {HOLDER_MOVEMENT}
             LEFT JOIN party q ON q.place_id = m.to_place_id WHERE u.id = :unit_id""",
        unit_id=row.unit_id,
        as_of=to_store(NOW),
    )
    return {**found, "day": None}


def _read(token: str) -> Cost:
    cost = cost_by_token(token)
    assert cost is not None  # noqa: S101 - it was written in this transaction
    return cost


def _today(actor: Actor) -> date:
    return actor.at.astimezone().date()


def _has_more(value: Decimal, places: int) -> bool:
    return value != round(value, places)
