"""Pieces with a party whose serials are still to be scanned: dropped by invoices, and waiting again."""

from collections.abc import Sequence
from decimal import Decimal

from store.models.bulk import BIG, packed, rows_as
from store.models.fields import PIECES, unscaled
from store.models.sql import execute, is_postgres, select


def drop_pending(party_id: int, product_id: int, wanted: Decimal, invoice_id: int) -> Decimal:
    """Take pieces without serials off a party, the newest first, and return how many there were.

    `invoice_id` is the correction that says so: its reversal lets just these wait again.
    """
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
    _drop(changed, invoice_id)
    return wanted - unscaled(left, PIECES)


def release_pending(invoice_id: int) -> None:
    """Let no more wait of what a sales invoice put with its customer: it is reversed."""
    lock = " FOR UPDATE OF s" if is_postgres() else ""
    rows = select(
        "SELECT s.id, s.quantity - s.filled - s.dropped AS part "
        "FROM pending_serial s JOIN invoice_line n ON n.id = s.invoice_line_id "
        f"WHERE n.invoice_id = :invoice_id ORDER BY s.id{lock}",
        invoice_id=invoice_id,
    )
    _drop([row for row in rows if row["part"] > 0], invoice_id)
    execute(
        "UPDATE pending_serial SET released = true WHERE invoice_line_id IN "
        "(SELECT id FROM invoice_line WHERE invoice_id = :invoice_id)",
        invoice_id=invoice_id,
    )


def restore_pending(invoice_id: int) -> None:
    """Let wait again what a correction had dropped: it is reversed.

    What a reversed sale had put there does not: that customer never got it.
    """
    lock = " FOR UPDATE" if is_postgres() else ""
    rows = select(
        f"""
        SELECT s.id, -(SELECT sum(d.quantity) FROM pending_drop d
                       WHERE d.pending_id = s.id AND d.invoice_id = :invoice_id) AS part
        FROM pending_serial s WHERE NOT s.released
        AND s.id IN (SELECT pending_id FROM pending_drop WHERE invoice_id = :invoice_id) ORDER BY s.id{lock}
        """,
        invoice_id=invoice_id,
    )
    # PostgreSQL sums whole numbers as decimals.
    _drop([row | {"part": int(row["part"])} for row in rows if row["part"] < 0], invoice_id)


def _drop(changed: Sequence[dict[str, int]], invoice_id: int) -> None:
    """Write which pieces an invoice lets wait no more; `part` below zero: they wait again."""
    if not changed:
        return
    source, rows = rows_as("v", {"id": BIG, "part": BIG}), packed(changed)
    execute(
        "INSERT INTO pending_drop (pending_id, invoice_id, quantity) "
        f"SELECT v.id, :invoice_id, v.part FROM {source} WHERE true",
        invoice_id=invoice_id,
        rows=rows,
    )
    execute(
        f"UPDATE pending_serial SET dropped = dropped + v.part FROM {source} WHERE pending_serial.id = v.id",
        rows=rows,
    )
