"""Frozen records of the master data: what operations and queries hand out instead of models."""

from dataclasses import dataclass
from datetime import datetime

from store.domain.language import Language
from store.domain.roles import Role
from store.domain.terms import IdentifierType, Nature, PlaceKind, Tracking


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A customer, a supplier, both, or our own company."""

    id: int
    code: str
    name: str
    place_id: int
    tax_id: str = ""
    is_customer: bool = False
    is_supplier: bool = False
    is_own: bool = False
    address: str = ""
    email: str = ""
    """One address or several, parted by blanks."""
    language: Language | None = None
    """In which they are written to; None: in that of the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """One of our warehouses, vans or benches."""

    id: int
    code: str
    name: str
    place_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a unit can be: a location or a party, under one id."""

    id: int
    kind: PlaceKind
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """A person who signs in. Secrets never leave the store."""

    id: int
    code: str
    name: str
    role: Role
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """Where somebody works; its location and its printers follow from it."""

    id: int
    code: str
    name: str
    location: Location
    printer: str = ""
    """The print queue of papers; empty: that of the configuration."""
    label_printer: str = ""
    """The print queue of labels; empty: that of the configuration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What a unit is: a model with its SKU and the GTINs on its boxes."""

    id: int
    sku: str
    name: str
    kind_id: int
    kind_name: str
    nature: Nature
    tracking: Tracking
    warranty_months: int = 0
    serial_pattern: str | None = None
    gtins: tuple[str, ...] = ()
    """14 digits each."""

    @property
    def is_service(self) -> bool:
        """Tell whether it never lies in a warehouse."""
        return self.nature is Nature.SERVICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A further number of a unit."""

    type: IdentifierType
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something, where and when: every write has one."""

    operator: Operator
    terminal: Terminal
    at: datetime
    """The moment of the deed, timezone-aware UTC."""
