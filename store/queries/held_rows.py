"""What a party has as rows: what waits for its serials before the units of its product, page by page."""

from store.domain.holdings import EVERYTHING, HeldKey, HeldPart, HeldPending, HeldUnit
from store.domain.records import Party
from store.models.fields import PIECES, unscaled
from store.models.sql import select
from store.queries.holdings import PAGE, held, narrowed, part_values


def held_pending(
    party: Party,
    part: HeldPart = EVERYTHING,
    *,
    after: HeldKey | None = None,
    before: HeldKey | None = None,
    last: bool = False,
    limit: int = PAGE,
) -> list[HeldPending]:
    """Return at most `limit` products of which pieces of a party's wait for serials, as `held` does units."""
    backwards = last or before is not None
    key = after or before
    # They stand before the units of their product, and never again after one.
    sign = "<" if before is not None and key is not None and not key.id else "<=" if backwards else ">"
    rows = select(
        f"""
        SELECT w.product_id, p.sku, p.name AS product_name, k.name AS kind_name, w.pieces FROM (
            SELECT u.product_id, sum(u.quantity - u.filled - u.dropped) AS pieces FROM pending_serial u
            WHERE u.party_id = :party_id AND u.filled + u.dropped < u.quantity {narrowed(part)}
                  {f"AND u.product_id {sign} :key_product" if key else ""}
            GROUP BY u.product_id ORDER BY u.product_id {"DESC" if backwards else "ASC"} LIMIT :limit) AS w
        JOIN product p ON p.id = w.product_id JOIN product_kind k ON k.id = p.kind_id
        ORDER BY w.product_id
        """,
        **part_values(party, part),
        key_product=key.product_id if key else 0,
        limit=limit,
    )
    return [
        HeldPending(
            product_id=row["product_id"],
            sku=row["sku"],
            product_name=row["product_name"],
            kind_name=row["kind_name"],
            count=unscaled(row["pieces"], PIECES),
        )
        for row in rows
    ]


def held_rows(
    party: Party,
    part: HeldPart = EVERYTHING,
    *,
    after: HeldKey | None = None,
    before: HeldKey | None = None,
    last: bool = False,
    limit: int = PAGE,
) -> list[HeldUnit | HeldPending]:
    """Return at most `limit` of what a party has, by product: what waits for its serials, then the units."""
    units = held(party, part, after=after, before=before, last=last, limit=limit)
    waiting = held_pending(party, part, after=after, before=before, last=last, limit=limit)
    if not waiting:
        return list(units)
    rows: list[HeldUnit | HeldPending] = sorted([*units, *waiting], key=lambda row: row.key)
    return rows[-limit:] if last or before is not None else rows[:limit]
