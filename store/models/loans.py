"""Rentals, what they lent, and for how much longer."""

from peewee import DateField, ForeignKeyField, TextField

from store.domain.terms import Condition
from store.models.base import Row
from store.models.documents import DocumentRow
from store.models.fields import CodeField, UtcField, money_field, quantity_field
from store.models.movements import MovementRow
from store.models.parties import PartyRow
from store.models.people import OperatorRow
from store.models.products import ProductRow
from store.models.units import UnitRow


class RentalRow(Row):
    """What a rental's head has beside a document's: until when, what for, at what price."""

    document = ForeignKeyField(DocumentRow, unique=True)
    due = DateField(null=True)
    ask_again = DateField(null=True)
    purpose = TextField(default="")
    deposit = money_field(null=True)
    daily_rate = money_field(null=True)

    class Meta:
        table_name = "rental"


class LoanRow(Row):
    """What one movement lent: a unit, or pieces without serials; closed by what brings it back."""

    document = ForeignKeyField(DocumentRow)
    movement = ForeignKeyField(MovementRow)
    product = ForeignKeyField(ProductRow)
    unit = ForeignKeyField(UnitRow, null=True)
    party = ForeignKeyField(PartyRow)
    quantity = quantity_field()
    since = UtcField()
    due = DateField(null=True)
    ask_again = DateField(null=True)
    condition = CodeField(Condition, null=True)
    accessories = TextField(default="")
    returned_document = ForeignKeyField(DocumentRow, null=True)
    returned_movement = ForeignKeyField(MovementRow, null=True)
    returned_at = UtcField(null=True)
    returned_condition = CodeField(Condition, null=True)
    returned_note = TextField(default="")

    class Meta:
        table_name = "loan"


class LoanExtensionRow(Row):
    """A loan was given a later day, or an earlier one."""

    loan = ForeignKeyField(LoanRow)
    old_due = DateField(null=True)
    old_ask_again = DateField(null=True)
    new_due = DateField(null=True)
    new_ask_again = DateField(null=True)
    reason = TextField()
    operator = ForeignKeyField(OperatorRow)
    operator_name = TextField()
    recorded_at = UtcField()
    token = TextField()

    class Meta:
        table_name = "loan_extension"
