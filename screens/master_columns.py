"""What the columns of master data are called on a screen, and how each is asked for."""

from collections.abc import Mapping
from enum import StrEnum

from screens.field_words import FIELD_TYPES
from store.domain.language import N_
from store.domain.lists import NO, YES, ListKind
from store.domain.roles import Role
from store.domain.terms import Nature, Tracking
from store.domain.warranty import WarrantyRule

NAMES: Mapping[ListKind, str] = {
    ListKind.PRODUCTS: N_("Products"),
    ListKind.KINDS: N_("Kinds and their fields"),
    ListKind.FIELDS: N_("Fields"),
    ListKind.PARTIES: N_("Parties"),
    ListKind.LOCATIONS: N_("Locations"),
    ListKind.OPERATORS: N_("Operators and roles"),
    ListKind.TERMINALS: N_("Terminals"),
    ListKind.EVENT_KINDS: N_("Kinds of events"),
    ListKind.TEAMS: N_("Teams"),
}
"""The lists that have a screen, in the order of its menu."""

LABELS: Mapping[str, str] = {
    "code": N_("Code"),
    "sku": "SKU",
    "name": N_("Name"),
    "kind": N_("Kind"),
    "tracking": N_("Followed by"),
    "warranty_months": N_("Warranty, months"),
    "service_months": N_("Service every, months"),
    "service_meter": N_("Service every, by the meter"),
    "meter_unit": N_("Unit of the meter"),
    "validity_months": N_("Service valid for, months"),
    "seats": N_("Seats of a service"),
    "warranty_rule": N_("Warranty after a complaint"),
    "serial_pattern": N_("Serial pattern"),
    "gtins": "GTIN",
    "tax_id": N_("Tax id (NIP)"),
    "role": N_("Role"),
    "address": N_("Address"),
    "email": N_("E-mail address"),
    "nature": N_("Nature"),
    "type": N_("Kind of value"),
    "measure": N_("Measure"),
    "choices": N_("Choices"),
    "pattern": N_("Pattern"),
    "message": N_("Its explanation"),
    "default": N_("Default"),
    "location": N_("Location"),
    "hostname": N_("Host name"),
    "printer": N_("Printer"),
    "label_printer": N_("Label printer"),
    "pin": "PIN",
    "badge": N_("Badge"),
    "language": N_("Language"),
    "name_pl": N_("Name in Polish"),
    "position": N_("Order"),
    "stays_open": N_("Stays open until settled"),
    "members": N_("Members"),
    "takes_services": N_("Takes recurring services"),
    "retired": N_("Out of use"),
}
TERMINAL_ADDRESS = N_("Address of the client")
"""What `address` is of a terminal: that of a party is a postal one."""

YES_NO: Mapping[str, str] = {NO: N_("No"), YES: N_("Yes")}
ROLES: Mapping[str, str] = {
    Role.WORKER.value: N_("worker"),
    Role.SUPERVISOR.value: N_("supervisor"),
    Role.ADMIN.value: N_("administrator"),
}
SIDES: Mapping[str, str] = {
    "customer": N_("customer"),
    "supplier": N_("supplier"),
    "both": N_("customer and supplier"),
    "own": N_("our own company"),
}
TRACKINGS: Mapping[str, str] = {Tracking.SERIAL.value: N_("serial"), Tracking.QUANTITY.value: N_("quantity")}
NATURES: Mapping[str, str] = {Nature.GOODS.value: N_("goods"), Nature.SERVICE.value: N_("service")}
WARRANTY_RULES: Mapping[str, str] = {
    WarrantyRule.LAW.value: N_("by law (art. 581)"),
    WarrantyRule.ANEW.value: N_("anew after every repair"),
    WarrantyRule.PROLONG.value: N_("prolonged by the time without it"),
    WarrantyRule.NONE.value: N_("stays as it was"),
}
LANGUAGES: Mapping[str, str] = {"": N_("that of the terminal"), "pl": "polski", "en": "English"}
PAPER_LANGUAGES: Mapping[str, str] = {"": N_("that of the papers"), "pl": "polski", "en": "English"}

_EVERYWHERE: Mapping[str, Mapping[str, str]] = {
    "retired": YES_NO,
    "stays_open": YES_NO,
    "takes_services": YES_NO,
    "tracking": TRACKINGS,
    "warranty_rule": WARRANTY_RULES,
    "nature": NATURES,
    "language": LANGUAGES,
    "type": {type_.value: words for type_, words in FIELD_TYPES.items()},
}
_OF_LIST: Mapping[tuple[ListKind, str], Mapping[str, str]] = {
    (ListKind.OPERATORS, "role"): ROLES,
    (ListKind.PARTIES, "role"): SIDES,
    (ListKind.PARTIES, "language"): PAPER_LANGUAGES,
}
REFERENCES: Mapping[str, ListKind] = {"kind": ListKind.KINDS, "location": ListKind.LOCATIONS}
"""Columns that name a row of another list by its code."""


class Asked(StrEnum):
    """How a column is asked for."""

    TEXT = "text"
    SECRET = "secret"  # noqa: S105 - how it is asked, no secret
    CHOICE = "choice"
    REFERENCE = "reference"
    LINES = "lines"


SEVERAL: Mapping[str, str] = {"gtins": " ", "members": " ", "choices": "; ", "address": "\n"}
"""Columns of several entries, one a line on the screen, and what stands between them in the cell."""


def choices_for(kind: ListKind, column: str) -> Mapping[str, str]:
    """Return what a column can hold, with the words for it; nothing, when it is no choice."""
    return _OF_LIST.get((kind, column)) or _EVERYWHERE.get(column, {})


def how_asked(kind: ListKind, column: str) -> Asked:
    """Tell how a column is asked for."""
    if column == "pin":
        return Asked.SECRET
    if choices_for(kind, column):
        return Asked.CHOICE
    if column in REFERENCES:
        return Asked.REFERENCE
    if column in SEVERAL and (kind, column) != (ListKind.TERMINALS, "address"):
        return Asked.LINES
    return Asked.TEXT


def label_of(kind: ListKind, column: str) -> str:
    """Return what a column is called, marked for translation."""
    return TERMINAL_ADDRESS if (kind, column) == (ListKind.TERMINALS, "address") else LABELS[column]
