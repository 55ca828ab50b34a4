"""Tasks: adding one, ticking off its checklist, and doing it together with its event."""

import logging
from datetime import date
from decimal import Decimal

from store.domain.errors import RefusalCode, RefusedError
from store.domain.events import BuiltIn
from store.domain.records import Actor
from store.domain.recurring import PLANNED
from store.domain.roles import Permission
from store.domain.tasks import NewTask, Priority, Task, TaskStatus, Team, next_due, next_meter
from store.models.fields import PIECES
from store.models.people import OperatorRow
from store.models.tasks import TaskItemRow, TaskRow, TeamMemberRow, TeamRow
from store.models.units import UnitRow
from store.operations.allowed import require
from store.operations.events import record_event
from store.queries.events import last_reading
from store.queries.tasks import task_by_id

log = logging.getLogger(__name__)


def add_task(actor: Actor, new: NewTask, *, token: str) -> Task:
    """Add a task and return it. Called again with the same `token` it returns what it added.

    Raises RefusedError: EMPTY without a title, UNKNOWN (unit, operator or team), BAD_QUANTITY (interval or
    reading), EXISTS when the same recurring task waits on the unit already.
    """
    known = TaskRow.get_or_none(TaskRow.token == token)
    if known is not None:
        return task_by_id(known.id)
    _check(new)
    unit = None if new.unit_id is None else UnitRow.get_or_none(UnitRow.id == new.unit_id)
    if new.unit_id is not None and unit is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(new.unit_id))
    row = TaskRow.create(
        unit=new.unit_id,
        product=unit.product_id if unit else None,
        title=new.title.strip(),
        text=new.text.strip(),
        due=new.due,
        due_meter=new.due_meter if new.due_meter is not None else _first_meter(new),
        meter_unit=new.meter_unit.strip(),
        priority=int(new.priority),
        assignee=new.assignee_id,
        team=new.team_id,
        every_months=new.every_months,
        every_meter=new.every_meter,
        follows=new.follows_id,
        status=TaskStatus.OPEN.value,
        created_at=actor.at,
        created_by=actor.operator.id,
        created_name=actor.operator.name,
        token=token,
    )
    points = [text.strip() for text in new.checklist if text.strip()]
    for position, text in enumerate(points, start=1):
        TaskItemRow.create(task=row.id, position=position, text=text)
    return task_by_id(row.id)


def tick_item(actor: Actor, item_id: int, *, is_done: bool = True) -> Task:
    """Tick a point of a checklist off, or take that back, and return its task.

    Raises RefusedError: UNKNOWN, NOT_OPEN.
    """
    item = TaskItemRow.get_or_none(TaskItemRow.id == item_id)
    if item is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(item_id))
    _open(item.task_id)
    TaskItemRow.update(
        done_at=actor.at if is_done else None, done_by=actor.operator.id if is_done else None
    ).where(TaskItemRow.id == item_id).execute()
    return task_by_id(item.task_id)


def do_task(
    actor: Actor,
    task_id: int,
    *,
    text: str,
    kind: str = BuiltIn.NOTE,
    outcome: str = "",
    meter: Decimal | None = None,
    token: str,
) -> Task:
    """Mark a task as done, record its event on the unit, and let a recurring one come again; return it.

    The event has the task's title before its `text`. It is of the given `kind`, but for a task that a plan of
    recurring service made: that one is a service, and the next is counted from it. Called again with the
    same `token` it does no more. Raises RefusedError: UNKNOWN, NOT_OPEN when somebody was faster, and what
    `record_event` raises.
    """
    done = TaskRow.get_or_none(TaskRow.done_token == token)
    if done is not None:
        return task_by_id(done.id)
    row = _open(task_id)
    event_id = None
    if row.unit_id is not None:
        if row.token.startswith(PLANNED):
            kind = BuiltIn.SERVICE
        told = f"{row.title}: {text.strip()}" if text.strip() else row.title
        event = record_event(
            actor, row.unit_id, kind, told, outcome=outcome, meter=meter, meter_unit=row.meter_unit,
            token=f"task {token}",
        )  # fmt: skip
        event_id = event.id
    _end(actor, row, TaskStatus.DONE, token=token, event_id=event_id)
    if row.every_months is not None or row.every_meter is not None:
        _repeat(actor, row, meter, token=f"after {token}")
    return task_by_id(task_id)


def drop_task(actor: Actor, task_id: int, *, reason: str, token: str) -> Task:
    """Take an open task off the lists: it need not be done. Raises RefusedError: REASON_NEEDED, NOT_OPEN."""
    done = TaskRow.get_or_none(TaskRow.done_token == token)
    if done is not None:
        return task_by_id(done.id)
    if not reason.strip():
        raise RefusedError(RefusalCode.REASON_NEEDED)
    row = _open(task_id)
    kept = f"{row.text}\n{reason.strip()}" if row.text else reason.strip()
    TaskRow.update(text=kept).where(TaskRow.id == task_id).execute()
    _end(actor, row, TaskStatus.DROPPED, token=token, event_id=None)
    return task_by_id(task_id)


def assign_task(actor: Actor, task_id: int, *, operator_id: int | None, team_id: int | None) -> Task:
    """Give an open task to an operator or to a team. Raises RefusedError: UNKNOWN, NOT_OPEN."""
    _check_assignee(operator_id, team_id)
    _open(task_id)
    log.info("task %d given to another by operator %s", task_id, actor.operator.code)
    TaskRow.update(assignee=operator_id, team=team_id).where(TaskRow.id == task_id).execute()
    return task_by_id(task_id)


def put_off_task(actor: Actor, task_id: int, due: date) -> Task:
    """Let an open task be due on another day. Raises RefusedError: UNKNOWN, NOT_OPEN."""
    row = _open(task_id)
    log.info("task %d due %s instead of %s by operator %s", task_id, due, row.due, actor.operator.code)
    TaskRow.update(due=due).where(TaskRow.id == task_id).execute()
    return task_by_id(task_id)


def create_team(actor: Actor, code: str, name: str, operator_ids: tuple[int, ...] = ()) -> Team:
    """Add a team of operators and return it. Raises RefusedError: NOT_ALLOWED, EMPTY, EXISTS."""
    require(actor, Permission.ADMINISTER)
    if not code.strip() or not name.strip():
        raise RefusedError(RefusalCode.EMPTY)
    if TeamRow.select().where(TeamRow.code == code.strip()).exists():
        raise RefusedError(RefusalCode.EXISTS, text=code)
    row = TeamRow.create(code=code.strip(), name=name.strip())
    for operator_id in dict.fromkeys(operator_ids):
        TeamMemberRow.create(team=row.id, operator=operator_id)
    return Team(id=row.id, code=row.code, name=row.name)


def _first_meter(new: NewTask) -> Decimal | None:
    """Return the reading at which a task by the meter is due for the first time."""
    if new.every_meter is None:
        return None
    reading = None if new.unit_id is None else last_reading(new.unit_id, new.meter_unit)
    return next_meter(reading, None, new.every_meter)


def _repeat(actor: Actor, row: TaskRow, meter: Decimal | None, *, token: str) -> None:
    """Add the next one of a recurring task, with the same checklist."""
    checklist = TaskItemRow.select(TaskItemRow.text).where(TaskItemRow.task == row.id)
    add_task(
        actor,
        NewTask(
            title=row.title,
            text=row.text,
            unit_id=row.unit_id,
            due=next_due(actor.at.astimezone().date(), row.every_months),
            due_meter=next_meter(meter, row.due_meter, row.every_meter),
            meter_unit=row.meter_unit,
            priority=Priority(row.priority),
            assignee_id=row.assignee_id,
            team_id=row.team_id,
            checklist=tuple(item.text for item in checklist.order_by(TaskItemRow.position)),
            every_months=row.every_months,
            every_meter=row.every_meter,
            follows_id=row.id,
        ),
        token=token,
    )


def _open(task_id: int) -> TaskRow:
    row = TaskRow.get_or_none(TaskRow.id == task_id)
    if row is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(task_id))
    if row.status != TaskStatus.OPEN:
        raise RefusedError(RefusalCode.NOT_OPEN, document=row.title, status=None)
    return row


def _end(actor: Actor, row: TaskRow, status: TaskStatus, *, token: str, event_id: int | None) -> None:
    ended = (
        TaskRow.update(
            status=status.value,
            done_at=actor.at,
            done_by=actor.operator.id,
            done_name=actor.operator.name,
            event=event_id,
            done_token=token,
        )
        .where((TaskRow.id == row.id) & (TaskRow.status == TaskStatus.OPEN.value))
        .execute()
    )
    if not ended:
        raise RefusedError(RefusalCode.NOT_OPEN, document=row.title, status=None)


def _check(new: NewTask) -> None:
    if not new.title.strip():
        raise RefusedError(RefusalCode.EMPTY)
    if new.every_months is not None and not 1 <= new.every_months <= 1200:
        raise RefusedError(RefusalCode.BAD_QUANTITY, text=str(new.every_months))
    for value in (new.due_meter, new.every_meter):
        if value is not None and (value <= 0 or value != round(value, PIECES)):
            raise RefusedError(RefusalCode.BAD_QUANTITY, text=str(value))
    _check_assignee(new.assignee_id, new.team_id)
    if (new.every_months is not None or new.every_meter is not None) and new.unit_id is not None:
        waits = (TaskRow.unit == new.unit_id) & (TaskRow.title == new.title.strip())
        is_recurring = TaskRow.every_months.is_null(is_null=False) | TaskRow.every_meter.is_null(
            is_null=False
        )
        if TaskRow.select().where(waits & is_recurring & (TaskRow.status == "open")).exists():
            raise RefusedError(RefusalCode.EXISTS, text=new.title)


def _check_assignee(operator_id: int | None, team_id: int | None) -> None:
    if operator_id is not None and not OperatorRow.select().where(OperatorRow.id == operator_id).exists():
        raise RefusedError(RefusalCode.UNKNOWN, text=str(operator_id))
    if team_id is not None and not TeamRow.select().where(TeamRow.id == team_id).exists():
        raise RefusedError(RefusalCode.UNKNOWN, text=str(team_id))
