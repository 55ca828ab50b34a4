"""What has moved the goods of an invoice already, or is to: documents and deals, and how that is known."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from store.domain.covers import FreeLine
from store.domain.terms import DocumentStatus, DocumentType


class LinkWhy(StrEnum):
    """Why goods are taken for those of a document or a deal. `received_words` has the words."""

    SERIALS = "serials"
    """The serials that the invoice names went there by it."""
    NAMED = "named"
    """The invoice names it."""
    SAID = "said"
    """A person said so."""
    NEAR = "near"
    """The party got the same products shortly before, and no invoice has them: there is no surer sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameGoods:
    """A document or a deal with the same party and goods, of which some are not on any invoice yet."""

    id: int
    type: DocumentType
    """`DEAL` is the deal itself."""
    status: DocumentStatus
    name: str
    """Its number, or its reference while it is open."""
    opened_at: datetime
    lines: tuple[FreeLine, ...]
    why: LinkWhy = LinkWhy.NEAR
    """Why it is taken for the same goods, or would be."""

    @property
    def explicit(self) -> bool:
        """Tell whether the invoice names it, or a person said that it is the same."""
        return self.why in {LinkWhy.NAMED, LinkWhy.SAID}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A document or a deal with which an invoice is counted once: of how many pieces, and why."""

    type: DocumentType
    """`DEAL` is the deal itself."""
    name: str
    day: date
    quantity: Decimal
    why: LinkWhy
