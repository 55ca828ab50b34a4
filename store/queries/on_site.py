"""The list of serials at a customer's, and what lies there without any."""

from decimal import Decimal
from typing import NamedTuple

from store.domain.records import Party, Product
from store.models.fields import PIECES, unscaled
from store.models.sql import select
from store.queries.invoice_facts import products


class Turnable(NamedTuple):
    """Pieces of a product that are followed by quantity, and may become units where they are."""

    product: Product
    quantity: Decimal


def open_on_site_id(party_id: int) -> int | None:
    """Return the id of a party's open list of serials, or None."""
    rows = select(
        "SELECT id FROM document WHERE type = 'on_site' AND status = 'open' AND party_id = :party_id",
        party_id=party_id,
    )
    return rows[0]["id"] if rows else None


def turnable(party: Party) -> list[Turnable]:
    """Return what a party has as its own of products without serials, by name: whole pieces only."""
    rows = select(
        """
        SELECT b.product_id, b.quantity FROM balance b JOIN product p ON p.id = b.product_id
        JOIN product_kind k ON k.id = p.kind_id
        WHERE b.place_id = :place_id AND b.owner_id = :party_id AND b.terms = 'sold'
              AND b.quantity >= 1000 AND k.nature = 'goods'
        ORDER BY p.name, p.id
        """,
        place_id=party.place_id,
        party_id=party.id,
    )
    known = products([row["product_id"] for row in rows]) if rows else {}
    return [
        Turnable(known[row["product_id"]], unscaled(row["quantity"] // 1000 * 1000, PIECES)) for row in rows
    ]
