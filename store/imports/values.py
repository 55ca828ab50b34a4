"""From the text of a field to a number or a date. What is wrong is noted and left out, never guessed."""

import re
from datetime import date
from decimal import Decimal

from store.domain.invoices import WarningCode
from store.imports.notes import Notes

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T+Z-].*)?", re.DOTALL)


def squeezed(text: str | None) -> str:
    """Return a text with its runs of white space as one space and none around it."""
    return " ".join((text or "").split())


def decimal_of(text: str, field: str, notes: Notes, position: int | None = None) -> Decimal | None:
    """Return the number of an XML field; None when it is absent or none. A decimal comma is noted."""
    if not text:
        return None
    if text.count(",") == 1 and "." not in text and _NUMBER.fullmatch(text.replace(",", ".")):
        notes.add(WarningCode.DECIMAL_COMMA, position, field=field, text=text)
        text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        notes.add(WarningCode.BAD_NUMBER, position, field=field, text=text[:100])
        return None
    return Decimal(text)


def date_of(text: str, field: str, notes: Notes, position: int | None = None) -> date | None:
    """Return the date of an XML field, without its time or zone; None when it is absent or none."""
    if not text:
        return None
    found = _DATE.fullmatch(text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        found = None
    notes.add(WarningCode.BAD_DATE, position, field=field, text=text[:100])
    return None
