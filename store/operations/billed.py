"""A deal that is put onto the holdings after its invoice: what the invoice has put there is delivered."""

from collections.abc import Sequence
from dataclasses import replace

from store.domain.deals import NOTHING, DealHead, DealLine
from store.domain.records import Actor
from store.models.bulk import BIG, among, listed, packed, rows_as
from store.models.fields import PIECES, unscaled
from store.models.sql import execute, select
from store.operations.counting_once import cap, is_near, match
from store.operations.deal_state import settle_state
from store.queries.invoices_first import Asked, placed_lines, serial_parts


def deliver_billed(actor: Actor, head: DealHead, lines: Sequence[DealLine]) -> list[DealLine]:
    """Count what invoices of the same customer have put there as delivered, and return what is open then.

    These are invoices of the days before that each of them says, or older ones whose number is the
    customer's order, the oldest first. The number of statements does not depend on the lines.
    """
    asked = Asked(party_id=head.party.id, at=actor.at, reference=head.their_order)
    free = [
        {
            "id": line.id,
            "deal_line_id": line.id,
            "product_id": line.product.id,
            "free": int(min(line.open, line.quantity - line.dropped - line.invoiced).scaleb(PIECES)),
        }
        for line in lines
        if not line.product.is_service
    ]
    products = {row["product_id"] for row in free}
    if not products:
        return list(lines)
    placed = [row for row in placed_lines(asked, products) if is_near(row, asked)]
    cap(placed, asked, with_units=True)
    serials = [row for row in serial_parts(asked, products) if is_near(row, asked)]
    covers = match(free, serials) + match(free, placed)
    if not covers:
        return list(lines)
    _write(
        head.id, [{key: row[key] for key in ("deal_line_id", "invoice_line_id", "part")} for row in covers]
    )
    taken: dict[int, int] = {}
    for row in covers:
        taken[row["deal_line_id"]] = taken.get(row["deal_line_id"], 0) + row["part"]
    after = [
        replace(line, delivered=line.delivered + unscaled(taken.get(line.id, 0), PIECES)) for line in lines
    ]
    return [line for line in after if line.open > NOTHING]


def _write(deal_id: int, covers: list[dict[str, int]]) -> None:
    source = rows_as("v", {"deal_line_id": BIG, "invoice_line_id": BIG, "part": BIG})
    rows = packed(covers)
    for table in ("deal_billed", "deal_cover"):
        execute(
            f"""
            INSERT INTO {table} (deal_line_id, invoice_line_id, quantity)
            SELECT v.deal_line_id, v.invoice_line_id, sum(v.part) FROM {source} WHERE true
            GROUP BY v.deal_line_id, v.invoice_line_id
            ON CONFLICT (invoice_line_id, deal_line_id)
            DO UPDATE SET quantity = {table}.quantity + excluded.quantity
            """,
            rows=rows,
        )
    execute(
        f"""
        UPDATE deal_line SET delivered = deal_line.delivered + t.part
        FROM (SELECT v.deal_line_id, sum(v.part) AS part FROM {source} GROUP BY v.deal_line_id) AS t
        WHERE deal_line.id = t.deal_line_id
        """,
        rows=rows,
    )
    execute(
        f"""
        INSERT INTO deal_invoice (deal_id, invoice_id, role)
        SELECT DISTINCT CAST(:deal_id AS BIGINT), l.invoice_id, 'linked' FROM {source}
        JOIN invoice_line l ON l.id = v.invoice_line_id WHERE true
        ON CONFLICT (invoice_id, deal_id) DO NOTHING
        """,
        rows=rows,
        deal_id=deal_id,
    )


def open_billed(invoice_id: int) -> None:
    """Let what only an invoice had delivered of deals be open again: the invoice is taken back."""
    rows = select(
        "SELECT b.deal_line_id AS line_id, b.quantity AS part, n.deal_id FROM deal_billed b "
        "JOIN deal_line n ON n.id = b.deal_line_id JOIN invoice_line v ON v.id = b.invoice_line_id "
        "WHERE v.invoice_id = :invoice_id",
        invoice_id=invoice_id,
    )
    if not rows:
        return
    deals = {row["deal_id"] for row in rows}
    # An ended deal keeps its lines as they are, so it is opened first.
    execute(f"UPDATE deal SET state = 'open' WHERE {among('id', 'deals')}", deals=listed(deals))
    execute(
        f"""
        UPDATE deal_line SET delivered = deal_line.delivered - t.part
        FROM (SELECT v.line_id, sum(v.part) AS part FROM {rows_as("v", {"line_id": BIG, "part": BIG})}
              GROUP BY v.line_id) AS t
        WHERE deal_line.id = t.line_id
        """,
        rows=packed([{"line_id": row["line_id"], "part": int(row["part"])} for row in rows]),
    )
    execute(
        "DELETE FROM deal_billed WHERE invoice_line_id IN "
        "(SELECT id FROM invoice_line WHERE invoice_id = :invoice_id)",
        invoice_id=invoice_id,
    )
    for deal_id in deals:
        settle_state(deal_id)
