"""Products, their kinds and their GTINs."""

import re
from collections.abc import Sequence

from store.domain.errors import RefusalCode, RefusedError
from store.domain.gtins import normalised
from store.domain.records import Product
from store.domain.serials import key_of
from store.domain.terms import Nature, Tracking
from store.models.products import GtinRow, ProductKindRow, ProductRow
from store.queries.products import product_by_id

LONGEST_PATTERN = 200


def create_kind(code: str, name: str, *, nature: Nature = Nature.GOODS) -> int:
    """Add a kind of products and return its id. Raises RefusedError: EMPTY, EXISTS."""
    if not code.strip() or not name.strip():
        raise RefusedError(RefusalCode.EMPTY)
    if ProductKindRow.select().where(ProductKindRow.code == code.strip()).exists():
        raise RefusedError(RefusalCode.EXISTS, text=code, column="code")
    return int(ProductKindRow.create(code=code.strip(), name=name.strip(), nature=nature).id)


def create_product(
    sku: str,
    name: str,
    kind_id: int,
    *,
    tracking: Tracking = Tracking.SERIAL,
    warranty_months: int = 0,
    serial_pattern: str | None = None,
    gtins: Sequence[str] = (),
) -> Product:
    """Add a product and return it.

    `serial_pattern` is a regular expression that a whole serial must match. Raises RefusedError: EMPTY,
    EXISTS (SKU or GTIN), BAD_GTIN, BAD_PATTERN.
    """
    if not key_of(sku) or not name.strip():
        raise RefusedError(RefusalCode.EMPTY)
    if ProductRow.select().where(ProductRow.sku_key == key_of(sku)).exists():
        raise RefusedError(RefusalCode.EXISTS, text=sku, column="sku")
    check_pattern(serial_pattern)
    row = ProductRow.create(
        sku=sku.strip(),
        sku_key=key_of(sku),
        name=name.strip(),
        kind=kind_id,
        tracking=tracking,
        warranty_months=warranty_months,
        serial_pattern=serial_pattern,
    )
    for gtin in gtins:
        learn_gtin(row.id, gtin)
    return product_by_id(row.id)


def learn_gtin(product_id: int, gtin: str) -> None:
    """Teach a product one more GTIN. Raises RefusedError: BAD_GTIN, EXISTS when a product has it."""
    digits = gtin_digits(gtin)
    if GtinRow.select().where(GtinRow.gtin == digits).exists():
        raise RefusedError(RefusalCode.EXISTS, text=gtin, column="gtins")
    GtinRow.create(product=product_id, gtin=digits)


def gtin_digits(gtin: str) -> str:
    """Return a GTIN as it is kept. Raises RefusedError(BAD_GTIN)."""
    digits = normalised(gtin)
    if digits is None:
        raise RefusedError(RefusalCode.BAD_GTIN, text=gtin, column="gtins")
    return digits


def check_pattern(pattern: str | None, column: str = "serial_pattern") -> None:
    """Raise RefusedError(BAD_PATTERN) unless `pattern` is a regular expression of a bearable length."""
    if pattern is None:
        return
    try:
        re.compile(pattern)
    except re.error as error:
        raise RefusedError(RefusalCode.BAD_PATTERN, text=pattern, why=str(error), column=column) from error
    if len(pattern) > LONGEST_PATTERN:
        raise RefusedError(RefusalCode.BAD_PATTERN, text=pattern, why=f"> {LONGEST_PATTERN}", column=column)
