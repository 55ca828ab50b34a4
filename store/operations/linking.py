"""What people say about an invoice and what was issued or promised: whether it is about the same goods."""

from store.domain.received import Assessment
from store.domain.records import Actor
from store.models.deals import DealInvoiceRow
from store.models.invoices import InvoiceDocumentRow
from store.operations.mending import waiting_head
from store.operations.receiving import reassess


def link_document(actor: Actor, invoice_id: int, document_id: int, *, same: bool) -> Assessment:  # noqa: ARG001
    """Say whether a document is about the same goods as an invoice: they are counted once then.

    Raises RefusedError: UNKNOWN, NOT_WAITING.
    """
    waiting_head(invoice_id)
    role = "linked" if same else "other"
    InvoiceDocumentRow.insert(invoice=invoice_id, document=document_id, role=role).on_conflict(
        conflict_target=(InvoiceDocumentRow.invoice, InvoiceDocumentRow.document),
        update={InvoiceDocumentRow.role: role},
    ).execute()
    return reassess(invoice_id)


def link_deal(actor: Actor, invoice_id: int, deal_id: int, *, same: bool) -> Assessment:  # noqa: ARG001
    """Say whether an invoice is about the goods of a deal: they are counted once then.

    Raises RefusedError: UNKNOWN, NOT_WAITING.
    """
    waiting_head(invoice_id)
    role = "linked" if same else "other"
    DealInvoiceRow.insert(invoice=invoice_id, deal=deal_id, role=role).on_conflict(
        conflict_target=(DealInvoiceRow.invoice, DealInvoiceRow.deal),
        update={DealInvoiceRow.role: role},
    ).execute()
    return reassess(invoice_id)
