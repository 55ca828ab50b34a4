"""What a party has of us and what we have of it, by index whatever the size: sums, and pages of units.

A party's holdings are what is at its place, on whatever terms, what is its own and elsewhere (in deposit with
us, or rented on), and what of all that is with us in service, whosever it is: what is lent to it as well.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from store.domain.holdings import (
    EVERYTHING,
    HeldKey,
    HeldPart,
    HeldUnit,
    HoldingGroup,
    Holdings,
)
from store.domain.records import Party
from store.domain.terms import Condition, Terms
from store.models.fields import PIECES, unscaled
from store.models.json_rows import json_text
from store.models.moments import day_of, from_store
from store.models.sql import is_postgres, select
from store.queries.listed_values import with_values
from store.queries.parties import party_by_id

PAGE = 60
"""Units that are read at once."""

_ELSEWHERE = "u.owner_id = :party_id AND u.terms IN ('held', 'borrowed', 'rented', 'service')"
"""As the partial index has it; what of this lies at the party's own place is there by its place."""
_BEYOND = f"{_ELSEWHERE} AND u.place_id <> :place_id"

_REPAIRED = "r.party_id = :party_id AND r.ended_at IS NULL"
_LENT_REPAIRED = f"""repair r CROSS JOIN unit u
    WHERE u.id = r.unit_id AND {_REPAIRED} AND u.owner_id <> :party_id AND u.place_id <> :place_id"""
"""What came from the party for repair and is not its own: few, and found by the repairs."""
_OF_PARTY = f"""(u.place_id = :place_id OR ({_BEYOND})
    OR u.id IN (SELECT r.unit_id FROM repair r WHERE {_REPAIRED}))"""

_SUMS = """count(*) AS units, count(*) * 1000 AS pieces,
    sum(CASE WHEN u.warranty_until >= :today THEN 1 ELSE 0 END) AS covered,
    0 AS pending, 0 AS plain, 0 AS lots"""
_COUNTS = f"""
    SELECT terms, product_id, sum(units) AS units, sum(covered) AS covered, sum(pieces) AS pieces,
           sum(pending) AS pending, sum(plain) AS plain, sum(lots) AS lots FROM (
        SELECT u.terms, u.product_id, {_SUMS} FROM unit u
        WHERE u.place_id = :place_id GROUP BY u.terms, u.product_id
        UNION ALL
        SELECT u.terms, u.product_id, {_SUMS} FROM unit u WHERE {_BEYOND} GROUP BY u.terms, u.product_id
        UNION ALL
        SELECT u.terms, u.product_id, {_SUMS} FROM {_LENT_REPAIRED} GROUP BY u.terms, u.product_id
        UNION ALL
        SELECT b.terms, b.product_id, 0, b.quantity, 0, 0,
               CASE WHEN b.terms = 'sold' AND b.owner_id = :party_id THEN b.quantity ELSE 0 END, 1
        FROM balance b WHERE b.place_id = :place_id AND b.quantity > 0
        UNION ALL
        SELECT 'sold', s.product_id, 0, s.quantity - s.filled - s.dropped, 0,
               s.quantity - s.filled - s.dropped, 0, 0
        FROM pending_serial s WHERE s.party_id = :party_id AND s.filled + s.dropped < s.quantity
        UNION ALL
        SELECT b.terms, b.product_id, 0, b.quantity, 0, 0, 0, 1
        FROM balance b WHERE b.owner_id = :party_id AND b.place_id <> :place_id AND b.quantity > 0
    ) AS c GROUP BY terms, product_id
"""

_GROUPS = f"""
    SELECT p.id AS product_id, p.sku, p.name AS product_name, k.id AS kind_id, k.name AS kind_name,
           t.terms, t.units, t.covered, t.pieces, t.pending, t.plain, t.lots
    FROM ({_COUNTS}) AS t JOIN product p ON p.id = t.product_id JOIN product_kind k ON k.id = p.kind_id
    ORDER BY k.name, k.id, p.name, p.id, t.terms
"""

# Few tasks and complaints are open among all units: they lead to the units, not the units to them.
_WAITING = f"""
    SELECT product_id, sum(tasks) AS tasks, sum(complaints) AS complaints FROM (
        SELECT u.product_id, 1 AS tasks, 0 AS complaints FROM task t JOIN unit u ON u.id = t.unit_id
        WHERE t.status = 'open' AND {_OF_PARTY}
        UNION ALL
        SELECT u.product_id, 0, 1 FROM event e JOIN unit u ON u.id = e.unit_id
        WHERE e.holder_id = :party_id AND e.kind_code = 'complaint' AND e.status = 'open'
    ) AS w GROUP BY product_id
"""


OF_PARTY = f"""
    SELECT u.id FROM unit u WHERE u.place_id = :place_id
    UNION ALL SELECT u.id FROM unit u WHERE {_BEYOND}
    UNION ALL SELECT u.id FROM {_LENT_REPAIRED}
"""
"""The ids of all units that a party has, of its `:place_id` and `:party_id`."""


def holdings(party: Party, today: date) -> Holdings:
    """Return what a party has, by product: pieces by terms, and how much is under warranty on `today`."""
    rows = select(_GROUPS, place_id=party.place_id, party_id=party.id, today=today.isoformat())
    by_product: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        by_product.setdefault(row["product_id"], []).append(row)
    # What was told of a unit that is gone counts in the sums, as long as nobody has closed it.
    waiting = {
        row["product_id"]: (int(row["tasks"]), int(row["complaints"]))
        for row in select(_WAITING, place_id=party.place_id, party_id=party.id)
    }
    groups = tuple(_group(found, *waiting.get(each, (0, 0))) for each, found in by_product.items())
    return Holdings.of(
        groups,
        tasks=sum(tasks for tasks, _complaints in waiting.values()),
        complaints=sum(complaints for _tasks, complaints in waiting.values()),
    )


def held(
    party: Party,
    part: HeldPart = EVERYTHING,
    *,
    after: HeldKey | None = None,
    before: HeldKey | None = None,
    last: bool = False,
    limit: int = PAGE,
) -> list[HeldUnit]:
    """Return at most `limit` of a party's units, by product: after a key, before one, or the `last` ones.

    Two statements, whatever their number.
    """
    backwards = last or before is not None
    key = after or before
    side = _side(part, backwards=backwards, keyed=key is not None)
    direction = "DESC" if backwards else "ASC"
    rows = select(
        f"""{_UNITS} WHERE u.id IN (
            SELECT id FROM ({side.format(source="unit u WHERE u.place_id = :place_id")}) AS here
            UNION ALL SELECT id FROM ({side.format(source=f"unit u WHERE {_BEYOND}")}) AS beyond
            UNION ALL SELECT id FROM ({side.format(source=_LENT_REPAIRED)}) AS repaired)
        ORDER BY u.product_id {direction}, u.id {direction} LIMIT :limit""",
        **part_values(party, part),
        key_product=key.product_id if key else 0,
        key_id=key.id if key else 0,
        limit=limit,
    )
    found = with_values([_unit(row, party) for row in rows])
    return found[::-1] if backwards else found


def held_ids(party: Party, part: HeldPart = EVERYTHING) -> list[int]:
    """Return the ids of a party's units."""
    condition = narrowed(part)
    rows = select(
        f"""SELECT u.id FROM unit u WHERE u.place_id = :place_id {condition}
            UNION ALL SELECT u.id FROM unit u WHERE {_BEYOND} {condition}
            UNION ALL SELECT u.id FROM {_LENT_REPAIRED} {condition}""",
        **part_values(party, part),
    )
    return [row["id"] for row in rows]


def held_unit(party: Party, unit_id: int) -> HeldUnit | None:
    """Return one unit of a party's, or None when it has no such unit."""
    return next(iter(held_some(party, [unit_id])), None)


def held_some(party: Party, unit_ids: Sequence[int]) -> list[HeldUnit]:
    """Return those of some units that a party has, by product. Two statements."""
    each = "SELECT CAST(value AS BIGINT) FROM "
    each += "jsonb_array_elements_text(CAST(:ids AS jsonb))" if is_postgres() else "json_each(:ids)"
    rows = select(
        f"{_UNITS} WHERE u.id IN ({each}) AND {_OF_PARTY} ORDER BY u.product_id, u.id",
        ids=json_text(list(unit_ids)),
        **part_values(party, EVERYTHING),
    )
    return with_values([_unit(row, party) for row in rows])


def party_of_unit(unit_id: int) -> Party | None:
    """Return who has a unit; where we have it, who brought it for repair, or whose it is.

    None: it is ours and with us.
    """
    rows = select(
        """SELECT coalesce(q.id, r.party_id) AS at_id, o.id AS owner_id, o.is_own
           FROM unit u JOIN party o ON o.id = u.owner_id LEFT JOIN party q ON q.place_id = u.place_id
                LEFT JOIN repair r ON r.unit_id = u.id AND r.ended_at IS NULL WHERE u.id = :unit_id""",
        unit_id=unit_id,
    )
    if not rows:
        return None
    party_id = rows[0]["at_id"] or (None if rows[0]["is_own"] else rows[0]["owner_id"])
    return None if party_id is None else party_by_id(party_id)


# On its way into service with us and back it stays the holder's. Nearly always the newest movement is another
# one, and the only one that is read.
_SINCE = """
    SELECT m.effective_at FROM movement m
    WHERE m.unit_id = u.id AND m.to_terms <> 'service' AND coalesce(m.from_terms, '') <> 'service'
    ORDER BY m.id DESC LIMIT 1
"""
_UNITS = f"""
    SELECT u.id, u.serial, u.product_id, p.sku, p.name AS product_name, k.name AS kind_name, u.terms,
           u.condition, u.place_id, coalesce(l.name, q.name, '') AS place_name,
           coalesce(({_SINCE}), u.last_movement_at) AS since,
           u.warranty_until, r.since AS repair_since,
           (SELECT valid_until FROM validity v WHERE v.unit_id = u.id) AS valid_until,
           (SELECT count(*) FROM task t WHERE t.unit_id = u.id AND t.status = 'open') AS open_tasks,
           (SELECT count(*) FROM event e WHERE e.unit_id = u.id AND e.kind_code = 'complaint'
                                               AND e.status = 'open') AS open_complaints
    FROM unit u JOIN product p ON p.id = u.product_id JOIN product_kind k ON k.id = p.kind_id
         LEFT JOIN location l ON l.place_id = u.place_id LEFT JOIN party q ON q.place_id = u.place_id
         LEFT JOIN repair r ON r.unit_id = u.id AND r.ended_at IS NULL
"""


def _side(part: HeldPart, *, backwards: bool, keyed: bool) -> str:
    """Return the statement of one side's page, along its index; `{source}` says which side it is."""
    sign, direction = ("<", "DESC") if backwards else (">", "ASC")
    key = ""
    if keyed and part.product_id is None:
        key = f"AND (u.product_id, u.id) {sign} (:key_product, :key_id)"
    elif keyed:
        key = f"AND u.id {sign} :key_id"
    return f"""SELECT u.id FROM {{source}} {narrowed(part)} {key}
               ORDER BY u.product_id {direction}, u.id {direction} LIMIT :limit"""


def narrowed(part: HeldPart) -> str:
    """Return the conditions on `u` that narrow it to a part."""
    conditions = []
    if part.product_id is not None:
        conditions.append("AND u.product_id = :product_id")
    if part.kind_id is not None:
        conditions.append("AND u.product_id IN (SELECT id FROM product WHERE kind_id = :kind_id)")
    return " ".join(conditions)


def part_values(party: Party, part: HeldPart) -> dict[str, Any]:
    """Return the values of a party and a part for SQL."""
    return {
        "party_id": party.id,
        "place_id": party.place_id,
        "product_id": part.product_id,
        "kind_id": part.kind_id,
    }


def _group(rows: list[dict[str, Any]], tasks: int, complaints: int) -> HoldingGroup:
    first = rows[0]
    by_terms: dict[Terms, Decimal] = {Terms(row["terms"]): unscaled(row["pieces"], PIECES) for row in rows}
    return HoldingGroup(
        product_id=first["product_id"],
        sku=first["sku"],
        product_name=first["product_name"],
        kind_id=first["kind_id"],
        kind_name=first["kind_name"],
        by_terms={terms: by_terms[terms] for terms in Terms if terms in by_terms},
        units=sum(int(row["units"]) for row in rows),
        under_warranty=sum(int(row["covered"]) for row in rows),
        pending=unscaled(sum(int(row["pending"]) for row in rows), PIECES),
        plain=unscaled(sum(int(row["plain"]) for row in rows), PIECES),
        lots=sum(int(row["lots"]) for row in rows),
        open_tasks=tasks,
        open_complaints=complaints,
    )


def _unit(row: dict[str, Any], party: Party) -> HeldUnit:
    return HeldUnit(
        id=row["id"],
        serial=row["serial"],
        product_id=row["product_id"],
        sku=row["sku"],
        product_name=row["product_name"],
        kind_name=row["kind_name"],
        terms=Terms(row["terms"]),
        condition=Condition(row["condition"]),
        place_name=row["place_name"],
        is_elsewhere=row["place_id"] != party.place_id,
        since=from_store(row["since"]),
        warranty_until=day_of(row["warranty_until"]),
        valid_until=day_of(row["valid_until"]),
        repair_since=from_store(row["repair_since"]) if row["repair_since"] else None,
        open_tasks=row["open_tasks"],
        open_complaints=row["open_complaints"],
    )
