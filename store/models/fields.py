"""Field types that mean the same on SQLite and on PostgreSQL."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from peewee import BigIntegerField, Field, TextField

from store.models.moments import from_store, to_store

PIECES = 3
"""Decimal places of a quantity."""
MONEY = 4
"""Decimal places of an amount of money, as unit prices have them on invoices."""


class UtcField(Field):
    """A moment. Aware in Python, always UTC in the store, microseconds kept.

    Written as ISO 8601 text of fixed width, which PostgreSQL takes for its TIMESTAMPTZ and SQLite keeps
    as it is, so that texts sort as the moments do. Raises ValueError for a naive datetime.
    """

    field_type = "TIMESTAMPTZ"

    def db_value(self, value: datetime | None) -> str | None:
        """Return the text for the store."""
        return None if value is None else to_store(value)

    def python_value(self, value: Any) -> datetime | None:
        """Return the aware moment in UTC."""
        return None if value is None else from_store(value)


class ScaledField(BigIntegerField):
    """A Decimal kept as a whole number of its smallest step, so that neither database rounds it.

    Raises ValueError for a value with more decimal places than the field keeps.
    """

    def __init__(self, places: int, **options: Any) -> None:
        """Keep `places` decimal places."""
        self.places = places
        super().__init__(**options)

    def db_value(self, value: Decimal | int | None) -> int | None:
        """Return the number of steps."""
        if value is None:
            return None
        scaled = Decimal(value).scaleb(self.places)
        if scaled != scaled.to_integral_value():
            message = f"{self.name}: {value} has more than {self.places} decimal places"
            raise ValueError(message)
        return int(scaled)

    def python_value(self, value: Any) -> Decimal | None:
        """Return the Decimal, without trailing zeros."""
        return None if value is None else unscaled(value, self.places)


def unscaled(steps: int | Decimal, places: int) -> Decimal:
    """Return `steps` of 10**-places as a Decimal without trailing zeros or exponent."""
    value = Decimal(int(steps)).scaleb(-places)
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def quantity_field(**options: Any) -> ScaledField:
    """Return a field for a quantity: pieces, or up to three decimal places of another measure."""
    return ScaledField(PIECES, **options)


def money_field(**options: Any) -> ScaledField:
    """Return a field for an amount of money."""
    return ScaledField(MONEY, **options)


class CodeField(TextField):
    """A member of an enumeration of codes, kept as its text."""

    def __init__(self, codes: type[StrEnum], **options: Any) -> None:
        """Keep members of `codes`."""
        self.codes = codes
        super().__init__(**options)

    def python_value(self, value: Any) -> StrEnum | None:
        """Return the member."""
        return None if value is None else self.codes(value)
