"""What becomes of a deal when the document that delivers it is closed or cancelled."""

from store.domain.documents import Document
from store.domain.records import Actor
from store.domain.terms import DocumentType
from store.models.deals import DealDocumentRow, DealRow
from store.models.sql import execute
from store.operations.deal_state import settle_state

_PARTS = """
    SELECT x.deal_line_id AS line_id, sum(x.planned) AS planned, sum({delivered}) AS delivered
    FROM document_line n JOIN deal_part x ON x.document_line_id = n.id
    WHERE n.document_id = :document_id AND x.planned > 0 GROUP BY x.deal_line_id
"""


def deliver_parts(actor: Actor, document: Document) -> None:
    """Count what a posted issue moved as delivered by its deal; what it did not move is open again."""
    if document.type is not DocumentType.ISSUE:
        return
    row = DealDocumentRow.get_or_none(DealDocumentRow.document == document.id)
    if row is None:
        return
    _settle(document.id, "n.scanned")
    DealRow.update(delivered_at=actor.at).where(DealRow.id == row.deal_id).execute()
    settle_state(row.deal_id)


def free_parts(document_id: int) -> None:
    """Let what a cancelled document was to deliver be open again."""
    row = DealDocumentRow.get_or_none(DealDocumentRow.document == document_id)
    if row is not None:
        _settle(document_id, "0")
        settle_state(row.deal_id)


def _settle(document_id: int, delivered: str) -> None:
    execute(
        f"""
        UPDATE deal_line SET planned = deal_line.planned - t.planned,
                             delivered = deal_line.delivered + t.delivered
        FROM ({_PARTS.format(delivered=delivered)}) AS t WHERE deal_line.id = t.line_id
        """,
        document_id=document_id,
    )
    execute(
        f"""
        UPDATE deal_part SET planned = 0, delivered = {delivered} FROM document_line n
        WHERE n.id = deal_part.document_line_id AND n.document_id = :document_id
        """,
        document_id=document_id,
    )
