"""Posting of products without serials: their pieces move between balances, through the same ledger."""

from typing import Any

from store.domain.errors import RefusalCode, RefusedError
from store.domain.transitions import Side, Transition
from store.models.fields import PIECES, unscaled
from store.models.sql import execute, is_postgres, select
from store.operations.posted import MOVEMENT_COLUMNS, Posting

_COUNTED = """
    SELECT s.line_id, s.product_id, p.name AS product_name, sum(s.quantity) AS quantity
    FROM draft_scan s JOIN product p ON p.id = s.product_id
    WHERE s.document_id = :document_id AND s.state = 'draft' AND NOT s.rejected AND s.serial_key IS NULL
    GROUP BY s.line_id, s.product_id, p.name ORDER BY s.line_id
"""

# Pieces have no history of their own: those here go before those elsewhere, ours before those of others.
_LYING = """
    SELECT b.id, b.owner_id, b.place_id, b.quantity, o.name AS owner_name,
           coalesce(l.name, q.name) AS place_name
    FROM balance b JOIN party o ON o.id = b.owner_id LEFT JOIN location l ON l.place_id = b.place_id
         LEFT JOIN party q ON q.place_id = b.place_id
    WHERE b.product_id = :product_id AND b.terms = :from_terms
    AND (:anywhere = 1 OR b.place_id = :from_place)
    AND (CAST(:from_owner AS BIGINT) IS NULL OR b.owner_id = :from_owner) AND b.quantity > 0
    ORDER BY b.place_id <> :here, o.is_own DESC, b.owner_id, b.place_id
"""


def post_quantities(posting: Posting) -> None:
    """Move what was counted. Raises RefusedError(TOO_FEW) when a place has less than is taken from it."""
    for line in select(_COUNTED, document_id=posting.document.id):
        _post_line(posting, line)


def _post_line(posting: Posting, line: dict[str, Any]) -> None:
    """Let a line's pieces be born, or take them from the balances that the table names, in its order."""
    wanted = left = int(line["quantity"])
    rows = posting.transitions()
    here = posting.document.location.place_id
    births = [row for row in rows if row.from_terms is None]
    for row in births or rows:
        values = posting.values(row) | {
            name: line[name] for name in ("line_id", "product_id", "product_name")
        }
        if row.from_terms is None:
            put(values, left)
            return
        for balance in select(_LYING + (" FOR UPDATE OF b" if is_postgres() else ""), **values, here=here):
            taken = min(left, int(balance["quantity"]))
            if taken:
                take_off(balance["id"], taken)
                put(_moving(row, values, balance), taken)
                left -= taken
    if left:
        raise RefusedError(
            RefusalCode.TOO_FEW,
            product=line["product_name"],
            wanted=unscaled(wanted, PIECES),
            available=unscaled(wanted - left, PIECES),
        )


def _moving(row: Transition, values: dict[str, Any], balance: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a movement that takes pieces off `balance`."""
    place, owner = balance["place_id"], balance["owner_id"]
    moving = values | {"from_place": place, "from_name": balance["place_name"], "from_owner": owner}
    if row.to_place is Side.UNCHANGED:
        moving |= {"to_place": place, "to_name": balance["place_name"]}
    if row.to_owner is Side.UNCHANGED:
        moving |= {"owner": owner, "owner_name": balance["owner_name"]}
    return moving


def take_off(balance_id: int, quantity: int) -> None:
    """Take so many thousandths off a balance."""
    execute(
        "UPDATE balance SET quantity = quantity - :quantity WHERE id = :id", quantity=quantity, id=balance_id
    )


def put(values: dict[str, Any], quantity: int) -> int:
    """Add to the balance at which a movement ends, write the movement, and return its id."""
    execute(
        """
        INSERT INTO balance (product_id, place_id, owner_id, terms, quantity)
        VALUES (:product_id, :to_place, :owner, :to_terms, :quantity)
        ON CONFLICT (product_id, place_id, owner_id, terms)
        DO UPDATE SET quantity = balance.quantity + excluded.quantity
        """,
        **values, quantity=quantity,
    )  # fmt: skip
    rows = select(
        f"""
        INSERT INTO movement ({MOVEMENT_COLUMNS})
        VALUES (NULL, :product_id, :document_id, :line_id, :quantity, :from_place, :from_owner, :from_terms,
                :to_place, :owner, :to_terms, :product_name, :from_name, :to_name, :owner_name,
                :operator, :operator_name, :terminal, :terminal_name, :effective_at, :recorded_at)
        RETURNING id
        """,
        **values, quantity=quantity,
    )  # fmt: skip
    return int(rows[0]["id"])
