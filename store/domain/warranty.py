"""How long a warranty lasts."""

import calendar
from datetime import date


def warranty_until(start: date, months: int) -> date:
    """Return the last day of a warranty of `months` months that starts on `start`.

    A term in months ends on the day with the same number as the first, or on the last day of a month that has
    none (Polish Civil Code, art. 112).
    """
    whole = start.year * 12 + start.month - 1 + months
    year, month = divmod(whole, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day)
