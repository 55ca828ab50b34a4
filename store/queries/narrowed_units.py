"""Pages of the units that are all that is asked of them, whatever the size of the store.

What is asked is counted first, up to a bound. The rarest of it leads to the units, each of which is looked up
and checked for the rest. Where nothing is rare, units are walked along an index, in the order in which they
are shown, until the page is full.
"""

from typing import Any

from store.domain.unit_filters import UnitFilter, UnitKey
from store.domain.units import UnitSummary
from store.models.moments import from_store, to_store
from store.models.sql import is_postgres, select
from store.queries.unit_filters import LAST_SALE, MOST, Narrowing, counts
from store.queries.units import EXACT, SUMMARY, summary_of


def narrowed(
    wanted: UnitFilter,
    asked: list[Narrowing],
    *,
    after: UnitKey | None = None,
    limit: int,
    exact: bool = True,
) -> list[UnitSummary]:
    """Return at most `limit` units after a key: the last sold first where a sale is asked, else the newest.

    `exact`: also those that have the text as a whole number. Two statements.
    """
    statement, values = narrowed_statement(wanted, asked, counts(asked), after=after, exact=exact)
    return [_found(row) for row in select(statement, **values, limit=limit)]


def narrowed_statement(
    wanted: UnitFilter,
    asked: list[Narrowing],
    found: list[int],
    *,
    after: UnitKey | None = None,
    exact: bool = True,
) -> tuple[str, dict[str, Any]]:
    """Return the statement of a page and its values, by how many units were `found` of each that is asked."""
    fewest = min(range(len(asked)), key=lambda number: found[number])
    leading = asked[fewest] if found[fewest] < MOST and not asked[fewest].is_sale else None
    values: dict[str, Any] = {}
    for narrowing in asked:
        values |= narrowing.values
    # The movement itself says that it is a sale, and when.
    checks = [each.check for each in asked if each is not leading and not each.is_sale]
    if not exact:
        checks.append(f"NOT ({EXACT})")
    tables, at, unit = [], "NULL", "u.id"
    if leading is not None:
        tables.append(f"({' UNION '.join(leading.sources)}) AS d")
        unit = "d.id"
    if wanted.is_sold:
        checks.append(LAST_SALE)
        if unit == "d.id":
            checks.append("m.unit_id = d.id")
        tables.append(_looked_up("movement", "m", "unit_id", unit))
        at, unit = "m.effective_at", "m.unit_id"
    tables.append(_looked_up("unit", "u", "id", unit))
    if unit != "u.id":
        checks.append(f"u.id = {unit}")
    if after is not None:
        values["key_id"] = after.id
        if after.sold_at is not None:
            checks.append(f"({at}, {unit}) < (:key_at, :key_id)")
            values["key_at"] = to_store(after.sold_at)
        else:
            checks.append(f"{unit} < :key_id")
    order = f"{at} DESC, {unit} DESC" if wanted.is_sold else f"{unit} DESC"
    # SQLite takes the tables of a CROSS JOIN in the order in which they stand.
    page = f"""SELECT {unit} AS id, {at} AS sold_at FROM {" CROSS JOIN ".join(tables)}
               WHERE {" AND ".join(checks) or "1 = 1"} ORDER BY {order} LIMIT :limit"""
    return (
        f"""SELECT {SUMMARY}, f.sold_at
        FROM ({page}) AS f CROSS JOIN unit u JOIN product p ON p.id = u.product_id
             LEFT JOIN location l ON l.place_id = u.place_id LEFT JOIN party q ON q.place_id = u.place_id
        WHERE u.id = f.id ORDER BY {"f.sold_at DESC, " if wanted.is_sold else ""}f.id DESC""",
        values,
    )


def _looked_up(table: str, name: str, column: str, given: str) -> str:
    """Return a table of which the rows are looked up for each that leads to them; none leads: as it is."""
    if given == "u.id" or not is_postgres():
        return f"{table} {name}"
    # Else PostgreSQL walks through the whole table where it hopes to meet what leads to it soon.
    return f"LATERAL (SELECT * FROM {table} x WHERE x.{column} = {given} OFFSET 0) AS {name}"


def _found(row: dict[str, Any]) -> UnitSummary:
    return summary_of(row, sold_at=from_store(row["sold_at"]) if row["sold_at"] else None)
