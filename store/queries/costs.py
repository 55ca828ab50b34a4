"""What after-sales work costs: of a unit, and summed up over any period."""

from datetime import date
from typing import Any

from store.domain.costs import Borne, Cost, CostKind, CostRow, CostsBy
from store.models.fields import MONEY, PIECES, unscaled
from store.models.moments import day_of
from store.models.sql import is_postgres, select

PAGE = 20
"""So many costs of a unit are read at a time."""
EARLIEST, LATEST = date(1, 1, 1), date(9999, 12, 31)

_BORNE = """
    sum(CASE WHEN c.borne = 'warranty' THEN c.amount ELSE 0 END) AS warranty,
    sum(CASE WHEN c.borne = 'charged' THEN c.amount ELSE 0 END) AS charged,
    sum(CASE WHEN c.borne = 'own' THEN c.amount ELSE 0 END) AS own
"""
_SUMS = f"{_BORNE}, count(*) AS count"
_GROUPS: dict[CostsBy, tuple[str, str, str]] = {
    CostsBy.UNIT: ("c.unit_id", "u.serial", "p.name"),
    CostsBy.PRODUCT: ("c.product_id", "p.name", "p.sku"),
    CostsBy.CUSTOMER: ("c.holder_id", "h.name", "h.code"),
    CostsBy.CUSTOMER_PRODUCT: ("c.holder_id, c.product_id", "h.name", "p.name"),
}
"""Keys, name and further words of each report's rows."""
_JOINS: dict[CostsBy, str] = {
    CostsBy.UNIT: "JOIN unit u ON u.id = g.unit_id JOIN product p ON p.id = u.product_id",
    CostsBy.PRODUCT: "JOIN product p ON p.id = g.product_id",
    CostsBy.CUSTOMER: "JOIN party h ON h.id = g.holder_id",
    CostsBy.CUSTOMER_PRODUCT: "JOIN party h ON h.id = g.holder_id JOIN product p ON p.id = g.product_id",
}


def report(
    by: CostsBy,
    *,
    first: date | None = None,
    last: date | None = None,
    product_id: int | None = None,
    holder_id: int | None = None,
    currency: str | None = None,
    limit: int | None = None,
) -> tuple[CostRow, ...]:
    """Return what was spent from `first` to `last`, both included, the dearest rows first (months in order).

    Narrowed to a product, to the customer that had the units, to a currency; at most `limit` rows. Costs of
    different currencies are never added up: they are rows of their own. One statement over one index.
    """
    text, values = statement(
        by, first=first, last=last, product_id=product_id, holder_id=holder_id, currency=currency, limit=limit
    )
    return tuple(_row(row) for row in select(text, **values))


def statement(
    by: CostsBy,
    *,
    first: date | None = None,
    last: date | None = None,
    product_id: int | None = None,
    holder_id: int | None = None,
    currency: str | None = None,
    limit: int | None = None,
) -> tuple[str, dict[str, Any]]:
    """Return the statement of a report and its values."""
    values: dict[str, Any] = {
        "first": (first or EARLIEST).isoformat(),
        "last": (last or LATEST).isoformat(),
        "limit": -1 if limit is None and not is_postgres() else limit,
    }
    where = "c.unit_id IS NOT NULL AND " if by is CostsBy.UNIT else "c.holder_id IS NOT NULL AND "
    where += "c.day BETWEEN :first AND :last"
    if product_id is not None:
        where += " AND c.product_id = :product_id"
        values["product_id"] = product_id
    if holder_id is not None:
        where += " AND c.holder_id = :holder_id"
        values["holder_id"] = holder_id
    if currency is not None:
        where += " AND c.currency = :currency"
        values["currency"] = currency
    if by is CostsBy.MONTH:
        month = "to_char(c.day, 'YYYY-MM')" if is_postgres() else "substr(c.day, 1, 7)"
        return (
            f"""SELECT 0 AS id, {month} AS name, '' AS more, c.currency, {_SUMS} FROM cost c
            WHERE {where} GROUP BY {month}, c.currency ORDER BY name, c.currency LIMIT :limit""",
            values,
        )
    keys, name, more = _GROUPS[by]
    product = "g.product_id" if by is CostsBy.CUSTOMER_PRODUCT else "NULL"
    # First the sums as the index has them, then who bears them side by side, then the names of what is left.
    return (
        f"""SELECT g.{keys.split(",")[0].removeprefix("c.")} AS id, {name} AS name, {more} AS more,
               {product} AS product_id, g.currency, g.warranty, g.charged, g.own, g.count
        FROM (SELECT {keys}, c.currency, sum(c.amount) AS total, {_BORNE}, sum(c.entries) AS count
              FROM (SELECT {keys}, c.currency, c.borne, sum(c.amount) AS amount, count(*) AS entries
                    FROM cost c WHERE {where} GROUP BY {keys}, c.currency, c.borne) AS c
              GROUP BY {keys}, c.currency ORDER BY total DESC LIMIT :limit) AS g
        {_JOINS[by]} ORDER BY g.total DESC, name, more, g.currency""",
        values,
    )


def costs(
    unit_id: int, *, limit: int = PAGE, before_id: int | None = None, standing: bool = False
) -> tuple[Cost, ...]:
    """Return a unit's costs, the last recorded first: at most `limit`, older than `before_id`.

    `standing`: only those that can be taken back, without what was taken back and the rows that did it.
    """
    narrowed = "AND x.id IS NULL AND c.corrects_id IS NULL" if standing else ""
    rows = select(
        f"""SELECT c.*, x.id AS corrected_id FROM cost c LEFT JOIN cost x ON x.corrects_id = c.id
        WHERE c.unit_id = :unit_id AND c.id < :before_id {narrowed} ORDER BY c.id DESC LIMIT :limit""",
        unit_id=unit_id,
        before_id=2**62 if before_id is None else before_id,
        limit=limit,
    )
    return tuple(cost_of(row) for row in rows)


def cost_by_token(token: str) -> Cost | None:
    """Return the cost that was recorded under a token, or None."""
    rows = select(
        """SELECT c.*, x.id AS corrected_id FROM cost c LEFT JOIN cost x ON x.corrects_id = c.id
        WHERE c.token = :token""",
        token=token,
    )
    return cost_of(rows[0]) if rows else None


def unit_totals(unit_id: int) -> tuple[CostRow, ...]:
    """Return what a unit has cost so far, a row for each currency."""
    rows = select(
        f"""SELECT c.unit_id AS id, '' AS name, '' AS more, c.currency, {_SUMS} FROM cost c
        WHERE c.unit_id = :unit_id GROUP BY c.unit_id, c.currency ORDER BY c.currency""",
        unit_id=unit_id,
    )
    return tuple(_row(row) for row in rows)


def cost_of(row: dict[str, Any]) -> Cost:
    """Return the record of a row of `cost`."""
    day = day_of(row["day"])
    assert day is not None  # noqa: S101 - the column is never null
    return Cost(
        id=row["id"],
        event_id=row["event_id"],
        task_id=row["task_id"],
        unit_id=row["unit_id"],
        kind=CostKind(row["kind"]),
        text=row["text"],
        hours=None if row["hours"] is None else unscaled(row["hours"], PIECES),
        rate=None if row["rate"] is None else unscaled(row["rate"], MONEY),
        amount=unscaled(row["amount"], MONEY),
        currency=row["currency"],
        borne=Borne(row["borne"]),
        day=day,
        holder_name=row["holder_name"],
        operator_name=row["operator_name"],
        corrects_id=row["corrects_id"],
        corrected=row["corrected_id"] is not None,
    )


def _row(row: dict[str, Any]) -> CostRow:
    sums = {name: unscaled(row[name], MONEY) for name in ("warranty", "charged", "own")}
    return CostRow(
        id=row["id"],
        name=row["name"],
        more=row["more"],
        product_id=row.get("product_id"),
        currency=row["currency"],
        count=int(row["count"]),
        **sums,
    )
