"""Services as products (policies, certificates, licences): how long one is valid, and what follows it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from store.domain.warranty import warranty_until

DAY = timedelta(days=1)
FURTHER = re.compile(r"(?P<stem>.*\S)/(?P<number>[2-9]|[1-9]\d{1,2})")
"""A number that was given to the second, third... service after a first one."""


class Expiry(StrEnum):
    """Which services are listed, by the day on which they end."""

    DAYS_30 = "30"
    """End within 30 days from today on."""
    DAYS_60 = "60"
    DAYS_90 = "90"
    EXPIRED = "expired"
    """Ended, and neither renewed nor given up."""
    ALL = "all"
    """Expired, or ends within 90 days."""


SPANS: dict[Expiry, tuple[int | None, int]] = {
    Expiry.DAYS_30: (0, 30),
    Expiry.DAYS_60: (0, 60),
    Expiry.DAYS_90: (0, 90),
    Expiry.EXPIRED: (None, -1),
    Expiry.ALL: (None, 90),
}
"""From which day to which, counted from today; None: from the beginning."""


def span(which: Expiry, today: date) -> tuple[date, date]:
    """Return the first and the last day of what `which` lists."""
    first, last = SPANS[which]
    return date.min if first is None else today + first * DAY, today + last * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """The terms of one service."""

    valid_from: date
    valid_until: date | None
    """None: for good."""
    seats: int | None = None
    subject_id: int | None = None
    """The unit that it is about."""
    subject: str = ""
    """What it is about, where that is no unit of ours; with a unit, its serial."""
    ended_on: date | None = None
    renewed_id: int | None = None
    """The service that follows it."""
    renewed: str = ""
    """Its number."""
    renews_id: int | None = None
    """The service that it follows."""
    renews: str = ""

    @property
    def is_over(self) -> bool:
        """Tell whether somebody ended it, or another service follows it: nothing is to be renewed."""
        return self.ended_on is not None or self.renewed_id is not None

    def last_day(self) -> date | None:
        """Return the last day on which it is or was valid."""
        return self.ended_on or self.valid_until


class ExpiryKey(NamedTuple):
    """Where a page of expiring services ended."""

    day: date
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiring:
    """A service that ends, as a row of the list."""

    unit_id: int
    number: str
    sku: str
    product_name: str
    party_id: int
    party_code: str
    party_name: str
    validity: Validity

    @property
    def key(self) -> ExpiryKey:
        """Where it stands in the list."""
        return ExpiryKey(self.validity.valid_until or date.max, self.unit_id)

    def days_left(self, today: date) -> int:
        """Return how many days it is still valid; below zero: how long it is over."""
        return ((self.validity.valid_until or date.max) - today).days


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiringCounts:
    """How many services wait to be renewed."""

    expired: int
    soon: int
    """End within 30 days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewService:
    """Services of one product that a customer gets, each with its number."""

    party_id: int
    product_id: int
    numbers: tuple[str, ...]
    """Empty texts and repeated ones are passed over."""
    valid_from: date | None = None
    """None: from today."""
    valid_until: date | None = None
    """None: as long as the product says."""
    seats: int | None = None
    """None: as many as the product says."""
    subject_id: int | None = None
    subject: str = ""
    values: Mapping[int, str] = field(default_factory=dict)
    """What all of them have in the fields of their kind, by the ids of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """What a service becomes; what is left out follows from it and from its product."""

    unit_id: int
    number: str = ""
    valid_from: date | None = None
    """None: the day after it ends, or today where that has passed."""
    valid_until: date | None = None
    seats: int | None = None


def ends(valid_from: date, months: int | None) -> date | None:
    """Return the last day of a service of so many months: a year from the 5th ends on the 4th."""
    return None if not months else warranty_until(valid_from, months) - DAY


def renewed_span(
    before: Validity, months: int | None, today: date, *, begins: date | None = None
) -> tuple[date, date | None]:
    """Return from when until when the service after `before` is valid.

    It follows without a gap; one that ended before today goes on today. It lasts as many months as its
    product says, else as long as the one before it.
    """
    after = (before.valid_until or today) + DAY
    start = begins or max(after, today)
    if months or before.valid_until is None:
        return start, ends(start, months)
    return start, start + (before.valid_until - before.valid_from)


def next_number(number: str) -> str:
    """Return the number of the service that follows one, where nobody gives it another: `P-7`, `P-7/2`."""
    match = FURTHER.fullmatch(number)
    return f"{match['stem']}/{int(match['number']) + 1}" if match else f"{number}/2"
