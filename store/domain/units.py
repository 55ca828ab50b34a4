"""Frozen records of units: as a row of a list, and as a card with its history."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from store.domain.fields import ListedValue
from store.domain.records import Identifier, Place, Product
from store.domain.services import Validity
from store.domain.terms import Condition, DocumentType, Terms
from store.domain.unit_filters import UnitKey


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSummary:
    """A unit as a row of a list."""

    id: int
    serial: str
    sku: str
    product_name: str
    place_name: str
    """Empty when the unit is written off."""
    terms: Terms
    party_code: str | None = None
    """Of the customer or the supplier at whose place it is; None: it is at a place of ours, or at none."""
    is_near: bool = False
    """It was found by a number that only comes near what was asked for."""
    sold_at: datetime | None = None
    """When it was sold last in the period that was asked for, if one was."""
    valid_until: date | None = None
    """The last day of a service; None: it is none, or it is valid for good."""
    values: tuple[ListedValue, ...] = ()
    """What it has in those fields of its kind that are to be shown on lists, in their order."""

    @property
    def key(self) -> UnitKey:
        """Where it stands among all that were found."""
        return UnitKey(self.id, self.sold_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One row of the ledger, with the names as they were then."""

    id: int
    document_id: int
    document_type: DocumentType
    document_number: str
    from_name: str
    """The supplier, when the unit was born by a delivery."""
    from_terms: Terms | None
    to_name: str
    to_terms: Terms
    owner_name: str
    operator_name: str
    terminal_name: str
    quantity: Decimal
    effective_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPaper:
    """A posted document that a unit went by."""

    document_id: int
    type: DocumentType
    number: str
    reference: str
    party_name: str
    posted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCard:
    """Everything about one unit: what it is, where, whose, on which terms; its movements, newest first."""

    id: int
    serial: str
    product: Product
    place: Place | None
    owner_name: str
    owner_is_us: bool
    terms: Terms
    condition: Condition
    identifiers: tuple[Identifier, ...]
    warranty_from: date | None
    warranty_until: date | None
    movements: tuple[Movement, ...]
    validity: Validity | None = None
    """The terms of a service; None: it is none."""
    is_foreign: bool = False
    """It was never ours: a customer brought it for service."""
