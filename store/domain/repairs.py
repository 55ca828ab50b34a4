"""Units in service: how one is taken in, what came of it, and the record of one that is here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.domain.loans import BackAs
from store.domain.terms import Terms


class TakenAs(StrEnum):
    """Why a unit is brought."""

    COMPLAINT = "complaint"
    """It is complained of under warranty or by law; the complaint stays open until it is settled."""
    SERVICE = "service"
    """A service that the customer pays."""


class Settlement(StrEnum):
    """What came of a unit in service. It decides what becomes of the warranty."""

    ESSENTIAL = "essential"
    """Repaired under warranty, and the repair was an essential one."""
    MINOR = "minor"
    """Repaired under warranty, by a repair that was not essential."""
    PAID = "paid"
    """The customer pays."""
    NONE = "none"
    """Goes back as it came: nothing found, refused, or not to be repaired."""
    REPLACED = "replaced"
    """The customer gets another unit for it."""


HANDED_OUT = (Settlement.ESSENTIAL, Settlement.MINOR, Settlement.PAID, Settlement.NONE)
"""What can come of a unit that is handed out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What is told of a piece that is brought."""

    fault: str
    """What is wrong with it, as the customer says."""
    taken_as: TakenAs = TakenAs.COMPLAINT
    accessories: str = ""
    """What came with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A unit that is in service, or was."""

    id: int
    unit_id: int
    serial: str
    product_name: str
    party_id: int
    party_name: str
    """Who brought it, and gets it back."""
    since: datetime
    place_name: str
    """Where it is now."""
    back_terms: Terms
    """On which terms it was before, and will be again."""
    fault: str
    accessories: str
    event_id: int | None
    """The complaint that it came with."""
    number: str
    """Of the document by which it came."""
    ended_at: datetime | None = None
    settlement: Settlement | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedPiece:
    """A piece of an intake or a hand-out that is open, and what is told of it so far."""

    scan_id: int
    unit_id: int | None
    """None: it is taken in as a new unit of the customer's."""
    serial: str
    product_name: str
    fault: str
    """Of a hand-out: what was wrong."""
    taken_as: TakenAs | None = None
    back_as: BackAs | None = None
    """Of a return: why it comes back, if it was sold."""
    note: str = ""
    """What came with it; of a hand-out: what was done."""
    settlement: Settlement | None = None
    since: datetime | None = None
    """Of a hand-out: when it came."""
    is_under_warranty: bool = False
    """On the day on which it came."""
