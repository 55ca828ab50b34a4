"""By what an invoice's goods may be counted already: lines of documents and of deals."""

from decimal import Decimal
from typing import NamedTuple

from store.domain.moves import NOTHING


class CoverKey(NamedTuple):
    """What an invoice's line may be counted by already: the line of a document, or of a deal."""

    id: int
    of_deal: bool = False


class FreeLine(NamedTuple):
    """A line of a document or a deal, and how much of it no invoice has."""

    key: CoverKey
    product_id: int
    free: Decimal
    to_come: Decimal = NOTHING
    """So much of it is not delivered yet."""
