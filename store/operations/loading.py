"""Master data from a list: what a company has before its first delivery."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from store.domain.language import Language
from store.domain.lists import BadRowError, ListKind, Loaded, Row
from store.domain.roles import Role
from store.domain.serials import key_of
from store.domain.terms import Nature, Tracking
from store.models.parties import LocationRow, PartyRow
from store.models.people import OperatorRow, TerminalRow
from store.models.products import ProductKindRow, ProductRow
from store.operations.operators import create_operator
from store.operations.parties import create_location, create_party
from store.operations.products import create_kind, create_product
from store.operations.terminals import create_terminal

E = TypeVar("E", bound=StrEnum)

PARTY_ROLES = {"customer": (True, False), "supplier": (False, True), "both": (True, True)}
"""What `role` of a party may be: whether it is a customer, and whether a supplier."""
LONGEST_WARRANTY = 1200
"""Months."""


class _WrongError(ValueError):
    """A column does not hold what it may."""

    def __init__(self, column: str, allowed: str) -> None:
        super().__init__(column, allowed)
        self.column, self.allowed = column, allowed


def load(kind: ListKind, rows: Sequence[Row]) -> Loaded:
    """Add every row whose code is not there yet, in one transaction.

    Raises BadRowError for the first row that cannot be taken because of a column, and RefusedError as the
    operation that adds such a thing does; the caller rolls back.
    """
    add = _ADD[kind]
    added = 0
    for number, row in enumerate(rows):
        try:
            added += add(row)
        except _WrongError as error:
            raise BadRowError(number, error.column, error.allowed) from error
    return Loaded(added=added, known=len(rows) - added)


def _location(row: Row) -> bool:
    if _is_known(LocationRow, row):
        return False
    create_location(row["code"], row["name"])
    return True


def _terminal(row: Row) -> bool:
    if _is_known(TerminalRow, row):
        return False
    location = _named(LocationRow, row, "location")
    create_terminal(
        row["code"],
        row["name"],
        location,
        hostname=row.get("hostname"),
        address=row.get("address"),
        printer=row.get("printer", ""),
    )
    return True


def _operator(row: Row) -> bool:
    if _is_known(OperatorRow, row):
        return False
    language = row.get("language")
    create_operator(
        row["code"],
        row["name"],
        _member(Role, row, "role"),
        pin=row.get("pin") or None,
        badge=row.get("badge") or None,
        language=_member(Language, row, "language") if language else None,
    )
    return True


def _kind(row: Row) -> bool:
    if _is_known(ProductKindRow, row):
        return False
    create_kind(row["code"], row["name"], nature=_member(Nature, row, "nature", Nature.GOODS))
    return True


def _product(row: Row) -> bool:
    if ProductRow.select().where(ProductRow.sku_key == key_of(row["sku"])).exists():
        return False
    create_product(
        row["sku"],
        row["name"],
        _named(ProductKindRow, row, "kind"),
        tracking=_member(Tracking, row, "tracking", Tracking.SERIAL),
        warranty_months=_months(row.get("warranty_months") or "0"),
        serial_pattern=row.get("serial_pattern") or None,
        gtins=row.get("gtins", "").split(),
    )
    return True


def _party(row: Row) -> bool:
    if _is_known(PartyRow, row):
        return False
    role = row.get("role") or "both"
    if role not in PARTY_ROLES:
        raise _WrongError("role", ", ".join(PARTY_ROLES))
    is_customer, is_supplier = PARTY_ROLES[role]
    create_party(
        row["code"],
        row["name"],
        tax_id=row.get("tax_id", ""),
        address=row.get("address", ""),
        is_customer=is_customer,
        is_supplier=is_supplier,
    )
    return True


_ADD: dict[ListKind, Callable[[Row], bool]] = {
    ListKind.LOCATIONS: _location,
    ListKind.TERMINALS: _terminal,
    ListKind.OPERATORS: _operator,
    ListKind.KINDS: _kind,
    ListKind.PRODUCTS: _product,
    ListKind.PARTIES: _party,
}


def _is_known(model: Any, row: Row) -> bool:
    return bool(model.select().where(model.code == row["code"]).exists())


def _named(model: Any, row: Row, column: str) -> int:
    """Return the id of what `column` names by its code."""
    found = model.get_or_none(model.code == row[column])
    if found is None:
        known = [each.code for each in model.select(model.code).order_by(model.code).limit(20)]
        raise _WrongError(column, ", ".join(known))
    return int(found.id)


def _member(kind: type[E], row: Row, column: str, default: E | None = None) -> E:
    text = row.get(column) or (default.value if default is not None else "")
    if text not in {member.value for member in kind}:
        raise _WrongError(column, ", ".join(kind))
    return kind(text)


def _months(text: str) -> int:
    if not text.isdecimal() or int(text) > LONGEST_WARRANTY:
        raise _WrongError("warranty_months", f"0-{LONGEST_WARRANTY}")
    return int(text)
