"""Documents as lists and as the screen of one document shows them."""

from decimal import Decimal
from typing import NamedTuple

from store.domain.documents import Document, DocumentLine, DocumentSummary, DocumentView
from store.domain.terms import DocumentStatus, DocumentType
from store.models.fields import PIECES, unscaled
from store.models.moments import from_store
from store.models.sql import is_postgres, select, select_often
from store.queries.rows import document_of, line_of

_HEADS = """
    SELECT d.id, d.type, d.status, d.number, d.units_of_supplier, d.reference, d.reason, d.opened_at,
           d.opened_name, d.posted_at, d.posted_name, d.effective_at,
           l.id AS location_id, l.code AS location_code, l.name AS location_name,
           l.place_id AS location_place,
           p.id AS party_id, p.code AS party_code, p.name AS party_name, p.place_id AS party_place,
           p.tax_id, p.is_customer, p.is_supplier, p.is_own, p.address,
           t.id AS target_id, t.code AS target_code, t.name AS target_name, t.place_id AS target_place
    FROM document d JOIN location l ON l.id = d.location_id JOIN party p ON p.id = d.party_id
         LEFT JOIN location t ON t.id = d.target_id
"""

_LINES = """
    SELECT n.id, n.position, n.expected, n.scanned, n.rejected, n.announced, n.unit_price,
           p.id AS product_id, p.sku, p.name, p.warranty_months, p.serial_pattern,
           k.id AS kind_id, k.name AS kind_name, k.nature,
           CASE WHEN d.type = 'on_site' THEN 'serial' ELSE p.tracking END AS tracking,
           (SELECT {gtins} FROM gtin g WHERE g.product_id = p.id) AS gtins
    FROM document_line n JOIN document d ON d.id = n.document_id JOIN product p ON p.id = n.product_id
         JOIN product_kind k ON k.id = p.kind_id
    WHERE n.document_id = :document_id ORDER BY n.position
"""

_BY_ID = {"document_id": "BIGINT"}

# A return is with nobody in particular. Its first piece says from whom the first of them was.
_GIVER = """coalesce(
        (SELECT m.from_name FROM movement m WHERE m.document_id = d.id ORDER BY m.id LIMIT 1),
        (SELECT coalesce(c.name, h.name) FROM draft_scan s LEFT JOIN unit u ON u.id = s.unit_id
         LEFT JOIN party h ON h.place_id = u.place_id LEFT JOIN loan o ON o.id = s.loan_id
         LEFT JOIN party c ON c.id = coalesce(o.party_id, s.giver_id)
         WHERE s.document_id = d.id AND s.state = 'draft' ORDER BY s.id LIMIT 1),
        '-')"""


class Progress(NamedTuple):
    """How far a document is; any change of it means that something was scanned or removed."""

    status: DocumentStatus
    scanned: Decimal
    expected: Decimal
    last_scan_id: int


def head(document_id: int, *, lock: str = "") -> Document | None:
    """Return a document's head, or None. `lock` is PostgreSQL's FOR clause; SQLite needs none."""
    clause = f" {lock} OF d" if lock and is_postgres() else ""
    rows = select_often(f"{_HEADS} WHERE d.id = :document_id{clause}", _BY_ID, document_id=document_id)
    return document_of(rows[0]) if rows else None


def document_with(number: str) -> Document | None:
    """Return the head of the document with a number, or None."""
    rows = select(f"{_HEADS} WHERE d.number = :number", number=number.strip())
    return document_of(rows[0]) if rows else None


def lines(document_id: int) -> tuple[DocumentLine, ...]:
    """Return a document's lines in order. On site every product goes by serial."""
    gtins = "string_agg(g.gtin, ' ')" if is_postgres() else "group_concat(g.gtin, ' ')"
    rows = select_often(_LINES.replace("{gtins}", gtins), _BY_ID, document_id=document_id)
    return tuple(line_of(row) for row in rows)


def view(document_id: int) -> DocumentView | None:
    """Return a document with its lines, or None when there is none."""
    document = head(document_id)
    return DocumentView(document=document, lines=lines(document_id)) if document else None


def listing(
    type: DocumentType,  # noqa: A002 - the domain's word
    location_id: int | None,
    *,
    status: DocumentStatus = DocumentStatus.OPEN,
    limit: int = 200,
    before_id: int | None = None,
) -> list[DocumentSummary]:
    """Return the newest documents of a type at a location: at most `limit`, older than `before_id`.

    None: wherever they are.
    """
    here = "" if location_id is None else "AND d.location_id = :location_id"
    rows = select(
        f"""
        SELECT d.id, d.type, d.status, d.number, d.reference, d.opened_at,
               coalesce(t.name, CASE d.type WHEN 'return' THEN {_GIVER} WHEN 'stocktake' THEN l.name
                                ELSE p.name END) AS other_side,
               coalesce(sum(n.expected), 0) AS expected, coalesce(sum(n.scanned), 0) AS scanned
        FROM document d JOIN party p ON p.id = d.party_id JOIN location l ON l.id = d.location_id
             LEFT JOIN location t ON t.id = d.target_id LEFT JOIN document_line n ON n.document_id = d.id
        WHERE d.type = '{type.value}' {here} AND d.status = :status AND d.id < :before_id
        GROUP BY d.id, p.name, t.name, l.name ORDER BY d.id DESC LIMIT :limit
        """,
        location_id=location_id, status=status.value, limit=limit,
        before_id=2**62 if before_id is None else before_id,
    )  # fmt: skip
    return [
        DocumentSummary(
            id=row["id"],
            type=DocumentType(row["type"]),
            status=DocumentStatus(row["status"]),
            number=row["number"],
            other_side=row["other_side"],
            reference=row["reference"],
            opened_at=from_store(row["opened_at"]),
            expected=unscaled(row["expected"], PIECES),
            scanned=unscaled(row["scanned"], PIECES),
        )
        for row in rows
    ]


def progress(document_id: int) -> Progress:
    """Return how far a document is: a few indexed reads, to be asked for often."""
    row = select(
        """
        SELECT d.status, coalesce(sum(n.scanned), 0) AS scanned, coalesce(sum(n.expected), 0) AS expected,
               coalesce((SELECT max(s.id) FROM draft_scan s WHERE s.document_id = d.id), 0) AS last_scan_id
        FROM document d LEFT JOIN document_line n ON n.document_id = d.id
        WHERE d.id = :document_id GROUP BY d.id
        """,
        document_id=document_id,
    )[0]
    return Progress(
        status=DocumentStatus(row["status"]),
        scanned=unscaled(row["scanned"], PIECES),
        expected=unscaled(row["expected"], PIECES),
        last_scan_id=row["last_scan_id"],
    )
