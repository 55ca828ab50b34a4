"""Frozen records of what is out and has to come back: lent or consigned, with whom, how long."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from store.domain.fields import ListedValue
from store.domain.loans import Until
from store.domain.terms import Terms

WEEK = timedelta(days=7)
"""So many days from today on are 'this week'."""


class Which(StrEnum):
    """What of it is listed."""

    ALL = "all"
    OVERDUE = "overdue"
    """Its day has passed."""
    WEEK = "week"
    """Due within seven days, today among them; or open-ended, and its holder is to be asked until then."""
    SUPPLIER = "supplier"
    """Lent by us, owned by a supplier."""
    CONSIGNED = "consigned"


class Cursor(NamedTuple):
    """Where a page ended."""

    stage: int
    """Of the queries that follow each other: loans, consigned units, consigned pieces."""
    day: str
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """A unit, or pieces without serials, that somebody has of ours or of a supplier's."""

    loan_id: int | None
    """None: consigned."""
    unit_id: int | None
    """None: pieces without serials."""
    party_id: int
    party_name: str
    party_code: str
    product_name: str
    sku: str
    serial: str | None
    quantity: Decimal
    terms: Terms
    number: str
    """Of the document by which it left; empty for consigned pieces without serials."""
    since: datetime | None
    """None: consigned pieces without serials, of which only the sum is known."""
    until: Until | None
    """None: consigned."""
    owner_name: str
    owner_is_us: bool
    value: Decimal | None
    """What it was bought for, in our currency; None: not known."""
    values: tuple[ListedValue, ...] = ()
    """What a unit has in the fields that are shown on lists, where they were asked for."""

    def days_late(self, today: date) -> int:
        """Return how many days ago it was due."""
        return self.until.days_late(today) if self.until else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums over what is out."""

    pieces: Decimal
    overdue: Decimal
    week: Decimal
    """As `Which.WEEK`."""
    value: Decimal
    """Of what a value is known."""
    unvalued: Decimal
    """Pieces of which none is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A customer who has something, with the sums of it."""

    party_id: int
    name: str
    code: str
    first: date | None
    """The earliest day of anything there; None: all consigned."""
    totals: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class OutPage:
    """A page of what is out, by day, what is consigned behind it."""

    rows: tuple[Out, ...]
    after: Cursor | None
    """Where the next page begins; None: this is the last one."""
