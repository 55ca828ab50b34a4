"""What happened to a unit, whatever kept it: one timeline of codes, names and data, without words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class TimelineKind(StrEnum):
    """What an entry of the timeline is. A further kind is a member here and a row in the query's sources."""

    MOVEMENT = "movement"
    """from, from_terms, to, to_terms, owner"""
    CONDITION = "condition"
    """from, to (both conditions), reason"""
    FIELD = "field"
    """name, from, to (texts), type and measure of the field as it is now"""
    EVENT = "event"
    """id, corrects and corrected_by (ids of events), kind (its code), name, text, outcome, status,
    technician, holder, meter (a number as people write it), meter_unit, parts, way
    (of a part: see `events.Way`)
    """
    TASK = "task"
    """title, text, due, status: when it was set, and once more when it was done or dropped"""
    FILE = "file"
    """name, size in bytes"""
    WARRANTY = "warranty"
    """cause, from, to (last days), reason"""


class TimelineKey(NamedTuple):
    """Where an entry stands among all of a unit's: what is asked for next lies before it."""

    at: datetime
    rank: int
    """The place of its source, for what happened in the same moment."""
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """Something that happened to a unit, with the names as they were then."""

    kind: TimelineKind
    key: TimelineKey
    recorded_at: datetime
    operator: str
    terminal: str
    """Empty where none was kept."""
    number: str
    """The document's, else empty."""
    document_id: int | None
    data: Mapping[str, str]
    """By the names that `TimelineKind` lists; what is empty is left out."""

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.key.at
