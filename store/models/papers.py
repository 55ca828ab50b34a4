"""Papers as they were printed."""

from peewee import BlobField, BooleanField, CompositeKey, ForeignKeyField, IntegerField, TextField

from store.domain.papers import PaperCode, PaperLanguage
from store.domain.printing import PrintState
from store.models.base import Row
from store.models.deals import DealRow
from store.models.documents import DocumentRow
from store.models.fields import CodeField, UtcField
from store.models.parties import PartyRow
from store.models.people import OperatorRow, TerminalRow
from store.models.units import UnitRow


class PaperFileRow(Row):
    """A PDF, once, under its own SHA-256."""

    sha256 = TextField(primary_key=True)
    size = IntegerField()
    content = BlobField()

    class Meta:
        table_name = "paper_file"


class PaperRow(Row):
    """A paper that was made: of what, when and by whom. A row of it is never changed."""

    kind = CodeField(PaperCode)
    language = CodeField(PaperLanguage)
    document = ForeignKeyField(DocumentRow, null=True)
    party = ForeignKeyField(PartyRow, null=True)
    deal = ForeignKeyField(DealRow, null=True)
    number = TextField(default="")
    name = TextField(default="")
    sha256 = ForeignKeyField(PaperFileRow, column_name="sha256")
    made_at = UtcField()
    operator = ForeignKeyField(OperatorRow, null=True)
    operator_name = TextField()
    terminal = ForeignKeyField(TerminalRow, null=True)
    terminal_name = TextField()
    token = TextField(unique=True)

    class Meta:
        table_name = "paper"


class PaperUnitRow(Row):
    """A unit that stands on a paper."""

    paper = ForeignKeyField(PaperRow)
    unit = ForeignKeyField(UnitRow)

    class Meta:
        table_name = "paper_unit"
        primary_key = CompositeKey("paper", "unit")


class PaperPrintRow(Row):
    """A time that a paper was sent to a printer or saved, and what became of it."""

    paper = ForeignKeyField(PaperRow)
    copies = IntegerField()
    is_copy = BooleanField()
    state = CodeField(PrintState)
    queue = TextField()
    job = TextField()
    reason = TextField()
    file = TextField()
    printed_at = UtcField()
    operator = ForeignKeyField(OperatorRow, null=True)
    operator_name = TextField()
    terminal = ForeignKeyField(TerminalRow, null=True)
    terminal_name = TextField()
    token = TextField(unique=True)

    class Meta:
        table_name = "paper_print"
