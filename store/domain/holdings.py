"""What a party has of us and what we have of it: by product, and piece by piece."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from store.domain.fields import ListedValue
from store.domain.terms import Condition, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingGroup:
    """All that a party has of one product."""

    product_id: int
    sku: str
    product_name: str
    kind_id: int
    kind_name: str
    by_terms: Mapping[Terms, Decimal]
    """Pieces, those without serials included, by the terms on which they are there."""
    units: int
    """How many of them have serials."""
    under_warranty: int
    """How many of those with serials have a warranty that is in force."""
    pending: Decimal = Decimal(0)
    """How many of the pieces wait for their serials."""
    plain: Decimal = Decimal(0)
    """How many are the party's own without serials, and could be given some."""
    lots: int = 0
    """In how many rows its pieces without serials stand that wait for none: by place, owner and terms."""
    open_tasks: int = 0
    open_complaints: int = 0

    @property
    def pieces(self) -> Decimal:
        """All pieces together."""
        return sum(self.by_terms.values(), Decimal(0))

    @property
    def rows(self) -> int:
        """In how many rows it stands, piece by piece."""
        return self.units + self.lots + (1 if self.pending else 0)


class HeldKey(NamedTuple):
    """Where a row stands among all that a party has."""

    product_id: int
    id: int
    """Of a unit its own; what has no serial stands before the units, from 0 downwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldUnit:
    """A unit that a party has, or that is its own and elsewhere."""

    id: int
    serial: str
    product_id: int
    sku: str
    product_name: str
    kind_name: str
    terms: Terms
    condition: Condition
    place_name: str
    is_elsewhere: bool
    """It is not at the party: in service, or the party's own and held, borrowed, or rented to another."""
    since: datetime
    """When it came where it is, or where it is between its services with us: these do not interrupt it."""
    warranty_until: date | None
    valid_until: date | None = None
    """The last day of a service; None: no service, or for good."""
    repair_since: datetime | None = None
    """When it came into service with us; None: it is not there."""
    open_tasks: int = 0
    open_complaints: int = 0
    values: tuple[ListedValue, ...] = ()
    """What it has in those fields of its kind that are to be shown on lists, in their order."""

    @property
    def key(self) -> HeldKey:
        """Where it stands in the list."""
        return HeldKey(self.product_id, self.id)

    @property
    def lasts_until(self) -> date | None:
        """The last day of a service, or of a warranty; None: neither ends."""
        return self.valid_until or self.warranty_until


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPieces:
    """Pieces of a product without serials, by where and on which terms they are: before its units."""

    product_id: int
    slot: int
    """Where they stand in the product: 0 waits for serials, what is below it is followed by quantity."""
    sku: str
    product_name: str
    kind_name: str
    terms: Terms
    place_name: str
    is_elsewhere: bool
    """They are the party's own and not at the party."""
    count: Decimal

    @property
    def key(self) -> HeldKey:
        """Where they stand in the list."""
        return HeldKey(self.product_id, self.slot)

    @property
    def is_pending(self) -> bool:
        """Tell whether their serials are still to be scanned."""
        return self.slot == 0


HeldRow: TypeAlias = HeldUnit | HeldPieces


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPart:
    """What of all that a party has is asked for: everything, a product, or a kind."""

    product_id: int | None = None
    kind_id: int | None = None


EVERYTHING = HeldPart()


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """All groups of a party, by kind and product."""

    groups: tuple[HoldingGroup, ...]
    by_terms: Mapping[Terms, Decimal] = field(default_factory=dict)
    open_tasks: int = 0
    open_complaints: int = 0

    @classmethod
    def of(cls, groups: tuple[HoldingGroup, ...], *, tasks: int = 0, complaints: int = 0) -> "Holdings":
        """Add the groups up."""
        by_terms: dict[Terms, Decimal] = {}
        for group in groups:
            for terms, pieces in group.by_terms.items():
                by_terms[terms] = by_terms.get(terms, Decimal(0)) + pieces
        ordered = {terms: by_terms[terms] for terms in Terms if terms in by_terms}
        return cls(groups=groups, by_terms=ordered, open_tasks=tasks, open_complaints=complaints)

    @property
    def units(self) -> int:
        """All units with serials."""
        return sum(group.units for group in self.groups)

    @property
    def kinds(self) -> frozenset[int]:
        """The ids of the kinds of all that there is."""
        return frozenset(group.kind_id for group in self.groups)

    @property
    def in_service(self) -> Decimal:
        """All pieces that are with us for service."""
        return self.by_terms.get(Terms.SERVICE, Decimal(0))

    @property
    def pending(self) -> Decimal:
        """All pieces that wait for their serials."""
        return sum((group.pending for group in self.groups), Decimal(0))

    @property
    def pieces(self) -> Decimal:
        """All pieces, those without serials included."""
        return sum(self.by_terms.values(), Decimal(0))

    @property
    def under_warranty(self) -> int:
        """All units whose warranty is in force."""
        return sum(group.under_warranty for group in self.groups)
