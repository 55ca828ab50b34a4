"""Numbers and dates as people and their programs write them into CSV files."""

import re
from datetime import date
from decimal import Decimal

from store.domain.invoices import WarningCode
from store.imports.notes import Notes

_GROUPS = re.compile("[\\s'\u2019\u00a0\u202f]")
_PLAIN = re.compile(r"[+-]?(?:[0-9]{1,18}(?:[.,][0-9]{0,12})?|[.,][0-9]{1,12})")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]{0,12})?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[.\-/]([0-9]{1,2})[.\-/]([0-9]{4})(?:[ T].*)?")
_YEAR_FIRST = re.compile(r"([0-9]{4})[.\-/]([0-9]{1,2})[.\-/]([0-9]{1,2})(?:[ T].*)?")


def number_of(text: str, point: str, field: str, notes: Notes, position: int) -> Decimal | None:
    """Return the number of a cell; `point` is the decimal separator where the mapping says it.

    A single separator is the decimal one: 13,75 never becomes 1375. Where it could be one of thousands
    (1,234) that is noted, because the number then is a thousand times too small rather than too large: as a
    fraction it becomes no serial units.
    """
    plain = _GROUPS.sub("", text)
    if not plain:
        return None
    if point:
        thousands = "." if point == "," else ","
        if not (_PLAIN.fullmatch(plain) or _GROUPED.fullmatch(plain)) or plain.count(point) > 1:
            return _bad(text, field, notes, position)
        return _made(plain.replace(thousands, "").replace(point, "."), text, field, notes, position)
    if _PLAIN.fullmatch(plain):
        value = Decimal(plain.replace(",", "."))
        if re.fullmatch(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}", plain):
            notes.add(WarningCode.UNCLEAR_NUMBER, position, field=field, text=text, value=value)
        return value
    if _GROUPED.fullmatch(plain):
        last = max(plain.rfind(","), plain.rfind("."))
        several = plain.count(plain[last]) > 1
        whole, fraction = (plain, "") if several else (plain[:last], plain[last + 1 :])
        return _made(re.sub("[.,]", "", whole) + "." + fraction, text, field, notes, position)
    return _bad(text, field, notes, position)


def _made(plain: str, text: str, field: str, notes: Notes, position: int) -> Decimal | None:
    """Return the number, now with a point and nothing else, unless it is longer than any of an invoice."""
    if not re.fullmatch(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})", plain):
        return _bad(text, field, notes, position)
    return Decimal(plain)


def _bad(text: str, field: str, notes: Notes, position: int) -> Decimal | None:
    notes.add(WarningCode.BAD_NUMBER, position, field=field, text=text[:100])
    return None


def day_of(text: str, field: str, notes: Notes) -> date | None:
    """Return the date of a cell: ISO, or with the day first as all of Europe writes it."""
    if not text:
        return None
    try:
        if found := _YEAR_FIRST.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        found = None
    notes.add(WarningCode.BAD_DATE, field=field, text=text[:100])
    return None
