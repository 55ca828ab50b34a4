"""Documents: heads, lines, announced serials, drafts, refusals and the counters of their numbers."""

from peewee import BigIntegerField, BooleanField, CompositeKey, ForeignKeyField, IntegerField, TextField

from store.domain.loans import BackAs
from store.domain.purchases import HOME_CURRENCY
from store.domain.repairs import Settlement, TakenAs
from store.domain.terms import Condition, DocumentStatus, DocumentType, Terms
from store.models.base import Row
from store.models.fields import CodeField, UtcField, money_field, quantity_field
from store.models.parties import LocationRow, PartyRow
from store.models.people import OperatorRow, TerminalRow
from store.models.products import ProductRow
from store.models.units import UnitRow


class DocumentRow(Row):
    """A document's head."""

    type = CodeField(DocumentType)
    status = CodeField(DocumentStatus, default=DocumentStatus.OPEN)
    number = TextField(null=True, unique=True)
    location = ForeignKeyField(LocationRow)
    party = ForeignKeyField(PartyRow)
    target = ForeignKeyField(LocationRow, null=True)
    units_of_supplier = BooleanField(default=False)
    reference = TextField(default="")
    reason = TextField(default="")
    opened_at = UtcField()
    opened_by = ForeignKeyField(OperatorRow)
    opened_name = TextField()
    posted_at = UtcField(null=True)
    posted_by = ForeignKeyField(OperatorRow, null=True)
    posted_name = TextField(null=True)
    effective_at = UtcField(null=True)
    close_token = TextField(null=True, unique=True)
    open_token = TextField(null=True, unique=True)

    class Meta:
        table_name = "document"


class DocumentLineRow(Row):
    """What a document expects of one product, and the running counts of what was scanned."""

    document = ForeignKeyField(DocumentRow, backref="lines")
    position = IntegerField()
    product = ForeignKeyField(ProductRow)
    expected = quantity_field(null=True)
    scanned = quantity_field(default=0)
    rejected = quantity_field(default=0)
    announced = IntegerField(default=0)
    unit_price = money_field(null=True)
    currency = TextField(default=HOME_CURRENCY)

    class Meta:
        table_name = "document_line"


class ExpectedSerialRow(Row):
    """A serial that the supplier announced for a line."""

    line = ForeignKeyField(DocumentLineRow, backref="expected_serials")
    serial = TextField()
    serial_key = TextField()

    class Meta:
        table_name = "expected_serial"


class DraftScanRow(Row):
    """An accepted scan; it outlives the document's closing as the trace of what was scanned, and by whom."""

    document = ForeignKeyField(DocumentRow)
    line = ForeignKeyField(DocumentLineRow)
    product = ForeignKeyField(ProductRow)
    unit = ForeignKeyField(UnitRow, null=True)
    serial = TextField(null=True)
    serial_key = TextField(null=True)
    quantity = quantity_field()
    rejected = BooleanField(default=False)
    reason = TextField(default="")
    announced = BooleanField(default=False)
    state = TextField(default="draft")
    text = TextField()
    scanned_at = UtcField()
    operator = ForeignKeyField(OperatorRow)
    operator_name = TextField()
    terminal = ForeignKeyField(TerminalRow)
    terminal_name = TextField()
    token = TextField(unique=True)
    removed_at = UtcField(null=True)
    removed_by = ForeignKeyField(OperatorRow, null=True)
    removed_token = TextField(null=True, unique=True)
    condition = CodeField(Condition, null=True)
    note = TextField(default="")
    back_as = CodeField(BackAs, null=True)
    loan_id = BigIntegerField(null=True)
    giver = ForeignKeyField(PartyRow, null=True)
    """Of pieces without serials that come back and were not lent: who had them."""
    giver_terms = CodeField(Terms, null=True)
    counted = BooleanField(default=False)
    """Of a stocktake: it takes the piece from nobody."""
    seen_movement_id = BigIntegerField(null=True)
    """The last movement of the unit, or of the ledger, when it was counted; None: no record knew it."""
    seen_quantity = BigIntegerField(null=True)
    """Thousandths of pieces without serials that were on record at the place."""
    fault = TextField(default="")
    taken_as = CodeField(TakenAs, null=True)
    settlement = CodeField(Settlement, null=True)

    class Meta:
        table_name = "draft_scan"


class RefusedScanRow(Row):
    """A scan that was not accepted, with its reason."""

    document = ForeignKeyField(DocumentRow)
    text = TextField()
    code = TextField()
    data = TextField()
    """JSON object of texts."""
    scanned_at = UtcField()
    operator = ForeignKeyField(OperatorRow)
    operator_name = TextField()
    terminal = ForeignKeyField(TerminalRow)
    token = TextField(unique=True)

    class Meta:
        table_name = "refused_scan"


class CounterRow(Row):
    """The last number given in a series in a year."""

    series = TextField()
    year = IntegerField()
    last = IntegerField()

    class Meta:
        table_name = "counter"
        primary_key = CompositeKey("series", "year")
