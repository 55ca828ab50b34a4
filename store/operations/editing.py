"""Changing master data: what is safe to change, and why the rest is not. What was used keeps its history."""

from collections.abc import Callable
from typing import Any

from store.domain.errors import RefusalCode, RefusedError
from store.domain.field_values import choices_of
from store.domain.fields import FieldSpec, FieldType
from store.domain.language import Language
from store.domain.lists import ListKind, Row
from store.domain.roles import Role
from store.domain.terms import Nature, Tracking
from store.domain.warranty import WarrantyRule
from store.models.custom import FieldRow, FieldValueRow, KindFieldRow
from store.models.documents import DocumentLineRow, DocumentRow
from store.models.parties import LocationRow, PartyRow
from store.models.people import OperatorRow, TerminalRow
from store.models.products import GtinRow, ProductKindRow, ProductRow
from store.models.units import BalanceRow, UnitRow
from store.operations.cells import (
    LAST,
    OWN,
    PARTY_ROLES,
    amount,
    count,
    flag,
    member,
    months,
    named,
    one_of,
    whole,
)
from store.operations.event_lists import edit_event_kind, edit_team
from store.operations.fields import edit_field
from store.operations.operators import change_badge, set_pin
from store.operations.parties import mail_addresses
from store.operations.products import check_pattern, gtin_digits, learn_gtin
from store.operations.terminals import refuse_taken
from store.queries.fields import field_by_id


def _written(model: Any, known: Any, values: dict[str, Any]) -> bool:
    """Write the values that differ; tell whether any did."""
    changed = {name: value for name, value in values.items() if getattr(known, name) != value}
    if changed:
        model.update(**changed).where(model.id == known.id).execute()
    return bool(changed)


def _texts(row: Row, *columns: str) -> dict[str, Any]:
    """Return the plain texts among the columns that a row has. Raises RefusedError(EMPTY) for a name."""
    if "name" in row and not row["name"].strip():
        raise RefusedError(RefusalCode.EMPTY, column="name")
    return {column: row[column].strip() for column in columns if column in row}


def _location(known: LocationRow, row: Row) -> bool:
    values = _texts(row, "name")
    if "retired" in row:
        values["retired"] = flag(row, "retired")
        if values["retired"] and not known.retired:
            _refuse_used(known.name, _is_place_used(known))
    return _written(LocationRow, known, values)


def _is_place_used(known: LocationRow) -> bool:
    return (
        UnitRow.select().where(UnitRow.place == known.place_id).exists()
        or BalanceRow.select()
        .where((BalanceRow.place == known.place_id) & (BalanceRow.quantity > 0))
        .exists()
        or DocumentRow.select()
        .where((DocumentRow.location == known.id) & (DocumentRow.status == "open"))
        .exists()
        or TerminalRow.select().where((TerminalRow.location == known.id) & ~TerminalRow.retired).exists()
    )


def _terminal(known: TerminalRow, row: Row) -> bool:
    values = _texts(row, "name", "printer", "label_printer")
    if "location" in row:
        values["location_id"] = named(LocationRow, row, "location")
    for column in ("hostname", "address"):
        if column in row:
            values[column] = row[column] or None
            refuse_taken(column, row[column], known.id)
    if "retired" in row:
        values["retired"] = flag(row, "retired")
    return _written(TerminalRow, known, values)


def _operator(known: OperatorRow, row: Row) -> bool:
    values = _texts(row, "name")
    if "role" in row:
        values["role"] = member(Role, row, "role")
    if "language" in row:
        values["language"] = member(Language, row, "language") if row["language"] else None
    if "retired" in row:
        values["retired"] = flag(row, "retired")
    is_admin = known.role is Role.ADMIN and not known.retired
    stays = values.get("role", known.role) is Role.ADMIN and not values.get("retired", known.retired)
    if is_admin and not stays:
        others = (OperatorRow.role == Role.ADMIN) & ~OperatorRow.retired & (OperatorRow.id != known.id)
        if not OperatorRow.select().where(others).exists():
            raise RefusedError(
                RefusalCode.LAST_ADMIN,
                name=known.name,
                column="role" if "role" in values and values["role"] is not Role.ADMIN else "retired",
            )
    changed = _written(OperatorRow, known, values)
    if row.get("pin"):
        set_pin(known.id, row["pin"])
    if row.get("badge"):
        change_badge(known.id, row["badge"])
    return changed or bool(row.get("pin") or row.get("badge"))


def _kind(known: ProductKindRow, row: Row) -> bool:
    values = _texts(row, "name")
    if "nature" in row:
        values["nature"] = member(Nature, row, "nature", Nature.GOODS)
        if values["nature"] is not known.nature:
            used = ProductRow.select(ProductRow.id).where(ProductRow.kind == known.id)
            if DocumentLineRow.select().where(DocumentLineRow.product.in_(used)).exists():
                raise RefusedError(RefusalCode.NATURE_FIXED, name=known.name, column="nature")
    if "retired" in row:
        values["retired"] = flag(row, "retired")
    return _written(ProductKindRow, known, values)


def _field(known: FieldRow, row: Row) -> bool:
    field = field_by_id(known.id)
    type_ = member(FieldType, row, "type", field.type)
    if type_ is not field.type and FieldValueRow.select().where(FieldValueRow.field == known.id).exists():
        raise RefusedError(RefusalCode.TYPE_HAS_VALUES, field=field.name, column="type")
    choices = choices_of(row["choices"].replace("|", ";")) if "choices" in row else field.choices
    spec = FieldSpec(
        name=row.get("name", field.name),
        type=type_,
        measure=row.get("measure", field.measure),
        choices=choices,
        pattern=row.get("pattern", field.pattern),
        message=row.get("message", field.message),
        default=row.get("default", field.default),
    )
    edited = edit_field(known.id, spec, type_=type_)
    retired = flag(row, "retired") if "retired" in row else known.retired
    return _written(FieldRow, known, {"retired": retired}) or edited != field


def _kind_field(known: KindFieldRow, row: Row) -> bool:
    flags = ("required", "on_list", "on_label", "on_card", "retired")
    values: dict[str, Any] = {name: flag(row, name) for name in flags if name in row}
    if row.get("position"):
        values["position"] = whole(row, "position", 1, LAST)
    return _written(KindFieldRow, known, values)


def _terms_of_service(row: Row) -> dict[str, Any]:
    """Return how often a product is serviced, and for how long and how many it is valid as a service."""
    names = [column for column in ("service_months", "validity_months") if column in row]
    values: dict[str, Any] = {column: months(row, column) or None for column in names}
    if "service_meter" in row:
        values["service_meter"] = amount(row, "service_meter")
    if "seats" in row:
        values["seats"] = count(row, "seats")
    return values


def _product(known: ProductRow, row: Row) -> bool:
    values = _texts(row, "name", "meter_unit")
    is_used = DocumentLineRow.select().where(DocumentLineRow.product == known.id).exists()
    if "kind" in row:
        values["kind_id"] = named(ProductKindRow, row, "kind")
        nature = ProductKindRow.get_by_id(values["kind_id"]).nature
        if nature is not known.kind.nature and is_used:
            raise RefusedError(RefusalCode.NATURE_FIXED, name=known.name, column="kind")
    if "tracking" in row:
        values["tracking"] = member(Tracking, row, "tracking", Tracking.SERIAL)
        if values["tracking"] is not known.tracking and is_used:
            raise RefusedError(RefusalCode.TRACKING_FIXED, product=known.name, column="tracking")
    if "warranty_months" in row:
        values["warranty_months"] = months(row)
    if "warranty_rule" in row:
        values["warranty_rule"] = member(WarrantyRule, row, "warranty_rule", WarrantyRule.LAW)
    values |= _terms_of_service(row)
    if "serial_pattern" in row:
        values["serial_pattern"] = row["serial_pattern"] or None
        check_pattern(values["serial_pattern"])
    if "retired" in row:
        values["retired"] = flag(row, "retired")
    changed = _written(ProductRow, known, values)
    return ("gtins" in row and _gtins(known, row["gtins"])) or changed


def _gtins(known: ProductRow, text: str) -> bool:
    """Let a product have these GTINs and no others."""
    wanted = {gtin_digits(gtin) for gtin in text.split()}
    had = {row.gtin for row in GtinRow.select().where(GtinRow.product == known.id)}
    gone = had - wanted
    if gone:
        GtinRow.delete().where((GtinRow.product == known.id) & GtinRow.gtin.in_(sorted(gone))).execute()
    for digits in sorted(wanted - had):
        learn_gtin(known.id, digits)
    return had != wanted


def _party(known: PartyRow, row: Row) -> bool:
    values = _texts(row, "name", "tax_id", "address")
    if "email" in row:
        values["email"] = mail_addresses(row["email"])
    if "language" in row:
        values["language"] = member(Language, row, "language") if row["language"] else None
    if "role" in row:
        roles = {OWN: (False, False)} if known.is_own else PARTY_ROLES
        default = OWN if known.is_own else "both"
        is_customer, is_supplier = one_of(roles, row["role"] or default, "role")
        values |= {"is_customer": is_customer, "is_supplier": is_supplier}
    if "retired" in row:
        values["retired"] = flag(row, "retired")
        if values["retired"] and not known.retired:
            is_open = (DocumentRow.party == known.id) & (DocumentRow.status == "open")
            _refuse_used(known.name, known.is_own or DocumentRow.select().where(is_open).exists())
    return _written(PartyRow, known, values)


def _refuse_used(name: str, is_used: bool) -> None:  # noqa: FBT001 - reads as a sentence
    if is_used:
        raise RefusedError(RefusalCode.STILL_USED, name=name, column="retired")


EDITS: dict[ListKind, Callable[[Any, Row], bool]] = {
    ListKind.LOCATIONS: _location,
    ListKind.TERMINALS: _terminal,
    ListKind.OPERATORS: _operator,
    ListKind.KINDS: _kind,
    ListKind.FIELDS: _field,
    ListKind.KIND_FIELDS: _kind_field,
    ListKind.PRODUCTS: _product,
    ListKind.PARTIES: _party,
    ListKind.EVENT_KINDS: edit_event_kind,
    ListKind.TEAMS: edit_team,
}
"""Change what a row says, in the columns that it has, and tell whether anything changed."""
