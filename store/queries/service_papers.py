"""What was brought into service or handed out, as it goes on paper."""

from typing import Any

from store.domain.costs import Borne, CostKind
from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.papers import PaperRequest
from store.domain.repairs import Settlement
from store.domain.service_papers import ServiceCost, ServiceLine, ServiceProtocol
from store.domain.terms import Condition, DocumentType
from store.domain.warranty_told import WarrantyTold
from store.models.fields import MONEY, PIECES, unscaled
from store.models.moments import day_of, from_store
from store.models.sql import select
from store.queries.documents import head
from store.queries.paper_sides import our_side, side_of
from store.queries.papers import CONDITION_THEN
from store.queries.warranties import warranties_told

# A warranty that changed later stands on a later paper.
_WARRANTY_THEN = """CASE WHEN EXISTS (
               SELECT 1 FROM warranty_change w WHERE w.unit_id = u.id AND w.recorded_at > m.recorded_at)
           THEN (SELECT w.old_until FROM warranty_change w
                 WHERE w.unit_id = u.id AND w.recorded_at > m.recorded_at ORDER BY w.id LIMIT 1)
           ELSE u.warranty_until END"""
_LINES = f"""
    SELECT r.unit_id, r.since, r.fault, r.accessories, r.settlement, r.outcome, m.product_name AS name, p.sku,
           u.serial, m.to_name, m.from_name, c.serial AS within,
           {CONDITION_THEN} AS condition, {_WARRANTY_THEN} AS warranty_until
    FROM movement m JOIN repair r ON r.{{movement}} = m.id JOIN document_line n ON n.id = m.line_id
         JOIN product p ON p.id = m.product_id JOIN unit u ON u.id = m.unit_id
         LEFT JOIN unit c ON c.id = m.carrier_id
    WHERE m.document_id = :document_id ORDER BY n.position, m.id
"""
# What was noted while the unit was here: a cost that is noted later is on no paper that was signed.
_COSTS = """
    SELECT u.serial, c.kind, c.text, c.hours, c.amount, c.currency, c.borne
    FROM repair r JOIN movement m ON m.id = r.ended_movement_id JOIN cost c ON c.unit_id = r.unit_id
         JOIN unit u ON u.id = r.unit_id
    WHERE r.ended_document_id = :document_id AND c.recorded_at >= r.since AND c.recorded_at <= m.recorded_at
    ORDER BY r.id, c.id
"""


def service_record(request: PaperRequest) -> ServiceProtocol:
    """Return the protocol of a posted intake or hand-out. Raises StoreError when there is none."""
    found = select(
        "SELECT id FROM document WHERE number = :number AND type IN (:intake, :handout)",
        number=request.number.strip(),
        intake=DocumentType.SERVICE_INTAKE.value,
        handout=DocumentType.SERVICE_HANDOUT.value,
    )
    document = head(found[0]["id"]) if found else None
    if document is None or document.number is None or document.effective_at is None:
        raise StoreError(_("no posted service has the number {number}").format(number=request.number))
    is_handout = document.type is DocumentType.SERVICE_HANDOUT
    movement = "ended_movement_id" if is_handout else "movement_id"
    rows = select(_LINES.format(movement=movement), document_id=document.id)
    told = warranties_told(document.id) if is_handout else {}
    party = document.party
    name = rows[0]["to_name" if is_handout else "from_name"] if rows else party.name
    return ServiceProtocol(
        number=document.number,
        is_handout=is_handout,
        day=document.effective_at.astimezone().date(),
        place=document.location.name,
        service=our_side(),
        customer=side_of(party, name),
        lines=tuple(_line(row, told.get(row["unit_id"]), is_handout=is_handout) for row in rows),
        costs=_costs(document.id) if is_handout else (),
        reference=document.reference,
        remarks=document.reason,
        signed_by=document.posted_by or "",
    )


def _line(row: dict[str, Any], told: WarrantyTold | None, *, is_handout: bool) -> ServiceLine:
    settled = Settlement(row["settlement"]) if is_handout and row["settlement"] else None
    return ServiceLine(
        name=row["name"],
        sku=row["sku"],
        serial=row["serial"],
        condition=Condition(row["condition"]),
        fault=row["fault"],
        accessories=row["accessories"],
        warranty_until=day_of(row["warranty_until"]),
        since=from_store(row["since"]).astimezone().date() if is_handout else None,
        settlement=settled,
        outcome=row["outcome"] if is_handout else "",
        within=row["within"] or "",
        told=told,
    )


def _costs(document_id: int) -> tuple[ServiceCost, ...]:
    return tuple(
        ServiceCost(
            serial=row["serial"],
            kind=CostKind(row["kind"]),
            text=row["text"],
            hours=None if row["hours"] is None else unscaled(row["hours"], PIECES),
            amount=unscaled(row["amount"], MONEY),
            currency=row["currency"],
            borne=Borne(row["borne"]),
        )
        for row in select(_COSTS, document_id=document_id)
    )
