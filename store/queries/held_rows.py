"""What a party has as rows: what has no serials before the units of its product, page by page."""

from collections.abc import Iterator
from typing import Any

from store.domain.holdings import EVERYTHING, HeldKey, HeldPart, HeldPieces, HeldRow
from store.domain.records import Party
from store.domain.terms import Terms
from store.models.fields import PIECES, unscaled
from store.models.sql import select
from store.queries.holdings import PAGE, held, narrowed, part_values

_BALANCES = "SELECT u.product_id, -u.id AS slot, u.terms, u.place_id, u.quantity AS pieces FROM balance u"


def held_pieces(
    party: Party,
    part: HeldPart = EVERYTHING,
    *,
    after: HeldKey | None = None,
    before: HeldKey | None = None,
    last: bool = False,
    limit: int = PAGE,
) -> list[HeldPieces]:
    """Return at most `limit` rows of what a party has without serials, as `held` does units. One statement.

    Of a product what is followed by quantity comes first, by where it is and on which terms; then what waits
    for its serials.
    """
    backwards = last or before is not None
    key = after or before
    sign, direction = ("<", "DESC") if backwards else (">", "ASC")
    waiting = counted = ""
    if key is not None:
        # What waits stands at 0 in its product, what is counted below that, and units above it.
        is_beyond = key.id > 0 if backwards else key.id < 0
        waiting = f"AND u.product_id {sign}{'=' if is_beyond else ''} :key_product"
        counted = f"AND (u.product_id, -u.id) {sign} (:key_product, :key_id)"
    some = narrowed(part)
    order = f"ORDER BY product_id {direction}, slot {direction} LIMIT :limit"
    rows = select(
        f"""
        SELECT w.*, p.sku, p.name AS product_name, k.name AS kind_name,
               coalesce(l.name, q.name, '') AS place_name
        FROM (
            SELECT * FROM (
                SELECT u.product_id, 0 AS slot, 'sold' AS terms, CAST(:place_id AS BIGINT) AS place_id,
                       sum(u.quantity - u.filled - u.dropped) AS pieces FROM pending_serial u
                WHERE u.party_id = :party_id AND u.filled + u.dropped < u.quantity {some} {waiting}
                GROUP BY u.product_id {order}) AS waits
            UNION ALL SELECT * FROM (
                {_BALANCES} WHERE u.place_id = :place_id AND u.quantity > 0 {some} {counted} {order}) AS here
            UNION ALL SELECT * FROM (
                {_BALANCES} WHERE u.owner_id = :party_id AND u.place_id <> :place_id AND u.quantity > 0
                {some} {counted} {order}) AS beyond
            {order}) AS w
        JOIN product p ON p.id = w.product_id JOIN product_kind k ON k.id = p.kind_id
        LEFT JOIN location l ON l.place_id = w.place_id LEFT JOIN party q ON q.place_id = w.place_id
        ORDER BY w.product_id, w.slot
        """,
        **part_values(party, part),
        key_product=key.product_id if key else 0,
        key_id=key.id if key else 0,
        limit=limit,
    )
    return [_pieces(row, party) for row in rows]


def held_rows(
    party: Party,
    part: HeldPart = EVERYTHING,
    *,
    after: HeldKey | None = None,
    before: HeldKey | None = None,
    last: bool = False,
    limit: int = PAGE,
) -> list[HeldRow]:
    """Return at most `limit` of what a party has, by product: what has no serials, then the units."""
    units = held(party, part, after=after, before=before, last=last, limit=limit)
    pieces = held_pieces(party, part, after=after, before=before, last=last, limit=limit)
    rows: list[HeldRow] = sorted([*units, *pieces], key=lambda row: row.key)
    return rows[-limit:] if last or before is not None else rows[:limit]


def all_rows(party: Party, part: HeldPart = EVERYTHING, *, page: int = 2_000) -> Iterator[list[HeldRow]]:
    """Yield everything that a party has page by page, each asked for when it is wanted."""
    after: HeldKey | None = None
    while found := held_rows(party, part, after=after, limit=page):
        yield found
        after = found[-1].key


def _pieces(row: dict[str, Any], party: Party) -> HeldPieces:
    return HeldPieces(
        product_id=row["product_id"],
        slot=int(row["slot"]),
        sku=row["sku"],
        product_name=row["product_name"],
        kind_name=row["kind_name"],
        terms=Terms(row["terms"]),
        place_name=row["place_name"],
        is_elsewhere=row["place_id"] != party.place_id,
        count=unscaled(row["pieces"], PIECES),
    )
