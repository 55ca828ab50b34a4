"""Frozen records of what is lent: until when, to whom, how it was and how it came back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from store.domain.errors import RefusalCode, RefusedError
from store.domain.terms import Condition, Terms


class BackAs(StrEnum):
    """Why a sold piece comes back. It decides whose it is then."""

    COMPLAINT = "complaint"
    """It stays the customer's, and is with us to be mended or replaced."""
    WITHDRAWAL = "withdrawal"
    """The sale is undone: it is ours again."""
    SERVICE = "service"
    """It stays the customer's, and is with us for a repair or an inspection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """How long something is lent: to a day, or open-ended with a day on which to ask again."""

    due: date | None = None
    ask_again: date | None = None

    @property
    def day(self) -> date:
        """The day on which somebody has to do something. Raises ValueError when there is none."""
        day = self.due or self.ask_again
        if day is None:
            message = "neither due nor to be asked again"
            raise ValueError(message)
        return day

    def days_late(self, today: date) -> int:
        """Return how many days ago it was due; nothing open-ended is ever late."""
        return max(0, (today - self.due).days) if self.due is not None else 0

    def asked_since(self, today: date) -> int:
        """Return how many days ago the holder of something open-ended should have been asked."""
        return max(0, (today - self.ask_again).days) if self.ask_again is not None else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RentalTerms:
    """What a rental's head has beside a document's."""

    until: Until
    purpose: str = ""
    deposit: Decimal | None = None
    """Money that the customer leaves with us."""
    daily_rate: Decimal | None = None
    """Money for a day, for everything on the rental together."""


def check_until(until: Until, today: date) -> None:
    """Raise RefusedError: DUE_NEEDED unless there is one day, DUE_PAST when it is before `today`."""
    if (until.due is None) == (until.ask_again is None):
        raise RefusedError(RefusalCode.DUE_NEEDED)
    if until.day < today:
        raise RefusedError(RefusalCode.DUE_PAST, day=until.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """What a rental lent to somebody: one unit, or pieces without serials."""

    id: int
    document_id: int
    number: str
    """Of the rental."""
    party_id: int
    party_name: str
    product_name: str
    unit_id: int | None
    serial: str | None
    quantity: Decimal
    since: datetime
    until: Until
    condition: Condition | None
    """When it was handed out; None for pieces without serials."""
    accessories: str
    """What went with it, as noted then."""
    returned_at: datetime | None = None
    returned_number: str | None = None
    """Of the return."""
    returned_condition: Condition | None = None
    returned_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A loan was given another day."""

    loan_id: int
    serial: str | None
    before: Until
    after: Until
    reason: str
    operator: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Giver:
    """Who gives pieces without serials back: a party, or what it has under one rental or on some terms."""

    party_id: int
    document_id: int | None = None
    """The rental; None: the party's rentals in the order in which they are due."""
    name: str
    """The party's, or the rental's number."""
    terms: Terms | None = None
    """Of which of its pieces, where it has some on several terms; None: nobody said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPieces:
    """Pieces without serials that a party has: under one rental, on consignment, or sold."""

    party_id: int
    party_name: str
    terms: Terms = Terms.RENTED
    loan_id: int | None = None
    """None: they were not lent."""
    document_id: int | None = None
    """The rental."""
    left: Decimal
    """What is there, less what open documents have scanned of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What one party has of a product without serials on some terms: one of several that may come back."""

    party_id: int
    party_name: str
    terms: Terms
    left: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class BackPart:
    """So many pieces without serials that come back: of one loan, or from a party's goods on some terms."""

    quantity: Decimal
    loan_id: int | None = None
    giver_id: int | None = None
    """The party; None: the loan says whose."""
    giver_terms: Terms | None = None


def holdings_of(pieces: Iterable[OpenPieces]) -> tuple[Holding, ...]:
    """Sum `pieces` up by who has them and on which terms, in their order."""
    found: dict[tuple[int, Terms], Holding] = {}
    for each in pieces:
        before = found.get((each.party_id, each.terms))
        found[each.party_id, each.terms] = Holding(
            party_id=each.party_id,
            party_name=each.party_name,
            terms=each.terms,
            left=each.left + (before.left if before else 0),
        )
    return tuple(found.values())


def share(pieces: Iterable[OpenPieces], quantity: Decimal) -> tuple[BackPart, ...]:
    """Take `quantity` off `pieces`, in their order; less where they are fewer."""
    parts = []
    for each in pieces:
        taken = min(quantity, each.left)
        if taken <= 0:
            continue
        is_lent = each.loan_id is not None
        parts.append(
            BackPart(
                quantity=taken,
                loan_id=each.loan_id,
                giver_id=None if is_lent else each.party_id,
                giver_terms=None if is_lent else each.terms,
            )
        )
        quantity -= taken
    return tuple(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """Money that a customer left for a rental of which everything has come back."""

    number: str
    """Of the rental."""
    party_name: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunReturn:
    """A return that was opened with chosen units."""

    document_id: int
    taken: int
    left: int
    """Chosen units that nobody has, that were sold and not said why, or that another document has taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingBack:
    """A scanned piece of a return: who had it, under what, and what was noted of it."""

    scan_id: int
    what: str
    """The serial, or the product of pieces without one."""
    product_id: int
    holder: str
    holder_id: int | None = None
    """The party that had it."""
    has_serial: bool = True
    """Pieces without one have no condition of their own: what is noted of them stands on the paper."""
    terms: Terms
    """On which it was there."""
    number: str = ""
    """Of the rental; empty when it was not lent."""
    back_as: BackAs | None = None
    """Why a sold unit comes back."""
    until: Until | None = None
    accessories: str = ""
    """What went with it."""
    was: Condition | None = None
    condition: Condition | None = None
    """What was found now; None: as it was."""
    note: str = ""
