"""Frozen records of what is to be done, and when the next service of a unit is due."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum

from store.domain.warranty import warranty_until


class Priority(IntEnum):
    """How pressing a task is; the lowest number comes first."""

    HIGH = 1
    NORMAL = 2
    LOW = 3


class TaskStatus(StrEnum):
    """`DROPPED`: it need not be done any more."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Several operators who share tasks."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskItem:
    """A point of a checklist."""

    id: int
    position: int
    text: str
    is_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """What somebody wants done, on a unit or on none."""

    title: str
    text: str = ""
    unit_id: int | None = None
    due: date | None = None
    due_meter: Decimal | None = None
    """Due when the unit's meter shows this; None: by its interval after what the meter showed last."""
    meter_unit: str = ""
    priority: Priority = Priority.NORMAL
    assignee_id: int | None = None
    team_id: int | None = None
    """Whose it is; with an assignee, None."""
    checklist: tuple[str, ...] = ()
    every_months: int | None = None
    """When it is done, the next one is due so many months later."""
    every_meter: Decimal | None = None
    """The same by the meter."""
    follows_id: int | None = None
    """The done task that this one repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task as it is now."""

    id: int
    title: str
    text: str
    unit_id: int | None
    serial: str
    product_name: str
    holder: str
    """Where its unit is now."""
    due: date | None
    due_meter: Decimal | None
    meter_unit: str
    priority: Priority
    assignee: str
    """The operator or the team; empty: nobody's yet."""
    status: TaskStatus
    every_months: int | None
    every_meter: Decimal | None
    created_at: datetime
    created_name: str
    done_at: datetime | None
    done_name: str
    is_planned: bool = False
    """A plan of recurring service made it: doing it is that service."""
    items: tuple[TaskItem, ...] = ()

    def is_overdue(self, today: date) -> bool:
        """Tell whether its day has passed."""
        return self.status is TaskStatus.OPEN and self.due is not None and self.due < today


def next_due(done_on: date, months: int | None) -> date | None:
    """Return the day on which a task that was done comes again; None: not by the calendar."""
    return None if months is None else warranty_until(done_on, months)


def next_meter(reading: Decimal | None, due: Decimal | None, every: Decimal | None) -> Decimal | None:
    """Return the reading at which a task comes again: from what was read, else from what was due."""
    if every is None:
        return None
    base = reading if reading is not None else due
    return every if base is None else base + every
