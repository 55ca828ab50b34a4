"""Moments as SQL gives and takes them; models do this by themselves, plain SQL needs it said."""

from datetime import UTC, date, datetime, time
from typing import Any


def to_store(moment: datetime) -> str:
    """Return the store's text of an aware moment. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        message = "a moment without a time zone"
        raise ValueError(message)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def morning(day: date) -> str:
    """Return the store's text of the moment at which a day begins here."""
    return to_store(datetime.combine(day, time()).astimezone())


def from_store(value: Any) -> datetime:
    """Return the aware moment in UTC of what the database gave: text on SQLite, a datetime on PostgreSQL."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment.astimezone(UTC)


def day_of(value: Any) -> date | None:
    """Return the day of what the database gave: text on SQLite, a date on PostgreSQL; None stays None."""
    return date.fromisoformat(value) if isinstance(value, str) else value
