"""What the cell of a list means, or why it cannot."""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from store.domain.lists import NO, YES, Row

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

PARTY_ROLES = {"customer": (True, False), "supplier": (False, True), "both": (True, True)}
"""What `role` of a party may be: whether it is a customer, and whether a supplier."""
OWN = "own"
"""The role of our own company: it is nobody's customer, and there is one."""
LAST = 9_999
"""The last position."""
LONGEST = 1200
"""Months."""
MOST = 1_000_000
"""Seats, and hours or kilometres of a meter between two services."""
LONGEST_NUMBER = 20
"""Digits; Python itself reads no number of thousands."""
_AMOUNT = re.compile(r"\d{1,7}(\.\d{1,3})?", re.ASCII)
_SAID = {YES: True, NO: False, "1": True, "0": False, "tak": True, "nie": False, "true": True, "false": False}


class WrongCellError(ValueError):
    """A column does not hold what it may."""

    def __init__(self, column: str, allowed: str) -> None:
        """Say what `column` may hold."""
        super().__init__(column, allowed)
        self.column, self.allowed = column, allowed


def named(model: Any, row: Row, column: str) -> int:
    """Return the id of what `column` names by its code."""
    found = model.get_or_none(model.code == row[column])
    if found is None:
        known = [each.code for each in model.select(model.code).order_by(model.code).limit(20)]
        raise WrongCellError(column, ", ".join(known))
    return int(found.id)


def member(kind: type[E], row: Row, column: str, default: E | None = None) -> E:
    """Return the member of an enumeration that `column` holds."""
    text = row.get(column) or (default.value if default is not None else "")
    return kind(one_of({each.value: each.value for each in kind}, text, column))


def months(row: Row, column: str = "warranty_months") -> int:
    """Return the months that `column` says; 0 where it says nothing."""
    return whole(row, column, 0, LONGEST) or 0


def count(row: Row, column: str) -> int | None:
    """Return the whole number from 1 on that `column` says; None where it says nothing."""
    return whole(row, column, 1, MOST)


def whole(row: Row, column: str, least: int, most: int) -> int | None:
    """Return the whole number between two that `column` says; None where it says nothing."""
    text = row.get(column) or ""
    digits = text if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else ""
    if text and not (digits and least <= int(digits) <= most):
        raise WrongCellError(column, f"{least}-{most}")
    return int(text) if text else None


def amount(row: Row, column: str) -> Decimal | None:
    """Return the quantity above zero, with three decimal places at most, that `column` says."""
    text = (row.get(column) or "").replace(",", ".").replace(" ", "")
    if not text:
        return None
    if not _AMOUNT.fullmatch(text) or not 0 < Decimal(text) <= MOST:
        raise WrongCellError(column, f"0.001-{MOST}")
    return Decimal(text)


def flag(row: Row, column: str, *, default: bool = False) -> bool:
    """Return whether `column` says yes."""
    text = row.get(column, "").lower()
    if not text:
        return default
    return one_of(_SAID, text, column, f"{YES}, {NO}")


def one_of(known: Mapping[str, T], text: str, column: str, allowed: str = "") -> T:
    """Return what a text stands for."""
    if text not in known:
        raise WrongCellError(column, allowed or ", ".join(known))
    return known[text]
