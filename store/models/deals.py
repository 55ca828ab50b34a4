"""Deals, their lines, and which documents and invoices have how much of them."""

from peewee import ForeignKeyField, IntegerField, TextField

from store.domain.deals import DealState
from store.models.base import Row
from store.models.documents import DocumentLineRow, DocumentRow
from store.models.fields import CodeField, UtcField, money_field, quantity_field
from store.models.invoices import InvoiceLineRow, InvoiceRow, PendingSerialRow
from store.models.parties import LocationRow, PartyRow
from store.models.people import OperatorRow
from store.models.products import ProductRow


class DealRow(Row):
    """What a customer was promised."""

    number = TextField(unique=True)
    state = CodeField(DealState, default=DealState.DRAFT)
    party = ForeignKeyField(PartyRow)
    location = ForeignKeyField(LocationRow)
    their_order = TextField(default="")
    currency = TextField()
    note = TextField(default="")
    reason = TextField(default="")
    made_at = UtcField()
    made_by = ForeignKeyField(OperatorRow)
    made_name = TextField()
    finalised_at = UtcField(null=True)
    finalised_by = ForeignKeyField(OperatorRow, null=True)
    finalised_name = TextField(null=True)
    delivered_at = UtcField(null=True)
    placed_token = TextField(null=True)
    token = TextField(unique=True)

    class Meta:
        table_name = "deal"


class DealLineRow(Row):
    """So much of one product, and the running sums of what became of it."""

    deal = ForeignKeyField(DealRow, backref="lines")
    position = IntegerField()
    product = ForeignKeyField(ProductRow)
    quantity = quantity_field()
    unit_price = money_field(null=True)
    note = TextField(default="")
    planned = quantity_field(default=0)
    delivered = quantity_field(default=0)
    dropped = quantity_field(default=0)

    class Meta:
        table_name = "deal_line"


class DealPartRow(Row):
    """What a document's line, or pieces whose serials come later, have of a deal's line."""

    deal_line = ForeignKeyField(DealLineRow)
    document_line = ForeignKeyField(DocumentLineRow, null=True, unique=True)
    pending_serial = ForeignKeyField(PendingSerialRow, null=True, unique=True)
    planned = quantity_field(default=0)
    delivered = quantity_field(default=0)

    class Meta:
        table_name = "deal_part"


class DealDocumentRow(Row):
    """A document by which a deal is delivered."""

    deal = ForeignKeyField(DealRow)
    document = ForeignKeyField(DocumentRow, unique=True)

    class Meta:
        table_name = "deal_document"


class DealInvoiceRow(Row):
    """Whether an invoice is about the goods of a deal."""

    deal = ForeignKeyField(DealRow)
    invoice = ForeignKeyField(InvoiceRow)
    role = TextField()

    class Meta:
        table_name = "deal_invoice"


class DealCoverRow(Row):
    """How much of a deal's line an invoice's line is about."""

    invoice_line = ForeignKeyField(InvoiceLineRow)
    deal_line = ForeignKeyField(DealLineRow)
    quantity = quantity_field()

    class Meta:
        table_name = "deal_cover"


class DealBilledRow(Row):
    """How much of a deal's line an invoice's line had put with the customer before the deal."""

    deal_line = ForeignKeyField(DealLineRow)
    invoice_line = ForeignKeyField(InvoiceLineRow)
    quantity = quantity_field()

    class Meta:
        table_name = "deal_billed"
