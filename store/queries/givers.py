"""Who may give something back: whom a code names, and who has pieces of a product without serials."""

from collections.abc import Collection

from store.domain.loans import Giver, OpenPieces
from store.domain.terms import DocumentType
from store.models.bulk import among, listed
from store.models.fields import PIECES, unscaled
from store.models.sql import select

MOST = 200
"""So many loans of a product are looked at: who gives it back is to be said long before."""


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
    """Return what is lent of a product without serials, by `giver` or by all, what is due first first."""
    of_party = "AND l.party_id = :party_id" if giver else ""
    of_rental = "AND l.document_id = :document_id" if giver and giver.document_id else ""
    rows = select(
        f"""
        SELECT l.id AS loan_id, l.document_id, l.party_id, c.name AS party_name,
               l.quantity - coalesce((SELECT sum(s.quantity) FROM draft_scan s
                                      WHERE s.loan_id = l.id AND s.state = 'draft'), 0) AS "left"
        FROM loan l JOIN party c ON c.id = l.party_id
        WHERE l.product_id = :product_id AND l.returned_at IS NULL AND l.unit_id IS NULL
              {of_party} {of_rental}
        ORDER BY coalesce(l.due, l.ask_again), l.id LIMIT :most
        """,
        product_id=product_id,
        party_id=giver.party_id if giver else None,
        document_id=giver.document_id if giver else None,
        most=MOST,
    )
    return tuple(OpenPieces(**(row | {"left": unscaled(row["left"], PIECES)})) for row in rows)


def sold_among(unit_ids: Collection[int]) -> int:
    """Return how many of some units were sold and are still so: why they come back is to be asked."""
    rows = select(
        f"SELECT count(*) AS n FROM unit u WHERE u.terms = 'sold' AND {among('u.id', 'units')}",
        units=listed(unit_ids),
    )
    return int(rows[0]["n"])
