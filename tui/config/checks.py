"""What a value must be beyond its type: a table of rules, each with the words that say it."""

import logging
import string
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from store.domain.language import N_, _

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A rule about a value of the right type."""

    holds: Callable[[Any], bool]
    allowed: str
    """Marked for translation."""

    def words(self) -> str:
        """Return what is allowed, in the language in force."""
        return _(self.allowed)


def _is_number_format(text: str) -> bool:
    """Tell whether `text` makes a number of a document that differs from all others and fits a barcode."""
    try:
        names = {
            name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name is not None
        }
        made = text.format(year=2026, number=123456)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        log.debug("no format of a number: %s", error)
        return False
    return names == {"year", "number"} and made.isascii() and made.isprintable() and len(made) <= 32


def _between(low: int, high: int) -> Check:
    return Check(holds=lambda value: low <= value <= high, allowed=_range_words(low, high))


def _range_words(low: int, high: int) -> str:
    return f"{low}-{high}"


_NUMBER_FORMAT = Check(
    holds=_is_number_format,
    allowed=N_("ASCII with {year} and {number}, at most 32 characters when filled in"),
)
_STORE = Check(
    holds=lambda text: (
        bool(text) and ("://" not in text or text.split("://")[0] in {"sqlite", "postgresql", "postgres"})
    ),
    allowed=N_("a file, sqlite:///FILE or postgresql://HOST/NAME"),
)

CHECKS: dict[str, Check] = {
    "store": _STORE,
    "numbers.delivery": _NUMBER_FORMAT,
    "numbers.issue": _NUMBER_FORMAT,
    "log.megabytes": _between(1, 1000),
    "log.files": _between(1, 100),
}
