"""Frozen records of what stands on the protocols of service: what was brought, and what came of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from store.domain.costs import Borne, CostKind
from store.domain.papers import PaperParty
from store.domain.repairs import Settlement
from store.domain.terms import Condition
from store.domain.warranty_told import WarrantyTold


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCost:
    """What was spent on a unit while it was in service."""

    serial: str
    kind: CostKind
    text: str
    hours: Decimal | None
    amount: Decimal
    currency: str
    borne: Borne


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """A unit that was brought or handed out."""

    name: str
    sku: str
    serial: str
    condition: Condition
    fault: str
    accessories: str = ""
    warranty_until: date | None = None
    since: date | None = None
    """Of a hand-out: when it was brought."""
    settlement: Settlement | None = None
    outcome: str = ""
    within: str = ""
    """The serial of the unit that it is built into; empty: none."""
    told: WarrantyTold | None = None
    """What the hand-out made of its warranty; None: it stayed as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceProtocol:
    """What somebody brought to us, or gets back: the paper that both sides sign."""

    number: str
    """Printable ASCII: it is the paper's barcode."""
    is_handout: bool
    day: date
    place: str
    """Our location where it happened."""
    service: PaperParty
    customer: PaperParty
    lines: tuple[ServiceLine, ...]
    costs: tuple[ServiceCost, ...] = ()
    reference: str = ""
    remarks: str = ""
    signed_by: str = ""
    """Our operator's name below our box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwappedUnit:
    """One of the two units of a replacement."""

    name: str
    sku: str
    serial: str
    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacementProtocol:
    """A unit was replaced by another one: the paper that both sides sign."""

    number: str
    """Printable ASCII: it is the paper's barcode."""
    day: date
    place: str
    """Our location where it happened."""
    service: PaperParty
    customer: PaperParty
    old: SwappedUnit
    """It comes to us, and is ours."""
    new: SwappedUnit
    complaint: str = ""
    """What was wrong with the old one, as it was told."""
    reason: str = ""
    """Why it is replaced."""
    rental: str = ""
    """The number of the rental that goes on with the new one; empty: it was sold."""
    due: date | None = None
    told: WarrantyTold | None = None
    """The warranty of the new one; None: it has none from the old one."""
    reference: str = ""
    signed_by: str = ""
    """Our operator's name below our box."""
