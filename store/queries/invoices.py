"""Received invoices: as lists, as heads, and with what each line did."""

from datetime import date
from decimal import Decimal
from typing import Any

from store.domain.direction import Direction, RouteDoubt
from store.domain.moves import Why
from store.domain.received import (
    Decision,
    InvoiceState,
    MadeDocument,
    MatchedBy,
    ReceivedInvoice,
    ReceivedLine,
)
from store.domain.records import Party
from store.domain.terms import DocumentStatus, DocumentType
from store.models.fields import PIECES, unscaled
from store.models.moments import from_store
from store.models.sql import is_postgres, select

_HEADS = """
    SELECT i.id, i.format, i.kind, i.state, i.number, i.ksef_number, i.direction, i.doubt, i.route_settled,
           i.seller_tax_id, i.seller_name, i.buyer_tax_id, i.buyer_name, i.holder_tax_id, i.holder_name,
           i.holder_address, i.issued_on, i.questions, i.received_at, i.received_name, i.imported_at,
           i.imported_name, i.reversed_at, i.reversed_name, i.link_days,
           p.id AS party_id, p.code AS party_code, p.name AS party_name, p.place_id AS party_place, p.tax_id,
           p.is_customer, p.is_supplier, p.address
    FROM invoice i LEFT JOIN party p ON p.id = i.party_id
"""


def invoice_head(invoice_id: int, *, lock: bool = False) -> ReceivedInvoice | None:
    """Return a received invoice, or None; with `lock` nobody else posts or mends it meanwhile."""
    clause = " FOR UPDATE OF i" if lock and is_postgres() else ""
    rows = select(f"{_HEADS} WHERE i.id = :invoice_id{clause}", invoice_id=invoice_id)
    return _head(rows[0]) if rows else None


def invoices(state: InvoiceState, *, limit: int, before_id: int | None = None) -> list[ReceivedInvoice]:
    """Return the invoices in a state, newest first: at most `limit`, older than `before_id`."""
    rows = select(
        f"{_HEADS} WHERE i.state = :state AND i.id < :before_id ORDER BY i.id DESC LIMIT :limit",
        state=state.value,
        limit=limit,
        before_id=2**62 if before_id is None else before_id,
    )
    return [_head(row) for row in rows]


def invoice_lines(invoice_id: int) -> list[ReceivedLine]:
    """Return the lines of an invoice with what each did, in order."""
    rows = select(
        """
        SELECT n.id, n.position, n.number, n.name, n.quantity, n.unit, n.why, n.product_id,
               coalesce(p.name, '') AS product_name, n.matched_by, n.decision, n.question, n.placed,
               n.returned, n.covered, n.pending, n.ordered
        FROM invoice_line n LEFT JOIN product p ON p.id = n.product_id
        WHERE n.invoice_id = :invoice_id ORDER BY n.position
        """,
        invoice_id=invoice_id,
    )
    counted = ("placed", "returned", "covered", "pending", "ordered")
    return [
        ReceivedLine(
            **(
                row
                | {name: unscaled(row[name], PIECES) for name in counted}
                | {
                    "why": Why(row["why"]),
                    "matched_by": MatchedBy(row["matched_by"]),
                    "decision": Decision(row["decision"]),
                }
            )
        )
        for row in rows
    ]


def made_documents(invoice_id: int) -> tuple[MadeDocument, ...]:
    """Return the documents that belong to an invoice, in the order in which they came to it."""
    rows = select(
        """
        SELECT d.id, d.type, d.status, coalesce(d.number, d.reference) AS name, x.role
        FROM invoice_document x JOIN document d ON d.id = x.document_id
        WHERE x.invoice_id = :invoice_id AND x.role <> 'other' ORDER BY x.id
        """,
        invoice_id=invoice_id,
    )
    return tuple(
        MadeDocument(**(row | {"type": DocumentType(row["type"]), "status": DocumentStatus(row["status"])}))
        for row in rows
    )


def by_hash(content_hash: str) -> int | None:
    """Return the id of the invoice that came in a file with this content, or None."""
    rows = select("SELECT invoice_id FROM invoice_file WHERE content_hash = :hash", hash=content_hash)
    return rows[0]["invoice_id"] if rows else None


def pending_of(invoice_id: int) -> Decimal:
    """Return how many pieces an imported invoice has put with its party without serials."""
    row = select(
        "SELECT coalesce(sum(n.pending), 0) AS pieces FROM invoice_line n "
        "JOIN invoice i ON i.id = n.invoice_id WHERE i.id = :invoice_id AND i.state = 'imported'",
        invoice_id=invoice_id,
    )[0]
    return unscaled(row["pieces"], PIECES)


def by_number(seller_key: str | None, number_key: str | None, family: str, ksef_number: str) -> int | None:
    """Return the id of the invoice with this number of its seller, or with this KSeF number, or None."""
    rows = select(
        """
        SELECT id FROM invoice WHERE seller_key = :seller AND number_key = :number AND family = :family
        UNION SELECT id FROM invoice WHERE ksef_number = :ksef
        """,
        seller=seller_key,
        number=number_key,
        family=family,
        ksef=ksef_number or None,
    )
    return rows[0]["id"] if rows else None


def _head(row: dict[str, Any]) -> ReceivedInvoice:
    party = None
    if row["party_id"] is not None:
        party = Party(
            id=row["party_id"],
            code=row["party_code"],
            name=row["party_name"],
            place_id=row["party_place"],
            tax_id=row["tax_id"],
            is_customer=bool(row["is_customer"]),
            is_supplier=bool(row["is_supplier"]),
            address=row["address"],
        )
    return ReceivedInvoice(
        id=row["id"],
        format=row["format"],
        kind=row["kind"],
        state=InvoiceState(row["state"]),
        number=row["number"],
        ksef_number=row["ksef_number"] or "",
        direction=Direction(row["direction"]),
        doubt=RouteDoubt(row["doubt"]) if row["doubt"] else None,
        route_settled=bool(row["route_settled"]),
        seller=row["seller_name"] or row["seller_tax_id"],
        buyer=row["buyer_name"] or row["buyer_tax_id"],
        holder=row["holder_name"] or row["holder_tax_id"],
        holder_tax_id=row["holder_tax_id"],
        holder_address=row["holder_address"],
        party=party,
        issued_on=_day(row["issued_on"]),
        questions=row["questions"],
        received_at=from_store(row["received_at"]),
        received_by=row["received_name"],
        link_days=row["link_days"],
        imported_at=from_store(row["imported_at"]) if row["imported_at"] else None,
        imported_by=row["imported_name"],
        reversed_at=from_store(row["reversed_at"]) if row["reversed_at"] else None,
        reversed_by=row["reversed_name"],
    )


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
