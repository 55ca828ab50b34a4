"""Frozen records of what a letter can say: the facts that a company's own templates name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from store.domain.papers import PaperParty
from store.domain.terms import Condition, Terms

MOST_UNITS = 2_000
"""So many units stand in one letter at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterParty:
    """To whom a letter goes."""

    code: str
    name: str
    tax_id: str = ""
    address: str = ""
    """With its line breaks."""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDocument:
    """The document that a letter is about."""

    number: str
    """Printable ASCII: it may stand in the letter as a barcode."""
    day: date
    place: str
    """Our location where it happened."""
    reference: str = ""
    remarks: str = ""
    due: date | None = None
    """When everything on it is to be back."""
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterUnit:
    """A unit in a letter, or a quantity of a product without serials."""

    product: str
    sku: str
    kind: str = ""
    serial: str = ""
    """Empty for a product without serials."""
    inventory: str = ""
    """Our own number of it."""
    quantity: Decimal = Decimal(1)
    condition: Condition | None = None
    accessories: str = ""
    terms: Terms | None = None
    owner: str = ""
    since: date | None = None
    """The day of its last movement."""
    due: date | None = None
    document: str = ""
    """The number of the document by which it went where it is."""
    warranty_until: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    """The days of a service; None: it is none, or it is valid for good."""
    seats: int | None = None
    subject: str = ""
    """What a service is about."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the company's own fields say of it, as people read it, by the code of the field."""

    def days_late(self, today: date) -> int:
        """Return by how many days it is overdue; 0 when it is not."""
        return max((today - self.due).days, 0) if self.due else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """Everything that a letter may name. A section that there is not is None or empty."""

    day: date
    """The day of the letter."""
    company: PaperParty
    party: LetterParty | None = None
    document: LetterDocument | None = None
    operator: str = ""
    units: tuple[LetterUnit, ...] = ()
    fields: frozenset[str] = frozenset()
    """The codes of the company's own fields of units: what may stand after `unit.field.`"""
    unit_ids: tuple[int, ...] = ()
    """Those of its units that have serials: the letter is kept with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRecord:
    """A letter that is to be drawn: its template by name, and all that it may say."""

    name: str
    folder: Path
    """Of the company's own templates."""
    facts: LetterFacts
