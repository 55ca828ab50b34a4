"""Places, and the two kinds of them: parties and our own locations."""

from peewee import BooleanField, ForeignKeyField, TextField

from store.domain.language import Language
from store.domain.terms import PlaceKind
from store.models.base import Row
from store.models.fields import CodeField


class PlaceRow(Row):
    """Where a unit can be. A party and a location each own one, so a unit's place is one foreign key."""

    kind = CodeField(PlaceKind)

    class Meta:
        table_name = "place"


class PartyRow(Row):
    """A customer, a supplier, both, or our own company."""

    place = ForeignKeyField(PlaceRow, unique=True)
    code = TextField(unique=True)
    name = TextField()
    tax_id = TextField(default="")
    is_customer = BooleanField(default=False)
    is_supplier = BooleanField(default=False)
    is_own = BooleanField(default=False)
    address = TextField(default="")
    email = TextField(default="")
    """One address or several, parted by blanks."""
    language = CodeField(Language, null=True)
    retired = BooleanField(default=False)

    class Meta:
        table_name = "party"


class LocationRow(Row):
    """One of our warehouses, vans or benches."""

    place = ForeignKeyField(PlaceRow, unique=True)
    code = TextField(unique=True)
    name = TextField()
    retired = BooleanField(default=False)

    class Meta:
        table_name = "location"
