"""Taking a whole import back, by documents, as long as nothing of it has moved on."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from store.domain.documents import Document
from store.domain.errors import RefusalCode, RefusedError
from store.domain.received import InvoiceState, MadeDocument, Receipt
from store.domain.records import Actor
from store.domain.roles import Permission
from store.domain.terms import DocumentStatus, DocumentType, Terms
from store.domain.transitions import Transition
from store.models.documents import DraftScanRow
from store.models.fields import PIECES, unscaled
from store.models.invoices import InvoiceDocumentRow, InvoiceRow
from store.models.moments import to_store
from store.models.sql import execute, select
from store.operations.allowed import require
from store.operations.billed import open_billed
from store.operations.documents import cancel_document
from store.operations.pending import release_pending, restore_pending
from store.operations.selling import AGAIN, AWAY, BACK, BORN, FROM_STOCK
from store.operations.writing import WrittenLine, post_written
from store.queries.documents import head as document_head
from store.queries.invoices import invoice_head, made_documents


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moved:
    product_id: int
    unit_id: int | None
    serial: str
    quantity: Decimal
    was_stocked: bool
    """It came from our stock, or lies there now."""


def reverse_invoice(actor: Actor, invoice_id: int, *, reason: str) -> Receipt:
    """Take back by documents what an import did, and return it with them.

    What came from our stock lies there again, what was born with the party is written off, an open delivery
    is cancelled, serials of a sale are not waited for any more, and those that a correction dropped are
    again. Called again it returns what it did. Raises RefusedError and changes nothing: UNKNOWN, NOT_ALLOWED,
    NOT_IMPORTED, REASON_NEEDED, MOVED_ON when a unit, a delivery or a scanned serial has gone on since.
    """
    require(actor, Permission.CANCEL)
    head = invoice_head(invoice_id, lock=True)
    if head is None:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(invoice_id))
    if head.state is InvoiceState.REVERSED:
        return Receipt(invoice=head, known=True, made=made_documents(invoice_id))
    if head.state is not InvoiceState.IMPORTED:
        raise RefusedError(RefusalCode.NOT_IMPORTED, invoice=head.number or str(head.id))
    if not reason.strip():
        raise RefusedError(RefusalCode.REASON_NEEDED)
    _release_pending(invoice_id)
    restore_pending(invoice_id)
    since = InvoiceRow.get_by_id(invoice_id).imported_at
    for made in made_documents(invoice_id):
        if made.status is DocumentStatus.CANCELLED:
            continue
        if made.role in {"placed", "returned"}:
            _undo(actor, invoice_id, made, reason.strip(), to_store(since))
        elif made.role == "delivery":
            _cancel(actor, made)
    _unlink(invoice_id)
    InvoiceRow.update(
        state=InvoiceState.REVERSED,
        reversed_at=actor.at,
        reversed_by=actor.operator.id,
        reversed_name=actor.operator.name,
        reason=reason.strip(),
    ).where(InvoiceRow.id == invoice_id).execute()
    done = invoice_head(invoice_id)
    assert done is not None  # noqa: S101 - it was read above
    return Receipt(invoice=done, known=False, made=made_documents(invoice_id))


def reopen_invoice(actor: Actor, invoice_id: int) -> None:
    """Let a reversed invoice wait to be posted again. Raises RefusedError: NOT_ALLOWED, NOT_IMPORTED."""
    require(actor, Permission.CANCEL)
    head = invoice_head(invoice_id, lock=True)
    if head is None or head.state is not InvoiceState.REVERSED:
        raise RefusedError(RefusalCode.NOT_IMPORTED, invoice=head.number if head else str(invoice_id))
    InvoiceRow.update(
        state=InvoiceState.WAITING, reversed_at=None, reversed_by=None, reversed_name=None
    ).where(InvoiceRow.id == invoice_id).execute()
    execute(
        "UPDATE invoice_line SET placed = 0, returned = 0, covered = 0, pending = 0, ordered = 0 "
        "WHERE invoice_id = :invoice_id",
        invoice_id=invoice_id,
    )
    # What was done and undone is history: it is no part of what is done next.
    execute(
        "UPDATE invoice_document SET role = 'reversal' WHERE invoice_id = :invoice_id "
        "AND role IN ('placed', 'returned', 'delivery')",
        invoice_id=invoice_id,
    )


def _release_pending(invoice_id: int) -> None:
    scanned = select(
        "SELECT p.name FROM pending_serial s JOIN product p ON p.id = s.product_id "
        "JOIN invoice_line n ON n.id = s.invoice_line_id "
        "JOIN pending_fill f ON f.pending_id = s.id JOIN document_line l ON l.id = f.document_line_id "
        "JOIN document d ON d.id = l.document_id "
        # What an issue scanned stays where the issue has put it, and is about no invoice then.
        "WHERE n.invoice_id = :invoice_id AND d.type <> 'issue' AND NOT s.released LIMIT 1",
        invoice_id=invoice_id,
    )
    if scanned:
        raise RefusedError(RefusalCode.MOVED_ON, what=scanned[0]["name"])
    release_pending(invoice_id)


def _unlink(invoice_id: int) -> None:
    """Forget what the invoice was about: documents and deals are free for another one."""
    open_billed(invoice_id)
    for cover in ("invoice_cover", "deal_cover"):
        execute(
            f"DELETE FROM {cover} WHERE invoice_line_id IN "
            "(SELECT id FROM invoice_line WHERE invoice_id = :invoice_id)",
            invoice_id=invoice_id,
        )
    for link in ("invoice_document", "deal_invoice"):
        execute(
            f"DELETE FROM {link} WHERE invoice_id = :invoice_id AND role IN ('linked', 'other')",
            invoice_id=invoice_id,
        )


def _cancel(actor: Actor, made: MadeDocument) -> None:
    drafts = (DraftScanRow.document == made.id) & (DraftScanRow.state == "draft")
    if made.status is not DocumentStatus.OPEN or DraftScanRow.select().where(drafts).exists():
        raise RefusedError(RefusalCode.MOVED_ON, what=made.name)
    cancel_document(actor, made.id)


def _undo(actor: Actor, invoice_id: int, made: MadeDocument, reason: str, since: str) -> None:
    """Write the documents that take back what one document of an invoice moved."""
    document = document_head(made.id)
    assert document is not None  # noqa: S101 - it is named by a foreign key
    moved = _moved(made.id)
    if document.type is DocumentType.INVOICE:
        # From the stock, it goes back there; born with the party, it never was.
        parts: tuple[tuple[bool, Transition], ...] = ((True, BACK), (False, AWAY))
        kind = DocumentType.CORRECTION
    else:
        parts = ((True, FROM_STOCK), (False, BORN))
        kind = DocumentType.INVOICE
    for was_stocked, row in parts:
        lines = [_written(each, row) for each in moved if each.was_stocked == was_stocked]
        if lines:
            # A service that a correction took off is there: it is placed again, not born.
            only = AGAIN if row is BORN else row
            _write(actor, invoice_id, document, kind, lines, only, reason, since)


def _write(
    actor: Actor,
    invoice_id: int,
    document: Document,
    kind: DocumentType,
    lines: list[WrittenLine],
    row: Transition,
    reason: str,
    since: str,
) -> None:
    try:
        posted = post_written(
            actor, kind, document.party, document.location, document.number or "", lines,
            token=f"reversal {invoice_id} {document.id} {row.to_terms} {since}", only=(row,), reason=reason,
        )  # fmt: skip
    except RefusedError as error:
        if error.refusal.code is RefusalCode.TOO_FEW:
            raise RefusedError(RefusalCode.MOVED_ON, what=error.refusal.data["product"]) from error
        raise
    InvoiceDocumentRow.create(invoice=invoice_id, document=posted.id, role="reversal")


def _written(moved: _Moved, row: Transition) -> WrittenLine:
    if moved.unit_id is None:
        return WrittenLine(product_id=moved.product_id, counted=moved.quantity, row=row)
    return WrittenLine(product_id=moved.product_id, units=[(moved.serial, moved.unit_id)])


def _moved(document_id: int) -> list[_Moved]:
    """Return what a document moved, without what went in something else: that goes back with it.

    Raises RefusedError(MOVED_ON) for the first unit that went on since, or got other parts.
    """
    rows: list[dict[str, Any]] = select(
        """
        SELECT m.product_id, m.unit_id, coalesce(u.serial, '') AS serial, m.quantity,
               m.from_terms, m.to_terms, m.carrier_id,
               m.unit_id IS NOT NULL AND coalesce(m.carrier_id, 0) <> coalesce((
                   SELECT k.other_id FROM unit_link k WHERE k.unit_id = m.unit_id AND k.kind = 'installed'
                   AND k.ended_at IS NULL), 0) AS refitted,
               EXISTS (SELECT 1 FROM unit_link k WHERE k.other_id = m.unit_id AND k.kind = 'installed'
                       AND k.ended_at IS NULL AND NOT EXISTS (
                           SELECT 1 FROM movement y WHERE y.document_id = m.document_id
                           AND y.unit_id = k.unit_id)) AS extended,
               EXISTS (SELECT 1 FROM movement x WHERE x.unit_id = m.unit_id AND x.id > m.id) AS later,
               EXISTS (SELECT 1 FROM draft_scan s WHERE s.unit_id = m.unit_id AND s.state = 'draft'
                       AND NOT s.counted) AS taken
        FROM movement m LEFT JOIN unit u ON u.id = m.unit_id
        WHERE m.document_id = :document_id ORDER BY m.id
        """,
        document_id=document_id,
    )
    since = ("later", "taken", "refitted", "extended")
    gone = next((row["serial"] for row in rows if any(row[fact] for fact in since)), None)
    if gone is not None:
        raise RefusedError(RefusalCode.MOVED_ON, what=gone)
    return [
        _Moved(
            product_id=row["product_id"],
            unit_id=row["unit_id"],
            serial=row["serial"],
            quantity=unscaled(row["quantity"], PIECES),
            was_stocked=Terms.STOCK in {row["from_terms"], row["to_terms"]},
        )
        for row in rows
        if row["carrier_id"] is None
    ]
