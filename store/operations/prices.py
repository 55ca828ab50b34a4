"""Prices of what a document buys."""

from decimal import Decimal

from store.domain.documents import DocumentLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.purchases import HOME_CURRENCY
from store.models.documents import DocumentLineRow
from store.models.fields import MONEY
from store.models.sql import execute, select
from store.operations.opened import open_head
from store.queries.documents import lines


def set_price(document_id: int, line_id: int, price: Decimal) -> DocumentLine:
    """Give a line of an open document the price of one piece, and return it. Done again it changes nothing.

    Raises RefusedError: NOT_OPEN, BAD_PRICE when it is below zero or finer than the store keeps, UNKNOWN when
    the document has no such line.
    """
    open_head(document_id)
    if price < 0 or price != price.quantize(Decimal(1).scaleb(-MONEY)):
        raise RefusedError(RefusalCode.BAD_PRICE, text=str(price))
    here = (DocumentLineRow.id == line_id) & (DocumentLineRow.document == document_id)
    if not DocumentLineRow.update(unit_price=price, currency=HOME_CURRENCY).where(here).execute():
        raise RefusedError(RefusalCode.UNKNOWN, text=str(line_id))
    return next(line for line in lines(document_id) if line.id == line_id)


def post_prices(document_id: int) -> None:
    """Note on the units of a document what was paid for them. Raises RefusedError(PRICE_NEEDED)."""
    missing = select(
        "SELECT p.name FROM document_line n JOIN product p ON p.id = n.product_id "
        "WHERE n.document_id = :document_id AND n.scanned > 0 AND n.unit_price IS NULL ORDER BY n.position",
        document_id=document_id,
    )
    if missing:
        raise RefusedError(RefusalCode.PRICE_NEEDED, product=missing[0]["name"])
    execute(
        """
        UPDATE unit SET purchase_currency = :home, purchase_price = (
            SELECT n.unit_price FROM draft_scan s JOIN document_line n ON n.id = s.line_id
            WHERE s.document_id = :document_id AND s.unit_id = unit.id AND s.state = 'draft')
        WHERE id IN (SELECT s.unit_id FROM draft_scan s
                     WHERE s.document_id = :document_id AND s.state = 'draft' AND NOT s.rejected)
        """,
        document_id=document_id,
        home=HOME_CURRENCY,
    )
