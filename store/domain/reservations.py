"""Reservations: what is promised to whom, and for which days. Days are local dates, both ends included."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from store.domain.errors import RefusalCode, RefusedError

LONGEST = 366
"""Days of the longest reservation: every day of a reserved unit is a row that the database keeps unique."""


class ReservationStatus(StrEnum):
    """`OPEN` promises, `FULFILLED` was handed out by its document, `CANCELLED` promises nothing."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPiece:
    """What is to be reserved: a unit, or so many pieces of a product."""

    product_id: int
    unit_id: int | None = None
    quantity: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReservation:
    """A reservation to be made at one of our locations."""

    party_id: int
    location_id: int
    first: date
    last: date
    pieces: tuple[NewPiece, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservedPiece:
    """A row of a reservation."""

    id: int
    product_id: int
    product_name: str
    serial: str | None
    """None: any piece of the product."""
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """What a party was promised."""

    id: int
    party_id: int
    party_name: str
    location_id: int
    location_name: str
    first: date
    last: date
    note: str
    status: ReservationStatus
    document_id: int | None
    """The document by which it is handed out, once there is one."""
    made_at: datetime
    made_by: str
    pieces: tuple[ReservedPiece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Pieces of a product that somebody was promised for some days."""

    party_name: str
    first: date
    last: date
    quantity: Decimal


def check_period(first: date, last: date, today: date) -> None:
    """Raise RefusedError(BAD_PERIOD) for days in the past, in the wrong order, or more than `LONGEST`."""
    if not today <= first <= last or (last - first).days >= LONGEST:
        raise RefusedError(RefusalCode.BAD_PERIOD, begins=first, ends=last)


def days(first: date, last: date) -> list[date]:
    """Return every day from `first` to `last`."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def peak(promises: Iterable[Promise], first: date, last: date) -> Decimal:
    """Return the most pieces that are promised on any one day from `first` to `last`."""
    overlapping = [found for found in promises if found.first <= last and first <= found.last]
    # The sum can only rise on a day on which a promise begins.
    starts = {max(first, found.first) for found in overlapping}
    sums = (
        sum((found.quantity for found in overlapping if found.first <= day <= found.last), Decimal(0))
        for day in starts
    )
    return max(sums, default=Decimal(0))
