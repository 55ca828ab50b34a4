"""Services of customers: adding some, and letting others follow those that end.

Nothing of it goes through a warehouse: a service is born with its customer and stays there. What was renewed
stays as it was, and knows the service that follows it.
"""

import logging
from collections.abc import Sequence
from datetime import date
from typing import Any

from store.domain.errors import RefusalCode, RefusedError
from store.domain.events import BuiltIn, NewEvent
from store.domain.records import Actor, Product
from store.domain.serials import key_of
from store.domain.services import NewService, Renewal, Validity, ends, next_number, renewed_span
from store.domain.terms import DocumentType, Tracking
from store.models.bulk import BIG, TEXT, among, listed, packed, rows_as
from store.models.parties import PartyRow
from store.models.services import ValidityRow
from store.models.sql import execute, is_postgres, select
from store.operations.events import record_events
from store.operations.service_checks import (
    check_numbers,
    check_seats,
    check_span,
    check_subject,
    open_services,
    said,
)
from store.operations.service_fields import carry_on, fill_in
from store.operations.writing import WrittenLine, post_written
from store.queries.parties import party_by_id
from store.queries.products import product_by_id
from store.queries.services import validities

log = logging.getLogger(__name__)


def add_services(actor: Actor, new: NewService, *, token: str) -> list[int]:
    """Give a customer services of one product, and return their ids in the order of their numbers.

    Called again with the same `token` it returns what it added. Raises RefusedError and adds nothing:
    NOT_SERVICE, EMPTY without a number, WRONG_PATTERN, EXISTS, UNKNOWN (customer or subject), BAD_SPAN,
    BAD_QUANTITY (seats), FIELDS_NEEDED, BAD_VALUE.
    """
    by_key: dict[str, str] = {}
    for text in new.numbers:
        if key_of(text):
            by_key.setdefault(key_of(text), text.strip())
    numbers = list(by_key.values())
    known = _made(token)
    if known:
        return known
    product = _service(new.product_id)
    if not numbers:
        raise RefusedError(RefusalCode.EMPTY)
    check_numbers([(product, text, True) for text in numbers])
    check_seats(new.seats)
    if not PartyRow.select().where((PartyRow.id == new.party_id) & ~PartyRow.is_own).exists():
        raise RefusedError(RefusalCode.UNKNOWN, text=str(new.party_id))
    check_subject(new.subject_id)
    begins = new.valid_from or actor.at.astimezone().date()
    until = new.valid_until or ends(begins, _months(product.id))
    check_span(begins, until)
    _place(actor, new.party_id, [(product.id, text) for text in numbers], token=token)
    ids = _made(token)
    changes: dict[str, Any] = {"valid_from": begins, "valid_until": until}
    changes |= {"subject_unit": new.subject_id, "subject": new.subject.strip()}
    if new.seats is not None:
        changes["seats"] = new.seats
    for start in range(0, len(ids), 500):
        some = ValidityRow.unit.in_(ids[start : start + 500])
        ValidityRow.update(**changes).where(some).execute()
    fill_in(actor, product, ids, new.values)
    log.info("%d services added by operator %s", len(ids), actor.operator.code)
    return ids


def renew(actor: Actor, renewals: Sequence[Renewal], *, token: str) -> list[int]:
    """Let each service be followed by another one, and return the ids of those, in order.

    Who has it, its product, seats, subject and fields go on; days and number follow from it unless they are
    given. Several are renewed in a number of statements that depends on how many customers have them. Called
    again with the same `token` it returns what it made. Raises RefusedError and renews nothing: NOT_SERVICE,
    SERVICE_OVER, WRONG_PATTERN, EXISTS, BAD_SPAN, BAD_QUANTITY.
    """
    renewals = list({each.unit_id: each for each in renewals}.values())
    ids = [each.unit_id for each in renewals]
    rows = open_services(ids, token)
    if rows is None:
        found = {row.unit_id: row.renewed_id for row in ValidityRow.select().where(ValidityRow.unit.in_(ids))}
        return [found[unit_id] for unit_id in ids]
    before = validities(ids)
    today = actor.at.astimezone().date()
    product_ids = {row["product_id"] for row in rows.values()}
    products = {product_id: product_by_id(product_id) for product_id in product_ids}
    months = {product_id: _months(product_id) for product_id in products}
    numbers: dict[int, str] = {}
    terms: list[dict[str, Any]] = []
    for each in renewals:
        row, old = rows[each.unit_id], before[each.unit_id]
        begins, until = renewed_span(old, months[row["product_id"]], today, begins=each.valid_from)
        until = each.valid_until or until
        check_span(begins, until)
        check_seats(each.seats)
        numbers[each.unit_id] = each.number.strip() or next_number(row["serial"])
        terms.append(_terms(each, old, begins, until))
    given = {each.unit_id for each in renewals if each.number.strip()}
    check_numbers(
        [(products[rows[unit_id]["product_id"]], numbers[unit_id], unit_id in given) for unit_id in ids]
    )
    for party_id in dict.fromkeys(rows[unit_id]["owner_id"] for unit_id in ids):
        theirs = [unit_id for unit_id in ids if rows[unit_id]["owner_id"] == party_id]
        lines = [(rows[unit_id]["product_id"], numbers[unit_id]) for unit_id in theirs]
        _place(actor, party_id, lines, token=f"{token} {party_id}")
    after = _followers(rows, numbers)
    _follow(terms, after)
    carry_on(actor, after)
    followers = validities(after.values())
    told = {
        unit_id: f"{rows[unit_id]['serial']} -> {numbers[unit_id]}: {said(followers[after[unit_id]])}"
        for unit_id in ids
    }
    record_events(actor, ids, NewEvent(kind=BuiltIn.RENEWAL), texts=told, token=token)
    log.info("%d services renewed by operator %s", len(ids), actor.operator.code)
    return [after[unit_id] for unit_id in ids]


def _service(product_id: int) -> Product:
    product = product_by_id(product_id)
    if not product.is_service or product.tracking is not Tracking.SERIAL:
        raise RefusedError(RefusalCode.NOT_SERVICE, text=product.name)
    return product


def _months(product_id: int) -> int | None:
    rows = select("SELECT validity_months FROM product WHERE id = :id", id=product_id)
    found = rows[0]["validity_months"]
    return None if found is None else int(found)


def _place(actor: Actor, party_id: int, services: Sequence[tuple[int, str]], *, token: str) -> None:
    """Let services be born with a party, by a document of our own."""
    lines = [
        WrittenLine(
            product_id=product_id, units=[(text, None) for wanted, text in services if wanted == product_id]
        )
        for product_id in dict.fromkeys(product_id for product_id, _text in services)
    ]
    location = actor.terminal.location
    post_written(actor, DocumentType.SERVICES, party_by_id(party_id), location, "", lines, token=token)


def _made(token: str) -> list[int]:
    """Return the services that were added under a token, as they were asked for."""
    rows = select(
        "SELECT s.unit_id FROM document d JOIN draft_scan s ON s.document_id = d.id "
        "WHERE d.close_token = :token ORDER BY s.id",
        token=token,
    )
    return [row["unit_id"] for row in rows]


def _followers(rows: dict[int, dict[str, Any]], numbers: dict[int, str]) -> dict[int, int]:
    """Return the new service of each one that is renewed."""
    wanted = {(rows[unit_id]["product_id"], key_of(text)): unit_id for unit_id, text in numbers.items()}
    found = select(
        f"SELECT id, product_id, serial_key FROM unit WHERE {among('serial_key', 'keys')}",
        keys=listed(key for _product, key in wanted),
    )
    pairs = ((wanted.get((row["product_id"], row["serial_key"])), row["id"]) for row in found)
    return {before: after for before, after in pairs if before is not None}


def _terms(each: Renewal, old: Validity, begins: date, until: date | None) -> dict[str, Any]:
    return {
        "before": each.unit_id,
        "valid_from": begins.isoformat(),
        "valid_until": until.isoformat() if until else None,
        "seats": old.seats if each.seats is None else each.seats,
        "subject_id": old.subject_id,
        "subject": "" if old.subject_id else old.subject,
    }


def _follow(terms: Sequence[dict[str, Any]], after: dict[int, int]) -> None:
    """Write the terms of the new services, and on the old ones what follows them."""
    columns = {
        "before": BIG, "after": BIG, "valid_from": TEXT, "valid_until": TEXT, "seats": BIG,
        "subject_id": BIG, "subject": TEXT,
    }  # fmt: skip
    rows = packed([row | {"after": after[row["before"]]} for row in terms])
    source, day = rows_as("v", columns), "DATE" if is_postgres() else "TEXT"
    execute(
        f"""UPDATE validity SET valid_from = CAST(v.valid_from AS {day}),
            valid_until = CAST(v.valid_until AS {day}), seats = v.seats, subject_id = v.subject_id,
            subject = v.subject FROM {source} WHERE validity.unit_id = v.after""",
        rows=rows,
    )
    execute(
        f"UPDATE validity SET renewed_id = v.after FROM {source} WHERE validity.unit_id = v.before", rows=rows
    )
