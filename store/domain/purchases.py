"""What came from a supplier, at what price, and how it fares since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

HOME_CURRENCY = "PLN"
"""Ours. Amounts in another one stand beside it, and are never added to it."""


class PriceRange(NamedTuple):
    """What a piece cost, from the lowest price to the highest, net."""

    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchasedProduct:
    """All that came of one product from a supplier in a span of time."""

    product_id: int
    sku: str
    product_name: str
    pieces: Decimal
    units: int
    """How many of them have serials."""
    prices: Mapping[str, PriceRange]
    """For a piece, by currency, as the deliveries had it."""
    returned: int
    """Units that went back to a supplier, for good or not."""
    given_back: int
    """Units that customers gave back after a sale, which was undone: by a return or a correction."""
    replaced: int
    """Units that customers had and that were replaced by others."""
    complained: int
    """Units that a complaint was told of."""
    complaints: int
    costs: Mapping[str, Decimal]
    """What their service has cost, by currency."""

    @property
    def lowest_price(self) -> Decimal | None:
        """The lowest price of a piece in our currency; None where none is known."""
        found = self.prices.get(HOME_CURRENCY)
        return found.lowest if found else None

    @property
    def highest_price(self) -> Decimal | None:
        """The highest one."""
        found = self.prices.get(HOME_CURRENCY)
        return found.highest if found else None

    @property
    def returned_share(self) -> Decimal:
        """The share of the units that went back to a supplier, in percent with one decimal place."""
        return _percent(self.returned, self.units)

    @property
    def given_back_share(self) -> Decimal:
        """The share of the units that customers gave back, in percent with one decimal place."""
        return _percent(self.given_back, self.units)

    @property
    def replaced_share(self) -> Decimal:
        """The share of the units that were replaced, in percent with one decimal place."""
        return _percent(self.replaced, self.units)

    @property
    def complained_share(self) -> Decimal:
        """The share of the units with a complaint, in percent with one decimal place."""
        return _percent(self.complained, self.units)

    @property
    def cost_per_unit(self) -> Mapping[str, Decimal]:
        """What the service of a unit has cost on average, by currency."""
        return {
            currency: (amount / self.units).quantize(Decimal("0.01"))
            for currency, amount in self.costs.items()
            if self.units
        }


class PurchaseKey(NamedTuple):
    """Where a line stands among all deliveries of a supplier."""

    document_id: int
    line_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseLine:
    """A line of a posted delivery."""

    key: PurchaseKey
    number: str
    reference: str
    effective_at: datetime
    sku: str
    product_name: str
    pieces: Decimal
    price: Decimal | None
    currency: str = HOME_CURRENCY


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else Decimal("0.0")
