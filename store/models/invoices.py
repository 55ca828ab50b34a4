"""Imported invoices, what they did, what was learned of them, and the serials still to be scanned."""

from peewee import (
    BigIntegerField,
    BlobField,
    BooleanField,
    DateField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from store.domain.direction import Direction
from store.domain.received import InvoiceState
from store.models.base import Row
from store.models.documents import DocumentLineRow, DocumentRow
from store.models.fields import CodeField, UtcField, money_field, quantity_field
from store.models.parties import LocationRow, PartyRow
from store.models.people import OperatorRow
from store.models.products import ProductRow


class InvoiceRow(Row):
    """An invoice or despatch advice, once, in however many files it came."""

    format = TextField()
    family = TextField()
    kind = TextField()
    state = CodeField(InvoiceState, default=InvoiceState.WAITING)
    number = TextField()
    number_key = TextField(null=True)
    seller_key = TextField(null=True)
    ksef_number = TextField(null=True)
    seller_tax_id = TextField()
    seller_name = TextField()
    buyer_tax_id = TextField()
    buyer_name = TextField()
    holder_tax_id = TextField()
    holder_name = TextField()
    holder_address = TextField()
    direction = CodeField(Direction)
    doubt = TextField(null=True)
    route_settled = BooleanField(default=False)
    party = ForeignKeyField(PartyRow, null=True)
    issued_on = DateField(null=True)
    delivered_on = DateField(null=True)
    currency = TextField()
    corrects = TextField()
    line_count = IntegerField()
    questions = IntegerField(default=0)
    link_days = IntegerField(default=30)
    received_at = UtcField()
    received_by = ForeignKeyField(OperatorRow)
    received_name = TextField()
    imported_at = UtcField(null=True)
    imported_by = ForeignKeyField(OperatorRow, null=True)
    imported_name = TextField(null=True)
    reversed_at = UtcField(null=True)
    reversed_by = ForeignKeyField(OperatorRow, null=True)
    reversed_name = TextField(null=True)
    reason = TextField(default="")

    class Meta:
        table_name = "invoice"


class InvoiceFileRow(Row):
    """A file in which an invoice came, compressed, with how it was read."""

    invoice = ForeignKeyField(InvoiceRow, backref="files")
    content_hash = TextField(unique=True)
    name = TextField()
    format = TextField()
    options = TextField()
    data = BlobField()
    received_at = UtcField()

    class Meta:
        table_name = "invoice_file"


class InvoiceLineRow(Row):
    """A line: what was read, what it was matched to, what was decided, and what it did."""

    invoice = ForeignKeyField(InvoiceRow, backref="lines")
    position = IntegerField()
    number = TextField()
    name = TextField()
    seller_index = TextField()
    buyer_index = TextField()
    gtin = TextField()
    quantity = TextField()
    unit = TextField()
    price = TextField()
    why = TextField()
    product = ForeignKeyField(ProductRow, null=True)
    matched_by = TextField(default="")
    decision = TextField(default="")
    offers = TextField(default="")
    question = TextField(default="")
    serials = TextField(default="")
    placed = quantity_field(default=0)
    returned = quantity_field(default=0)
    covered = quantity_field(default=0)
    pending = quantity_field(default=0)
    ordered = quantity_field(default=0)

    class Meta:
        table_name = "invoice_line"


class InvoiceDocumentRow(Row):
    """What a document is to an invoice."""

    invoice = ForeignKeyField(InvoiceRow)
    document = ForeignKeyField(DocumentRow)
    role = TextField()

    class Meta:
        table_name = "invoice_document"


class InvoiceCoverRow(Row):
    """How much of an invoice's line a document's line has moved already, or will."""

    invoice_line = ForeignKeyField(InvoiceLineRow)
    document_line = ForeignKeyField(DocumentLineRow)
    quantity = quantity_field()

    class Meta:
        table_name = "invoice_cover"


class LearnedMatchRow(Row):
    """What a seller means by an index, a GTIN or a name; without a product: nothing that is followed here."""

    seller = ForeignKeyField(PartyRow)
    kind = TextField()
    key = TextField()
    product = ForeignKeyField(ProductRow, null=True)
    learned_at = UtcField()
    learned_by = ForeignKeyField(OperatorRow)

    class Meta:
        table_name = "learned_match"


class PendingSerialRow(Row):
    """Pieces with a party whose serials are still to be scanned."""

    party = ForeignKeyField(PartyRow)
    product = ForeignKeyField(ProductRow)
    location = ForeignKeyField(LocationRow)
    invoice_line = ForeignKeyField(InvoiceLineRow, null=True)
    source = TextField()
    quantity = quantity_field()
    filled = quantity_field(default=0)
    dropped = quantity_field(default=0)
    released = BooleanField(default=False)
    announced = TextField(default="")
    deal_line_id = BigIntegerField(null=True)
    unit_price = money_field(null=True)
    opened_at = UtcField()

    class Meta:
        table_name = "pending_serial"


class PendingFillRow(Row):
    """Serials of a document's line that were scanned for pieces which waited for them."""

    pending = ForeignKeyField(PendingSerialRow)
    document_line = ForeignKeyField(DocumentLineRow)
    quantity = quantity_field()

    class Meta:
        table_name = "pending_fill"


class PendingDropRow(Row):
    """Pieces that wait for their serials no more, by which invoice; below zero: they wait again."""

    pending = ForeignKeyField(PendingSerialRow)
    invoice = ForeignKeyField(InvoiceRow, null=True)
    quantity = quantity_field()

    class Meta:
        table_name = "pending_drop"


class CsvMappingRow(Row):
    """Which column of a sender's files is what."""

    sender_key = TextField(unique=True)
    sender = TextField()
    mapping = TextField()
    saved_at = UtcField()
    saved_by = ForeignKeyField(OperatorRow)

    class Meta:
        table_name = "csv_mapping"
