"""What belongs to suppliers and is with us, computed from the units themselves, in pages over an index."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from store.domain.deposits import THEIRS, WEEK, Held, HeldCursor, HeldPage, HeldWhich, SupplierHeld
from store.domain.terms import Terms
from store.models.days import day_of
from store.models.fields import PIECES, unscaled
from store.models.moments import from_store
from store.models.sql import select
from store.queries.parties import contains

LAST = "9999-12-31"
DUE = f"coalesce(u.due_back, '{LAST}')"
"""By which the index of what is theirs is sorted."""
TERMS = ", ".join(f"'{terms}'" for terms in THEIRS)
_PIECES = ", ".join(f"'{terms}'" for terms in THEIRS if terms is not Terms.SCRAPPED)
_WHERE: dict[HeldWhich, str] = {
    HeldWhich.ALL: "",
    HeldWhich.OVERDUE: f"AND {DUE} < :today",
    HeldWhich.WEEK: f"AND {DUE} >= :today AND {DUE} < :week_end",
}
# It came from the supplier by the last movement that did not begin with us.
_CAME = """
    SELECT max(x.id) FROM movement x WHERE x.unit_id = u.id AND x.to_terms = 'held'
    AND coalesce(x.from_terms, 'returned') = 'returned'
"""
_UNITS = f"""
    SELECT u.id, u.id AS unit_id, u.product_id, p.name AS product_name, p.sku, u.serial, 1000 AS quantity,
           u.terms, coalesce(l.name, q.name, '') AS place, m.effective_at AS since, d.number,
           u.due_back AS due
    FROM unit u JOIN product p ON p.id = u.product_id LEFT JOIN location l ON l.place_id = u.place_id
         LEFT JOIN party q ON q.place_id = u.place_id LEFT JOIN movement m ON m.id = ({_CAME})
         LEFT JOIN document d ON d.id = m.document_id
    WHERE u.owner_id = :supplier_id AND u.terms IN ({TERMS})
          AND {DUE} >= :day AND ({DUE} > :day OR u.id > :after_id)
"""
_COUNTED = f"""
    SELECT b.id, NULL AS unit_id, b.product_id, p.name AS product_name, p.sku, '' AS serial, b.quantity,
           b.terms, coalesce(l.name, q.name, '') AS place, NULL AS since, '' AS number, NULL AS due
    FROM balance b JOIN product p ON p.id = b.product_id LEFT JOIN location l ON l.place_id = b.place_id
         LEFT JOIN party q ON q.place_id = b.place_id
    WHERE b.owner_id = :supplier_id AND b.terms IN ({_PIECES}) AND b.quantity > 0 AND b.id > :after_id
"""


class DueCounts(NamedTuple):
    """How many units of suppliers are late, and how many are due within seven days."""

    overdue: int
    week: int


def suppliers_held(today: date, *, text: str = "", limit: int = 50, skip: int = 0) -> list[SupplierHeld]:
    """Return the suppliers who have something with us, the earliest day first: at most `limit` after `skip`.

    `text` is a part of a name or code.
    """
    rows = select(
        f"""
        SELECT p.id, p.name, p.code, x.pieces, x.overdue, x.week, x.first
        FROM (SELECT t.owner_id, sum(t.quantity) AS pieces, sum(t.overdue) AS overdue, sum(t.week) AS week,
                     min(t.day) AS first
              FROM (SELECT u.owner_id, 1000 AS quantity, u.due_back AS day,
                           CASE WHEN {DUE} < :today THEN 1 ELSE 0 END AS overdue,
                           CASE WHEN {DUE} >= :today AND {DUE} < :week_end THEN 1 ELSE 0 END AS week
                    FROM unit u WHERE u.terms IN ({TERMS})
                    UNION ALL
                    SELECT b.owner_id, b.quantity, NULL, 0, 0 FROM balance b
                    WHERE b.terms IN ({_PIECES}) AND b.quantity > 0) AS t
              GROUP BY t.owner_id) AS x JOIN party p ON p.id = x.owner_id
        WHERE NOT p.is_own AND p.is_supplier
              AND (lower(p.name) LIKE :part ESCAPE '!' OR lower(p.code) LIKE :part ESCAPE '!')
        ORDER BY coalesce(x.first, '{LAST}'), p.name, p.id LIMIT :limit OFFSET :skip
        """,
        **_days(today), part=contains(text), limit=limit, skip=skip,
    )  # fmt: skip
    return [
        SupplierHeld(
            party_id=row["id"],
            name=row["name"],
            code=row["code"],
            pieces=unscaled(row["pieces"], PIECES),
            overdue=int(row["overdue"]),
            week=int(row["week"]),
            first=day_of(row["first"]),
        )
        for row in rows
    ]


def page(
    supplier_id: int,
    today: date,
    *,
    which: HeldWhich = HeldWhich.ALL,
    limit: int = 100,
    after: HeldCursor | None = None,
) -> HeldPage:
    """Return what a supplier has with us, by the day on which it is due back, what has none last.

    At most `limit` rows behind `after`. Pieces without serials come behind the units.
    """
    start = after or HeldCursor(0, "", 0)
    rows: list[dict[str, Any]] = []
    stages = ((f"{_UNITS} {_WHERE[which]}", f"{DUE}, u.id"), (_COUNTED, "b.id"))
    for stage, (statement, order) in enumerate(stages):
        if stage < start.stage or len(rows) > limit or (stage and which is not HeldWhich.ALL):
            continue
        here = start if stage == start.stage else HeldCursor(stage, "", 0)
        found = select(
            f"{statement} ORDER BY {order} LIMIT :limit",
            supplier_id=supplier_id, day=here.day or "0001-01-01", after_id=here.id,
            limit=limit + 1 - len(rows), **_days(today),
        )  # fmt: skip
        rows += [row | {"stage": stage} for row in found]
    more = len(rows) > limit
    last = rows[limit - 1] if more else None
    return HeldPage(
        rows=tuple(_held(row) for row in rows[:limit]),
        after=HeldCursor(last["stage"], str(last["due"] or LAST), last["id"]) if last else None,
    )


def everything(supplier_id: int, today: date, *, which: HeldWhich = HeldWhich.ALL) -> Iterator[Held]:
    """Yield all that a supplier has with us, page by page. Only inside a transaction."""
    after: HeldCursor | None = None
    while True:
        found = page(supplier_id, today, which=which, limit=1_000, after=after)
        yield from found.rows
        after = found.after
        if after is None:
            return


def due_counts(today: date) -> DueCounts:
    """Return how many units are due back to their suppliers: read from one index."""
    row = select(
        f"""
        SELECT coalesce(sum(CASE WHEN u.due_back < :today THEN 1 ELSE 0 END), 0) AS overdue, count(*) AS due
        FROM unit u JOIN party o ON o.id = u.owner_id
        WHERE u.due_back < :week_end AND u.terms IN ({TERMS}) AND NOT o.is_own
        """,
        **_days(today),
    )[0]
    return DueCounts(overdue=int(row["overdue"]), week=int(row["due"]) - int(row["overdue"]))


def lying_here(
    supplier_id: int, place_id: int, terms: tuple[Terms, ...], today: date, *, which: HeldWhich
) -> list[tuple[int, Decimal]]:
    """Return how many pieces of each product of a supplier's lie at a place on some terms."""
    listed = ", ".join(f"'{each}'" for each in terms)
    pieces = "" if which is not HeldWhich.ALL else (
        "UNION ALL SELECT b.product_id, b.quantity FROM balance b WHERE b.owner_id = :supplier_id "
        f"AND b.place_id = :place_id AND b.terms IN ({listed}) AND b.quantity > 0"
    )  # fmt: skip
    rows = select(
        f"""
        SELECT t.product_id, sum(t.quantity) AS quantity FROM (
            SELECT u.product_id, 1000 AS quantity FROM unit u
            WHERE u.owner_id = :supplier_id AND u.place_id = :place_id AND u.terms IN ({listed})
                  {_WHERE[which]}
            {pieces}
        ) AS t GROUP BY t.product_id ORDER BY t.product_id
        """,
        supplier_id=supplier_id,
        place_id=place_id,
        **_days(today),
    )
    return [(row["product_id"], unscaled(row["quantity"], PIECES)) for row in rows]


def due_of(document_id: int) -> date | None:
    """Return the day on which everything of a delivery is due back, or None."""
    rows = select("SELECT due FROM deposit WHERE document_id = :document_id", document_id=document_id)
    return day_of(rows[0]["due"]) if rows else None


def _days(today: date) -> dict[str, str]:
    return {"today": today.isoformat(), "week_end": (today + WEEK).isoformat()}


def _held(row: dict[str, Any]) -> Held:
    return Held(
        unit_id=row["unit_id"],
        product_id=row["product_id"],
        product_name=row["product_name"],
        sku=row["sku"],
        serial=row["serial"],
        quantity=unscaled(row["quantity"], PIECES),
        terms=Terms(row["terms"]),
        place=row["place"],
        since=from_store(row["since"]) if row["since"] else None,
        number=row["number"] or "",
        due=day_of(row["due"]),
    )
