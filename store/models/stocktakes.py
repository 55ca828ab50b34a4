"""Counts of a location: what was on record when they began, and what they found to differ."""

from peewee import BigIntegerField, CompositeKey, ForeignKeyField, TextField

from store.domain.stocktake import DifferenceKind
from store.models.base import Row
from store.models.documents import DocumentRow
from store.models.fields import CodeField, quantity_field
from store.models.products import ProductRow
from store.models.units import UnitRow


class StocktakeRow(Row):
    """A count, with the last movement of the ledger and the number of units when it was opened."""

    document = ForeignKeyField(DocumentRow, primary_key=True)
    movement_id = BigIntegerField()
    units = BigIntegerField()

    class Meta:
        table_name = "stocktake"


class StocktakeUnitRow(Row):
    """A unit that lay at the place when the count was opened, with its last movement."""

    document = ForeignKeyField(DocumentRow)
    unit = ForeignKeyField(UnitRow)
    movement_id = BigIntegerField()

    class Meta:
        table_name = "stocktake_unit"
        primary_key = CompositeKey("document", "unit")


class StocktakePieceRow(Row):
    """How many pieces of a product without serials lay at the place when the count was opened."""

    document = ForeignKeyField(DocumentRow)
    product = ForeignKeyField(ProductRow)
    quantity = quantity_field()

    class Meta:
        table_name = "stocktake_piece"
        primary_key = CompositeKey("document", "product")


class StocktakeDifferenceRow(Row):
    """A piece that is not as the record says, or some of a product without serials."""

    document = ForeignKeyField(DocumentRow)
    kind = CodeField(DifferenceKind)
    product = ForeignKeyField(ProductRow)
    unit = ForeignKeyField(UnitRow, null=True)
    serial = TextField()
    serial_key = TextField()
    quantity = quantity_field()
    place_name = TextField()
    reason = TextField(default="")
    movement_id = BigIntegerField(null=True)
    """The unit's last movement when the difference was found."""
    round = BigIntegerField()
    """Which comparison found it last."""

    class Meta:
        table_name = "stocktake_difference"
