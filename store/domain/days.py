"""Days of this terminal's clock as moments."""

from datetime import UTC, date, datetime, time


def morning(day: date) -> datetime:
    """Return the moment in UTC at which a day of this terminal's clock begins."""
    return datetime.combine(day, time()).astimezone(UTC)
