"""Frozen records of what stands on the papers of lending: protocols, and lists of who has what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from store.domain.fields import ListedValue
from store.domain.language import Language
from store.domain.loans import BackAs, Deposit
from store.domain.papers import PaperParty
from store.domain.terms import Condition, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class LentLine:
    """A unit on a rental protocol, or pieces of a product without serials."""

    name: str
    sku: str
    serial: str = ""
    quantity: Decimal = Decimal(1)
    condition: Condition | None = None
    """When it was handed over; None for pieces without serials."""
    accessories: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RentalProtocol:
    """What somebody is lent: the paper that both sides sign."""

    number: str
    """Printable ASCII: it is the paper's barcode."""
    day: date
    place: str
    """Our location where it is handed over."""
    lender: PaperParty
    borrower: PaperParty
    lines: tuple[LentLine, ...]
    due: date | None = None
    """When it is to be back; None: open-ended."""
    ask_again: date | None = None
    """Of something open-ended: when we ask again."""
    purpose: str = ""
    deposit: Decimal | None = None
    daily_rate: Decimal | None = None
    """Money for a day, for everything on the protocol together."""
    reference: str = ""
    remarks: str = ""
    handed_over_by: str = ""
    """The name below the lender's box; empty: whoever signs."""
    terms: Mapping[Language, str] = field(default_factory=dict)
    """The company's own terms, parted by line breaks; where one is missing, the program's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackLine:
    """A unit that came back, or pieces of a product without serials."""

    name: str
    sku: str
    serial: str = ""
    quantity: Decimal = Decimal(1)
    rental: str = ""
    """The number of the rental that ends with it; empty: it was not lent."""
    back_as: BackAs | None = None
    """Why it comes back, when it was sold."""
    is_consigned: bool = False
    """It comes back from consignment."""
    due: date | None = None
    days_late: int = 0
    condition: Condition | None = None
    accessories: str = ""
    """What went with it."""
    note: str = ""
    """What was found: what is missing or broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackFrom:
    """One who gave something back, with what."""

    party: PaperParty
    lines: tuple[BackLine, ...]
    deposits: tuple[Deposit, ...] = ()
    """To be given back: nothing more is out under their rentals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnProtocol:
    """What came back; each who gave something back has pages of their own, to be signed and taken along."""

    number: str
    """Printable ASCII: it is the paper's barcode."""
    day: date
    place: str
    """Our location where it came back."""
    receiver: PaperParty
    givers: tuple[BackFrom, ...]
    remarks: str = ""
    received_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    """A unit of a customer's holdings, or pieces of a product without serials."""

    name: str
    sku: str
    serial: str = ""
    quantity: Decimal = Decimal(1)
    terms: Terms
    since: date | None = None
    due: date | None = None
    """When it is to come back, or the last day of a service."""
    document: str = ""
    """By which it went there."""
    place: str = ""
    """Where it is, where that is not at the customer: with us in service, above all."""
    values: tuple[ListedValue, ...] = ()
    """What it has in the fields that are shown on lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingsList:
    """Everything that a customer has."""

    day: date
    company: PaperParty
    code: str
    """The customer's; a barcode where it is printable ASCII."""
    customer: PaperParty
    lines: tuple[HeldLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutLine:
    """A unit that is out, or pieces of a product without serials."""

    name: str
    sku: str
    serial: str = ""
    quantity: Decimal = Decimal(1)
    document: str = ""
    since: date | None = None
    due: date | None = None
    """None: open-ended."""
    days_late: int = 0
    value: Decimal | None = None
    """Money at risk; None: not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutWith:
    """A customer with what they have out."""

    code: str
    name: str
    lines: tuple[OutLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreturnedList:
    """Who has what of ours, by customer."""

    day: date
    company: PaperParty
    selection: str = ""
    """What was selected, in words: empty for everything."""
    customers: tuple[OutWith, ...]
