"""Master data from a list: what a company has before its first delivery, and what it changes later."""

from collections import Counter
from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import Any

from store.domain.errors import RefusedError
from store.domain.field_values import choices_of
from store.domain.fields import FieldSpec, FieldType
from store.domain.language import Language
from store.domain.lists import COLUMNS, STANDARD, BadRow, BadRowsError, ListKind, Loaded, Row
from store.domain.roles import Role
from store.domain.serials import key_of
from store.domain.terms import Nature, Tracking
from store.models.custom import FieldRow, KindFieldRow
from store.models.events import EventKindRow
from store.models.parties import LocationRow, PartyRow
from store.models.people import OperatorRow, TerminalRow
from store.models.products import ProductKindRow, ProductRow
from store.models.tasks import TeamRow
from store.operations.cell_checks import bad_cells
from store.operations.cells import PARTY_ROLES, WrongCellError, flag, member, months, named, one_of
from store.operations.editing import EDITS
from store.operations.event_lists import add_event_kind, add_team
from store.operations.fields import define_field, give_field
from store.operations.operators import create_operator
from store.operations.parties import create_location, create_party
from store.operations.products import create_kind, create_product
from store.operations.terminals import create_terminal

MOST_BAD = 1_000
"""So many bad cells are named; a list with more of them is of another kind."""
FURTHER = ("service_months", "service_meter", "meter_unit", "validity_months", "seats", "warranty_rule")
"""What a product is given once it is there."""
FLAGS = ("required", "on_list", "on_label")


class _Became(Enum):
    """What becomes of a row that can be taken."""

    ADDED = auto()
    CHANGED = auto()
    KNOWN = auto()


class DryRunError(Exception):
    """Carries what became of a list out of a transaction that is to be rolled back."""

    def __init__(self, loaded: Loaded) -> None:
        """Carry `loaded`."""
        super().__init__(loaded)
        self.loaded = loaded


def load(kind: ListKind, rows: Sequence[Row], *, update: bool = False, dry_run: bool = False) -> Loaded:
    """Add every row whose code is not there yet; with `update`, let the others say what is to change.

    Only the columns that a list has are changed. Raises BadRowsError with all rows that cannot be taken,
    and the caller rolls back: all or nothing. With `dry_run` it ends by raising DryRunError, for the same.
    """
    became: Counter[_Became] = Counter()
    bad: list[BadRow] = []
    first: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows):
        earlier = first.setdefault(_key(kind, row), number)
        if earlier != number:
            bad.append(BadRow(number=number, column=", ".join(COLUMNS[kind].key), same_as=earlier))
        else:
            try:
                became[_take(kind, row, update=update)] += 1
            except (WrongCellError, RefusedError) as error:
                bad += bad_cells(kind, number, row, error)
        if len(bad) >= MOST_BAD:
            break
    if bad:
        raise BadRowsError(bad)
    loaded = Loaded(added=became[_Became.ADDED], known=became[_Became.KNOWN], changed=became[_Became.CHANGED])
    if dry_run:
        raise DryRunError(loaded)
    return loaded


def _take(kind: ListKind, row: Row, *, update: bool) -> _Became:
    known = KNOWN[kind](row)
    if known is None:
        _ADD[kind](row)
        if flag(row, "retired"):
            EDITS[kind](KNOWN[kind](row), {"retired": row["retired"]})
        return _Became.ADDED
    return _Became.CHANGED if update and EDITS[kind](known, row) else _Became.KNOWN


def _key(kind: ListKind, row: Row) -> tuple[str, ...]:
    """Return by what a row is known: two rows of a list that say it do not say which of them counts."""
    texts = (row[column] for column in COLUMNS[kind].key)
    return tuple(key_of(text) if kind is ListKind.PRODUCTS else text for text in texts)


def _by_code(model: Any) -> Callable[[Row], Any]:
    return lambda row: model.get_or_none(model.code == row["code"])


def _product_of(row: Row) -> Any:
    return ProductRow.get_or_none(ProductRow.sku_key == key_of(row["sku"]))


def _kind_field_of(row: Row) -> Any:
    kind, field = named(ProductKindRow, row, "kind"), named(FieldRow, row, "field")
    return KindFieldRow.get_or_none((KindFieldRow.kind == kind) & (KindFieldRow.field == field))


def _location(row: Row) -> None:
    create_location(row["code"], row["name"])


def _terminal(row: Row) -> None:
    create_terminal(
        row["code"],
        row["name"],
        named(LocationRow, row, "location"),
        hostname=row.get("hostname"),
        address=row.get("address"),
        printer=row.get("printer", ""),
        label_printer=row.get("label_printer", ""),
    )


def _operator(row: Row) -> None:
    create_operator(
        row["code"],
        row["name"],
        member(Role, row, "role"),
        pin=row.get("pin") or None,
        badge=row.get("badge") or None,
        language=member(Language, row, "language") if row.get("language") else None,
    )


def _kind(row: Row) -> None:
    create_kind(row["code"], row["name"], nature=member(Nature, row, "nature", Nature(STANDARD["nature"])))


def _field(row: Row) -> None:
    spec = FieldSpec(
        name=row["name"],
        type=member(FieldType, row, "type"),
        measure=row.get("measure", ""),
        choices=choices_of(row.get("choices", "").replace("|", ";")),
        pattern=row.get("pattern", ""),
        message=row.get("message", ""),
        default=row.get("default", ""),
    )
    define_field(spec, code=row["code"])


def _kind_field(row: Row) -> None:
    kind, field = named(ProductKindRow, row, "kind"), named(FieldRow, row, "field")
    give_field(
        kind, field, on_card=flag(row, "on_card", default=True), **{name: flag(row, name) for name in FLAGS}
    )
    EDITS[ListKind.KIND_FIELDS](_kind_field_of(row), {"position": row.get("position", "")})


def _product(row: Row) -> None:
    create_product(
        row["sku"],
        row["name"],
        named(ProductKindRow, row, "kind"),
        tracking=member(Tracking, row, "tracking", Tracking(STANDARD["tracking"])),
        warranty_months=months(row),
        serial_pattern=row.get("serial_pattern") or None,
        gtins=row.get("gtins", "").split(),
    )
    further = {column: row[column] for column in FURTHER if row.get(column)}
    if further:
        EDITS[ListKind.PRODUCTS](_product_of(row), further)


def _party(row: Row) -> None:
    is_customer, is_supplier = one_of(PARTY_ROLES, row.get("role") or "both", "role")
    create_party(
        row["code"],
        row["name"],
        tax_id=row.get("tax_id", ""),
        address=row.get("address", ""),
        email=row.get("email", ""),
        language=member(Language, row, "language") if row.get("language") else None,
        is_customer=is_customer,
        is_supplier=is_supplier,
    )


KNOWN: dict[ListKind, Callable[[Row], Any]] = {
    ListKind.LOCATIONS: _by_code(LocationRow),
    ListKind.TERMINALS: _by_code(TerminalRow),
    ListKind.OPERATORS: _by_code(OperatorRow),
    ListKind.KINDS: _by_code(ProductKindRow),
    ListKind.FIELDS: _by_code(FieldRow),
    ListKind.KIND_FIELDS: _kind_field_of,
    ListKind.PRODUCTS: _product_of,
    ListKind.PARTIES: _by_code(PartyRow),
    ListKind.EVENT_KINDS: _by_code(EventKindRow),
    ListKind.TEAMS: _by_code(TeamRow),
}
"""What a row of each list is in the store, or None."""

_ADD: dict[ListKind, Callable[[Row], None]] = {
    ListKind.LOCATIONS: _location,
    ListKind.TERMINALS: _terminal,
    ListKind.OPERATORS: _operator,
    ListKind.KINDS: _kind,
    ListKind.FIELDS: _field,
    ListKind.KIND_FIELDS: _kind_field,
    ListKind.PRODUCTS: _product,
    ListKind.PARTIES: _party,
    ListKind.EVENT_KINDS: add_event_kind,
    ListKind.TEAMS: add_team,
}
