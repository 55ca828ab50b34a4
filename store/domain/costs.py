"""Frozen records of what after-sales work costs, and of the reports over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from store.domain.warranty import Warranty

CENT = Decimal("0.01")


class CostKind(StrEnum):
    """What was paid for."""

    LABOUR = "labour"
    PARTS = "parts"
    TRAVEL = "travel"
    EXTERNAL = "external"


class Borne(StrEnum):
    """Who bears a cost."""

    WARRANTY = "warranty"
    """We do, by the warranty."""
    CHARGED = "charged"
    """The customer pays it."""
    OWN = "own"
    """We do, for something that is ours."""


class CostsBy(StrEnum):
    """What a report sums up by."""

    UNIT = "unit"
    PRODUCT = "product"
    CUSTOMER = "customer"
    CUSTOMER_PRODUCT = "customer-product"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCost:
    """What was spent on an event or on a task: one of the two."""

    event_id: int | None = None
    task_id: int | None = None
    kind: CostKind
    amount: Decimal | None = None
    """At most four decimal places; None: hours times rate."""
    hours: Decimal | None = None
    rate: Decimal | None = None
    currency: str = "PLN"
    borne: Borne | None = None
    """None: who usually bears it, as `usually_borne` says."""
    text: str = ""
    day: date | None = None
    """When; None: the day of the event, or today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One cost, with the names as they were then."""

    id: int
    event_id: int | None
    task_id: int | None
    unit_id: int | None
    kind: CostKind
    text: str
    hours: Decimal | None
    rate: Decimal | None
    amount: Decimal
    """Below zero where it takes an earlier cost back."""
    currency: str
    borne: Borne
    day: date
    holder_name: str
    operator_name: str
    corrects_id: int | None = None
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    """A row of a report: what was spent on somebody or something, in one currency."""

    id: int
    """Of the unit, the product or the customer; of a month its number since year 0."""
    name: str
    more: str = ""
    """The product of a unit or of a customer's row."""
    product_id: int | None = None
    """Of a customer's row by product: which one."""
    currency: str
    warranty: Decimal
    charged: Decimal
    own: Decimal
    count: int

    @property
    def total(self) -> Decimal:
        """Everything, whoever bears it."""
        return self.warranty + self.charged + self.own

    @property
    def ours(self) -> Decimal:
        """What we bear."""
        return self.warranty + self.own


def usually_borne(warranty: Warranty | None, day: date, *, is_with_us: bool) -> Borne:
    """Return who bears what is spent on a unit on a day, unless somebody says otherwise.

    The warranty while it lasts; afterwards the customer, or we for what nobody else has.
    """
    if warranty is not None and warranty.covers(day):
        return Borne.WARRANTY
    return Borne.OWN if is_with_us else Borne.CHARGED


def amount_of(new: NewCost) -> Decimal | None:
    """Return the amount of a cost, in whole cents where it is hours times rate; None: nothing says it."""
    if new.amount is not None:
        return new.amount
    if new.hours is None or new.rate is None:
        return None
    return (new.hours * new.rate).quantize(CENT, ROUND_HALF_UP)


def totals(rows: Sequence[CostRow]) -> tuple[CostRow, ...]:
    """Return the sum of all rows, one for each currency."""
    sums: dict[str, CostRow] = {}
    for row in rows:
        known = sums.get(row.currency)
        sums[row.currency] = CostRow(
            id=0,
            name="",
            currency=row.currency,
            warranty=row.warranty + (known.warranty if known else 0),
            charged=row.charged + (known.charged if known else 0),
            own=row.own + (known.own if known else 0),
            count=row.count + (known.count if known else 0),
        )
    return tuple(sums[currency] for currency in sorted(sums))
