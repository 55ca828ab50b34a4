"""Posted documents as they go on paper."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from store.domain.documents import Document
from store.domain.papers import GoodsNote, PaperKind, PaperLine, PaperParty, PaperUnit
from store.domain.terms import Condition, DocumentType
from store.models.fields import PIECES, unscaled
from store.models.sql import select
from store.queries.documents import head
from store.queries.parties import own_company

# A unit's condition at the posting: what the last change before it made of it, else what the first one after
# it found; a unit that never changed is still as it was.
_MOVED = """
    SELECT n.position, m.product_name, p.sku, m.quantity, u.serial, m.from_name, m.to_name,
           coalesce(
               (SELECT c.to_condition FROM condition_change c
                WHERE c.unit_id = u.id AND c.recorded_at <= m.recorded_at ORDER BY c.id DESC LIMIT 1),
               (SELECT c.from_condition FROM condition_change c WHERE c.unit_id = u.id ORDER BY c.id LIMIT 1),
               u.condition) AS condition
    FROM movement m JOIN document_line n ON n.id = m.line_id JOIN product p ON p.id = m.product_id
         LEFT JOIN unit u ON u.id = m.unit_id
    WHERE m.document_id = :document_id ORDER BY n.position, m.id
"""


def goods_note(number: str) -> GoodsNote | None:
    """Return the paper of the posted document with `number`, or None when there is none.

    Products and the other side have the names that they had when it was posted.
    """
    found = select("SELECT id FROM document WHERE number = :number", number=number.strip())
    document = head(found[0]["id"]) if found else None
    if document is None or document.number is None or document.effective_at is None:
        return None
    rows = select(_MOVED, document_id=document.id)
    company = own_company()
    us = PaperParty(name=company.name, tax_id=company.tax_id, address=company.address)
    other = _other_side(document, rows)
    is_receipt = document.type is DocumentType.DELIVERY
    poster = document.posted_by or ""
    return GoodsNote(
        kind=PaperKind.GOODS_RECEIPT if is_receipt else PaperKind.GOODS_ISSUE,
        number=document.number,
        day=document.effective_at.astimezone().date(),
        place=document.location.name,
        giver=other if is_receipt else us,
        taker=us if is_receipt else other,
        lines=tuple(_lines(rows)),
        reference=document.reference,
        remarks=document.reason,
        handed_over_by="" if is_receipt else poster,
        received_by=poster if is_receipt else "",
    )


def _other_side(document: Document, rows: list[dict[str, Any]]) -> PaperParty:
    party = document.party
    side = "from_name" if document.type is DocumentType.DELIVERY else "to_name"
    name = rows[0][side] if rows else party.name
    return PaperParty(name=name, tax_id=party.tax_id, address=party.address)


def _lines(rows: list[dict[str, Any]]) -> Iterator[PaperLine]:
    for _position, group in groupby(rows, key=lambda row: row["position"]):
        moved = list(group)
        yield PaperLine(
            name=moved[0]["product_name"],
            sku=moved[0]["sku"],
            quantity=sum((unscaled(row["quantity"], PIECES) for row in moved), Decimal(0)),
            units=tuple(
                PaperUnit(serial=row["serial"], condition=Condition(row["condition"]))
                for row in moved
                if row["serial"] is not None
            ),
        )
