"""What units are looked for by: a part of a number, and everything that narrows it down."""

from dataclasses import dataclass
from datetime import date, datetime

from store.domain.fields import Field
from store.domain.records import Party, Product


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtDocument:
    """A posted document by which units went."""

    id: int
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFilter:
    """What a unit must be to be found; nothing of it is asked where it is empty."""

    text: str = ""
    """Any part of any of its numbers."""
    product: Product | None = None
    party: Party | None = None
    """Who has it, or whose it is while it is elsewhere."""
    document: SoughtDocument | None = None
    field: Field | None = None
    value: str = ""
    """What it has in `field`: of texts and references the beginning is enough, of several choices one; empty:
    anything at all."""
    sold_first: date | None = None
    sold_last: date | None = None
    """It was sold from the one day to the other, both included, wherever it is now."""
    under_warranty: bool = False
    open_complaint: bool = False

    @property
    def is_sold(self) -> bool:
        """Tell whether it matters when a unit was sold."""
        return self.sold_first is not None or self.sold_last is not None

    @property
    def narrows(self) -> bool:
        """Tell whether anything is asked but the text."""
        return self.is_sold or self.under_warranty or self.open_complaint or self._names_something

    @property
    def _names_something(self) -> bool:
        return any(each is not None for each in (self.product, self.party, self.document, self.field))


@dataclass(frozen=True, slots=True)
class UnitKey:
    """Where a unit stands among those that are found: by its last sale in the period, else by its id."""

    id: int
    sold_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """How far what was found has been shown: that many of the first, the last one, that many near ones."""

    first: int = 0
    last: UnitKey | None = None
    near: int = 0
