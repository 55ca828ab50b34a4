"""Pieces that a party has and whose serials are still to be scanned."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class PendingKey(NamedTuple):
    """Where pieces stand in the list of all that waits."""

    party_id: int
    product_id: int
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingPieces:
    """Pieces of one product that one invoice or deal has put with a party."""

    id: int
    party_id: int
    party_code: str
    party_name: str
    product_id: int
    sku: str
    product_name: str
    source: str
    """The number of the invoice."""
    count: Decimal
    """How many serials are to be scanned yet."""
    scanned: Decimal
    since: date
    """The day of the invoice."""
    announced: tuple[str, ...] = ()
    """Serials that the invoice names and nothing has confirmed."""

    @property
    def key(self) -> PendingKey:
        """Where they stand in the list."""
        return PendingKey(self.party_id, self.product_id, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingParty:
    """All that waits at one party."""

    party_id: int
    code: str
    name: str
    count: Decimal
    products: int
    since: date
    """The day of the oldest of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingTotals:
    """All that waits everywhere."""

    count: Decimal
    parties: int
