"""What waits for its serials: by customer, and by invoice and product, along one partial index."""

from collections.abc import Iterator
from typing import Any

from store.domain.pending import PendingKey, PendingParty, PendingPieces, PendingTotals
from store.models.days import day_of
from store.models.fields import PIECES, unscaled
from store.models.moments import from_store
from store.models.sql import is_postgres, select
from store.queries.parties import TAX_LIKE, contains, tax_part

PAGE = 60
"""Rows that are read at once."""
_WAITS = "s.filled + s.dropped < s.quantity"
_LEFT = "s.quantity - s.filled - s.dropped"
_FIRST = PendingKey(0, 0, 0)


def pending_totals(*, party_id: int | None = None) -> PendingTotals:
    """Return how many pieces wait for serials, and at how many parties; or those of one party."""
    row = select(
        f"SELECT coalesce(sum({_LEFT}), 0) AS pieces, count(DISTINCT s.party_id) AS parties "
        f"FROM pending_serial s WHERE {_WAITS} "
        f"{'AND s.party_id = :party_id' if party_id is not None else ''}",
        party_id=party_id,
    )[0]
    return PendingTotals(count=unscaled(row["pieces"], PIECES), parties=int(row["parties"]))


def pending_parties(*, text: str = "", limit: int = PAGE, skip: int = 0) -> list[PendingParty]:
    """Return at whom something waits, the longest first: at most `limit` after `skip`.

    `text` is a part of a name, a code or a tax id.
    """
    rows = select(
        f"""
        SELECT c.id, c.code, c.name, w.pieces, w.products, w.since FROM (
            SELECT s.party_id, sum({_LEFT}) AS pieces, count(DISTINCT s.product_id) AS products,
                   min({_day()}) AS since
            FROM {_SOURCE} WHERE {_WAITS} GROUP BY s.party_id) AS w
        JOIN party c ON c.id = w.party_id
        WHERE lower(c.name) LIKE :part ESCAPE '!' OR lower(c.code) LIKE :part ESCAPE '!'
              OR c.tax_id LIKE :part ESCAPE '!' OR {TAX_LIKE}
        ORDER BY w.since, c.name, c.id LIMIT :limit OFFSET :skip
        """,
        part=contains(text),
        tax_part=tax_part(text),
        limit=limit,
        skip=skip,
    )
    return [
        PendingParty(
            party_id=row["id"],
            code=row["code"],
            name=row["name"],
            count=unscaled(row["pieces"], PIECES),
            products=int(row["products"]),
            since=_moment_day(row["since"]),
        )
        for row in rows
    ]


def pending_pieces(
    *,
    party_id: int | None = None,
    text: str = "",
    after: PendingKey | None = None,
    limit: int = PAGE,
) -> list[PendingPieces]:
    """Return at most `limit` of what waits, after a key: of one party or of all, by party and product.

    `text` is a part of a product's name or SKU, or of an invoice's number.
    """
    key = after or _FIRST
    rows = select(
        f"""
        SELECT s.id, s.party_id, c.code AS party_code, c.name AS party_name, s.product_id, p.sku,
               p.name AS product_name, s.source, {_LEFT} AS open, s.filled, s.announced, {_day()} AS since
        FROM {_SOURCE} JOIN party c ON c.id = s.party_id JOIN product p ON p.id = s.product_id
        WHERE {_WAITS} AND (s.party_id, s.product_id, s.id) > (:party, :product, :id)
              {"AND s.party_id = :party_id" if party_id is not None else ""}
              {_TEXT if text.strip() else ""}
        ORDER BY s.party_id, s.product_id, s.id LIMIT :limit
        """,
        party_id=party_id,
        party=key.party_id,
        product=key.product_id,
        id=key.id,
        part=contains(text),
        limit=limit,
    )
    return [_pieces(row) for row in rows]


def all_pending(*, party_id: int | None = None, page: int = 2_000) -> Iterator[PendingPieces]:
    """Yield everything that waits, page by page, each asked for when it is wanted."""
    after: PendingKey | None = None
    while found := pending_pieces(party_id=party_id, after=after, limit=page):
        yield from found
        after = found[-1].key


_TEXT = """AND (lower(p.name) LIKE :part ESCAPE '!' OR lower(p.sku) LIKE :part ESCAPE '!'
    OR lower(s.source) LIKE :part ESCAPE '!')"""
_SOURCE = """pending_serial s LEFT JOIN invoice_line n ON n.id = s.invoice_line_id
    LEFT JOIN invoice i ON i.id = n.invoice_id"""


def _day() -> str:
    """Return the day since which a piece waits: that of the invoice, else when it was put there."""
    if is_postgres():
        return "coalesce(CAST(i.issued_on AS TEXT), CAST(s.opened_at AS TEXT))"
    return "coalesce(i.issued_on, s.opened_at)"


def _moment_day(value: str) -> Any:
    return day_of(value) if len(value) == len("2026-11-25") else from_store(value).astimezone().date()


def _pieces(row: dict[str, Any]) -> PendingPieces:
    return PendingPieces(
        id=row["id"],
        party_id=row["party_id"],
        party_code=row["party_code"],
        party_name=row["party_name"],
        product_id=row["product_id"],
        sku=row["sku"],
        product_name=row["product_name"],
        source=row["source"],
        count=unscaled(row["open"], PIECES),
        scanned=unscaled(row["filled"], PIECES),
        since=_moment_day(row["since"]),
        announced=tuple(row["announced"].split("\n")) if row["announced"] else (),
    )
