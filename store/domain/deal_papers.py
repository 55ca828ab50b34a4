"""Frozen records of the confirmation of a deal: what stands on paper for the customer."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from store.domain.papers import PaperParty

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedLine:
    """A line of a deal: what was agreed, and what became of it."""

    name: str
    sku: str
    quantity: Decimal
    unit_price: Decimal | None
    """Net; None: not agreed yet."""
    delivered: Decimal
    dropped: Decimal
    """Will not be delivered."""
    note: str = ""

    @property
    def value(self) -> Decimal | None:
        """Return what the line costs net, in whole cents, or None where no price was agreed."""
        if self.unit_price is None:
            return None
        return (self.unit_price * self.quantity).quantize(CENT, ROUND_HALF_UP)

    @property
    def open(self) -> Decimal:
        """Return how much the customer is still to get."""
        return self.quantity - self.delivered - self.dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class DealConfirmation:
    """A deal as its customer gets it confirmed."""

    number: str
    """Printable ASCII: it is the paper's barcode."""
    day: date
    """When it was made final."""
    place: str
    state: str
    """How far it is delivered; marked, to be translated."""
    seller: PaperParty
    customer: PaperParty
    currency: str
    lines: tuple[ConfirmedLine, ...]
    their_order: str = ""
    note: str = ""
    reason: str = ""
    """Why the rest is not delivered."""
    confirmed_by: str = ""

    @property
    def total(self) -> Decimal:
        """Return what the lines with a price cost net: the sum of what stands on paper."""
        return sum((line.value or Decimal(0) for line in self.lines), Decimal(0))
