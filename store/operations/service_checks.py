"""What the operations on services share: which may be changed, and what their terms may be."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from store.domain.errors import RefusalCode, RefusedError
from store.domain.events import token_of
from store.domain.records import Product
from store.domain.serials import fits, key_of
from store.domain.services import Validity
from store.domain.terms import Terms
from store.models.bulk import among, listed
from store.models.events import EventRow
from store.models.sql import is_postgres, select
from store.models.units import UnitRow
from store.queries.services import validity_of

MOST_SEATS = 10**6


def existing(unit_id: int) -> Validity:
    """Return the terms of a service. Raises RefusedError(NOT_SERVICE)."""
    found = validity_of(unit_id)
    if found is None:
        raise RefusedError(RefusalCode.NOT_SERVICE, text=_serial(unit_id))
    return found


def _serial(unit_id: int) -> str:
    row = UnitRow.get_or_none(UnitRow.id == unit_id)
    return str(unit_id) if row is None else str(row.serial)


def open_services(unit_ids: Sequence[int], token: str) -> dict[int, dict[str, Any]] | None:
    """Return the units, locked, when all are services that go on; None: `token` did it before.

    Raises RefusedError: NOT_SERVICE, SERVICE_OVER.
    """
    if EventRow.select().where(EventRow.token == token_of(token, unit_ids[0])).exists():
        return None
    lock = " FOR UPDATE OF v" if is_postgres() else ""
    rows = select(
        f"""SELECT u.id, u.serial, u.product_id, u.owner_id, u.terms, v.ended_on, v.renewed_id
        FROM validity v JOIN unit u ON u.id = v.unit_id WHERE {among("v.unit_id", "ids")}
        ORDER BY v.id{lock}""",
        ids=listed(unit_ids),
    )
    found = {row["id"]: row for row in rows}
    for unit_id in unit_ids:
        row = found.get(unit_id)
        if row is None:
            raise RefusedError(RefusalCode.NOT_SERVICE, text=_serial(unit_id))
        if row["terms"] != Terms.SOLD or row["ended_on"] is not None or row["renewed_id"] is not None:
            raise RefusedError(RefusalCode.SERVICE_OVER, serial=row["serial"])
    return found


def check_numbers(wanted: Collection[tuple[Product, str, bool]]) -> None:
    """Refuse numbers that are none of their products, or that are taken: WRONG_PATTERN, EXISTS.

    Beside each stands whether a person gave it: what is made of another number may break the pattern.
    """
    seen: set[tuple[int, str]] = set()
    for product, text, is_given in wanted:
        if is_given and not fits(product.serial_pattern, text):
            raise RefusedError(
                RefusalCode.WRONG_PATTERN, serial=text, product=product.name, pattern=product.serial_pattern
            )
        key = (product.id, key_of(text))
        if key in seen:
            raise RefusedError(RefusalCode.EXISTS, text=text)
        seen.add(key)
    found = select(
        f"SELECT product_id, serial_key, serial FROM unit WHERE {among('serial_key', 'keys')}",
        keys=listed(key for _product, key in seen),
    )
    for row in found:
        if (row["product_id"], row["serial_key"]) in seen:
            raise RefusedError(RefusalCode.EXISTS, text=row["serial"])


def check_seats(seats: int | None) -> None:
    """Refuse what is no number of seats: BAD_QUANTITY."""
    if seats is not None and not 0 < seats <= MOST_SEATS:
        raise RefusedError(RefusalCode.BAD_QUANTITY, text=str(seats))


def check_subject(subject_id: int | None) -> None:
    """Refuse a unit that is not there: UNKNOWN."""
    if subject_id is not None and not UnitRow.select().where(UnitRow.id == subject_id).exists():
        raise RefusedError(RefusalCode.UNKNOWN, text=str(subject_id))


def check_span(begins: date, until: date | None) -> None:
    """Refuse an end before the beginning: BAD_SPAN."""
    if until is not None and until < begins:
        raise RefusedError(RefusalCode.BAD_SPAN, begins=begins, ends=until)


def said(terms: Validity) -> str:
    """Return terms in figures, which need no language."""
    parts = [f"{terms.valid_from} - {terms.valid_until or ''}".rstrip()]
    if terms.seats:
        parts.append(f"x {terms.seats}")
    if terms.subject:
        parts.append(terms.subject)
    return ", ".join(parts)
