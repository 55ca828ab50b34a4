"""What came from a supplier: by product, with how it fares since; and line by line of its deliveries."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from store.domain.purchases import HOME_CURRENCY, PriceRange, PurchasedProduct, PurchaseKey, PurchaseLine
from store.models.fields import MONEY, PIECES, unscaled
from store.models.moments import from_store, to_store
from store.models.sql import select
from store.queries.events import UNCORRECTED

PAGE = 60
_FIRST = datetime.fromisoformat("0001-01-02T00:00:00+00:00")
_LAST = datetime.fromisoformat("9999-12-30T00:00:00+00:00")

# What came back from a customer came from a customer: only what a delivery brought into the store counts.
_CAME = """
    came AS (
        SELECT m.unit_id, m.product_id, m.quantity, n.unit_price, n.currency
        FROM document d JOIN movement m ON m.document_id = d.id JOIN document_line n ON n.id = m.line_id
        WHERE d.party_id = :party_id AND d.type = 'delivery' AND d.status = 'posted'
              AND d.effective_at >= :since AND d.effective_at < :until AND m.from_terms IS NULL
    )
"""
_PRODUCTS = f"""
    WITH {_CAME},
    brought AS (
        SELECT product_id, sum(quantity) AS pieces, count(unit_id) AS units
        FROM came GROUP BY product_id
    ),
    gone AS (
        SELECT c.product_id, count(DISTINCT c.unit_id) AS returned
        FROM came c JOIN movement r ON r.unit_id = c.unit_id AND r.to_terms = 'returned'
        GROUP BY c.product_id
    ),
    back AS (
        SELECT c.product_id,
               count(DISTINCT CASE WHEN e.type = 'replacement' THEN NULL ELSE c.unit_id END) AS given_back,
               count(DISTINCT CASE WHEN e.type = 'replacement' THEN c.unit_id END) AS replaced
        FROM came c JOIN movement r ON r.unit_id = c.unit_id AND r.to_terms = 'stock'
             JOIN document e ON e.id = r.document_id
        WHERE (e.type IN ('return', 'correction') AND r.from_terms = 'sold')
              OR (e.type = 'replacement' AND r.from_terms <> 'stock')
        GROUP BY c.product_id
    ),
    told AS (
        SELECT c.product_id, count(DISTINCT c.unit_id) AS complained, count(*) AS complaints
        FROM came c JOIN event e ON e.unit_id = c.unit_id AND e.kind_code = 'complaint' AND {UNCORRECTED}
        GROUP BY c.product_id
    )
    SELECT p.id AS product_id, p.sku, p.name AS product_name, b.pieces, b.units,
           coalesce(g.returned, 0) AS returned, coalesce(a.given_back, 0) AS given_back,
           coalesce(a.replaced, 0) AS replaced, coalesce(t.complained, 0) AS complained,
           coalesce(t.complaints, 0) AS complaints
    FROM brought b JOIN product p ON p.id = b.product_id
         LEFT JOIN gone g ON g.product_id = b.product_id
         LEFT JOIN back a ON a.product_id = b.product_id LEFT JOIN told t ON t.product_id = b.product_id
    ORDER BY p.name, p.id
"""
_PRICES = f"""
    WITH {_CAME}
    SELECT product_id, currency, min(unit_price) AS lowest, max(unit_price) AS highest FROM came
    WHERE unit_price IS NOT NULL GROUP BY product_id, currency ORDER BY currency <> :home, currency
"""
_COSTS = f"""
    WITH {_CAME}
    SELECT c.product_id, k.currency, sum(k.amount) AS amount
    FROM came c JOIN cost k ON k.unit_id = c.unit_id GROUP BY c.product_id, k.currency
"""


def purchased(
    party_id: int, *, since: datetime | None = None, until: datetime | None = None
) -> list[PurchasedProduct]:
    """Return what came from a supplier from `since` to before `until`, by product. Three statements."""
    values = {"party_id": party_id, **_span(since, until)}
    costs: dict[int, dict[str, Decimal]] = {}
    for row in select(_COSTS, **values):
        costs.setdefault(row["product_id"], {})[row["currency"]] = unscaled(row["amount"], MONEY)
    prices: dict[int, dict[str, PriceRange]] = {}
    for row in select(_PRICES, **values, home=HOME_CURRENCY):
        of_product = prices.setdefault(row["product_id"], {})
        of_product[row["currency"]] = PriceRange(
            unscaled(row["lowest"], MONEY), unscaled(row["highest"], MONEY)
        )
    return [
        _product(row, costs.get(row["product_id"], {}), prices.get(row["product_id"], {}))
        for row in select(_PRODUCTS, **values)
    ]


def purchase_lines(
    party_id: int,
    *,
    product_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    after: PurchaseKey | None = None,
    before: PurchaseKey | None = None,
    last: bool = False,
    limit: int = PAGE,
) -> list[PurchaseLine]:
    """Return the lines of a supplier's posted deliveries, newest first: at most `limit`.

    They are those of the span of time that `purchased` counts, from `since` to before `until`. They follow a
    key, or stand before one, or are the `last`, which are the oldest.
    """
    backwards = last or before is not None
    sign, direction = (">", "ASC") if backwards else ("<", "DESC")
    key = after or before or PurchaseKey(0 if backwards else 2**62, 0)
    narrowed = "" if product_id is None else "AND n.product_id = :product_id"
    rows = select(
        f"""
        SELECT d.id AS document_id, n.id AS line_id, d.number, d.reference, d.effective_at, p.sku,
               p.name AS product_name, n.scanned, n.unit_price, n.currency
        FROM document d JOIN document_line n ON n.document_id = d.id JOIN product p ON p.id = n.product_id
        WHERE d.party_id = :party_id AND d.type = 'delivery' AND d.status = 'posted' AND n.scanned > 0
              AND d.effective_at >= :since AND d.effective_at < :until
              AND (d.id, n.id) {sign} (:document_id, :line_id) {narrowed}
        ORDER BY d.id {direction}, n.id {direction} LIMIT :limit
        """,
        party_id=party_id,
        product_id=product_id,
        **_span(since, until),
        document_id=key.document_id,
        line_id=key.line_id,
        limit=limit,
    )
    found = [_line(row) for row in rows]
    return found[::-1] if backwards else found


def _span(since: datetime | None, until: datetime | None) -> dict[str, Any]:
    return {"since": to_store(since or _FIRST), "until": to_store(until or _LAST)}


def _product(
    row: dict[str, Any], costs: dict[str, Decimal], prices: dict[str, PriceRange]
) -> PurchasedProduct:
    return PurchasedProduct(
        product_id=row["product_id"],
        sku=row["sku"],
        product_name=row["product_name"],
        pieces=unscaled(row["pieces"], PIECES),
        units=int(row["units"]),
        prices=prices,
        returned=row["returned"],
        given_back=row["given_back"],
        replaced=row["replaced"],
        complained=row["complained"],
        complaints=row["complaints"],
        costs=costs,
    )


def _line(row: dict[str, Any]) -> PurchaseLine:
    return PurchaseLine(
        key=PurchaseKey(row["document_id"], row["line_id"]),
        number=row["number"],
        reference=row["reference"],
        effective_at=from_store(row["effective_at"]),
        sku=row["sku"],
        product_name=row["product_name"],
        pieces=unscaled(row["scanned"], PIECES),
        price=_money(row["unit_price"]),
        currency=row["currency"],
    )


def _money(steps: int | None) -> Decimal | None:
    return None if steps is None else unscaled(steps, MONEY)
