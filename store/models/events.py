"""Events of units, what is built into what, and changes of warranties: rows that are only ever added."""

from peewee import BooleanField, DateField, ForeignKeyField, IntegerField, TextField

from store.domain.events import EventStatus
from store.models.base import Row
from store.models.fields import CodeField, UtcField, quantity_field
from store.models.parties import PartyRow
from store.models.people import OperatorRow
from store.models.products import ProductRow
from store.models.units import UnitRow


class EventKindRow(Row):
    """A kind of events: built in, or the company's own."""

    code = TextField(unique=True)
    name = TextField()
    name_pl = TextField(default="")
    """The name in Polish; empty: the same."""
    position = IntegerField(default=0)
    """Where it stands among the company's own."""
    is_built_in = BooleanField(default=False)
    stays_open = BooleanField(default=False)
    retired = BooleanField(default=False)

    class Meta:
        table_name = "event_kind"


class EventRow(Row):
    """Something happened to a unit. Its facts never change; an open one is closed once."""

    kind = ForeignKeyField(EventKindRow)
    kind_code = TextField()
    kind_name = TextField()
    unit = ForeignKeyField(UnitRow)
    product = ForeignKeyField(ProductRow)
    product_name = TextField()
    holder = ForeignKeyField(PartyRow)
    holder_name = TextField()
    text = TextField()
    outcome = TextField()
    meter = quantity_field(null=True)
    meter_unit = TextField()
    parts = TextField()
    status = CodeField(EventStatus, null=True)
    technician = ForeignKeyField(OperatorRow)
    technician_name = TextField()
    operator = ForeignKeyField(OperatorRow)
    operator_name = TextField()
    effective_at = UtcField()
    recorded_at = UtcField()
    closed_at = UtcField(null=True)
    closed_by = ForeignKeyField(OperatorRow, null=True)
    closed_name = TextField()
    corrects = ForeignKeyField("self", null=True)
    token = TextField(unique=True)

    class Meta:
        table_name = "event"


class UnitLinkRow(Row):
    """`unit` was built into `other`, or replaced by it."""

    kind = TextField()
    unit = ForeignKeyField(UnitRow)
    other = ForeignKeyField(UnitRow)
    event = ForeignKeyField(EventRow)
    begun_at = UtcField()
    ended_at = UtcField(null=True)
    ended_event = ForeignKeyField(EventRow, null=True)

    class Meta:
        table_name = "unit_link"


class WarrantyChangeRow(Row):
    """A unit's warranty became another one, and why."""

    unit = ForeignKeyField(UnitRow)
    cause = TextField()
    old_from = DateField(null=True)
    old_until = DateField(null=True)
    new_from = DateField(null=True)
    new_until = DateField(null=True)
    reason = TextField()
    event = ForeignKeyField(EventRow, null=True)
    operator = ForeignKeyField(OperatorRow)
    operator_name = TextField()
    effective_at = UtcField()
    recorded_at = UtcField()
    token = TextField(unique=True)

    class Meta:
        table_name = "warranty_change"
