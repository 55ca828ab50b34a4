"""Balances of products without serials."""

from decimal import Decimal

from store.domain.documents import Document
from store.domain.sides import place_of
from store.domain.terms import Terms
from store.domain.transitions import TRANSITIONS, Side, Transition, transitions_of
from store.models.fields import PIECES, unscaled
from store.models.sql import select

_OWNERS = {Side.ANYONE: "1 = 1", Side.US: "o.is_own", Side.PARTY: "b.owner_id = :party_id"}
_OPEN = {
    Side.HERE: "d.location_id = :location_id",
    Side.PARTY: "d.party_id = :party_id",
    Side.ANYWHERE: "d.party_id = :party_id",
}


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
    """Return how much of a product an open document may take in all, its own drafts included.

    What other open documents have scanned that take from the same pieces is taken off.
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
    rivals = " OR ".join(f"(d.type = '{type_}' AND {where})" for type_, where in sorted(_rivals(rows)))
    row = select(
        f"""
        SELECT (SELECT coalesce(sum(b.quantity), 0) FROM balance b JOIN party o ON o.id = b.owner_id
                WHERE b.product_id = :product_id AND ({starts}))
               - (SELECT coalesce(sum(n.scanned), 0) FROM document d
                  JOIN document_line n ON n.document_id = d.id
                  WHERE d.status = 'open' AND n.product_id = :product_id AND d.id <> :document_id
                  AND ({rivals})) AS quantity
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
    """Return the types of documents that take from the same pieces, each with where it takes them from."""
    starts = {(row.from_place, row.from_terms) for row in rows}
    return {
        (row.document.value, _OPEN[row.from_place])
        for row in TRANSITIONS
        if (row.from_place, row.from_terms) in starts
    }
