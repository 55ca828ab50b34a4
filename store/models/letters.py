"""Letters that were sent to customers."""

from peewee import DateField, ForeignKeyField, IntegerField, TextField

from store.domain.reminders import Channel, ReminderState
from store.models.base import Row
from store.models.fields import CodeField, UtcField
from store.models.papers import PaperRow
from store.models.parties import PartyRow
from store.models.people import OperatorRow


class ReminderRow(Row):
    """A customer was reminded on a day; `units` of what they had became an event each."""

    party = ForeignKeyField(PartyRow)
    party_name = TextField()
    day = DateField()
    channel = CodeField(Channel)
    address = TextField()
    state = CodeField(ReminderState)
    reason = TextField()
    units = IntegerField()
    operator = ForeignKeyField(OperatorRow)
    operator_name = TextField()
    recorded_at = UtcField()
    token = TextField()
    paper = ForeignKeyField(PaperRow, null=True)

    class Meta:
        table_name = "reminder"
