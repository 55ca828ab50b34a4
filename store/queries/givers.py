"""Who may give something back: whom a code names, and who has pieces of a product without serials."""

from collections.abc import Collection
from typing import Any

from store.domain.loans import Giver, OpenPieces
from store.domain.terms import DocumentType, Terms
from store.models.bulk import among, listed
from store.models.fields import PIECES, unscaled
from store.models.sql import select
from store.queries.balances import PIECES_ON_LINE

# A customer's own lists of what was sold from consignment, and of what comes back from it.
_CONSIGNED_ELSEWHERE = f"""- coalesce((
    SELECT sum({PIECES_ON_LINE}) FROM document d JOIN document_line n ON n.document_id = d.id
    WHERE d.party_id = p.id AND d.status = 'open' AND n.product_id = b.product_id
    AND d.type IN ('consignment_return', 'consignment_sale')), 0)"""
MOST = 200
"""So many loans of a product, and parties that have it, are looked at: who gives it is said long before."""


def giver_of(text: str) -> Giver | None:
    """Return the party whose code, or the rental whose number `text` is, or None."""
    rows = select(
        """
        SELECT id AS party_id, CAST(NULL AS BIGINT) AS document_id, name
        FROM party WHERE code = :text AND NOT is_own
        UNION ALL
        SELECT party_id, id, number FROM document WHERE number = :text AND type = :type
        """,
        text=text.strip(),
        type=DocumentType.RENTAL.value,
    )
    return Giver(**rows[0]) if rows else None


def pieces_out(product_id: int, giver: Giver | None = None) -> tuple[OpenPieces, ...]:
    """Return what customers have of a product without serials: all of them, or `giver`.

    What is lent comes first, what is due first first, then what is consigned, then what was sold.
    """
    of_party = "AND l.party_id = :party_id" if giver else ""
    of_rental = "AND l.document_id = :document_id" if giver and giver.document_id else ""
    values = {
        "product_id": product_id,
        "party_id": giver.party_id if giver else None,
        "document_id": giver.document_id if giver else None,
        "most": MOST,
    }
    lent = select(
        f"""
        SELECT l.id AS loan_id, l.document_id, l.party_id, c.name AS party_name,
               l.quantity - coalesce((SELECT sum(s.quantity) FROM draft_scan s
                                      WHERE s.loan_id = l.id AND s.state = 'draft'), 0) AS "left"
        FROM loan l JOIN party c ON c.id = l.party_id
        WHERE l.product_id = :product_id AND l.returned_at IS NULL AND l.unit_id IS NULL
              {of_party} {of_rental}
        ORDER BY coalesce(l.due, l.ask_again), l.id LIMIT :most
        """,
        **values,
    )
    rows = [{**row, "terms": Terms.RENTED} for row in lent]
    if not of_rental:
        rows += _with_parties(values, is_one=giver is not None)
    return tuple(OpenPieces(**(row | {"left": unscaled(row["left"], PIECES)})) for row in rows)


def _with_parties(values: dict[str, Any], *, is_one: bool) -> list[dict[str, Any]]:
    """Return what parties have on consignment and what was sold to them, less what open documents took."""
    of_party = "AND p.id = :party_id" if is_one else ""
    # Each reads along the index of a product's balances, and stops when there are enough.
    parts = " UNION ALL ".join(
        f"""
        SELECT * FROM (
            SELECT p.id AS party_id, p.name AS party_name, b.terms,
                   b.quantity - coalesce((
                       SELECT sum(s.quantity) FROM draft_scan s WHERE s.giver_id = p.id
                       AND s.product_id = b.product_id AND s.giver_terms = b.terms AND s.state = 'draft'), 0)
                   {also} AS "left"
            FROM balance b JOIN party p ON p.place_id = b.place_id
            WHERE b.product_id = :product_id AND b.terms = '{terms}' AND b.quantity > 0 AND NOT p.is_own
                  {of_party}
            ORDER BY b.place_id LIMIT :most) AS {terms}
        """
        for terms, also in ((Terms.CONSIGNED, _CONSIGNED_ELSEWHERE), (Terms.SOLD, ""))
    )
    return [{**row, "terms": Terms(row["terms"])} for row in select(parts, **values)]


def sold_among(unit_ids: Collection[int]) -> int:
    """Return how many of some units were sold and are still so: why they come back is to be asked."""
    rows = select(
        f"SELECT count(*) AS n FROM unit u WHERE u.terms = 'sold' AND {among('u.id', 'units')}",
        units=listed(unit_ids),
    )
    return int(rows[0]["n"])
