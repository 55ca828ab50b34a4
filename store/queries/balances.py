"""Balances of products without serials."""

from decimal import Decimal

from store.domain.documents import Document
from store.domain.sides import place_of
from store.domain.terms import Terms
from store.domain.transitions import BIRTHS, TRANSITIONS, Side, Transition, transitions_of
from store.models.fields import PIECES, unscaled
from store.models.sql import select

_OWNERS = {Side.ANYONE: "1 = 1", Side.US: "o.is_own", Side.PARTY: "b.owner_id = :party_id"}
_SAME_PLACE = {
    Side.HERE: "d.location_id = :location_id",
    Side.PARTY: "d.party_id = :party_id",
}

PIECES_ON_LINE = """(n.scanned - 1000 * (
    SELECT count(*) FROM draft_scan u WHERE u.document_id = n.document_id AND u.product_id = n.product_id
    AND u.serial_key IS NOT NULL AND u.state <> 'removed' AND u.line_id + 0 = n.id AND NOT u.rejected))"""
"""What a line `n` of an open document takes of the pieces: a unit that got its serial later is none.

Its few serials are found by the index of serials, not by that of lines, which has every scan (`+ 0`).
"""


def available(product_id: int, place_id: int) -> Decimal:
    """Return how much of a product lies in our own stock at a place."""
    row = select(
        """
        SELECT coalesce(sum(b.quantity), 0) AS quantity FROM balance b JOIN party o ON o.id = b.owner_id
        WHERE b.product_id = :product_id AND b.place_id = :place_id AND b.terms = :terms AND o.is_own
        """,
        product_id=product_id,
        place_id=place_id,
        terms=Terms.STOCK.value,
    )[0]
    return unscaled(row["quantity"], PIECES)


def takeable(document: Document, product_id: int) -> Decimal:
    """Return how many pieces of a product an open document may take beside those it has scanned.

    What other open documents have scanned that take from the same pieces is taken off as well.
    """
    rows = [
        row
        for row in transitions_of(document.type, of_supplier=document.units_of_supplier)
        if row.from_terms is not None
    ]
    starts = " OR ".join(
        f"({_place(document, row)} AND b.terms = '{row.from_terms}' AND {_OWNERS[row.from_owner]})"
        for row in rows
    )
    theirs = ", ".join(f"'{row.from_terms}'" for row in rows if row.from_place is Side.PARTY) or "''"
    rivals = " OR ".join(f"(d.type = '{type_}' AND {where})" for type_, where in sorted(_rivals(rows)))
    row = select(
        f"""
        SELECT (SELECT coalesce(sum(b.quantity), 0) FROM balance b JOIN party o ON o.id = b.owner_id
                WHERE b.product_id = :product_id AND ({starts}))
               - (SELECT coalesce(sum({PIECES_ON_LINE}), 0) FROM document d
                  JOIN document_line n ON n.document_id = d.id
                  WHERE d.status = 'open' AND n.product_id = :product_id
                  AND (d.id = :document_id OR {rivals}))
               - (SELECT coalesce(sum(s.quantity), 0) FROM draft_scan s
                  WHERE s.giver_id = :party_id AND s.product_id = :product_id AND s.state = 'draft'
                  AND s.giver_terms IN ({theirs})) AS quantity
        """,
        product_id=product_id,
        document_id=document.id,
        location_id=document.location.id,
        party_id=document.party.id,
    )[0]
    return unscaled(row["quantity"], PIECES)


def _place(document: Document, row: Transition) -> str:
    place, _name = place_of(document, row.from_place)
    return "1 = 1" if row.from_place is Side.ANYWHERE else f"b.place_id = {place}"


def _rivals(rows: list[Transition]) -> set[tuple[str, str]]:
    """Return the types of documents that take from the same pieces, each with which of them do.

    What brings pieces in takes none of them, wherever it could find its units.
    """
    others = [other for other in TRANSITIONS if other.from_terms is not None and other.document not in BIRTHS]
    return {
        (other.document.value, f"{_meeting_place(row, other)} AND {owners}")
        for row in rows
        for other in others
        if row.from_terms is other.from_terms
        and (owners := _meeting_owner(row, other)) is not None
        and (row.from_place is other.from_place or Side.ANYWHERE in {row.from_place, other.from_place})
    }


def _meeting_place(row: Transition, other: Transition) -> str:
    """Say when an open document takes by `other` from the place from which ours takes by `row`."""
    return _SAME_PLACE[row.from_place] if row.from_place is other.from_place is not Side.ANYWHERE else "1 = 1"


def _meeting_owner(row: Transition, other: Transition) -> str | None:
    """Say when two documents take pieces of one owner; None: they never do."""
    owners = {row.from_owner, other.from_owner}
    if Side.ANYONE in owners or owners == {Side.US}:
        return "1 = 1"
    return "d.party_id = :party_id" if owners == {Side.PARTY} else None
