"""Until when a service is valid, for how many, of what, and which one follows it."""

from peewee import DateField, ForeignKeyField, IntegerField, TextField

from store.models.base import Row
from store.models.units import UnitRow


class ValidityRow(Row):
    """The terms of one service: a unit of a product whose kind is a service has exactly one."""

    unit = ForeignKeyField(UnitRow, unique=True)
    valid_from = DateField()
    valid_until = DateField(null=True)
    """None: for good."""
    seats = IntegerField(null=True)
    subject_unit = ForeignKeyField(UnitRow, column_name="subject_id", null=True)
    """The unit that it is about."""
    subject = TextField(default="")
    ended_on = DateField(null=True)
    """It ended on this day, before its time or with it: nobody renews it any more."""
    renewed = ForeignKeyField(UnitRow, null=True)
    """The service that follows it."""

    class Meta:
        table_name = "validity"
