"""Frozen records of what happened to a unit beside its movements: complaints, services, notes and more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class BuiltIn(StrEnum):
    """The codes of the event kinds that the program knows; a company adds its own beside them."""

    COMPLAINT = "complaint"
    SERVICE = "service"
    UPGRADE = "upgrade"
    INSPECTION = "inspection"
    NOTE = "note"
    REMINDER = "reminder"
    REPLACEMENT = "replacement"
    RENEWAL = "renewal"
    """Another service follows this one."""
    ENDING = "ending"
    """A service ends, by what somebody said."""
    AMENDMENT = "amendment"
    """The days, seats or subject of a service were put right."""


BY_PROGRAM = frozenset(
    {BuiltIn.REMINDER, BuiltIn.REPLACEMENT, BuiltIn.RENEWAL, BuiltIn.ENDING, BuiltIn.AMENDMENT}
)
"""Kinds that nobody chooses when telling of something: what is done records them."""


class Way(StrEnum):
    """Which way a part went, as the part or what it was built into tells of it."""

    BUILT_INTO = "built_into"
    BUILT_IN = "built_in"
    TAKEN_OUT_OF = "taken_out_of"
    TAKEN_OUT = "taken_out"


WAYS: Mapping[Way, str] = {
    Way.BUILT_INTO: " in part",
    Way.BUILT_IN: " in carrier",
    Way.TAKEN_OUT_OF: " out part",
    Way.TAKEN_OUT: " out carrier",
}
"""How the token of such an event ends, before the unit. Its text is the other unit's name in any language."""


class EventStatus(StrEnum):
    """Whether an event of a kind that stays open is settled."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """A kind of events; `name` is shown for the company's own, the built-in ones have words."""

    id: int
    code: str
    name: str
    is_built_in: bool
    stays_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """What somebody tells of one or many units."""

    kind: str
    """The code of its kind."""
    text: str = ""
    outcome: str = ""
    meter: Decimal | None = None
    """A reading with at most three decimal places, in `meter_unit` (h, km, pages)."""
    meter_unit: str = ""
    parts: str = ""
    """What was used, as it is told."""
    technician_id: int | None = None
    """An operator; None: who records it."""
    effective_at: datetime | None = None
    """When it happened, aware; None: now."""
    corrects_id: int | None = None
    """The event that this one takes the place of; both stay in the history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of a unit, with the names as they were then."""

    id: int
    unit_id: int
    kind: str
    kind_name: str
    text: str
    outcome: str
    meter: Decimal | None
    meter_unit: str
    parts: str
    status: EventStatus | None
    """None: its kind is settled by being told."""
    holder_id: int
    holder_name: str
    """The party that had the unit that day; the one that gave it away, while it is in service."""
    technician_id: int
    technician_name: str
    operator_name: str
    effective_at: datetime
    recorded_at: datetime
    closed_at: datetime | None = None
    closed_name: str = ""
    corrects_id: int | None = None
    corrected_by_id: int | None = None
    """The event that took the place of this one."""
    way: Way | None = None
    """Where the event tells of a part, which way that went; its text is then the other unit."""


def token_of(token: str, unit_id: int) -> str:
    """Return the token of one unit's event among those that are told in one go."""
    return f"{token}/{unit_id}"


def way_of(token: str) -> Way | None:
    """Return which way a part went by the event with this token; None: it tells of something else."""
    told = token.rpartition("/")[0]
    return next((way for way, ending in WAYS.items() if told.endswith(ending)), None)


def distinct(unit_ids: Sequence[int]) -> list[int]:
    """Return the ids in their order, each once."""
    return list(dict.fromkeys(unit_ids))
