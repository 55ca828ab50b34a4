"""Products by id and by search."""

from typing import Any

from store.domain.records import Product
from store.domain.serials import key_of
from store.domain.terms import Nature, Tracking
from store.models.sql import is_postgres, select
from store.queries.parties import contains


def _products() -> str:
    gtins = "string_agg(g.gtin, ' ')" if is_postgres() else "group_concat(g.gtin, ' ')"
    return f"""
        SELECT p.id AS product_id, p.sku, p.name, p.tracking, p.warranty_months, p.serial_pattern,
               k.id AS kind_id, k.name AS kind_name, k.nature,
               (SELECT {gtins} FROM gtin g WHERE g.product_id = p.id) AS gtins
        FROM product p JOIN product_kind k ON k.id = p.kind_id
    """


def product_by_id(product_id: int) -> Product:
    """Return a product. Raises LookupError when there is none."""
    rows = select(f"{_products()} WHERE p.id = :product_id", product_id=product_id)
    if not rows:
        raise LookupError(product_id)
    return product_of(rows[0])


def product_with_sku(sku: str) -> Product | None:
    """Return the product with this very SKU, letter case and blanks forgiven, or None."""
    rows = select(f"{_products()} WHERE p.sku_key = :key", key=key_of(sku))
    return product_of(rows[0]) if rows else None


def search(text: str, *, limit: int = 50, skip: int = 0, nature: Nature | None = None) -> list[Product]:
    """Return the products whose SKU, name or GTIN has `text` in it, by name: at most `limit` after `skip`.

    `nature`: goods or services alone.
    """
    of_nature = "" if nature is None else "AND k.nature = :nature"
    rows = select(
        f"""{_products()} WHERE NOT p.retired AND (
            lower(p.name) LIKE :part ESCAPE '!' OR lower(p.sku) LIKE :part ESCAPE '!'
            OR EXISTS (SELECT 1 FROM gtin h WHERE h.product_id = p.id AND h.gtin LIKE :part ESCAPE '!'))
        {of_nature} ORDER BY p.name, p.id LIMIT :limit OFFSET :skip""",
        nature=nature.value if nature else None,
        part=contains(text),
        limit=limit,
        skip=skip,
    )
    return [product_of(row) for row in rows]


def product_of(row: dict[str, Any]) -> Product:
    """Return the record of the product columns of a row."""
    return Product(
        id=row["product_id"],
        sku=row["sku"],
        name=row["name"],
        kind_id=row["kind_id"],
        kind_name=row["kind_name"],
        nature=Nature(row["nature"]),
        tracking=Tracking(row["tracking"]),
        warranty_months=row["warranty_months"],
        serial_pattern=row["serial_pattern"],
        gtins=tuple((row["gtins"] or "").split()),
    )
