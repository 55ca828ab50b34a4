"""When a unit is to be serviced again: by the calendar, by its meter, or by whichever comes first."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from store.domain.tasks import next_due, next_meter
from store.domain.terms import Terms

AHEAD = timedelta(days=14)
"""So long before its day a task of recurring service is made."""
PLANNED = "service "
"""How the token of a task begins that a plan made."""
SERVICED = frozenset({Terms.SOLD, Terms.RENTED, Terms.SERVICE})
"""Units on these terms are serviced; what lies in our stock is not used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """How often a product is serviced."""

    months: int | None
    meter: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of the service of one unit."""

    terms: Terms
    begun: date | None
    """When it went to whom it is with."""
    done: date | None
    """The day of its last service or inspection; a repair is none."""
    done_meter: Decimal | None
    """What the meter showed then."""
    reading: Decimal | None
    """What the meter showed last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The next service of a unit; without a day and a reading there is none."""

    counted_from: date | None = None
    counted_meter: Decimal | None = None
    due: date | None = None
    due_meter: Decimal | None = None


def plan(interval: Interval, facts: Facts) -> Plan:
    """Return the next service: counted from the last one, else from the day on which the unit went out.

    A service of which no reading was taken counts from the last reading before it is next asked for.
    """
    start = facts.done or facts.begun
    if start is None or facts.terms not in SERVICED or (interval.months is None and interval.meter is None):
        return Plan()
    base = Decimal(0)
    if facts.done is not None:
        base = facts.done_meter if facts.done_meter is not None else facts.reading or Decimal(0)
    return Plan(
        counted_from=start,
        counted_meter=base if interval.meter is not None else None,
        due=next_due(start, interval.months),
        due_meter=next_meter(base, None, interval.meter),
    )
