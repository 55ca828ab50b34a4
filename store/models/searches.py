"""Searches that are kept under a name."""

from peewee import BooleanField, DateField, ForeignKeyField, TextField

from store.models.base import Row
from store.models.custom import FieldRow
from store.models.documents import DocumentRow
from store.models.fields import UtcField
from store.models.parties import PartyRow
from store.models.people import OperatorRow
from store.models.products import ProductRow


class SavedSearchRow(Row):
    """What units were looked for by: an operator's own search, or one for everybody (`operator` is null)."""

    operator = ForeignKeyField(OperatorRow, null=True)
    name = TextField()
    name_key = TextField()
    text = TextField()
    product = ForeignKeyField(ProductRow, null=True)
    party = ForeignKeyField(PartyRow, null=True)
    document = ForeignKeyField(DocumentRow, null=True)
    field = ForeignKeyField(FieldRow, null=True)
    value = TextField()
    sold_first = DateField(null=True)
    sold_last = DateField(null=True)
    under_warranty = BooleanField()
    open_complaint = BooleanField()
    saved_at = UtcField()
    saved_by = ForeignKeyField(OperatorRow)

    class Meta:
        table_name = "saved_search"
