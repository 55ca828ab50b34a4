"""Days as SQL gives them: text on SQLite, a date on PostgreSQL."""

from datetime import date
from typing import Any


def day_of(value: Any) -> date | None:
    """Return the day of a DATE column, or None where there is none."""
    return date.fromisoformat(value) if isinstance(value, str) else value
