"""Goods that an invoice has put on the holdings before the issue by which they leave."""

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from store.domain.documents import Document
from store.domain.terms import DocumentType
from store.models.bulk import among, listed
from store.models.fields import PIECES, unscaled
from store.models.moments import to_store
from store.models.sql import select
from store.queries.documents import head

LONGEST = timedelta(days=366)
"""No invoice is looked for that is older, however many days it says."""


class Asked(NamedTuple):
    """Whose goods go when, and the number of an invoice that is named with them."""

    party_id: int
    at: datetime
    reference: str


def asked_of(document: Document) -> Asked:
    """Return it of an issue."""
    return Asked(party_id=document.party.id, at=document.opened_at, reference=document.reference)


class Fillable(NamedTuple):
    """What invoices have put with the customer of an issue before it."""

    product_name: str
    quantity: Decimal
    source: str
    """The number of the oldest invoice."""


_BILLED = """coalesce((SELECT sum(b.quantity) FROM deal_billed b WHERE b.invoice_line_id = v.id), 0)"""
"""What a deal has of an invoice's line already. A line waits for serials or was placed, and never both."""
_FILLED = """coalesce((SELECT sum(f.quantity) FROM pending_fill f
    JOIN document_line n ON n.id = f.document_line_id JOIN document d ON d.id = n.document_id
    WHERE f.pending_id = s.id AND {by}), 0)"""
_COVERED = """coalesce((SELECT sum(c.quantity) FROM {table} c
    JOIN invoice_line v ON v.id = c.invoice_line_id JOIN invoice i ON i.id = v.invoice_id
    WHERE c.{column} = {key} AND i.family = 'invoice'), 0)"""


def free_lines(document_id: int) -> list[dict[str, Any]]:
    """Return the scanned lines of an open document, and how much of each no invoice has."""
    rows = select(
        f"""
        SELECT n.id, n.product_id, n.scanned, l.id AS deal_line_id,
               n.scanned - {_COVERED.format(table="invoice_cover", column="document_line_id", key="n.id")}
               AS free,
               l.quantity - l.dropped
               - {_COVERED.format(table="deal_cover", column="deal_line_id", key="l.id")} AS of_deal
        FROM document_line n LEFT JOIN deal_part x ON x.document_line_id = n.id
             LEFT JOIN deal_line l ON l.id = x.deal_line_id
        WHERE n.document_id = :document_id AND n.scanned > 0 ORDER BY n.position
        """,
        document_id=document_id,
    )
    for row in rows:
        if row["deal_line_id"] is not None:
            row["free"] = min(int(row["scanned"]), int(row["of_deal"]))
        row["free"] = int(row["free"])
    return [row for row in rows if row["free"] > 0]


def waiting_serials(asked: Asked, products: Collection[int]) -> list[dict[str, Any]]:
    """Return the pieces of a party whose serials invoices wait for, the oldest first."""
    return _serial_parts(asked, products, for_deal=False)


def serial_parts(asked: Asked, products: Collection[int]) -> list[dict[str, Any]]:
    """Return the pieces with serials that invoices have put with a party and no deal or issue has.

    Whether their serials were scanned there since makes no difference to a deal. The oldest come first.
    """
    return _serial_parts(asked, products, for_deal=True)


def _serial_parts(asked: Asked, products: Collection[int], *, for_deal: bool) -> list[dict[str, Any]]:
    rows = select(
        f"""
        SELECT s.id AS pending_id, s.product_id, p.name AS product_name, s.invoice_line_id,
               i.id AS invoice_id, i.number, i.link_days, s.opened_at AS at, {_BILLED} AS billed,
               s.quantity - s.dropped - {_FILLED.format(by="d.type = 'issue'")} AS room,
               {_FILLED.format(by="d.type <> 'issue'")} AS on_site
        FROM invoice i JOIN invoice_line v ON v.invoice_id = i.id
             JOIN pending_serial s ON s.invoice_line_id = v.id JOIN product p ON p.id = s.product_id
        WHERE i.party_id = :party_id AND i.state = 'imported' AND s.party_id = i.party_id
              AND {among("s.product_id", "products")}
              AND (s.opened_at >= :since OR i.number = :reference)
        ORDER BY s.id
        """,
        **_values(asked, products),
    )
    billed: dict[int, int] = {}
    for row in rows:
        room, there = int(row["room"]), int(row["on_site"])
        # What a deal has of an invoice is with the customer: it is scanned there before the rest is.
        left = billed.get(row["invoice_line_id"], int(row["billed"]))
        of_deal = min(left, room)
        billed[row["invoice_line_id"]] = left - of_deal
        row["open"] = room - (of_deal if for_deal else max(of_deal, there))
    return [row for row in rows if row["open"] > 0]


def placed_lines(asked: Asked, products: Collection[int]) -> list[dict[str, Any]]:
    """Return the lines of invoices that put pieces without serials with the party, the oldest first."""
    rows = select(
        f"""
        SELECT NULL AS pending_id, v.product_id, p.name AS product_name, v.id AS invoice_line_id,
               i.id AS invoice_id, i.number, i.link_days, i.imported_at AS at,
               v.placed - v.returned - {_BILLED} AS open
        FROM invoice i JOIN invoice_line v ON v.invoice_id = i.id JOIN product p ON p.id = v.product_id
             JOIN product_kind k ON k.id = p.kind_id
        WHERE i.party_id = :party_id AND i.state = 'imported' AND i.direction = 'sale'
              AND v.placed > v.returned AND p.tracking = 'quantity' AND k.nature = 'goods'
              AND {among("v.product_id", "products")}
              AND (i.imported_at >= :since OR i.number = :reference)
        ORDER BY i.id, v.position
        """,
        **_values(asked, products),
    )
    return [row | {"open": int(row["open"])} for row in rows if row["open"] > 0]


def fillable(document_id: int) -> list[Fillable]:
    """Return what invoices have put with an issue's customer before it, of the products that it scanned."""
    document = head(document_id)
    if document is None or document.type is not DocumentType.ISSUE:
        return []
    products, asked = {line["product_id"] for line in free_lines(document_id)}, asked_of(document)
    if not products:
        return []
    found: dict[str, Fillable] = {}
    for row in sorted(
        [*waiting_serials(asked, products), *placed_lines(asked, products)],
        key=lambda row: (row["product_name"], row["invoice_id"]),
    ):
        name, pieces = row["product_name"], unscaled(row["open"], PIECES)
        known = found.get(name)
        found[name] = (
            Fillable(name, pieces, row["number"])
            if known is None
            else known._replace(quantity=known.quantity + pieces)
        )
    return list(found.values())


def placed_parts(invoice_ids: Collection[int]) -> list[dict[str, Any]]:
    """Return what invoices have moved without serials and not brought back: from our stock, and born."""
    return select(
        f"""
        SELECT x.invoice_id, d.location_id, m.product_id,
               sum(CASE WHEN m.from_terms = 'stock' THEN m.quantity
                        WHEN m.to_terms = 'stock' THEN -m.quantity ELSE 0 END) AS stocked,
               sum(CASE WHEN m.from_terms IS NULL THEN m.quantity
                        WHEN m.to_terms = 'scrapped' THEN -m.quantity ELSE 0 END) AS born
        FROM invoice_document x JOIN document d ON d.id = x.document_id
             JOIN movement m ON m.document_id = d.id
        WHERE {among("x.invoice_id", "invoices")} AND d.type IN ('invoice', 'correction')
              AND m.unit_id IS NULL
        GROUP BY x.invoice_id, d.location_id, m.product_id
        ORDER BY x.invoice_id, d.location_id, m.product_id
        """,
        invoices=listed(invoice_ids),
    )


def _values(asked: Asked, products: Collection[int]) -> dict[str, Any]:
    return {
        "party_id": asked.party_id,
        "products": listed(products),
        "since": to_store(asked.at - LONGEST),
        # An empty reference names nothing.
        "reference": asked.reference or None,
    }
