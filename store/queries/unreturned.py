"""What is out and has to come back: computed from open loans and consigned goods, never stored."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from store.domain.fields import ListedValue
from store.domain.loans import Until
from store.domain.purchases import HOME_CURRENCY
from store.domain.terms import Terms
from store.domain.unreturned import WEEK, Cursor, Out, OutPage, Which
from store.models.days import day_of
from store.models.fields import MONEY, PIECES, unscaled
from store.models.moments import from_store
from store.models.sql import select
from store.queries.listed_values import listed_values
from store.queries.parties import own_company

DAY = "coalesce(l.due, l.ask_again)"
"""By which the index of open loans is sorted."""
PAGE = 100
VALUE = f"CASE WHEN u.purchase_currency = '{HOME_CURRENCY}' THEN u.purchase_price END"
"""What the unit `u` was bought for: other currencies are not added to ours."""

_LOANS = f"""
    SELECT l.id, l.id AS loan_id, l.unit_id, l.party_id, c.name AS party_name,
           c.code AS party_code, p.name AS product_name, p.sku, u.serial, l.quantity,
           'rented' AS terms, d.number, l.since, l.due, l.ask_again, o.name AS owner_name, o.is_own,
           {VALUE} AS value
    FROM loan l JOIN party c ON c.id = l.party_id JOIN product p ON p.id = l.product_id
         JOIN document d ON d.id = l.document_id LEFT JOIN unit u ON u.id = l.unit_id
         LEFT JOIN party o ON o.id = u.owner_id
"""
_CONSIGNED = f"""
    SELECT u.id, NULL AS loan_id, u.id AS unit_id, c.id AS party_id, c.name AS party_name,
           c.code AS party_code, p.name AS product_name, p.sku, u.serial, 1000 AS quantity, u.terms, d.number,
           u.last_movement_at AS since, NULL AS due, NULL AS ask_again, o.name AS owner_name, o.is_own,
           {VALUE} AS value
    FROM unit u JOIN party c ON c.place_id = u.place_id JOIN product p ON p.id = u.product_id
         JOIN party o ON o.id = u.owner_id
         LEFT JOIN movement m ON m.id = (SELECT max(x.id) FROM movement x WHERE x.unit_id = u.id)
         LEFT JOIN document d ON d.id = m.document_id
"""
_CONSIGNED_PIECES = """
    SELECT b.id, NULL AS loan_id, NULL AS unit_id, c.id AS party_id, c.name AS party_name,
           c.code AS party_code, p.name AS product_name, p.sku, NULL AS serial, b.quantity,
           b.terms,
           '' AS number, NULL AS since, NULL AS due, NULL AS ask_again, o.name AS owner_name, o.is_own,
           NULL AS value
    FROM balance b JOIN party c ON c.place_id = b.place_id JOIN product p ON p.id = b.product_id
         JOIN party o ON o.id = b.owner_id
"""
LENT_WHERE: dict[Which, str] = {
    Which.ALL: "",
    Which.OVERDUE: f"AND l.due < :today AND {DAY} < :today",
    Which.WEEK: f"AND {DAY} < :week_end AND (l.due IS NULL OR l.due >= :today)",
    Which.SUPPLIER: "AND (SELECT t.owner_id FROM unit t WHERE t.id = l.unit_id) "
    "<> (SELECT id FROM party WHERE is_own)",
}
"""What each filter asks of an open loan `l`; one that is not here lists none."""
CONSIGNED_FILTERS = frozenset({Which.ALL, Which.CONSIGNED})


def page(
    today: date,
    *,
    which: Which = Which.ALL,
    party_id: int | None = None,
    limit: int = PAGE,
    after: Cursor | None = None,
    with_fields: bool = False,
) -> OutPage:
    """Return what is out: by the day on which it is due or its holder is to be asked, consigned goods last.

    At most `limit` rows behind `after`, of one customer (`party_id`) or of all; `with_fields`: each unit with
    what it has in the fields that are shown on lists, in one statement more.
    """
    rows: list[dict[str, Any]] = []
    start = after or Cursor(0, "", 0)
    for stage, (head, where, order) in enumerate(_stages(which, party_id)):
        if stage < start.stage or not where or len(rows) > limit:
            continue
        here = start if stage == start.stage else Cursor(stage, "", 0)
        found = select(
            f"{head} WHERE {where} ORDER BY {order} LIMIT :limit",
            day=here.day or "0001-01-01", after_id=here.id, limit=limit + 1 - len(rows),
            **days(today), party_id=party_id, place_id=_place_of(party_id),
        )  # fmt: skip
        rows += [row | {"stage": stage} for row in found]
    more = len(rows) > limit
    last = rows[limit - 1] if more else None
    ids = [row["unit_id"] for row in rows[:limit] if row["unit_id"] is not None]
    values = listed_values(ids) if with_fields else {}
    return OutPage(
        rows=tuple(_out(row, values.get(row["unit_id"], ())) for row in rows[:limit]),
        after=Cursor(last["stage"], _day_text(last), last["id"]) if last else None,
    )


def everything(today: date, *, which: Which = Which.ALL, party_id: int | None = None) -> Iterator[Out]:
    """Yield all that is out, page by page, in the order of `page`. Only inside a transaction."""
    after: Cursor | None = None
    while True:
        found = page(today, which=which, party_id=party_id, limit=1_000, after=after)
        yield from found.rows
        after = found.after
        if after is None:
            return


def days(today: date) -> dict[str, str]:
    """Return the values of the days in the filters."""
    return {"today": today.isoformat(), "week_end": (today + WEEK).isoformat()}


def _stages(which: Which, party_id: int | None) -> Iterator[tuple[str, str, str]]:
    """Yield the queries that follow each other: tables, conditions (none: skipped), order."""
    lent = LENT_WHERE.get(which)
    of_party = "AND l.party_id = :party_id " if party_id is not None else ""
    follows = f"{DAY} >= :day AND ({DAY} > :day OR l.id > :after_id)"
    yield (
        _LOANS,
        f"l.returned_at IS NULL AND {follows} {of_party}{lent}" if lent is not None else "",
        f"{DAY}, l.id",
    )
    is_listed = which in CONSIGNED_FILTERS
    for head, alias in ((_CONSIGNED, "u"), (_CONSIGNED_PIECES, "b")):
        there = f"AND {alias}.place_id = :place_id" if party_id is not None else ""
        some = "AND b.quantity > 0" if alias == "b" else ""
        where = f"{alias}.terms = 'consigned' AND {alias}.id > :after_id {some} {there}"
        yield head, where if is_listed else "", f"{alias}.id"


def _place_of(party_id: int | None) -> int | None:
    if party_id is None:
        return None
    rows = select("SELECT place_id FROM party WHERE id = :party_id", party_id=party_id)
    return int(rows[0]["place_id"]) if rows else None


def _day_text(row: dict[str, Any]) -> str:
    day = day_of(row["due"]) or day_of(row["ask_again"])
    return day.isoformat() if day else ""


def _out(row: dict[str, Any], values: tuple[ListedValue, ...]) -> Out:
    due, ask_again = day_of(row["due"]), day_of(row["ask_again"])
    # Pieces without serials are lent from our own stock.
    is_us = bool(row["is_own"]) if row["owner_name"] else True
    return Out(
        loan_id=row["loan_id"],
        unit_id=row["unit_id"],
        party_id=row["party_id"],
        party_name=row["party_name"],
        party_code=row["party_code"],
        product_name=row["product_name"],
        sku=row["sku"],
        serial=row["serial"],
        quantity=unscaled(row["quantity"], PIECES),
        terms=Terms(row["terms"]),
        number=row["number"] or "",
        since=from_store(row["since"]) if row["since"] else None,
        until=Until(due=due, ask_again=ask_again) if due or ask_again else None,
        owner_name=row["owner_name"] or own_company().name,
        owner_is_us=is_us,
        value=_value(row["value"]),
        values=values,
    )


def _value(steps: int | None) -> Decimal | None:
    return None if steps is None else unscaled(steps, MONEY)
