"""Operators and the terminals they work at."""

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from store.domain.language import Language
from store.domain.roles import Role
from store.models.base import Row
from store.models.fields import CodeField, UtcField
from store.models.parties import LocationRow


class OperatorRow(Row):
    """A person who signs in."""

    code = TextField(unique=True)
    name = TextField()
    role = CodeField(Role)
    language = CodeField(Language, null=True)
    pin_hash = TextField(null=True)
    badge_digest = TextField(null=True, unique=True)
    """SHA-256 of the badge's text: found by scan, not readable from a copy of the store."""
    failures = IntegerField(default=0)
    locked_until = UtcField(null=True)
    retired = BooleanField(default=False)

    class Meta:
        table_name = "operator"


class TerminalRow(Row):
    """Where somebody works."""

    code = TextField(unique=True)
    name = TextField()
    location = ForeignKeyField(LocationRow)
    hostname = TextField(null=True, unique=True)
    address = TextField(null=True, unique=True)
    printer = TextField(default="")
    label_printer = TextField(default="")
    retired = BooleanField(default=False)

    class Meta:
        table_name = "terminal"
