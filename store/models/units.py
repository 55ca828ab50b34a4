"""Units, their further numbers, and the balances of products without serials."""

from peewee import DateField, ForeignKeyField, IntegerField, TextField

from store.domain.purchases import HOME_CURRENCY
from store.domain.terms import Condition, IdentifierType, Terms
from store.models.base import Row
from store.models.fields import CodeField, UtcField, money_field, quantity_field
from store.models.parties import PartyRow, PlaceRow
from store.models.products import ProductRow


class UnitRow(Row):
    """One serialised piece; place, owner and terms are the projection of its last movement."""

    product = ForeignKeyField(ProductRow)
    serial = TextField()
    serial_key = TextField()
    place = ForeignKeyField(PlaceRow, null=True)
    owner = ForeignKeyField(PartyRow)
    terms = CodeField(Terms)
    condition = CodeField(Condition, default=Condition.NEW)
    version = IntegerField(default=0)
    last_movement_at = UtcField()
    due_back = DateField(null=True)
    """Of a supplier's unit: until when it may stay with us."""
    warranty_from = DateField(null=True)
    warranty_until = DateField(null=True)
    purchase_price = money_field(null=True)
    purchase_currency = TextField(default=HOME_CURRENCY)

    class Meta:
        table_name = "unit"


class IdentifierRow(Row):
    """A further number of a unit."""

    unit = ForeignKeyField(UnitRow, backref="identifiers")
    type = CodeField(IdentifierType)
    text = TextField()
    key = TextField()

    class Meta:
        table_name = "identifier"


class BalanceRow(Row):
    """How much of a product without serials is at a place, whose and on which terms."""

    product = ForeignKeyField(ProductRow)
    place = ForeignKeyField(PlaceRow)
    owner = ForeignKeyField(PartyRow)
    terms = CodeField(Terms)
    quantity = quantity_field()

    class Meta:
        table_name = "balance"
