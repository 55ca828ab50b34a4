"""One allowed change of place, owner and terms: a row of the table in `transitions`."""

from dataclasses import dataclass
from enum import StrEnum

from store.domain.loans import BackAs
from store.domain.terms import DocumentType, Terms

USED = frozenset({Terms.SOLD, Terms.RENTED, Terms.CONSIGNED, Terms.BORROWED})
"""On which terms somebody has a unit to use it."""


class Side(StrEnum):
    """A place or an owner, named by the part it plays in the document."""

    NOWHERE = "nowhere"
    """The unit is not known yet (or is gone for good)."""
    HERE = "here"
    """The document's own location."""
    TARGET = "target"
    """The other location of ours to which the document goes."""
    PARTY = "party"
    """The document's supplier or customer."""
    HOLDER = "holder"
    """Any party that has it, where the document is with nobody in particular."""
    US = "us"
    """Our company, as an owner."""
    OTHERS = "others"
    """Any owner but our company."""
    ANYWHERE = "anywhere"
    """Wherever it is."""
    ELSEWHERE = "elsewhere"
    """A place or an owner that has no part in the document: no transition starts there."""
    ANYONE = "anyone"
    """Whoever owns it."""
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One allowed change of place, owner and terms."""

    document: DocumentType
    from_place: Side
    from_terms: Terms | None
    """None: the unit is born by this movement."""
    from_owner: Side = Side.ANYONE
    """Whose it must be before."""
    to_place: Side
    to_terms: Terms
    to_owner: Side
    starts_warranty: bool = False
    of_supplier: bool = False
    """Applies when the document says that its units belong to the supplier (a deposit)."""
    becomes_units: bool = False
    """Pieces without serials that become units by the same document: no unit is moved by it."""
    of_pieces: bool = False
    """Moves pieces without serials alone: units in this state go by another row."""
    back_as: BackAs | None = None
    """Applies when the scan says that something sold comes back as this."""
    as_before: bool = False
    """Applies to what was with the document's party on `to_terms` before it came into service."""

    def fits_owner(self, owner: Side) -> bool:
        """Tell whether it may start with a unit whose owner plays the part of `owner`."""
        if self.from_owner is Side.OTHERS:
            return owner is not Side.US
        return self.from_owner in {Side.ANYONE, owner}

    @property
    def into_use(self) -> bool:
        """Tell whether somebody gets the unit to use it: one that is blocked must not go."""
        return self.to_terms in USED and self.to_terms is not self.from_terms and not self.as_before
