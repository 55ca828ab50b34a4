"""Posting of products without serials: their pieces move between balances, through the same ledger."""

from typing import Any

from store.domain.errors import RefusalCode, RefusedError
from store.models.fields import PIECES, unscaled
from store.models.sql import execute, is_postgres, select
from store.operations.posting import MOVEMENT_COLUMNS, Posting

_COUNTED = """
    SELECT s.line_id, s.product_id, p.name AS product_name, sum(s.quantity) AS quantity
    FROM draft_scan s JOIN product p ON p.id = s.product_id
    WHERE s.document_id = :document_id AND s.state = 'draft' AND NOT s.rejected AND s.serial_key IS NULL
    GROUP BY s.line_id, s.product_id, p.name ORDER BY s.line_id
"""

# Pieces have no history of their own: ours go before those of others.
_LYING = """
    SELECT b.id, b.owner_id, b.quantity, o.name FROM balance b JOIN party o ON o.id = b.owner_id
    WHERE b.product_id = :product_id AND b.place_id = :from_place AND b.terms = :from_terms
    AND (CAST(:from_owner AS BIGINT) IS NULL OR b.owner_id = :from_owner) AND b.quantity > 0
    ORDER BY o.is_own DESC, b.owner_id
"""


def post_quantities(posting: Posting) -> None:
    """Move what was counted. Raises RefusedError(TOO_FEW) when a place has less than is taken from it."""
    for line in select(_COUNTED, document_id=posting.document.id):
        _post_line(posting, line)


def _post_line(posting: Posting, line: dict[str, Any]) -> None:
    """Let a line's pieces be born, or take them from the balances that the table names, in its order."""
    wanted = left = int(line["quantity"])
    rows = posting.transitions()
    births = [row for row in rows if row.from_terms is None]
    for row in births or rows:
        values = posting.values(row) | {
            name: line[name] for name in ("line_id", "product_id", "product_name")
        }
        if row.from_terms is None:
            _put(values, left)
            return
        for balance in select(_LYING + (" FOR UPDATE OF b" if is_postgres() else ""), **values):
            taken = min(left, int(balance["quantity"]))
            if taken:
                _take_off(balance["id"], taken)
                owner = {"from_owner": balance["owner_id"]}
                if values["owner"] is None:
                    owner |= {"owner": balance["owner_id"], "owner_name": balance["name"]}
                _put(values | owner, taken)
                left -= taken
    if left:
        raise RefusedError(
            RefusalCode.TOO_FEW,
            product=line["product_name"],
            wanted=unscaled(wanted, PIECES),
            available=unscaled(wanted - left, PIECES),
        )


def _take_off(balance_id: int, quantity: int) -> None:
    execute(
        "UPDATE balance SET quantity = quantity - :quantity WHERE id = :id", quantity=quantity, id=balance_id
    )


def _put(values: dict[str, Any], quantity: int) -> None:
    """Add to the balance at which a movement ends, and write the movement."""
    execute(
        """
        INSERT INTO balance (product_id, place_id, owner_id, terms, quantity)
        VALUES (:product_id, :to_place, :owner, :to_terms, :quantity)
        ON CONFLICT (product_id, place_id, owner_id, terms)
        DO UPDATE SET quantity = balance.quantity + excluded.quantity
        """,
        **values, quantity=quantity,
    )  # fmt: skip
    execute(
        f"""
        INSERT INTO movement ({MOVEMENT_COLUMNS})
        VALUES (NULL, :product_id, :document_id, :line_id, :quantity, :from_place, :from_owner, :from_terms,
                :to_place, :owner, :to_terms, :product_name, :from_name, :to_name, :owner_name,
                :operator, :operator_name, :terminal, :terminal_name, :effective_at, :recorded_at)
        """,
        **values, quantity=quantity,
    )  # fmt: skip
