"""All that is wrong with a row that cannot be taken: what its cells say is looked at one by one."""

from collections.abc import Callable, Mapping
from functools import partial

from store.domain.errors import RefusedError
from store.domain.fields import FieldType
from store.domain.language import Language
from store.domain.lists import COLUMNS, BadRow, ListKind, Row
from store.domain.roles import Role
from store.domain.terms import Nature, Tracking
from store.domain.warranty import WarrantyRule
from store.models.parties import LocationRow
from store.models.products import ProductKindRow
from store.operations.cells import (
    LAST,
    OWN,
    PARTY_ROLES,
    WrongCellError,
    amount,
    count,
    flag,
    member,
    months,
    named,
    one_of,
    whole,
)
from store.operations.event_lists import operators_of
from store.operations.operators import check_pin
from store.operations.parties import mail_addresses
from store.operations.products import check_pattern, gtin_digits

_LANGUAGE = partial(member, Language, column="language")
_RETIRED = partial(flag, column="retired")
_CHECKS: Mapping[ListKind, Mapping[str, Callable[[Row], object]]] = {
    ListKind.TERMINALS: {"location": partial(named, LocationRow, column="location")},
    ListKind.OPERATORS: {
        "role": partial(member, Role, column="role"),
        "pin": lambda row: check_pin(row["pin"]),
        "language": _LANGUAGE,
    },
    ListKind.KINDS: {"nature": partial(member, Nature, column="nature")},
    ListKind.FIELDS: {"type": partial(member, FieldType, column="type")},
    ListKind.KIND_FIELDS: {
        "position": partial(whole, column="position", least=1, most=LAST),
        **{column: partial(flag, column=column) for column in ("required", "on_list", "on_label", "on_card")},
    },
    ListKind.PRODUCTS: {
        "kind": partial(named, ProductKindRow, column="kind"),
        "tracking": partial(member, Tracking, column="tracking"),
        **{
            column: partial(months, column=column)
            for column in ("warranty_months", "service_months", "validity_months")
        },
        "service_meter": partial(amount, column="service_meter"),
        "seats": partial(count, column="seats"),
        "warranty_rule": partial(member, WarrantyRule, column="warranty_rule"),
        "serial_pattern": lambda row: check_pattern(row["serial_pattern"]),
        "gtins": lambda row: [gtin_digits(gtin) for gtin in row["gtins"].split()],
    },
    ListKind.PARTIES: {
        "role": lambda row: one_of({**PARTY_ROLES, OWN: (False, False)}, row["role"], "role"),
        "email": lambda row: mail_addresses(row["email"]),
        "language": _LANGUAGE,
    },
    ListKind.EVENT_KINDS: {
        "position": partial(whole, column="position", least=0, most=LAST),
        "stays_open": partial(flag, column="stays_open"),
    },
    ListKind.TEAMS: {
        "members": lambda row: operators_of(row["members"]),
        "takes_services": partial(flag, column="takes_services"),
    },
}
"""What a cell must say whatever else there is in the row and in the store."""


def bad_cells(
    kind: ListKind, number: int, row: Row, error: WrongCellError | RefusedError
) -> tuple[BadRow, ...]:
    """Return why a row was not taken, and what else is wrong with it, in the order of the columns.

    Only a row that is bad is looked at again: it costs the good ones nothing.
    """
    first = _bad(number, error)
    found = {first.column: first}
    checks: Mapping[str, Callable[[Row], object]] = {**_CHECKS.get(kind, {}), "retired": _RETIRED}
    for column, check in checks.items():
        if column in found or not row.get(column):
            continue
        try:
            check(row)
        except (WrongCellError, RefusedError) as further:
            found[column] = _bad(number, further)
    order = ("", *COLUMNS[kind].all)
    return tuple(sorted(found.values(), key=lambda bad: order.index(bad.column)))


def _bad(number: int, error: WrongCellError | RefusedError) -> BadRow:
    if isinstance(error, RefusedError):
        return BadRow(number=number, column=error.refusal.column, refusal=error.refusal)
    return BadRow(number=number, column=error.column, allowed=error.allowed)
