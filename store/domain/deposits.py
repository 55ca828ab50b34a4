"""Frozen records of what belongs to suppliers and is with us: where it is, since when, due back when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from store.domain.terms import Terms

THEIRS = (Terms.HELD, Terms.BORROWED, Terms.RENTED, Terms.SERVICE, Terms.SCRAPPED)
"""On which terms something of a supplier's is owed to them: what we lost as well."""
WEEK = timedelta(days=7)
"""So many days from today on are 'this week'."""


class HeldWhich(StrEnum):
    """What of it is listed."""

    ALL = "all"
    OVERDUE = "overdue"
    """Its day has passed."""
    WEEK = "week"
    """Due within seven days, today among them."""


class HeldCursor(NamedTuple):
    """Where a page ended."""

    stage: int
    """Units first, then pieces without serials."""
    day: str
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A unit of a supplier's, or pieces without serials."""

    unit_id: int | None
    product_id: int
    product_name: str
    sku: str
    serial: str
    """Empty for pieces without serials."""
    quantity: Decimal
    terms: Terms
    place: str
    """Where it is; empty: lost."""
    since: datetime | None
    """When it came from the supplier; None: pieces, of which only the sum is known."""
    number: str
    """Of the delivery by which it came."""
    due: date | None

    def days_late(self, today: date) -> int:
        """Return how many days ago it was due back."""
        return max(0, (today - self.due).days) if self.due else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPage:
    """Some of what a supplier has with us, the earliest day first."""

    rows: tuple[Held, ...]
    after: HeldCursor | None
    """Where the next page begins; None: this is the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierHeld:
    """A supplier who has something with us, with the sums of it."""

    party_id: int
    name: str
    code: str
    pieces: Decimal
    overdue: int
    """Units."""
    week: int
    first: date | None
    """The earliest day of anything."""
