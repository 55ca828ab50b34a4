"""Custom fields, which kinds have them, and their values."""

from peewee import BigIntegerField, BooleanField, ForeignKeyField, IntegerField, TextField

from store.domain.fields import FieldType
from store.models.base import Row
from store.models.documents import DraftScanRow
from store.models.fields import CodeField, UtcField
from store.models.parties import PartyRow
from store.models.people import OperatorRow
from store.models.products import ProductKindRow
from store.models.units import UnitRow


class FieldRow(Row):
    """The definition of a field."""

    code = TextField(unique=True)
    name = TextField()
    type = CodeField(FieldType)
    measure = TextField(default="")
    choices = TextField(default="")
    pattern = TextField(default="")
    message = TextField(default="")
    default_text = TextField(default="")
    retired = BooleanField(default=False)

    class Meta:
        table_name = "field"


class KindFieldRow(Row):
    """That a kind of products has a field, where and how."""

    kind = ForeignKeyField(ProductKindRow)
    field = ForeignKeyField(FieldRow)
    position = IntegerField()
    required = BooleanField(default=False)
    on_list = BooleanField(default=False)
    on_label = BooleanField(default=False)
    on_card = BooleanField(default=True)
    retired = BooleanField(default=False)

    class Meta:
        table_name = "kind_field"


class FieldValueRow(Row):
    """What a unit has in a field."""

    unit = ForeignKeyField(UnitRow)
    field = ForeignKeyField(FieldRow)
    text = TextField()
    key = TextField()
    number = BigIntegerField(null=True)
    party = ForeignKeyField(PartyRow, null=True)
    other = ForeignKeyField(UnitRow, null=True)
    fits = BooleanField(default=True)

    class Meta:
        table_name = "field_value"


class DraftValueRow(Row):
    """What the unit of an accepted scan is to have in a field."""

    scan = ForeignKeyField(DraftScanRow)
    field = ForeignKeyField(FieldRow)
    text = TextField()
    key = TextField()
    number = BigIntegerField(null=True)
    party = ForeignKeyField(PartyRow, null=True)
    other = ForeignKeyField(UnitRow, null=True)

    class Meta:
        table_name = "draft_value"


class FieldChangeRow(Row):
    """That a value was changed; append-only."""

    unit = ForeignKeyField(UnitRow)
    field = ForeignKeyField(FieldRow)
    field_name = TextField()
    old_text = TextField(null=True)
    new_text = TextField(null=True)
    operator = ForeignKeyField(OperatorRow)
    operator_name = TextField()
    changed_at = UtcField()

    class Meta:
        table_name = "field_change"
