"""What every tab of a unit's card is."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, NamedTuple

from store.domain.units import UnitCard


class Part(NamedTuple):
    """A page of a tab."""

    items: Sequence[Any]
    next: Any = None
    """Where the next page begins; None: this is the last one."""


class Tab:
    """One tab. A further one is a class of its own, and a member of `TABS`."""

    TITLE: ClassVar[str] = ""
    """Marked for translation."""
    FILTERS: ClassVar[Sequence[tuple[str, Any]]] = ()
    """What F4 narrows it to, one after the other: the words, marked for translation, and the value."""

    def read(self, card: UnitCard, after: Any, narrowed: Any) -> Part:
        """Return the page that begins at `after`; None: the first one. It runs in the lane."""
        raise NotImplementedError

    def rows(self, card: UnitCard, items: Sequence[Any], today: date) -> list[str]:
        """Return what the page says; rows that begin with blanks belong to the one before."""
        raise NotImplementedError
