"""How a unit hangs together with others: built into one, or replaced by one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Relation(StrEnum):
    """What the other unit is to this one."""

    IN = "in"
    """This one is built into the other."""
    HAS = "has"
    """The other one is built into this one."""
    REPLACED_BY = "replaced_by"
    REPLACES = "replaces"
    RENEWED_BY = "renewed_by"
    """A service that follows this one."""
    RENEWS = "renews"
    ABOUT = "about"
    """This one is a service that the other is the subject of."""
    COVERED_BY = "covered_by"
    """A service whose subject this one is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedUnit:
    """Another unit, and since when it is what to this one."""

    link_id: int
    relation: Relation
    unit_id: int
    serial: str
    product_name: str
    begun_at: datetime
    ended_at: datetime | None
    """None: it is so now, or was for good."""
