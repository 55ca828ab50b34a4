"""Frozen records of what stands on the protocol of a stocktake."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from store.domain.papers import PaperParty
from store.domain.stocktake import DifferenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """A product that was on record or was counted."""

    name: str
    sku: str
    on_record: Decimal
    """When it was compared, what came and went meanwhile included."""
    counted: Decimal

    @property
    def difference(self) -> Decimal:
        """Counted less on record, in pieces."""
        return self.counted - self.on_record


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """A piece that was not as the record said, or some of a product without serials."""

    name: str
    sku: str
    serial: str
    quantity: Decimal
    kind: DifferenceKind
    where: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StocktakeProtocol:
    """A posted count of one of our locations."""

    number: str
    """Printable ASCII: it is the paper's barcode."""
    day: date
    company: PaperParty
    place: str
    begun_at: datetime
    posted_at: datetime
    lines: tuple[CountLine, ...]
    rows: tuple[CountRow, ...]
    counters: tuple[str, ...]
    """Who scanned, by name."""
    posted_by: str
    reference: str = ""
