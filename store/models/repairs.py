"""Units in service: what is wrong with them, where they go back to, what came of it."""

from peewee import ForeignKeyField, TextField

from store.domain.repairs import Settlement
from store.domain.terms import Terms
from store.models.base import Row
from store.models.documents import DocumentRow
from store.models.events import EventRow
from store.models.fields import CodeField, UtcField
from store.models.movements import MovementRow
from store.models.parties import PartyRow, PlaceRow
from store.models.units import UnitRow


class RepairRow(Row):
    """A unit's time in service: opened by one movement, ended by another one."""

    unit = ForeignKeyField(UnitRow)
    party = ForeignKeyField(PartyRow)
    document = ForeignKeyField(DocumentRow)
    movement = ForeignKeyField(MovementRow, unique=True)
    since = UtcField()
    back_place = ForeignKeyField(PlaceRow)
    back_terms = CodeField(Terms)
    fault = TextField()
    accessories = TextField()
    event = ForeignKeyField(EventRow, null=True)
    ended_at = UtcField(null=True)
    ended_document = ForeignKeyField(DocumentRow, null=True)
    ended_movement = ForeignKeyField(MovementRow, null=True, unique=True)
    settlement = CodeField(Settlement, null=True)
    outcome = TextField()

    class Meta:
        table_name = "repair"
