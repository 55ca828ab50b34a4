"""Tasks: mine, overdue, of a unit; and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from store.domain.recurring import PLANNED
from store.domain.tasks import Priority, Task, TaskItem, TaskStatus, Team
from store.models.fields import PIECES, unscaled
from store.models.moments import day_of, from_store
from store.models.sql import select

PAGE = 100
NO_DAY = "9999-12-31"
"""Where tasks without a day stand among the others."""

_TASKS = """
    SELECT t.*, coalesce(u.serial, '') AS serial, coalesce(p.name, '') AS product_name,
           coalesce(l.name, q.name, '') AS place_name, coalesce(o.name, m.name, '') AS assignee
    FROM task t LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN product p ON p.id = t.product_id
         LEFT JOIN location l ON l.place_id = u.place_id LEFT JOIN party q ON q.place_id = u.place_id
         LEFT JOIN operator o ON o.id = t.assignee_id LEFT JOIN team m ON m.id = t.team_id
"""
# Two searches by index, where one condition with OR would read all open tasks.
_MINE = """
    SELECT id FROM task WHERE status = 'open' AND assignee_id = :operator_id
    UNION SELECT id FROM task WHERE status = 'open'
          AND team_id IN (SELECT team_id FROM team_member WHERE operator_id = :operator_id)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCounts:
    """How much waits."""

    mine: int
    mine_overdue: int
    overdue: int
    """Whoever's they are."""


def my_tasks(operator_id: int, *, limit: int = PAGE, skip: int = 0) -> tuple[Task, ...]:
    """Return the open tasks of an operator and of their teams, the next due and most pressing first."""
    rows = select(
        f"""{_TASKS} WHERE t.id IN ({_MINE})
        ORDER BY coalesce(CAST(t.due AS TEXT), :no_day), t.priority, t.id LIMIT :limit OFFSET :skip""",
        operator_id=operator_id,
        no_day=NO_DAY,
        limit=limit,
        skip=skip,
    )
    return _with_items(rows)


def overdue(today: date, *, limit: int = PAGE, after: Task | None = None) -> tuple[Task, ...]:
    """Return everybody's open tasks whose day has passed, the oldest first: at most `limit` after `after`."""
    rows = select(
        f"""{_TASKS} WHERE t.status = 'open' AND t.due < :today AND (t.due, t.id) > (:due, :id)
        ORDER BY t.due, t.id LIMIT :limit""",
        today=today.isoformat(),
        due=after.due.isoformat() if after and after.due else "0001-01-01",
        id=after.id if after else 0,
        limit=limit,
    )
    return _with_items(rows)


def unit_tasks(
    unit_id: int, *, limit: int = PAGE, before_id: int | None = None, only_open: bool = False
) -> tuple[Task, ...]:
    """Return a unit's tasks, open or not, the newest first: at most `limit`, older than `before_id`."""
    narrowed = "AND t.status = 'open'" if only_open else ""
    rows = select(
        f"""{_TASKS} WHERE t.unit_id = :unit_id AND t.id < :before_id {narrowed}
        ORDER BY t.id DESC LIMIT :limit""",
        unit_id=unit_id,
        before_id=2**62 if before_id is None else before_id,
        limit=limit,
    )
    return _with_items(rows)


def task_by_id(task_id: int) -> Task:
    """Return a task with its checklist. Raises LookupError when there is none."""
    rows = select(f"{_TASKS} WHERE t.id = :task_id", task_id=task_id)
    if not rows:
        raise LookupError(task_id)
    return _with_items(rows)[0]


def counts(operator_id: int, today: date) -> TaskCounts:
    """Return how many tasks wait, in one statement."""
    (row,) = select(
        f"""SELECT (SELECT count(*) FROM ({_MINE}) AS a) AS mine,
               (SELECT count(*) FROM task WHERE due < :today AND id IN ({_MINE})) AS mine_overdue,
               (SELECT count(*) FROM task WHERE status = 'open' AND due < :today) AS overdue""",
        operator_id=operator_id,
        today=today.isoformat(),
    )
    return TaskCounts(**row)


def teams() -> tuple[Team, ...]:
    """Return the teams that are in use, by name."""
    return tuple(
        Team(**row) for row in select("SELECT id, code, name FROM team WHERE NOT retired ORDER BY name, id")
    )


def _with_items(rows: Sequence[dict[str, Any]]) -> tuple[Task, ...]:
    found = [_task(row) for row in rows]
    if not found:
        return ()
    ids = ", ".join(str(task.id) for task in found)
    items: dict[int, list[TaskItem]] = {}
    for row in select(f"SELECT * FROM task_item WHERE task_id IN ({ids}) ORDER BY task_id, position"):
        item = TaskItem(
            id=row["id"], position=row["position"], text=row["text"], is_done=row["done_at"] is not None
        )
        items.setdefault(row["task_id"], []).append(item)
    return tuple(replace(task, items=tuple(items.get(task.id, ()))) for task in found)


def _task(row: dict[str, Any]) -> Task:
    def pieces(name: str) -> Any:
        return None if row[name] is None else unscaled(row[name], PIECES)

    return Task(
        id=row["id"],
        title=row["title"],
        text=row["text"],
        unit_id=row["unit_id"],
        serial=row["serial"],
        product_name=row["product_name"],
        holder=row["place_name"],
        due=day_of(row["due"]),
        due_meter=pieces("due_meter"),
        meter_unit=row["meter_unit"],
        priority=Priority(row["priority"]),
        assignee=row["assignee"],
        status=TaskStatus(row["status"]),
        every_months=row["every_months"],
        every_meter=pieces("every_meter"),
        created_at=from_store(row["created_at"]),
        created_name=row["created_name"],
        done_at=None if row["done_at"] is None else from_store(row["done_at"]),
        done_name=row["done_name"],
        is_planned=row["token"].startswith(PLANNED),
    )
