"""Which part a place or an owner plays in a document, and which place plays a part."""

from store.domain.documents import Document
from store.domain.found import FoundUnit
from store.domain.kinds import KINDS
from store.domain.terms import PlaceKind
from store.domain.transitions import Side


def side_of(document: Document, place_id: int | None, kind: PlaceKind | None = None) -> Side:
    """Tell which part a place of `kind` plays in the document."""
    if place_id is None:
        return Side.NOWHERE
    if place_id == document.location.place_id:
        return Side.HERE
    if document.target is not None and place_id == document.target.place_id:
        return Side.TARGET
    if kind is PlaceKind.PARTY and KINDS[document.type].takes_back:
        return Side.HOLDER
    return Side.PARTY if place_id == document.party.place_id else Side.ELSEWHERE


def owner_side(document: Document, unit: FoundUnit) -> Side:
    """Tell which part the owner of `unit` plays in the document."""
    if unit.owner_is_us:
        return Side.US
    return Side.PARTY if unit.owner_id == document.party.id else Side.ELSEWHERE


def place_of(document: Document, side: Side) -> tuple[int | None, str]:
    """Return the id and the name of the place that plays a part in the document; None and '': nowhere."""
    if side is Side.HERE:
        return document.location.place_id, document.location.name
    if side is Side.TARGET and document.target is not None:
        return document.target.place_id, document.target.name
    return (document.party.place_id, document.party.name) if side is Side.PARTY else (None, "")
