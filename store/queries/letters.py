"""What a letter says of units, of what a customer has, or of a posted document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from store.domain.errors import StoreError
from store.domain.field_values import shown
from store.domain.language import _
from store.domain.letters import (
    MOST_UNITS,
    LetterDocument,
    LetterFacts,
    LetterParty,
    LetterRecord,
    LetterUnit,
)
from store.domain.papers import PaperRequest
from store.domain.serials import key_of
from store.domain.terms import Condition, Terms
from store.models.days import day_of
from store.models.fields import PIECES, unscaled
from store.models.json_rows import json_text
from store.models.moments import from_store
from store.models.sql import is_postgres, select
from store.queries.fields import fields, fields_of_units
from store.queries.paper_sides import our_side

_COLUMNS = """
    u.id AS unit_id, u.place_id, u.owner_id, u.serial, u.condition, u.terms, u.warranty_until,
    p.name AS product, p.sku, k.name AS kind, o.name AS owner,
    (SELECT i.text FROM identifier i WHERE i.unit_id = u.id AND i.type = 'inventory' ORDER BY i.id LIMIT 1)
        AS inventory,
    w.due, w.accessories, v.valid_from, v.valid_until, v.seats, coalesce(s.serial, v.subject) AS subject
"""
_SERVICE = "LEFT JOIN validity v ON v.unit_id = u.id LEFT JOIN unit s ON s.id = v.subject_id"
# A unit is where it is by its last movement.
_NOW = f"""
    SELECT {_COLUMNS}, {{extra}} m.effective_at AS since, d.number, NULL AS quantity
    FROM {{source}} JOIN product p ON p.id = u.product_id JOIN product_kind k ON k.id = p.kind_id
         JOIN party o ON o.id = u.owner_id
         LEFT JOIN movement m ON m.id = (SELECT max(l.id) FROM movement l WHERE l.unit_id = u.id)
         LEFT JOIN document d ON d.id = m.document_id
         LEFT JOIN loan w ON w.unit_id = u.id AND w.returned_at IS NULL {_SERVICE}
"""
# A document says what it moved, with the names of that day.
_MOVED = f"""
    SELECT {_COLUMNS.replace("p.name AS", "m.product_name AS").replace("o.name AS", "m.owner_name AS")},
           m.effective_at AS since, d.number, CASE WHEN u.id IS NULL THEN m.quantity END AS quantity
    FROM movement m JOIN document d ON d.id = m.document_id JOIN document_line n ON n.id = m.line_id
         JOIN product p ON p.id = m.product_id JOIN product_kind k ON k.id = p.kind_id
         LEFT JOIN unit u ON u.id = m.unit_id {_SERVICE}
         LEFT JOIN (SELECT movement_id, min(due) AS due, min(accessories) AS accessories FROM loan
                    WHERE document_id = :document_id GROUP BY movement_id) w ON w.movement_id = m.id
    WHERE m.document_id = :document_id ORDER BY n.position, m.id LIMIT :limit
"""
_PARTY = "SELECT id, place_id, code, name, tax_id, address, email, is_own FROM party WHERE "
TO_COME_BACK = (Terms.RENTED, Terms.CONSIGNED)
"""On which terms a customer has what is still ours or our supplier's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAbout:
    """What a letter is about: any of these, together where they go together."""

    units: tuple[str, ...] = ()
    """Serials or further numbers."""
    unit_ids: tuple[int, ...] = ()
    """Units that are known already, instead of their numbers."""
    party: str = ""
    """The code of whom it goes to; without units it is about what they have to give back."""
    document: str = ""
    """The number of a posted document."""


def letter_facts(about: LetterAbout, *, today: date, operator: str = "") -> LetterFacts:
    """Return everything that a letter about `about` may say, in a number of questions that does not grow.

    Raises StoreError when there is no such unit, party or posted document, or more than `MOST_UNITS` units.
    """
    party = _party_with(about.party) if about.party else None
    document, rows = _document(about.document) if about.document else (None, [])
    if about.unit_ids:
        rows = _units_by_id(about.unit_ids)
    elif about.units:
        rows = _units_with(about.units)
    elif party and not document:
        rows = _units_of(party["place_id"])
    if len(rows) > MOST_UNITS:
        raise StoreError(_("a letter has {count} units at most").format(count=MOST_UNITS))
    if document and not party:
        party = _party_by(document["party_id"])
    return LetterFacts(
        day=today,
        company=our_side(),
        party=_to(party or _party_of(rows)),
        document=_document_of(document),
        operator=operator,
        units=tuple(_units(rows)),
        unit_ids=tuple(row["unit_id"] for row in rows if row["unit_id"] is not None),
        fields=field_codes(),
    )


def letter_record(request: PaperRequest) -> LetterRecord:
    """Return what the letter `letter` says to `party_id` of the units asked for. Raises StoreError."""
    party = _party_by(request.party_id)["code"] if request.party_id is not None else ""
    facts = letter_facts(
        LetterAbout(unit_ids=request.unit_ids, party=party),
        today=request.day or datetime.now().astimezone().date(),
        operator=request.signed_by,
    )
    return LetterRecord(name=request.letter, folder=request.templates, facts=facts)


def field_codes() -> frozenset[str]:
    """Return the codes of the company's own fields: what a template may name after `unit.field.`."""
    return frozenset(field.code for field in fields())


def _in_list(name: str) -> str:
    """Return the condition's list of texts that the JSON in `:name` holds."""
    if is_postgres():
        return f"(SELECT jsonb_array_elements_text(CAST(:{name} AS jsonb)))"
    return f"(SELECT value FROM json_each(:{name}))"


def _units_with(numbers: Sequence[str]) -> list[dict[str, Any]]:
    """Return the units that have these numbers, in their order and each once."""
    keys = _in_list("keys")
    found = f"""(
        SELECT serial_key AS key, id FROM unit WHERE serial_key IN {keys}
        UNION SELECT key, unit_id FROM identifier WHERE key IN {keys}
    ) f JOIN unit u ON u.id = f.id"""
    wanted = [key_of(number) for number in numbers]
    rows = select(_NOW.format(source=found, extra="f.key,"), keys=json_text(wanted))
    by_key: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_key.setdefault(row["key"], []).append(row)
    for number, key in zip(numbers, wanted, strict=True):
        if len(by_key.get(key, [])) > 1:
            names = ", ".join(sorted(f"{row['product']} {row['serial']}" for row in by_key[key]))
            raise StoreError(
                _("several units have the number {number}: {names}").format(number=number, names=names)
            )
        if key not in by_key:
            raise StoreError(_("no unit has the number {number}").format(number=number))
    return list({by_key[key][0]["unit_id"]: by_key[key][0] for key in wanted}.values())


def _units_by_id(unit_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return these units by product and serial, one more than a letter can have at most."""
    each = "SELECT CAST(value AS BIGINT) FROM "
    each += "jsonb_array_elements_text(CAST(:ids AS jsonb))" if is_postgres() else "json_each(:ids)"
    return select(
        f"{_NOW.format(source='unit u', extra='')} WHERE u.id IN ({each}) "
        "ORDER BY p.name, u.serial, u.id LIMIT :limit",
        ids=json_text(list(unit_ids)),
        limit=MOST_UNITS + 1,
    )


def _units_of(place_id: int) -> list[dict[str, Any]]:
    terms = ", ".join(f"'{each}'" for each in TO_COME_BACK)
    return select(
        f"{_NOW.format(source='unit u', extra='')} WHERE u.place_id = :place_id AND u.terms IN ({terms}) "
        "ORDER BY p.name, u.serial, u.id LIMIT :limit",
        place_id=place_id,
        limit=MOST_UNITS + 1,
    )


def _document(number: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    found = select(
        "SELECT d.id, d.number, d.party_id, d.effective_at, d.reference, d.reason, l.name AS place, "
        "r.due, r.purpose FROM document d JOIN location l ON l.id = d.location_id "
        "LEFT JOIN rental r ON r.document_id = d.id "
        "WHERE d.number = :number AND d.status = 'posted'",
        number=number.strip(),
    )
    if not found:
        raise StoreError(_("no posted document has the number {number}").format(number=number))
    return found[0], select(_MOVED, document_id=found[0]["id"], limit=MOST_UNITS + 1)


def _party_with(code: str) -> dict[str, Any]:
    found = select(f"{_PARTY} code = :code", code=code.strip())
    if not found:
        raise StoreError(_("no party has the code {code}").format(code=code))
    return found[0]


def _party_by(party_id: int) -> dict[str, Any]:
    return select(f"{_PARTY} id = :party_id", party_id=party_id)[0]


def _party_of(rows: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return who has all of the units, else whose they all are; None: it is not one, or it is us."""
    places = {row["place_id"] for row in rows}
    owners = {row["owner_id"] for row in rows}
    found: list[dict[str, Any]] = []
    if len(places) == 1 and None not in places:
        found = select(f"{_PARTY} place_id = :place_id", place_id=places.pop())
    if not found and len(owners) == 1 and None not in owners:
        found = select(f"{_PARTY} id = :owner_id", owner_id=owners.pop())
    return found[0] if found and not found[0]["is_own"] else None


def _to(row: dict[str, Any] | None) -> LetterParty | None:
    if row is None:
        return None
    return LetterParty(**{name: row[name] for name in ("code", "name", "tax_id", "address", "email")})


def _document_of(row: dict[str, Any] | None) -> LetterDocument | None:
    if row is None:
        return None
    return LetterDocument(
        number=row["number"],
        day=from_store(row["effective_at"]).astimezone().date(),
        place=row["place"],
        reference=row["reference"],
        remarks=row["reason"],
        due=day_of(row["due"]),
        purpose=row["purpose"] or "",
    )


def _units(rows: Sequence[dict[str, Any]]) -> Iterator[LetterUnit]:
    ids = [row["unit_id"] for row in rows if row["unit_id"] is not None]
    found = fields_of_units(ids) if ids else {}
    for row in rows:
        own = found.get(row["unit_id"], [])
        yield _unit(
            row, {each.field.code: shown(each.field, each.text, each.named) for each in own if each.text}
        )


def _unit(row: dict[str, Any], own: dict[str, str]) -> LetterUnit:
    quantity = row["quantity"]
    return LetterUnit(
        product=row["product"],
        sku=row["sku"],
        kind=row["kind"],
        serial=row["serial"] or "",
        inventory=row["inventory"] or "",
        quantity=Decimal(1) if quantity is None else unscaled(quantity, PIECES),
        condition=Condition(row["condition"]) if row["condition"] else None,
        terms=Terms(row["terms"]) if row["terms"] else None,
        due=day_of(row["due"]),
        accessories=row["accessories"] or "",
        owner=row["owner"],
        since=from_store(row["since"]).astimezone().date() if row["since"] else None,
        document=row["number"] or "",
        warranty_until=day_of(row["warranty_until"]),
        valid_from=day_of(row["valid_from"]),
        valid_until=day_of(row["valid_until"]),
        seats=row["seats"],
        subject=row["subject"] or "",
        fields=own,
    )
