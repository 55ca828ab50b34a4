"""Reservations, their pieces, and the days on which a unit is promised."""

from peewee import DateField, ForeignKeyField, TextField

from store.domain.reservations import ReservationStatus
from store.models.base import Row
from store.models.documents import DocumentRow
from store.models.fields import CodeField, UtcField, quantity_field
from store.models.parties import LocationRow, PartyRow
from store.models.people import OperatorRow
from store.models.products import ProductRow
from store.models.units import UnitRow


class ReservationRow(Row):
    """What a party was promised, and for which days."""

    party = ForeignKeyField(PartyRow)
    location = ForeignKeyField(LocationRow)
    first_day = DateField()
    last_day = DateField()
    note = TextField(default="")
    status = CodeField(ReservationStatus, default=ReservationStatus.OPEN)
    document = ForeignKeyField(DocumentRow, null=True, unique=True)
    made_at = UtcField()
    made_by = ForeignKeyField(OperatorRow)
    made_name = TextField()
    token = TextField(unique=True)

    class Meta:
        table_name = "reservation"


class ReservedPieceRow(Row):
    """A unit, or pieces of a product."""

    reservation = ForeignKeyField(ReservationRow, backref="pieces")
    product = ForeignKeyField(ProductRow)
    unit = ForeignKeyField(UnitRow, null=True)
    quantity = quantity_field()

    class Meta:
        table_name = "reserved_piece"


class ReservedDayRow(Row):
    """A day on which a unit is promised to somebody: one row a unit and day."""

    unit = ForeignKeyField(UnitRow)
    day = DateField()
    piece = ForeignKeyField(ReservedPieceRow)

    class Meta:
        table_name = "reserved_day"
