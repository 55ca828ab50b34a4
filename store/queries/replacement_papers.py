"""A unit that was replaced by another one, as it goes on paper."""

from typing import Any

from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.papers import PaperRequest
from store.domain.service_papers import ReplacementProtocol, SwappedUnit
from store.domain.terms import Condition, DocumentType
from store.models.days import day_of
from store.models.sql import select
from store.queries.documents import head
from store.queries.events import UNCORRECTED
from store.queries.paper_sides import our_side, side_of
from store.queries.papers import CONDITION_THEN
from store.queries.warranties import warranties_told

# The old one becomes stock; the new one is the holder's, or lent under the rental of the old one.
_MOVED = f"""
    SELECT m.unit_id, m.product_name AS name, p.sku, u.serial, m.to_terms, m.to_name,
           {CONDITION_THEN} AS condition, r.fault, t.number AS rental, l.due
    FROM movement m JOIN product p ON p.id = m.product_id JOIN unit u ON u.id = m.unit_id
         LEFT JOIN repair r ON r.ended_movement_id = m.id
         LEFT JOIN loan l ON l.movement_id = m.id LEFT JOIN document t ON t.id = l.document_id
    WHERE m.document_id = :document_id AND m.carrier_id IS NULL ORDER BY m.id
"""
# What was open on the old one was settled in the moment in which the replacement was told; what was put right
# since then is told as it is right.
_COMPLAINTS = f"""
    WITH RECURSIVE told (first_id, id, text) AS (
        SELECT c.id, c.id, c.text
        FROM unit_link k JOIN event r ON r.id = k.event_id JOIN event c ON c.unit_id = k.unit_id
        WHERE k.unit_id = :unit_id AND k.kind = 'replaced' AND c.kind_code = 'complaint'
              AND c.closed_at = r.recorded_at
        UNION ALL SELECT told.first_id, x.id, x.text FROM told JOIN event x ON x.corrects_id = told.id)
    SELECT e.text FROM told e WHERE {UNCORRECTED} ORDER BY e.first_id
"""


def replacement_record(request: PaperRequest) -> ReplacementProtocol:
    """Return the protocol of a posted replacement. Raises StoreError when there is none."""
    found = select(
        "SELECT id FROM document WHERE number = :number AND type = :type",
        number=request.number.strip(),
        type=DocumentType.REPLACEMENT.value,
    )
    document = head(found[0]["id"]) if found else None
    if document is None or document.number is None or document.effective_at is None:
        raise StoreError(_("no posted replacement has the number {number}").format(number=request.number))
    rows = select(_MOVED, document_id=document.id)
    old = next(row for row in rows if row["to_terms"] == "stock")
    new = next(row for row in rows if row["to_terms"] != "stock")
    complaints = [row["text"] for row in select(_COMPLAINTS, unit_id=old["unit_id"])] or [old["fault"] or ""]
    return ReplacementProtocol(
        number=document.number,
        day=document.effective_at.astimezone().date(),
        place=document.location.name,
        service=our_side(),
        customer=side_of(document.party, new["to_name"]),
        old=_swapped(old),
        new=_swapped(new),
        complaint="\n".join(complaints),
        reason=document.reason,
        rental=new["rental"] or "",
        due=day_of(new["due"]),
        told=warranties_told(document.id).get(new["unit_id"]),
        reference=document.reference,
        signed_by=document.posted_by or "",
    )


def _swapped(row: dict[str, Any]) -> SwappedUnit:
    return SwappedUnit(
        name=row["name"], sku=row["sku"], serial=row["serial"], condition=Condition(row["condition"])
    )
