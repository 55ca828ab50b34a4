"""What a stocktake finds to differ from the record, what it does about it, and why it may be so.

A scan is a witness of its moment, and so is every row of the ledger: the later of them is believed. Opening
a count notes what the record has at the place. A unit is missing when it was there then, has not moved on
record since, and was not scanned. One that was scanned differs only while it has not moved on record since.
So whatever comes or goes while people count is no difference, whether they saw it before, after, or not.

Pieces without serials are compared with the record of the moment at which their counting began; what came or
went between the first and the last of their scans may have been seen or not, and both are believed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from store.domain.language import N_


class NoticeCode(StrEnum):
    """What is told of a piece that was counted. `screens.stocktake_words` has the words."""

    SURPLUS = "surplus"
    """No record knows it."""
    ELSEWHERE = "elsewhere"
    """place"""
    AWAY = "away"
    """place, terms, since: a customer or supplier has it on record"""
    WRITTEN_OFF = "written_off"
    PACKED = "packed"
    """document, operator, at: an open document has it"""
    RESERVED = "reserved"
    """party, begins, ends"""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that is told of a counted piece, with the data of the sentence."""

    code: NoticeCode
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


class DifferenceKind(StrEnum):
    """How what was counted differs from the record."""

    MISSING = "missing"
    """On record here, and not found."""
    SURPLUS = "surplus"
    """Found, and on no record."""
    ELSEWHERE = "elsewhere"
    """Found, and on record at another location of ours."""
    WRITTEN_OFF = "written_off"
    """Found, and on record as written off."""
    LESS = "less"
    """Fewer pieces of a product without serials than on record."""
    MORE = "more"
    AWAY = "away"
    """Found, and on record with somebody else: it comes back by its own document."""
    PACKED = "packed"
    """Not as on record, but scanned into a document that is still open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceForm:
    """What is particular to one kind of difference. Its texts are marked, to be translated when shown."""

    name: str
    posts: bool = True
    """It changes the record, and needs a reason."""
    reasons: tuple[str, ...] = ()
    """To choose from."""


_GONE = (N_("Lost"), N_("Stolen"), N_("Destroyed"), N_("Handed out without a document"))
_HERE = (N_("Taken in without a document"), N_("Wrong number on record"), N_("Found again"))

DIFFERENCES: Mapping[DifferenceKind, DifferenceForm] = {
    DifferenceKind.MISSING: DifferenceForm(name=N_("missing"), reasons=_GONE),
    DifferenceKind.SURPLUS: DifferenceForm(name=N_("too many"), reasons=_HERE),
    DifferenceKind.ELSEWHERE: DifferenceForm(
        name=N_("elsewhere on record"),
        reasons=(N_("Moved without a document"), N_("Put in the wrong place")),
    ),
    DifferenceKind.WRITTEN_OFF: DifferenceForm(
        name=N_("written off on record"), reasons=(N_("Found again"), N_("Written off by mistake"))
    ),
    DifferenceKind.LESS: DifferenceForm(
        name=N_("too few"), reasons=(N_("Used up"), N_("Counted wrongly before"), *_GONE)
    ),
    DifferenceKind.MORE: DifferenceForm(
        name=N_("more than on record"), reasons=(N_("Counted wrongly before"), *_HERE)
    ),
    DifferenceKind.AWAY: DifferenceForm(name=N_("with somebody on record"), posts=False),
    DifferenceKind.PACKED: DifferenceForm(name=N_("in an open document"), posts=False),
}
"""In the order of the list. What is not posted is told, and is nobody's loss."""

POSTED = frozenset(kind for kind, form in DIFFERENCES.items() if form.posts)
"""Kinds that change the record."""
OF_UNITS = POSTED - {DifferenceKind.LESS, DifferenceKind.MORE}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountDifference:
    """A piece, or some of a product without serials, that is not as the record says."""

    id: int
    kind: DifferenceKind
    product_id: int
    product_name: str
    unit_id: int | None
    serial: str
    """Empty for pieces without serials."""
    quantity: Decimal
    where: str
    """Where it is on record, or which open document has it; empty: here, or nowhere."""
    reason: str

    @property
    def needs_reason(self) -> bool:
        """Tell whether it keeps the count from being posted."""
        return DIFFERENCES[self.kind].posts and not self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """How many differences of a kind there are."""

    kind: DifferenceKind
    lines: int
    without_reason: int
    """Always zero where none is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSummary:
    """A count as a whole."""

    opened_at: datetime
    on_record: int
    """Units that lay at the place when the count was opened."""
    counted: int
    """Units that were scanned."""
    kinds: tuple[KindCount, ...]
    """Those that there are, in the order of the list."""

    @property
    def posts(self) -> bool:
        """Tell whether posting changes the record."""
        return any(DIFFERENCES[each.kind].posts for each in self.kinds)

    @property
    def without_reason(self) -> int:
        """How many differences still need a reason."""
        return sum(each.without_reason for each in self.kinds)
