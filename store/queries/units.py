"""Units: found by a number, and as a card with their history."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from store.domain.records import Identifier, Place
from store.domain.serials import key_of
from store.domain.terms import Condition, DocumentType, IdentifierType, PlaceKind, Terms
from store.domain.units import Movement, UnitCard, UnitSummary
from store.models.fields import PIECES, unscaled
from store.models.moments import day_of, from_store
from store.models.sql import select
from store.queries.products import product_by_id
from store.queries.services import validity_of

MOVEMENTS = 20
"""So many of its newest movements are on a card; older ones are asked for."""

SUMMARY = """
    u.id, u.serial, p.sku, p.name AS product_name, u.terms, coalesce(l.name, q.name, '') AS place_name,
    q.code AS party_code, (SELECT v.valid_until FROM validity v WHERE v.unit_id = u.id) AS valid_until
"""
"""The columns of `SUMMARIES`."""
SUMMARIES = f"""
    SELECT {SUMMARY}
    FROM unit u JOIN product p ON p.id = u.product_id
         LEFT JOIN location l ON l.place_id = u.place_id LEFT JOIN party q ON q.place_id = u.place_id
"""
"""The columns and tables of a unit as a row of a list; what narrows it down follows."""

EXACT = """
    u.id IN (SELECT id FROM unit WHERE serial_key = :key
             UNION SELECT unit_id FROM identifier WHERE key = :key)
"""
"""The condition that a unit `u` has the number whose key is `:key`."""


def by_number(
    text: str, *, limit: int = 20, check: str = "", also: Mapping[str, Any] | None = None
) -> list[UnitSummary]:
    """Return the units that have this very number, as their serial or as a further one.

    `check` is a further condition on a unit `u`, `also` its values.
    """
    narrowing = f"AND ({check})" if check else ""
    rows = select(
        f"{SUMMARIES} WHERE {EXACT} {narrowing} ORDER BY u.id LIMIT :limit",
        **{**(also or {}), "key": key_of(text), "limit": limit},
    )
    return [summary_of(row) for row in rows]


def card(unit_id: int, *, newest: int = MOVEMENTS) -> UnitCard:
    """Return everything about a unit, with its `newest` movements; none of them are asked for with 0.

    Raises LookupError when there is no such unit.
    """
    rows = select(
        """
        SELECT u.*, o.name AS owner_name, o.is_own, c.kind AS place_kind,
               coalesce(l.name, q.name) AS place_name, coalesce(l.code, q.code) AS place_code,
               EXISTS (SELECT 1 FROM movement m JOIN document d ON d.id = m.document_id
                       WHERE m.unit_id = u.id AND m.from_terms IS NULL AND d.type = 'service_intake')
               AND NOT EXISTS (SELECT 1 FROM movement m JOIN party w ON w.id = m.to_owner_id
                               WHERE m.unit_id = u.id AND w.is_own) AS is_foreign
        FROM unit u JOIN party o ON o.id = u.owner_id LEFT JOIN place c ON c.id = u.place_id
             LEFT JOIN location l ON l.place_id = u.place_id LEFT JOIN party q ON q.place_id = u.place_id
        WHERE u.id = :unit_id
        """,
        unit_id=unit_id,
    )
    if not rows:
        raise LookupError(unit_id)
    row = rows[0]
    place = None
    if row["place_id"] is not None:
        place = Place(
            id=row["place_id"],
            kind=PlaceKind(row["place_kind"]),
            code=row["place_code"],
            name=row["place_name"],
        )
    product = product_by_id(row["product_id"])
    identifiers = select(
        "SELECT type, text FROM identifier WHERE unit_id = :unit_id ORDER BY id", unit_id=unit_id
    )
    return UnitCard(
        id=row["id"],
        serial=row["serial"],
        product=product,
        place=place,
        owner_name=row["owner_name"],
        owner_is_us=bool(row["is_own"]),
        terms=Terms(row["terms"]),
        condition=Condition(row["condition"]),
        identifiers=tuple(Identifier(type=IdentifierType(i["type"]), text=i["text"]) for i in identifiers),
        warranty_from=day_of(row["warranty_from"]),
        warranty_until=day_of(row["warranty_until"]),
        movements=movements(unit_id, limit=newest) if newest else (),
        validity=validity_of(unit_id) if product.is_service else None,
        is_foreign=bool(row["is_foreign"]),
    )


def movements(unit_id: int, *, limit: int = MOVEMENTS, before_id: int | None = None) -> tuple[Movement, ...]:
    """Return a unit's movements, newest first: at most `limit`, older than `before_id`."""
    rows = select(
        """
        SELECT m.*, d.type AS document_type, d.number AS document_number
        FROM movement m JOIN document d ON d.id = m.document_id
        WHERE m.unit_id = :unit_id AND m.id < :before_id ORDER BY m.id DESC LIMIT :limit
        """,
        unit_id=unit_id,
        before_id=2**62 if before_id is None else before_id,
        limit=limit,
    )
    return tuple(_movement(row) for row in rows)


def _movement(row: dict[str, Any]) -> Movement:
    return Movement(
        id=row["id"],
        document_id=row["document_id"],
        document_type=DocumentType(row["document_type"]),
        document_number=row["document_number"],
        from_name=row["from_name"],
        from_terms=Terms(row["from_terms"]) if row["from_terms"] else None,
        to_name=row["to_name"],
        to_terms=Terms(row["to_terms"]),
        owner_name=row["owner_name"],
        operator_name=row["operator_name"],
        terminal_name=row["terminal_name"],
        quantity=unscaled(row["quantity"], PIECES),
        effective_at=from_store(row["effective_at"]),
        recorded_at=from_store(row["recorded_at"]),
    )


def summary_of(row: dict[str, Any], *, is_near: bool = False, sold_at: datetime | None = None) -> UnitSummary:
    """Return the record of a row of `SUMMARIES`.

    `is_near`: its number only comes near what was asked for; `sold_at`: when it was sold, if that was asked.
    """
    return UnitSummary(
        id=row["id"],
        serial=row["serial"],
        sku=row["sku"],
        product_name=row["product_name"],
        place_name=row["place_name"],
        party_code=row["party_code"],
        terms=Terms(row["terms"]),
        valid_until=day_of(row["valid_until"]),
        is_near=is_near,
        sold_at=sold_at,
    )
