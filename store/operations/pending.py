"""Pieces with a party whose serials are still to be scanned: dropped by corrections."""

from decimal import Decimal

from store.models.bulk import BIG, packed, rows_as
from store.models.fields import PIECES, unscaled
from store.models.sql import execute, is_postgres, select


def drop_pending(party_id: int, product_id: int, wanted: Decimal) -> Decimal:
    """Take pieces without serials off a party, the newest first, and return how many there were."""
    lock = " FOR UPDATE" if is_postgres() else ""
    rows = select(
        "SELECT id, quantity - filled - dropped AS open FROM pending_serial "
        "WHERE party_id = :party_id AND product_id = :product_id AND filled + dropped < quantity "
        f"ORDER BY id DESC{lock}",
        party_id=party_id,
        product_id=product_id,
    )
    left, changed = int(wanted.scaleb(PIECES)), []
    for row in rows:
        part = min(left, int(row["open"]))
        if part > 0:
            changed.append({"id": row["id"], "part": part})
            left -= part
    if changed:
        source = rows_as("v", {"id": BIG, "part": BIG})
        execute(
            f"UPDATE pending_serial SET dropped = dropped + v.part FROM {source} "
            "WHERE pending_serial.id = v.id",
            rows=packed(changed),
        )
    return wanted - unscaled(left, PIECES)
