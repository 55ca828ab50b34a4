"""What is to be done, by whom, and what it cost."""

from peewee import BooleanField, DateField, ForeignKeyField, IntegerField, TextField

from store.models.base import Row
from store.models.events import EventRow
from store.models.fields import UtcField, money_field, quantity_field
from store.models.parties import PartyRow
from store.models.people import OperatorRow
from store.models.products import ProductRow
from store.models.units import UnitRow


class TeamRow(Row):
    """Several operators who share tasks."""

    code = TextField(unique=True)
    name = TextField()
    takes_services = BooleanField(default=False)
    """Tasks of recurring service are this team's."""
    retired = BooleanField(default=False)

    class Meta:
        table_name = "team"


class TeamMemberRow(Row):
    """An operator of a team."""

    team = ForeignKeyField(TeamRow)
    operator = ForeignKeyField(OperatorRow)

    class Meta:
        table_name = "team_member"


class TaskRow(Row):
    """Something to do, on a unit or on none."""

    unit = ForeignKeyField(UnitRow, null=True)
    product = ForeignKeyField(ProductRow, null=True)
    title = TextField()
    text = TextField()
    due = DateField(null=True)
    due_meter = quantity_field(null=True)
    meter_unit = TextField()
    priority = IntegerField()
    assignee = ForeignKeyField(OperatorRow, null=True)
    team = ForeignKeyField(TeamRow, null=True)
    every_months = IntegerField(null=True)
    every_meter = quantity_field(null=True)
    follows = ForeignKeyField("self", null=True)
    status = TextField()
    created_at = UtcField()
    created_by = ForeignKeyField(OperatorRow)
    created_name = TextField()
    done_at = UtcField(null=True)
    done_by = ForeignKeyField(OperatorRow, null=True)
    done_name = TextField(default="")
    event = ForeignKeyField(EventRow, null=True)
    token = TextField(unique=True)
    done_token = TextField(null=True, unique=True)

    class Meta:
        table_name = "task"


class TaskItemRow(Row):
    """A point of a task's checklist."""

    task = ForeignKeyField(TaskRow)
    position = IntegerField()
    text = TextField()
    done_at = UtcField(null=True)
    done_by = ForeignKeyField(OperatorRow, null=True)

    class Meta:
        table_name = "task_item"


class CostRow(Row):
    """What an event or a task cost, whose unit it was that day, and who bears it."""

    event = ForeignKeyField(EventRow, null=True)
    task = ForeignKeyField(TaskRow, null=True)
    unit = ForeignKeyField(UnitRow, null=True)
    product = ForeignKeyField(ProductRow, null=True)
    product_name = TextField()
    holder = ForeignKeyField(PartyRow, null=True)
    holder_name = TextField()
    kind = TextField()
    text = TextField()
    hours = quantity_field(null=True)
    rate = money_field(null=True)
    amount = money_field()
    currency = TextField()
    borne = TextField()
    day = DateField()
    operator = ForeignKeyField(OperatorRow)
    operator_name = TextField()
    recorded_at = UtcField()
    corrects = ForeignKeyField("self", null=True)
    token = TextField(unique=True)

    class Meta:
        table_name = "cost"
