"""Services: the terms of one, and those that end soon or ended, by the day and along an index."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from store.domain.services import Expiring, ExpiringCounts, Expiry, ExpiryKey, Validity, span
from store.models.bulk import among, listed
from store.models.days import day_of
from store.models.sql import select

PAGE = 60

_OPEN = "v.valid_until IS NOT NULL AND v.ended_on IS NULL AND v.renewed_id IS NULL"
"""As the partial index has it."""
_VALIDITY = """
    v.unit_id, v.valid_from, v.valid_until, v.seats, v.subject_id, v.ended_on, v.renewed_id,
    coalesce(s.serial, v.subject) AS subject, n.serial AS renewed, b.unit_id AS renews_id, x.serial AS renews
"""
_BESIDE = """
    LEFT JOIN unit s ON s.id = v.subject_id LEFT JOIN unit n ON n.id = v.renewed_id
    LEFT JOIN validity b ON b.renewed_id = v.unit_id LEFT JOIN unit x ON x.id = b.unit_id
"""


def validity_of(unit_id: int) -> Validity | None:
    """Return the terms of a service, with the ones before and after it; None: the unit is none."""
    return validities([unit_id]).get(unit_id)


def validities(unit_ids: Collection[int]) -> dict[int, Validity]:
    """Return the terms of those of the units that are services."""
    rows = select(
        f"SELECT {_VALIDITY} FROM validity v {_BESIDE} WHERE {among('v.unit_id', 'ids')}",
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
    limit: int = PAGE,
) -> list[Expiring]:
    """Return services by the day on which they end: at most `limit` behind `after`.

    What was ended, renewed or taken back is not among them. `party_id` narrows them to one customer.
    """
    first, last = span(which, today)
    of_party = "" if party_id is None else "AND c.id = :party_id"
    # First the page along its index, then what stands beside it: the rows before are never read again.
    page = f"""(SELECT v.* FROM validity v WHERE {_OPEN} AND v.valid_until <= :last
                AND (v.valid_until, v.unit_id) > (:day, :unit_id)
                ORDER BY v.valid_until, v.unit_id LIMIT :limit) AS v"""
    if party_id is not None:
        page = "validity v"
        of_party += f""" AND {_OPEN} AND v.valid_until <= :last
                         AND (v.valid_until, v.unit_id) > (:day, :unit_id)"""
    start = after or ExpiryKey(first, 0)
    rows = select(
        f"{_rows(page)} WHERE true {of_party} ORDER BY v.valid_until, v.unit_id LIMIT :limit",
        party_id=party_id,
        last=last.isoformat(),
        day=start.day.isoformat(),
        unit_id=start.unit_id,
        limit=limit,
    )
    return [_expiring(row) for row in rows]


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
             JOIN party c ON c.id = u.owner_id {_BESIDE}
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
