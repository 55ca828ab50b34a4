"""How a deal is delivered: by issues to be scanned, or at once onto the customer's holdings."""

import logging
from decimal import Decimal
from typing import Any

from store.domain.deals import NOTHING, DealHead, DealLine, DealState
from store.domain.documents import Document
from store.domain.errors import RefusalCode, RefusedError
from store.domain.invoices import InvoiceLine
from store.domain.moves import LineMove, Why
from store.domain.received import Chosen, LineOutcome
from store.domain.records import Actor
from store.domain.terms import DocumentType, Tracking
from store.models.bulk import BIG, packed, rows_as
from store.models.deals import DealDocumentRow, DealRow
from store.models.documents import DocumentRow
from store.models.fields import PIECES
from store.models.sql import execute
from store.operations.billed import deliver_billed
from store.operations.deal_state import settle_state
from store.operations.deals import changeable, wrong_state
from store.operations.selling import Origin, place
from store.operations.writing import WrittenLine, open_written
from store.queries.deals import deal_head, deal_lines
from store.queries.documents import head as document_head

log = logging.getLogger(__name__)


def finalise(actor: Actor, deal_id: int) -> DealHead:
    """Promise a draft to its customer, and return it: now it can be delivered. Done again it changes nothing.

    Raises RefusedError: UNKNOWN, WRONG_STATE for one that has ended, NO_LINES.
    """
    head = changeable(deal_id)
    if head.state is not DealState.DRAFT:
        return head
    if not head.line_count:
        raise RefusedError(RefusalCode.NO_LINES, deal=head.number)
    DealRow.update(
        state=DealState.OPEN,
        finalised_at=actor.at,
        finalised_by=actor.operator.id,
        finalised_name=actor.operator.name,
    ).where(DealRow.id == deal_id).execute()
    log.info("deal %s finalised by operator %s", head.number, actor.operator.code)
    return _head(deal_id)


def issue_deal(actor: Actor, deal_id: int, *, token: str) -> Document | None:
    """Open an issue at the deal's location with everything of the deal that is in no document yet.

    A draft is finalised by it. The deal's services lie in no warehouse: they go onto the customer's holdings
    at once. Returns the issue, to be scanned; None: there were services only. Called again with the same
    `token` it returns what it opened. Raises RefusedError: UNKNOWN, WRONG_STATE, NO_LINES, NOTHING_OPEN.
    """
    opened = DocumentRow.get_or_none(DocumentRow.open_token == token)
    if opened is not None:
        return document_head(opened.id)
    if _is_repeated(deal_id, token):
        return None
    head, lines = _open_lines(actor, deal_id)
    services = [line for line in lines if line.product.is_service]
    goods = [line for line in lines if not line.product.is_service]
    _place(actor, head, services, token)
    if not goods:
        settle_state(deal_id)
        return None
    written = [WrittenLine(product_id=line.product.id, expected=line.open) for line in goods]
    document_id = open_written(actor, DocumentType.ISSUE, head.party, head.location, head.number, written)
    DocumentRow.update(open_token=token).where(DocumentRow.id == document_id).execute()
    DealDocumentRow.create(deal=deal_id, document=document_id)
    take_parts(
        [_part(line.id, made.id, planned=line.open) for line, made in zip(goods, written, strict=True)]
    )
    settle_state(deal_id)
    return document_head(document_id)


def place_deal(actor: Actor, deal_id: int, *, token: str) -> DealHead:
    """Put everything of a deal that is in no document yet onto its customer's holdings, and return the deal.

    What an invoice has put there before is not put there again. Pieces with serials wait to be scanned on
    site; pieces without come from the stock of the deal's location as far as it has them. Called again with
    the same `token` it does nothing more. Raises RefusedError: UNKNOWN, WRONG_STATE, NO_LINES, NOTHING_OPEN.
    """
    if _is_repeated(deal_id, token):
        return _head(deal_id)
    head, lines = _open_lines(actor, deal_id)
    DealRow.update(placed_token=token, delivered_at=actor.at).where(DealRow.id == deal_id).execute()
    _place(actor, head, deliver_billed(actor, head, lines), token)
    settle_state(deal_id)
    log.info("deal %s placed by operator %s", head.number, actor.operator.code)
    return _head(deal_id)


def _open_lines(actor: Actor, deal_id: int) -> tuple[DealHead, list[DealLine]]:
    head = changeable(deal_id)
    if head.state is DealState.DRAFT:
        head = finalise(actor, deal_id)
    if not head.state.is_open:
        raise wrong_state(head)
    lines = [line for line in deal_lines(deal_id) if line.open > NOTHING]
    if not lines:
        raise RefusedError(RefusalCode.NOTHING_OPEN, deal=head.number)
    return head, lines


def _place(actor: Actor, head: DealHead, lines: list[DealLine], token: str) -> None:
    """Put what is open of lines onto the holdings, by the operation that posts invoices."""
    if not lines:
        return
    origin = Origin(
        document=DocumentType.DEAL,
        name=head.number,
        token=f"deal {head.id} {token}",
        deal_id=head.id,
        # Services of a line that grew get other numbers than those before.
        stem=f"{head.number}+{head.delivered:f}" if head.delivered else head.number,
        location=head.location,
    )
    DealRow.update(placed_token=token).where(DealRow.id == head.id).execute()
    ids = {line.position: line.id for line in lines}
    parts: list[dict[str, Any]] = []
    for effect in place(actor, origin, head.party, [_outcome(line) for line in lines], None):
        if effect.document_id is not None:
            DealDocumentRow.create(deal=head.id, document=effect.document_id)
        parts += [_part(ids[made.position], made.id, delivered=made.scanned) for made in effect.written]
    take_parts(parts)
    _take_pending(actor, head.id)


def _is_repeated(deal_id: int, token: str) -> bool:
    return DealRow.select().where((DealRow.id == deal_id) & (DealRow.placed_token == token)).exists()


def _part(
    line_id: int, document_line_id: int, *, planned: Decimal = NOTHING, delivered: Decimal = NOTHING
) -> dict[str, Any]:
    return {
        "line_id": line_id,
        "document_line_id": document_line_id,
        "planned": int(planned.scaleb(PIECES)),
        "delivered": int(delivered.scaleb(PIECES)),
    }


def take_parts(parts: list[dict[str, Any]]) -> None:
    """Note which lines of documents have how much of which lines of a deal, and count it there."""
    if not parts:
        return
    columns = dict.fromkeys(("line_id", "document_line_id", "planned", "delivered"), BIG)
    source, rows = rows_as("v", columns), packed(parts)
    execute(
        f"""
        INSERT INTO deal_part (deal_line_id, document_line_id, planned, delivered)
        SELECT v.line_id, v.document_line_id, v.planned, v.delivered FROM {source} WHERE true
        """,
        rows=rows,
    )
    execute(
        f"""
        UPDATE deal_line SET planned = deal_line.planned + t.planned,
                             delivered = deal_line.delivered + t.delivered
        FROM (SELECT v.line_id, sum(v.planned) AS planned, sum(v.delivered) AS delivered
              FROM {source} GROUP BY v.line_id) AS t
        WHERE deal_line.id = t.line_id
        """,
        rows=rows,
    )


def _take_pending(actor: Actor, deal_id: int) -> None:
    """Count the pieces that wait for their serials as delivered: the customer has them."""
    fresh = """
        FROM pending_serial s JOIN deal_line n ON n.id = s.deal_line_id
        WHERE n.deal_id = :deal_id AND NOT EXISTS (SELECT 1 FROM deal_part x WHERE x.pending_serial_id = s.id)
    """
    execute(
        f"""
        UPDATE deal_line SET delivered = deal_line.delivered + t.quantity
        FROM (SELECT s.deal_line_id AS line_id, sum(s.quantity) AS quantity {fresh}
              GROUP BY s.deal_line_id) AS t
        WHERE deal_line.id = t.line_id
        """,
        deal_id=deal_id,
    )
    execute(
        "INSERT INTO deal_part (deal_line_id, pending_serial_id, planned, delivered) "
        f"SELECT s.deal_line_id, s.id, 0, s.quantity {fresh}",
        deal_id=deal_id,
    )
    DealRow.update(delivered_at=actor.at).where(DealRow.id == deal_id).execute()


def _outcome(line: DealLine) -> LineOutcome:
    """Say of a line what an invoice would say: its pieces are counted, or their serials come later."""
    read = InvoiceLine(position=line.position, name=line.product.name, quantity=line.open)
    outcome = LineOutcome(
        move=LineMove(line=read, why=Why.SALE, pieces=line.open),
        chosen=Chosen(product=line.product),
        wanted=line.open,
    )
    if line.product.tracking is Tracking.SERIAL and line.product.is_service:
        outcome.numbered = line.open
    elif line.product.tracking is Tracking.SERIAL:
        outcome.pending = line.open
    else:
        outcome.counted = line.open
    return outcome


def _head(deal_id: int) -> DealHead:
    head = deal_head(deal_id)
    assert head is not None  # noqa: S101 - it was read or written in this transaction
    return head
