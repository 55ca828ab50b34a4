"""Who has something that has to come back, and how much of it: sums over open loans and consigned goods."""

from datetime import date
from typing import Any, NamedTuple

from store.domain.unreturned import Holder, Totals, Which
from store.models.days import day_of
from store.models.fields import MONEY, PIECES, unscaled
from store.models.sql import select
from store.queries.parties import contains
from store.queries.unreturned import CONSIGNED_FILTERS, DAY, LENT_WHERE, VALUE, days

# The units of loans are looked up one by one: joined, PostgreSQL would read all units for the few lent ones.
_LENT = f"""
    SELECT l.party_id, l.quantity, {DAY} AS day,
           (SELECT {VALUE} FROM unit u WHERE u.id = l.unit_id) AS value,
           CASE WHEN l.due < :today THEN l.quantity ELSE 0 END AS overdue,
           CASE WHEN {DAY} < :week_end AND (l.due IS NULL OR l.due >= :today)
                THEN l.quantity ELSE 0 END AS week
    FROM loan l WHERE l.returned_at IS NULL {{narrowed}}
"""
_CONSIGNED = f"""
    SELECT c.id AS party_id, 1000 AS quantity, NULL AS day, {VALUE} AS value, 0 AS overdue, 0 AS week
    FROM unit u JOIN party c ON c.place_id = u.place_id WHERE u.terms = 'consigned'
    UNION ALL
    SELECT c.id, b.quantity, NULL, NULL, 0, 0
    FROM balance b JOIN party c ON c.place_id = b.place_id WHERE b.terms = 'consigned' AND b.quantity > 0
"""
_SUMS = """
    coalesce(sum(x.quantity), 0) AS pieces, coalesce(sum(x.overdue), 0) AS overdue,
    coalesce(sum(x.week), 0) AS week, coalesce(sum(x.value), 0) AS value,
    coalesce(sum(CASE WHEN x.value IS NULL THEN x.quantity ELSE 0 END), 0) AS unvalued
"""
LAST = "9999-12-31"


class Counts(NamedTuple):
    """How many loans want somebody's attention."""

    overdue: int
    week: int


def totals(today: date, *, which: Which = Which.ALL, party_id: int | None = None) -> Totals:
    """Return the sums over all that is out, or over what a filter lists; of one customer or of all."""
    narrowed = "" if party_id is None else "WHERE x.party_id = :party_id"
    statement = f"SELECT {_SUMS} FROM ({_out(which)}) AS x {narrowed}"
    return _totals(select(statement, **days(today), party_id=party_id)[0])


def holders(
    today: date, *, which: Which = Which.ALL, limit: int = 50, skip: int = 0, text: str = ""
) -> list[Holder]:
    """Return who has something, those with the earliest day first: at most `limit` after `skip`.

    `text` is a part of a customer's name or code. Whoever has consigned goods only comes last, by name.
    """
    rows = select(
        f"""
        SELECT c.id, c.name, c.code, x.first, {", ".join(f"x.{name}" for name in Totals.__slots__)}
        FROM (SELECT x.party_id, min(x.day) AS first, {_SUMS} FROM ({_out(which)}) AS x
              GROUP BY x.party_id) AS x JOIN party c ON c.id = x.party_id
        WHERE lower(c.name) LIKE :part ESCAPE '!' OR lower(c.code) LIKE :part ESCAPE '!'
        ORDER BY coalesce(x.first, '{LAST}'), c.name, c.id LIMIT :limit OFFSET :skip
        """,
        **days(today), part=contains(text), limit=limit, skip=skip,
    )  # fmt: skip
    return [
        Holder(
            party_id=row["id"],
            name=row["name"],
            code=row["code"],
            first=day_of(row["first"]),
            totals=_totals(row),
        )
        for row in rows
    ]


def counts(today: date) -> Counts:
    """Return how many loans are overdue, and how many are due within seven days: read from one index."""
    row = select(
        f"""
        SELECT (SELECT count(*) FROM loan l
                WHERE l.returned_at IS NULL {LENT_WHERE[Which.OVERDUE]}) AS overdue,
               (SELECT count(*) FROM loan l WHERE l.returned_at IS NULL {LENT_WHERE[Which.WEEK]}) AS week
        """,
        **days(today),
    )[0]
    return Counts(overdue=int(row["overdue"]), week=int(row["week"]))


def _out(which: Which) -> str:
    parts = []
    if which in LENT_WHERE:
        parts.append(_LENT.format(narrowed=LENT_WHERE[which]))
    if which in CONSIGNED_FILTERS:
        parts.append(_CONSIGNED)
    return " UNION ALL ".join(parts)


def _totals(row: dict[str, Any]) -> Totals:
    return Totals(
        pieces=unscaled(row["pieces"], PIECES),
        overdue=unscaled(row["overdue"], PIECES),
        week=unscaled(row["week"], PIECES),
        value=unscaled(row["value"], MONEY),
        unvalued=unscaled(row["unvalued"], PIECES),
    )
