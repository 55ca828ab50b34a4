"""The next service of each unit whose product is serviced again and again."""

from peewee import BooleanField, DateField, ForeignKeyField

from store.models.base import Row
from store.models.fields import quantity_field
from store.models.units import UnitRow


class ServicePlanRow(Row):
    """When a unit is serviced next; `stale`: something happened since, and it is to be counted anew."""

    unit = ForeignKeyField(UnitRow, unique=True)
    stale = BooleanField()
    counted_from = DateField(null=True)
    counted_meter = quantity_field(null=True)
    next_due = DateField(null=True)
    next_meter = quantity_field(null=True)
    reading = quantity_field(null=True)
    made = BooleanField(default=False)
    """Its task was made."""

    class Meta:
        table_name = "service_plan"
