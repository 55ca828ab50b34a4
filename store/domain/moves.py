"""What an invoice moves, as a plan: how many pieces of each line, to whom, and why."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from store.domain.direction import Route, RouteDoubt
from store.domain.invoices import InvoiceLine
from store.domain.terms import Nature, Tracking

NOTHING = Decimal()


class Why(StrEnum):
    """Why a line moves what it moves. `invoice_words` has the sentences."""

    SALE = "sale"
    PURCHASE = "purchase"
    TO_HOLDER = "to_holder"
    """Moves, but nobody said who we are."""
    BY_QUANTITY = "by_quantity"
    """unit: no pieces, so it can never become serial units; a product tracked by quantity takes it"""
    FRACTION = "fraction"
    """quantity: part of a piece, likewise"""
    SERVICE = "service"
    """A service with its validity, nothing in a warehouse."""
    CORRECTION_MORE = "correction_more"
    CORRECTION_LESS = "correction_less"
    # Nothing moves:
    ADVANCE = "advance"
    PRO_FORMA = "pro_forma"
    NO_QUANTITY = "no_quantity"
    ZERO_QUANTITY = "zero_quantity"
    BEFORE_ROW = "before_row"
    """Counted at its row after."""
    SAME_PIECES = "same_pieces"
    """A correction of the price, the rate or the name."""
    PRICE_CUT = "price_cut"
    REBATE = "rebate"
    """Names goods of a rebate."""
    # A person decides:
    NEGATIVE_QUANTITY = "negative_quantity"
    """An ordinary invoice takes something back."""
    DIFFERENCE_LESS = "difference_less"
    """A return, or a price cut with the sign at the quantity."""
    DIFFERENCE_MORE = "difference_more"
    """More pieces, a higher price, or the state after the correction."""
    VALUE_LESS = "value_less"
    """Pieces with a value below zero and no price: returned, or made cheaper."""
    CREDITED = "credited"
    """Returned, or only made cheaper."""
    DEBITED = "debited"
    CHANGED_PRODUCT = "changed_product"
    CHANGED_UNIT = "changed_unit"
    NEGATIVE_BEFORE = "negative_before"
    """The row before is written with a minus: a reversal, or its pieces."""
    UNKNOWN_KIND = "unknown_kind"
    SERIAL_FRACTION = "serial_fraction"
    """A product that goes by serials, in a quantity that is no whole number of pieces."""
    ROUTE = "route"
    """See the doubt of the route."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineProduct:
    """What is known of a line's product once it is matched; without it a line is planned as goods."""

    tracking: Tracking
    nature: Nature
    serial_pattern: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedSerial:
    """A serial that the document may name."""

    text: str
    from_text: bool
    """Found in a name or another field: offered only. Otherwise a field meant for serials names it."""
    fits: bool
    """The product's pattern takes it; without a pattern everything fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMove:
    """What one line does."""

    line: InvoiceLine
    why: Why
    pieces: Decimal = NOTHING
    """Whole pieces that move to the holder; below zero they come back from there."""
    quantity: Decimal = NOTHING
    """What moves by quantity because it counts no pieces, in the line's own unit."""
    waits: bool = False
    """A person must decide first; nothing moves until then."""
    proposed: Decimal = NOTHING
    """What would move if the person agrees."""
    serials: tuple[OfferedSerial, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What a whole document does, a move for each of its lines in their order."""

    route: Route
    moves: tuple[LineMove, ...]

    @property
    def doubt(self) -> RouteDoubt | None:
        """Return why a person must decide where the goods of the whole document go."""
        return self.route.doubt
