"""A posted stocktake as it goes on paper."""

from decimal import Decimal
from typing import Any

from store.domain.count_papers import CountLine, CountRow, StocktakeProtocol
from store.domain.documents import Document
from store.domain.errors import StoreError
from store.domain.kinds import KINDS
from store.domain.language import _
from store.domain.papers import PaperRequest
from store.domain.stocktake import DIFFERENCES, DifferenceKind
from store.models.fields import PIECES, unscaled
from store.models.sql import select
from store.queries.documents import head
from store.queries.paper_sides import our_side

# What was counted, less what is too many, and what is missing: that was on record.
_LINES = """
    SELECT p.name, p.sku, sum(t.counted) AS counted, sum(t.counted + t.away) AS on_record FROM (
        SELECT product_id, quantity AS counted, 0 AS away FROM draft_scan
        WHERE document_id = :document_id AND state = 'posted'
        UNION ALL
        SELECT product_id, 0, CASE WHEN kind IN ('missing', 'less', 'packed') THEN quantity ELSE -quantity END
        FROM stocktake_difference WHERE document_id = :document_id
    ) AS t JOIN product p ON p.id = t.product_id GROUP BY p.id, p.name, p.sku ORDER BY p.name, p.id
"""
_ROWS = """
    SELECT p.name, p.sku, x.serial, x.quantity, x.kind, x.place_name, x.reason
    FROM stocktake_difference x JOIN product p ON p.id = x.product_id
    WHERE x.document_id = :document_id ORDER BY p.name, p.id, x.serial
"""


def stocktake_record(request: PaperRequest) -> StocktakeProtocol:
    """Return the protocol of a posted count. Raises StoreError when no posted count has the number."""
    found = select("SELECT id FROM document WHERE number = :number", number=request.number.strip())
    document = head(found[0]["id"]) if found else None
    if document is None or not KINDS[document.type].counts or document.posted_at is None:
        raise StoreError(_("no posted stocktake has the number {number}").format(number=request.number))
    return _protocol(document)


def _protocol(document: Document) -> StocktakeProtocol:
    assert document.number is not None  # noqa: S101 - it is posted
    assert document.posted_at is not None  # noqa: S101
    order = {kind: number for number, kind in enumerate(DIFFERENCES)}
    rows = [_row(row) for row in select(_ROWS, document_id=document.id)]
    return StocktakeProtocol(
        number=document.number,
        day=(document.effective_at or document.posted_at).astimezone().date(),
        company=our_side(),
        place=document.location.name,
        begun_at=document.opened_at,
        posted_at=document.posted_at,
        lines=tuple(_line(row) for row in select(_LINES, document_id=document.id)),
        rows=tuple(sorted(rows, key=lambda row: order[row.kind])),
        counters=tuple(
            row["operator_name"]
            for row in select(
                "SELECT operator_name, min(id) AS first FROM draft_scan WHERE document_id = :document_id "
                "AND state = 'posted' GROUP BY operator_name ORDER BY first",
                document_id=document.id,
            )
        ),
        posted_by=document.posted_by or "",
        reference=document.reference,
    )


def _line(row: dict[str, Any]) -> CountLine:
    return CountLine(
        name=row["name"],
        sku=row["sku"],
        on_record=max(Decimal(0), unscaled(row["on_record"], PIECES)),
        counted=unscaled(row["counted"], PIECES),
    )


def _row(row: dict[str, Any]) -> CountRow:
    return CountRow(
        name=row["name"],
        sku=row["sku"],
        serial=row["serial"],
        quantity=unscaled(row["quantity"], PIECES),
        kind=DifferenceKind(row["kind"]),
        where=row["place_name"],
        reason=row["reason"],
    )
