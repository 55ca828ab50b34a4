"""Services: the terms of one, and those that end soon or ended, by the day and along an index."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from typing import Any

from store.domain.services import (
    Expiring,
    ExpiringCounts,
    Expiry,
    ExpiryKey,
    Renewal,
    Validity,
    ends,
    next_number,
    renewed_span,
    span,
)
from store.domain.unit_links import RelatedUnit, Relation
from store.models.bulk import among, listed
from store.models.days import day_of
from store.models.sql import is_postgres, select

PAGE = 60

_OPEN = "v.valid_until IS NOT NULL AND v.ended_on IS NULL AND v.renewed_id IS NULL"
"""As the partial index has it."""
_VALIDITY = """
    v.unit_id, v.valid_from, v.valid_until, v.seats, v.subject_id, v.ended_on, v.renewed_id,
    coalesce(s.serial, v.subject) AS subject, n.serial AS renewed, b.unit_id AS renews_id, x.serial AS renews
"""
_BESIDE = """
    LEFT JOIN unit s ON s.id = v.subject_id LEFT JOIN unit n ON n.id = v.renewed_id
    LEFT JOIN validity b{by_renewed} ON b.renewed_id = v.unit_id LEFT JOIN unit x ON x.id = b.unit_id
"""


def _beside() -> str:
    return _BESIDE.replace("{by_renewed}", _by_renewed())


def _by_renewed() -> str:
    """Return the hint to look successors up: where few have one, SQLite takes all that have none for hits."""
    return "" if is_postgres() else " INDEXED BY validity_renewed"


def validity_of(unit_id: int) -> Validity | None:
    """Return the terms of a service, with the ones before and after it; None: the unit is none."""
    return validities([unit_id]).get(unit_id)


def validities(unit_ids: Collection[int]) -> dict[int, Validity]:
    """Return the terms of those of the units that are services."""
    rows = select(
        f"SELECT {_VALIDITY} FROM validity v {_beside()} WHERE {among('v.unit_id', 'ids')}",
        ids=listed(unit_ids),
    )
    return {row["unit_id"]: _validity(row) for row in rows}


def services_of(subject_id: int, *, limit: int = PAGE) -> list[Expiring]:
    """Return the services that are about a unit, the newest first."""
    rows = select(
        f"{_rows('validity v')} WHERE v.subject_id = :subject_id ORDER BY v.unit_id DESC LIMIT :limit",
        subject_id=subject_id,
        limit=limit,
    )
    return [_expiring(row) for row in rows]


def expiring(
    which: Expiry,
    today: date,
    *,
    party_id: int | None = None,
    after: ExpiryKey | None = None,
    before: ExpiryKey | None = None,
    last: bool = False,
    limit: int = PAGE,
) -> list[Expiring]:
    """Return services by the day on which they end: `limit` behind or before a key, or the `last` ones.

    What was ended, renewed or taken back is not among them. `party_id` narrows them to one customer.
    """
    first, final = span(which, today)
    backwards = last or before is not None
    sign, direction = ("<", "DESC") if backwards else (">", "ASC")
    order = f"ORDER BY v.valid_until {direction}, v.unit_id {direction} LIMIT :limit"
    page = f"""{_OPEN} AND v.valid_until BETWEEN :first AND :final
               AND (v.valid_until, v.unit_id) {sign} (:day, :id)"""
    # First the page along its index, then what stands beside it. A customer's are few: they are found first.
    source, where = f"(SELECT v.* FROM validity v WHERE {page} {order}) AS v", "true"
    if party_id is not None:
        source, where = "validity v", f"u.owner_id = :party_id AND {page}"
    start = after or before or (ExpiryKey(date.max, 0) if last else ExpiryKey(date.min, 0))
    rows = select(
        f"{_rows(source)} WHERE {where} {order}",
        party_id=party_id,
        first=first.isoformat(),
        final=final.isoformat(),
        day=start.day.isoformat(),
        id=start.unit_id,
        limit=limit,
    )
    found = [_expiring(row) for row in rows]
    return found[::-1] if backwards else found


def expiring_ids(which: Expiry, today: date, *, limit: int) -> list[int]:
    """Return the ids of what `which` lists, those that end first: at most `limit`."""
    first, final = span(which, today)
    rows = select(
        f"SELECT v.unit_id FROM validity v WHERE {_OPEN} AND v.valid_until BETWEEN :first AND :final "
        "ORDER BY v.valid_until, v.unit_id LIMIT :limit",
        first=first.isoformat(),
        final=final.isoformat(),
        limit=limit,
    )
    return [row["unit_id"] for row in rows]


def proposed_terms(product_id: int, begins: date) -> Validity:
    """Return the terms of a service of a product that begins on a day. Raises LookupError."""
    rows = select("SELECT validity_months, seats FROM product WHERE id = :id", id=product_id)
    if not rows:
        raise LookupError(product_id)
    months, seats = rows[0]["validity_months"], rows[0]["seats"]
    return Validity(valid_from=begins, valid_until=ends(begins, months), seats=seats)


def proposed(unit_id: int, today: date) -> Renewal:
    """Return what a service becomes when nobody says otherwise. Raises LookupError when the unit is none."""
    old = validity_of(unit_id)
    rows = select(
        "SELECT u.serial, p.validity_months FROM unit u JOIN product p ON p.id = u.product_id "
        "WHERE u.id = :id",
        id=unit_id,
    )
    if old is None:
        raise LookupError(unit_id)
    begins, until = renewed_span(old, rows[0]["validity_months"], today)
    return Renewal(
        unit_id=unit_id,
        number=next_number(rows[0]["serial"]),
        valid_from=begins,
        valid_until=until,
        seats=old.seats,
    )


def related_services(unit_id: int) -> list[RelatedUnit]:
    """Return the services before and after a service, its subject, and the services about a unit."""
    rows = select(
        f"""
        SELECT v.id, k.relation, k.other, u.serial, p.name AS product_name, v.valid_from, v.valid_until
        FROM (SELECT 'renewed_by' AS relation, unit_id, renewed_id AS other FROM validity
              WHERE unit_id = :unit_id AND renewed_id IS NOT NULL
              UNION ALL SELECT 'renews', unit_id, unit_id FROM validity{_by_renewed()}
              WHERE renewed_id = :unit_id
              UNION ALL SELECT 'about', unit_id, subject_id FROM validity
              WHERE unit_id = :unit_id AND subject_id IS NOT NULL
              UNION ALL SELECT 'covered_by', unit_id, unit_id FROM (
                  SELECT unit_id FROM validity WHERE subject_id = :unit_id ORDER BY unit_id DESC LIMIT {PAGE}
              ) AS c) AS k
        JOIN validity v ON v.unit_id = k.unit_id JOIN unit u ON u.id = k.other
        JOIN product p ON p.id = u.product_id ORDER BY k.relation, k.other DESC
        """,
        unit_id=unit_id,
    )
    return [
        RelatedUnit(
            link_id=row["id"],
            relation=Relation(row["relation"]),
            unit_id=row["other"],
            serial=row["serial"],
            product_name=row["product_name"],
            begun_at=_noon(row["valid_from"]),
            ended_at=_noon(row["valid_until"]) if row["valid_until"] else None,
        )
        for row in rows
    ]


def _noon(value: Any) -> datetime:
    day = day_of(value)
    assert day is not None  # noqa: S101 - asked for where there is one
    return datetime.combine(day, time(12)).astimezone()


def all_expiring(which: Expiry, today: date, *, party_id: int | None = None) -> Iterator[Expiring]:
    """Yield all of it, page by page. Only inside a transaction."""
    after: ExpiryKey | None = None
    while found := expiring(which, today, party_id=party_id, after=after, limit=1_000):
        yield from found
        after = found[-1].key


def counts(today: date) -> ExpiringCounts:
    """Return how many services expired and were not renewed, and how many end within 30 days."""
    _first, soon = span(Expiry.DAYS_30, today)
    rows = select(
        f"""SELECT coalesce(sum(CASE WHEN v.valid_until < :today THEN 1 ELSE 0 END), 0) AS expired,
                   coalesce(sum(CASE WHEN v.valid_until < :today THEN 0 ELSE 1 END), 0) AS soon
            FROM validity v WHERE {_OPEN} AND v.valid_until <= :soon""",
        today=today.isoformat(),
        soon=soon.isoformat(),
    )
    return ExpiringCounts(expired=int(rows[0]["expired"]), soon=int(rows[0]["soon"]))


def count_of(which: Expiry, today: date) -> int:
    """Return how many services `which` lists."""
    first, last = span(which, today)
    rows = select(
        f"SELECT count(*) AS n FROM validity v WHERE {_OPEN} AND v.valid_until BETWEEN :first AND :last",
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return int(rows[0]["n"])


def _rows(source: str) -> str:
    return f"""
        SELECT {_VALIDITY}, u.serial, p.sku, p.name AS product_name, c.id AS party_id, c.code AS party_code,
               c.name AS party_name
        FROM {source} JOIN unit u ON u.id = v.unit_id JOIN product p ON p.id = u.product_id
             JOIN party c ON c.id = u.owner_id {_beside()}
    """


def _expiring(row: dict[str, Any]) -> Expiring:
    return Expiring(
        unit_id=row["unit_id"],
        number=row["serial"],
        sku=row["sku"],
        product_name=row["product_name"],
        party_id=row["party_id"],
        party_code=row["party_code"],
        party_name=row["party_name"],
        validity=_validity(row),
    )


def _validity(row: dict[str, Any]) -> Validity:
    valid_from = day_of(row["valid_from"])
    assert valid_from is not None  # noqa: S101 - the column is never null
    return Validity(
        valid_from=valid_from,
        valid_until=day_of(row["valid_until"]),
        seats=row["seats"],
        subject_id=row["subject_id"],
        subject=row["subject"],
        ended_on=day_of(row["ended_on"]),
        renewed_id=row["renewed_id"],
        renewed=row["renewed"] or "",
        renews_id=row["renews_id"],
        renews=row["renews"] or "",
    )
