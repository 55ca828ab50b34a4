"""Products, their kinds and their GTINs."""

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from store.domain.terms import Nature, Tracking
from store.models.base import Row
from store.models.fields import CodeField, quantity_field


class ProductKindRow(Row):
    """A family of products."""

    code = TextField(unique=True)
    name = TextField()
    nature = CodeField(Nature)
    retired = BooleanField(default=False)

    class Meta:
        table_name = "product_kind"


class ProductRow(Row):
    """A model."""

    sku = TextField()
    sku_key = TextField(unique=True)
    name = TextField()
    kind = ForeignKeyField(ProductKindRow)
    tracking = CodeField(Tracking)
    warranty_months = IntegerField(default=0)
    serial_pattern = TextField(null=True)
    warranty_rule = TextField(default="law")
    """How repairs and replacements change a warranty: `store.domain.warranty`."""
    service_months = IntegerField(null=True)
    """Months from one service to the next."""
    service_meter = quantity_field(null=True)
    """The same by the meter, in `meter_unit`."""
    meter_unit = TextField(default="")
    validity_months = IntegerField(null=True)
    """A service is valid for so many months from its sale on; None: for good."""
    seats = IntegerField(null=True)
    """How many may use one service of this product."""
    retired = BooleanField(default=False)

    class Meta:
        table_name = "product"


class GtinRow(Row):
    """One of a product's GTINs, 14 digits."""

    product = ForeignKeyField(ProductRow, backref="gtins")
    gtin = TextField(unique=True)

    class Meta:
        table_name = "gtin"
