"""Frozen records of deals: what a customer was promised at what price, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from store.domain.errors import RefusalCode, RefusedError
from store.domain.language import N_
from store.domain.records import Location, Party, Product

NOTHING = Decimal()
SERIES = "TR"
"""Numbers of deals: `TR/2026/000001`. Printable ASCII, for they are barcodes on paper."""
CURRENCY = "PLN"
_PIECES = 3
_MONEY = 4
_MOST = Decimal(10) ** 12


class DealState(StrEnum):
    """How far a deal has come."""

    DRAFT = "draft"
    """Made up, and promised to nobody yet."""
    OPEN = "open"
    """Final; nothing was delivered yet."""
    PARTLY = "partly"
    """Something was delivered, and the rest is open."""
    DONE = "done"
    """Nothing is open any more."""
    CANCELLED = "cancelled"
    """Ended before anything was delivered."""

    @property
    def is_open(self) -> bool:
        """Tell whether something is still to be delivered."""
        return self in {DealState.OPEN, DealState.PARTLY}


DEAL_STATES: dict[DealState, str] = {
    DealState.DRAFT: N_("being made"),
    DealState.OPEN: N_("to be delivered"),
    DealState.PARTLY: N_("partly delivered"),
    DealState.DONE: N_("all delivered"),
    DealState.CANCELLED: N_("called off"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDealLine:
    """What a customer is promised of one product."""

    product_id: int
    quantity: Decimal
    unit_price: Decimal | None = None
    """Net, of one piece, in the deal's currency; None: not agreed yet."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeal:
    """A deal to be made."""

    party_id: int
    location_id: int
    """Where the goods are to be taken from."""
    lines: tuple[NewDealLine, ...] = ()
    their_order: str = ""
    """The customer's number, which may stand on invoices."""
    currency: str = CURRENCY
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DealLine:
    """A line of a deal and what became of it, in pieces or the product's own measure."""

    id: int
    position: int
    product: Product
    quantity: Decimal
    unit_price: Decimal | None
    note: str
    planned: Decimal
    """In documents that are still open."""
    delivered: Decimal
    dropped: Decimal
    """Will not be delivered."""
    invoiced: Decimal

    @property
    def open(self) -> Decimal:
        """How much is in no document yet."""
        return self.quantity - self.planned - self.delivered - self.dropped

    @property
    def value(self) -> Decimal | None:
        """Return what the line costs net, or None where no price was agreed."""
        return None if self.unit_price is None else self.unit_price * self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class DealHead:
    """A deal without its lines, as a row of a list."""

    id: int
    number: str
    state: DealState
    party: Party
    location: Location
    their_order: str
    currency: str
    note: str
    reason: str
    """Why the rest is not delivered."""
    made_at: datetime
    made_by: str
    finalised_at: datetime | None
    finalised_by: str | None
    delivered_at: datetime | None
    """When something was delivered the last time."""
    line_count: int
    quantity: Decimal
    delivered: Decimal
    planned: Decimal
    dropped: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DealDocument:
    """A document or an invoice that belongs to a deal."""

    id: int
    kind: str
    """A `DocumentType`, or `sales_invoice`."""
    status: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A deal with its lines, documents and invoices."""

    head: DealHead
    lines: tuple[DealLine, ...]
    documents: tuple[DealDocument, ...] = ()

    @property
    def total(self) -> Decimal:
        """Return what the lines with a price cost net."""
        return sum((line.value or NOTHING for line in self.lines), NOTHING)

    @property
    def goods_open(self) -> bool:
        """Tell whether goods are in no document yet."""
        return any(line.open > 0 and not line.product.is_service for line in self.lines)


def check_line(new: NewDealLine, product: Product) -> None:
    """Raise RefusedError: BAD_QUANTITY for nothing, parts of a piece or too much, BAD_PRICE likewise."""
    quantity, price = new.quantity, new.unit_price
    whole = product.tracking.value == "serial"
    if (
        not quantity.is_finite()
        or not NOTHING < quantity < _MOST
        or _is_finer(quantity, 0 if whole else _PIECES)
    ):
        raise RefusedError(RefusalCode.BAD_QUANTITY, text=str(quantity))
    if price is not None and (
        not price.is_finite() or not NOTHING <= price < _MOST or _is_finer(price, _MONEY)
    ):
        raise RefusedError(RefusalCode.BAD_PRICE, text=str(price))


def check_currency(text: str) -> str:
    """Return a currency's code in capitals. Raises RefusedError(BAD_CURRENCY)."""
    code = text.strip().upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise RefusedError(RefusalCode.BAD_CURRENCY, text=text)
    return code


def _is_finer(value: Decimal, places: int) -> bool:
    scaled = value.scaleb(places)
    return scaled != scaled.to_integral_value()
