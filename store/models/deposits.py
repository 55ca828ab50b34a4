"""Until when suppliers' units may stay with us."""

from peewee import DateField, ForeignKeyField, TextField

from store.models.base import Row
from store.models.documents import DocumentRow
from store.models.fields import UtcField
from store.models.people import OperatorRow
from store.models.units import UnitRow


class DepositRow(Row):
    """The day on which everything of a delivery is due back to its supplier."""

    document = ForeignKeyField(DocumentRow, primary_key=True)
    due = DateField()

    class Meta:
        table_name = "deposit"


class DueBackChangeRow(Row):
    """A unit is due back on another day than before."""

    unit = ForeignKeyField(UnitRow)
    old_due = DateField(null=True)
    new_due = DateField(null=True)
    document = ForeignKeyField(DocumentRow, null=True)
    reason = TextField()
    operator = ForeignKeyField(OperatorRow)
    operator_name = TextField()
    recorded_at = UtcField()
    token = TextField()

    class Meta:
        table_name = "due_back_change"
