"""Balances of products without serials."""

from decimal import Decimal

from store.domain.terms import Terms
from store.models.fields import PIECES, unscaled
from store.models.sql import select


def available(product_id: int, place_id: int, *, besides_document: int | None = None) -> Decimal:
    """Return how much of a product lies in our stock at a place and is not scanned into another open issue.

    The drafts of `besides_document` are not taken off.
    """
    row = select(
        """
        SELECT (SELECT coalesce(sum(b.quantity), 0) FROM balance b JOIN party o ON o.id = b.owner_id
                WHERE b.product_id = :product_id AND b.place_id = :place_id AND b.terms = :terms AND o.is_own)
               - (SELECT coalesce(sum(n.scanned), 0) FROM document_line n
                  JOIN document d ON d.id = n.document_id JOIN location l ON l.id = d.location_id
                  WHERE n.product_id = :product_id AND d.status = 'open' AND d.type <> 'delivery'
                  AND l.place_id = :place_id AND d.id <> :besides) AS quantity
        """,
        product_id=product_id,
        place_id=place_id,
        terms=Terms.STOCK.value,
        besides=besides_document or 0,
    )[0]
    return unscaled(row["quantity"], PIECES)
