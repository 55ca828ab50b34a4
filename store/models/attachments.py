"""Files that belong to units; rows that are only ever added."""

from peewee import BigIntegerField, BlobField, ForeignKeyField, TextField

from store.models.base import Row
from store.models.fields import UtcField
from store.models.people import OperatorRow
from store.models.units import UnitRow


class AttachedFileRow(Row):
    """A content, kept once however many units it belongs to."""

    sha256 = TextField(unique=True)
    size = BigIntegerField()
    content = BlobField()

    class Meta:
        table_name = "attached_file"


class AttachmentRow(Row):
    """A file belongs to a unit, under the name that it had."""

    unit = ForeignKeyField(UnitRow)
    file = ForeignKeyField(AttachedFileRow)
    name = TextField()
    operator = ForeignKeyField(OperatorRow)
    operator_name = TextField()
    terminal_name = TextField()
    added_at = UtcField()

    class Meta:
        table_name = "attachment"
