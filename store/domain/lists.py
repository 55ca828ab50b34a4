"""Lists of master data as other programs write them: which columns each has, and what a bad row is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from store.domain.errors import Refusal, SztukaError
from store.domain.terms import Nature, Tracking


class ListKind(StrEnum):
    """What a list holds. Later ones may name what earlier ones bring: terminals their location."""

    LOCATIONS = "locations"
    TERMINALS = "terminals"
    OPERATORS = "operators"
    KINDS = "kinds"
    FIELDS = "fields"
    KIND_FIELDS = "kind_fields"
    PRODUCTS = "products"
    PARTIES = "parties"
    EVENT_KINDS = "event_kinds"
    """The company's own; those that the program knows by itself have no list."""
    TEAMS = "teams"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a list by their names in its first line."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    key: tuple[str, ...] = ("code",)
    """By these a row is known: they never change."""

    @property
    def all(self) -> tuple[str, ...]:
        """Every column."""
        return self.required + self.optional


PRODUCT_COLUMNS = (
    "tracking", "warranty_months", "service_months", "serial_pattern", "gtins", "retired",
    "validity_months", "seats", "service_meter", "meter_unit", "warranty_rule",
)  # fmt: skip
COLUMNS: dict[ListKind, Columns] = {
    ListKind.LOCATIONS: Columns(("code", "name"), ("retired",)),
    ListKind.TERMINALS: Columns(
        ("code", "name", "location"), ("hostname", "address", "printer", "label_printer", "retired")
    ),
    ListKind.OPERATORS: Columns(("code", "name", "role"), ("pin", "badge", "language", "retired")),
    ListKind.KINDS: Columns(("code", "name"), ("nature", "retired")),
    ListKind.FIELDS: Columns(
        ("code", "name", "type"), ("measure", "choices", "pattern", "message", "default", "retired")
    ),
    ListKind.KIND_FIELDS: Columns(
        ("kind", "field"),
        ("position", "required", "on_list", "on_label", "on_card", "retired"),
        key=("kind", "field"),
    ),
    ListKind.PRODUCTS: Columns(("sku", "name", "kind"), PRODUCT_COLUMNS, key=("sku",)),
    ListKind.PARTIES: Columns(
        ("code", "name"), ("tax_id", "role", "address", "email", "language", "retired")
    ),
    ListKind.EVENT_KINDS: Columns(("code", "name"), ("name_pl", "position", "stays_open", "retired")),
    ListKind.TEAMS: Columns(("code", "name"), ("members", "takes_services", "retired")),
}

STANDARD: Mapping[str, str] = {"nature": Nature.GOODS, "tracking": Tracking.SERIAL}
"""What a new row has in a column that was left empty."""
SECRETS = frozenset({"pin", "badge"})
"""Columns that are never written out; empty, they stay as they are."""
YES, NO = "yes", "no"
"""What a column holds that is one or the other."""

Row = Mapping[str, str]
"""One row: the text of each column that the list has, without blanks at its ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A row of master data as it stands in the store."""

    id: int
    cells: Row
    retired: bool


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a list."""

    added: int
    known: int
    """Rows whose code was there already, and that are as they were."""
    changed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """Why a row cannot be taken: because of a column, or as a whole. One row may have several."""

    number: int
    """From 0."""
    column: str = ""
    allowed: str = ""
    """What the column may hold."""
    refusal: Refusal | None = None
    same_as: int | None = None
    """The number of an earlier row that is known by the same."""


class BadRowsError(SztukaError):
    """Some rows cannot be taken, and so nothing of the list was."""

    def __init__(self, rows: Sequence[BadRow]) -> None:
        """Refuse a list for its bad `rows`."""
        super().__init__(*rows)
        self.rows = tuple(rows)
