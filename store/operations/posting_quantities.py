"""Posting of products without serials: their pieces move between balances, through the same ledger."""

from typing import Any

from store.domain.errors import RefusalCode, RefusedError
from store.domain.transitions import Transition
from store.models.fields import PIECES, unscaled
from store.models.sql import execute, select
from store.operations.posting import MOVEMENT_COLUMNS, Posting

_COUNTED = """
    SELECT s.line_id, s.product_id, p.name AS product_name, sum(s.quantity) AS quantity
    FROM draft_scan s JOIN product p ON p.id = s.product_id
    WHERE s.document_id = :document_id AND s.state = 'draft' AND NOT s.rejected AND s.serial_key IS NULL
    GROUP BY s.line_id, s.product_id, p.name ORDER BY s.line_id
"""


def post_quantities(posting: Posting) -> None:
    """Move what was counted. Raises RefusedError(TOO_FEW) when a place has less than is taken from it."""
    counted = select(_COUNTED, document_id=posting.document.id)
    if not counted:
        return
    row = _transition(posting)
    for line in counted:
        _post_line(posting, row, line)


def _transition(posting: Posting) -> Transition:
    """Return how pieces without a history move: born by the document, or from the stock here."""
    rows = posting.transitions()
    births = [row for row in rows if row.from_terms is None]
    return (births or rows)[0]


def _post_line(posting: Posting, row: Transition, line: dict[str, Any]) -> None:
    values = posting.values(row) | {
        "line_id": line["line_id"],
        "product_id": line["product_id"],
        "product_name": line["product_name"],
        "quantity": int(line["quantity"]),
        "from_owner": posting.us.id if row.from_terms is not None else None,
    }
    if row.from_terms is not None:
        _take_off(values)
    execute(
        """
        INSERT INTO balance (product_id, place_id, owner_id, terms, quantity)
        VALUES (:product_id, :to_place, :owner, :to_terms, :quantity)
        ON CONFLICT (product_id, place_id, owner_id, terms)
        DO UPDATE SET quantity = balance.quantity + excluded.quantity
        """,
        **values,
    )
    execute(
        f"""
        INSERT INTO movement ({MOVEMENT_COLUMNS})
        VALUES (NULL, :product_id, :document_id, :line_id, :quantity, :from_place, :from_owner, :from_terms,
                :to_place, :owner, :to_terms, :product_name, :from_name, :to_name, :owner_name,
                :operator, :operator_name, :terminal, :terminal_name, :effective_at, :recorded_at)
        """,
        **values,
    )


def _take_off(values: dict[str, Any]) -> None:
    here = (
        "product_id = :product_id AND place_id = :from_place "
        "AND owner_id = :from_owner AND terms = :from_terms"
    )
    taken = execute(
        f"UPDATE balance SET quantity = quantity - :quantity WHERE {here} AND quantity >= :quantity", **values
    )
    if not taken:
        rows = select(f"SELECT quantity FROM balance WHERE {here}", **values)
        raise RefusedError(
            RefusalCode.TOO_FEW,
            product=values["product_name"],
            wanted=unscaled(values["quantity"], PIECES),
            available=unscaled(rows[0]["quantity"], PIECES) if rows else unscaled(0, PIECES),
        )
