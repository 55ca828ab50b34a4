"""Posting of many lines without serials at once: in statements over the whole document."""

from collections.abc import Collection
from typing import Any

from store.domain.errors import RefusalCode, RefusedError
from store.domain.terms import PlaceKind
from store.domain.transitions import Transition, place_kind
from store.models.bulk import among, listed
from store.models.fields import PIECES, unscaled
from store.models.sql import execute, select
from store.operations.posted import MOVEMENT_COLUMNS, Posting

_COUNTED = "s.document_id = :document_id AND s.state = 'draft' AND NOT s.rejected AND s.serial_key IS NULL"
_HERE = "{b}place_id = :from_place AND {b}owner_id = :from_owner AND {b}terms = :from_terms"


def post_counted(posting: Posting, row: Transition, lines: Collection[int] | None = None) -> None:
    """Move what was counted, on the lines with these ids or on all, as `row` says.

    The number of statements does not depend on the number of lines. Raises RefusedError(TOO_FEW).
    """
    wanted, values = _COUNTED, posting.values(row) | {"from_owner": _owner_before(posting, row)}
    if lines is not None:
        wanted = f"{wanted} AND {among('s.line_id', 'lines')}"
        values["lines"] = listed(lines)
    sums = (
        f"(SELECT s.product_id, sum(s.quantity) AS quantity FROM draft_scan s WHERE {wanted} "
        "GROUP BY s.product_id) AS t"
    )
    if not select(f"SELECT 1 FROM draft_scan s WHERE {wanted} LIMIT 1", **values):
        return
    if row.from_terms is not None:
        _take_off(sums, values)
    if values["to_place"] is not None:
        execute(
            f"""
            INSERT INTO balance (product_id, place_id, owner_id, terms, quantity)
            SELECT t.product_id, :to_place, :owner, :to_terms, t.quantity FROM {sums} WHERE true
            ON CONFLICT (product_id, place_id, owner_id, terms)
            DO UPDATE SET quantity = balance.quantity + excluded.quantity
            """,
            **values,
        )
    execute(
        f"""
        INSERT INTO movement ({MOVEMENT_COLUMNS})
        SELECT NULL, s.product_id, s.document_id, s.line_id, sum(s.quantity), :from_place, :from_owner,
               :from_terms, :to_place, :owner, :to_terms, p.name, :from_name, :to_name, :owner_name,
               :operator, :operator_name, :terminal, :terminal_name, :effective_at, :recorded_at
        FROM draft_scan s JOIN product p ON p.id = s.product_id
        WHERE {wanted} GROUP BY s.document_id, s.line_id, s.product_id, p.name ORDER BY s.line_id
        """,
        **values,
    )


def _owner_before(posting: Posting, row: Transition) -> int | None:
    """Return whose the pieces are before they move: with a party they are its own, in our stock ours."""
    if row.from_terms is None:
        return None
    with_party = place_kind(row.from_terms) is PlaceKind.PARTY
    return posting.document.party.id if with_party else posting.us.id


def _take_off(sums: str, values: dict[str, Any]) -> None:
    short = select(
        f"""
        SELECT p.name, t.quantity AS wanted, coalesce(b.quantity, 0) AS available
        FROM {sums} JOIN product p ON p.id = t.product_id
             LEFT JOIN balance b ON b.product_id = t.product_id AND {_HERE.format(b="b.")}
        WHERE coalesce(b.quantity, 0) < t.quantity ORDER BY p.id LIMIT 1
        """,
        **values,
    )
    if short:
        raise RefusedError(
            RefusalCode.TOO_FEW,
            product=short[0]["name"],
            wanted=unscaled(short[0]["wanted"], PIECES),
            available=unscaled(short[0]["available"], PIECES),
        )
    execute(
        f"""
        UPDATE balance SET quantity = balance.quantity - t.quantity FROM {sums}
        WHERE balance.product_id = t.product_id AND {_HERE.format(b="balance.")}
        """,
        **values,
    )
