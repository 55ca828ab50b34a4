"""The ledger: rows that are only ever added."""

from peewee import ForeignKeyField, TextField

from store.domain.terms import Condition, Terms
from store.models.base import Row
from store.models.documents import DocumentLineRow, DocumentRow
from store.models.fields import CodeField, UtcField, quantity_field
from store.models.parties import PartyRow, PlaceRow
from store.models.people import OperatorRow, TerminalRow
from store.models.products import ProductRow
from store.models.units import UnitRow


class MovementRow(Row):
    """A unit, or a quantity of a product, went from one state to another, with the names as they were."""

    unit = ForeignKeyField(UnitRow, null=True)
    product = ForeignKeyField(ProductRow)
    document = ForeignKeyField(DocumentRow)
    line = ForeignKeyField(DocumentLineRow)
    quantity = quantity_field()
    from_place = ForeignKeyField(PlaceRow, null=True)
    from_owner = ForeignKeyField(PartyRow, null=True)
    from_terms = CodeField(Terms, null=True)
    to_place = ForeignKeyField(PlaceRow, null=True)
    to_owner = ForeignKeyField(PartyRow)
    to_terms = CodeField(Terms)
    product_name = TextField()
    from_name = TextField()
    to_name = TextField()
    owner_name = TextField()
    operator = ForeignKeyField(OperatorRow)
    operator_name = TextField()
    terminal = ForeignKeyField(TerminalRow)
    terminal_name = TextField()
    effective_at = UtcField()
    recorded_at = UtcField()
    carrier = ForeignKeyField(UnitRow, null=True)
    """The unit that this one was built into and moved with."""

    class Meta:
        table_name = "movement"


class ConditionChangeRow(Row):
    """A unit's condition changed."""

    unit = ForeignKeyField(UnitRow)
    from_condition = CodeField(Condition)
    to_condition = CodeField(Condition)
    reason = TextField()
    operator = ForeignKeyField(OperatorRow)
    operator_name = TextField()
    effective_at = UtcField()
    recorded_at = UtcField()

    class Meta:
        table_name = "condition_change"
