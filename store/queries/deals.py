"""Deals as lists and one by one: what was promised, and what became of it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from store.domain.deals import Deal, DealDocument, DealHead, DealLine, DealState
from store.domain.records import Location, Party
from store.models.fields import MONEY, PIECES, unscaled
from store.models.moments import from_store
from store.models.sql import is_postgres, select
from store.queries.parties import contains
from store.queries.products import product_of

OPEN = (DealState.PARTLY, DealState.OPEN, DealState.DRAFT)
"""What is to be done, the first pages of every list."""
ENDED = (DealState.DONE, DealState.CANCELLED)

_SUMS = ("quantity", "delivered", "planned", "dropped")
_HEADS = f"""
    SELECT d.id, d.number, d.state, d.their_order, d.currency, d.note, d.reason, d.made_at, d.made_name,
           d.finalised_at, d.finalised_name, d.delivered_at,
           p.id AS party_id, p.code AS party_code, p.name AS party_name, p.place_id AS party_place, p.tax_id,
           p.is_customer, p.is_supplier, p.address,
           l.id AS location_id, l.code AS location_code, l.name AS location_name,
           l.place_id AS location_place,
           (SELECT count(*) FROM deal_line n WHERE n.deal_id = d.id) AS line_count,
           {
    ", ".join(
        f"(SELECT coalesce(sum(n.{column}), 0) FROM deal_line n WHERE n.deal_id = d.id) AS {column}"
        for column in _SUMS
    )
}
    FROM deal d JOIN party p ON p.id = d.party_id JOIN location l ON l.id = d.location_id
"""

INVOICED = """coalesce((SELECT sum(c.quantity) FROM deal_cover c
    JOIN invoice_line v ON v.id = c.invoice_line_id JOIN invoice i ON i.id = v.invoice_id
    WHERE c.deal_line_id = n.id AND i.family = 'invoice'), 0)"""


def deals(
    states: Sequence[DealState] = OPEN,
    *,
    limit: int = 100,
    before_id: int | None = None,
    party_id: int | None = None,
    text: str = "",
) -> list[DealHead]:
    """Return the newest deals in `states`: at most `limit`, older than `before_id`.

    `party_id` narrows them to one customer, `text` to those with it in a number or the customer's name.
    """
    narrowed = "" if party_id is None else " AND x.party_id = :party_id"
    if text.strip():
        narrowed += (
            " AND (lower(x.number) LIKE :part ESCAPE '!' OR lower(x.their_order) LIKE :part ESCAPE '!' OR "
            "x.party_id IN (SELECT q.id FROM party q WHERE lower(q.name) LIKE :part ESCAPE '!'))"
        )
    # Each state along its own index: a list of the few open ones does not read all that are done.
    pages = " UNION ALL ".join(
        f"SELECT id FROM (SELECT x.id FROM deal x WHERE x.state = '{state}' AND x.id < :before_id{narrowed} "
        f"ORDER BY x.id DESC LIMIT :limit) AS page_{state}"
        for state in states
    )
    rows = select(
        f"{_HEADS} WHERE d.id IN ({pages}) ORDER BY d.id DESC LIMIT :limit",
        limit=limit, before_id=2**62 if before_id is None else before_id, party_id=party_id,
        part=contains(text),
    )  # fmt: skip
    return [_head(row) for row in rows]


def deal_head(deal_id: int, *, lock: bool = False) -> DealHead | None:
    """Return a deal without its lines, or None; with `lock` nobody else changes it meanwhile."""
    if lock and is_postgres():
        select("SELECT id FROM deal WHERE id = :deal_id FOR UPDATE", deal_id=deal_id)
    rows = select(f"{_HEADS} WHERE d.id = :deal_id", deal_id=deal_id)
    return _head(rows[0]) if rows else None


def deal_by_number(number: str) -> int | None:
    """Return the id of the deal with this number, or None."""
    rows = select("SELECT id FROM deal WHERE number = :number", number=number.strip().upper())
    return rows[0]["id"] if rows else None


def deal_of_scan(text: str) -> int | None:
    """Return the id of the deal with this number, or of that whose document has it, or None."""
    rows = select(
        """
        SELECT id FROM deal WHERE number = :number
        UNION ALL SELECT x.deal_id FROM document d JOIN deal_document x ON x.document_id = d.id
        WHERE d.number = :number
        """,
        number=text.strip().upper(),
    )
    return rows[0]["id"] if rows else None


def deal_lines(deal_id: int) -> tuple[DealLine, ...]:
    """Return the lines of a deal in order."""
    gtins = "string_agg(g.gtin, ' ')" if is_postgres() else "group_concat(g.gtin, ' ')"
    rows = select(
        f"""
        SELECT n.id, n.position, n.quantity, n.unit_price, n.note, n.planned, n.delivered, n.dropped,
               {INVOICED} AS invoiced, p.id AS product_id, p.sku, p.name, p.tracking, p.warranty_months,
               p.serial_pattern, k.id AS kind_id, k.name AS kind_name, k.nature,
               (SELECT {gtins} FROM gtin g WHERE g.product_id = p.id) AS gtins
        FROM deal_line n JOIN product p ON p.id = n.product_id JOIN product_kind k ON k.id = p.kind_id
        WHERE n.deal_id = :deal_id ORDER BY n.position
        """,
        deal_id=deal_id,
    )
    return tuple(
        DealLine(
            id=row["id"],
            position=row["position"],
            product=product_of(row),
            unit_price=None if row["unit_price"] is None else unscaled(row["unit_price"], MONEY),
            note=row["note"],
            **{name: unscaled(row[name], PIECES) for name in (*_SUMS, "invoiced")},
        )
        for row in rows
    )


def deal_documents(deal_id: int) -> tuple[DealDocument, ...]:
    """Return the documents that deliver a deal, and the invoices about it."""
    rows = select(
        """
        SELECT x.id AS at, 0 AS part, d.id, d.type AS kind, d.status,
               coalesce(d.number, d.reference) AS name
        FROM deal_document x JOIN document d ON d.id = x.document_id WHERE x.deal_id = :deal_id
        UNION ALL
        SELECT x.id, 1, i.id, 'sales_invoice', i.state, i.number
        FROM deal_invoice x JOIN invoice i ON i.id = x.invoice_id
        WHERE x.deal_id = :deal_id AND x.role = 'linked' ORDER BY part, at
        """,
        deal_id=deal_id,
    )
    return tuple(
        DealDocument(**{name: row[name] for name in ("id", "kind", "status", "name")}) for row in rows
    )


def deal(deal_id: int) -> Deal | None:
    """Return a deal with its lines, documents and invoices, or None when there is none."""
    head = deal_head(deal_id)
    if head is None:
        return None
    return Deal(head=head, lines=deal_lines(deal_id), documents=deal_documents(deal_id))


def deal_of(document_id: int) -> tuple[int, str] | None:
    """Return the id and the number of the deal that a document delivers, or None."""
    rows = select(
        "SELECT d.id, d.number FROM deal_document x JOIN deal d ON d.id = x.deal_id "
        "WHERE x.document_id = :document_id",
        document_id=document_id,
    )
    return (rows[0]["id"], rows[0]["number"]) if rows else None


def open_issue(deal_id: int) -> int | None:
    """Return the issue of a deal that is open, the newest one, or None."""
    rows = select(
        "SELECT d.id FROM deal_document x JOIN document d ON d.id = x.document_id "
        "WHERE x.deal_id = :deal_id AND d.status = 'open' ORDER BY d.id DESC LIMIT 1",
        deal_id=deal_id,
    )
    return rows[0]["id"] if rows else None


def linked_deals(invoice_id: int) -> tuple[str, ...]:
    """Return the numbers of the deals that an invoice is about."""
    rows = select(
        "SELECT d.number FROM deal_invoice x JOIN deal d ON d.id = x.deal_id "
        "WHERE x.invoice_id = :invoice_id AND x.role = 'linked' ORDER BY d.id",
        invoice_id=invoice_id,
    )
    return tuple(row["number"] for row in rows)


def _head(row: dict[str, Any]) -> DealHead:
    party = Party(
        id=row["party_id"], code=row["party_code"], name=row["party_name"], place_id=row["party_place"],
        tax_id=row["tax_id"], is_customer=bool(row["is_customer"]), is_supplier=bool(row["is_supplier"]),
        address=row["address"],
    )  # fmt: skip
    location = Location(
        id=row["location_id"], code=row["location_code"], name=row["location_name"],
        place_id=row["location_place"],
    )  # fmt: skip
    sums: dict[str, Decimal] = {name: unscaled(row[name], PIECES) for name in _SUMS}
    return DealHead(
        id=row["id"],
        number=row["number"],
        state=DealState(row["state"]),
        party=party,
        location=location,
        their_order=row["their_order"],
        currency=row["currency"],
        note=row["note"],
        reason=row["reason"],
        made_at=from_store(row["made_at"]),
        made_by=row["made_name"],
        finalised_at=from_store(row["finalised_at"]) if row["finalised_at"] else None,
        finalised_by=row["finalised_name"],
        delivered_at=from_store(row["delivered_at"]) if row["delivered_at"] else None,
        line_count=row["line_count"],
        **sums,
    )
