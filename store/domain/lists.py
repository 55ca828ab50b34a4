"""Lists of master data as other programs write them: which columns each has, and what a bad row is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from store.domain.errors import SztukaError


class ListKind(StrEnum):
    """What a list holds. Later ones may name what earlier ones bring: terminals their location."""

    LOCATIONS = "locations"
    TERMINALS = "terminals"
    OPERATORS = "operators"
    KINDS = "kinds"
    PRODUCTS = "products"
    PARTIES = "parties"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a list by their names in its first line."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()


COLUMNS: dict[ListKind, Columns] = {
    ListKind.LOCATIONS: Columns(("code", "name")),
    ListKind.TERMINALS: Columns(("code", "name", "location"), ("hostname", "address", "printer")),
    ListKind.OPERATORS: Columns(("code", "name", "role"), ("pin", "badge", "language")),
    ListKind.KINDS: Columns(("code", "name"), ("nature",)),
    ListKind.PRODUCTS: Columns(
        ("sku", "name", "kind"), ("tracking", "warranty_months", "serial_pattern", "gtins")
    ),
    ListKind.PARTIES: Columns(("code", "name"), ("tax_id", "role", "address")),
}

Row = Mapping[str, str]
"""One row: the text of each column that the list has, without blanks at its ends."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a list."""

    added: int
    known: int
    """Rows whose code was there already: they are left as they are."""


class BadRowError(SztukaError):
    """A row cannot be taken, and so nothing of the list was."""

    def __init__(self, number: int, column: str, allowed: str) -> None:
        """Refuse row `number`, from 0, for its `column`; `allowed` says what is."""
        super().__init__(f"{number}: {column}: {allowed}")
        self.number, self.column, self.allowed = number, column, allowed
