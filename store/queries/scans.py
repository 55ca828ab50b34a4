"""What was scanned into a document, what was refused, and how it differs from what was expected."""

import json
from decimal import Decimal

from store.domain.documents import Difference, DraftScan, RefusedScan
from store.domain.errors import Refusal, RefusalCode
from store.models.moments import from_store
from store.models.sql import select
from store.queries.documents import lines
from store.queries.rows import draft_scan_of

SCANS = """
    SELECT s.id, s.line_id, p.name AS product_name, s.serial, s.quantity, s.rejected, s.reason, s.announced,
           s.scanned_at, s.operator_name, s.terminal_name, s.condition, s.note
    FROM draft_scan s JOIN product p ON p.id = s.product_id
"""


def scans(document_id: int, *, limit: int, before_id: int | None = None) -> list[DraftScan]:
    """Return the accepted scans of a document, newest first: at most `limit`, older than `before_id`.

    Removed scans are left out.
    """
    rows = select(
        f"{SCANS} WHERE s.document_id = :document_id AND s.state <> 'removed' AND s.id < :before_id "
        "ORDER BY s.id DESC LIMIT :limit",
        document_id=document_id, limit=limit, before_id=2**62 if before_id is None else before_id,
    )  # fmt: skip
    return [draft_scan_of(row) for row in rows]


def scan_count(document_id: int) -> int:
    """Return how many scans of a document stand accepted."""
    rows = select(
        "SELECT count(*) AS n FROM draft_scan WHERE document_id = :document_id AND state <> 'removed'",
        document_id=document_id,
    )
    return int(rows[0]["n"])


def refused(document_id: int, *, limit: int = 200) -> list[RefusedScan]:
    """Return the refused scans of a document with their reasons, newest first."""
    rows = select(
        "SELECT id, text, code, data, scanned_at, operator_name FROM refused_scan "
        "WHERE document_id = :document_id ORDER BY id DESC LIMIT :limit",
        document_id=document_id,
        limit=limit,
    )
    return [
        RefusedScan(
            id=row["id"],
            text=row["text"],
            refusal=Refusal(RefusalCode(row["code"]), json.loads(row["data"])),
            at=from_store(row["scanned_at"]),
            operator=row["operator_name"],
        )
        for row in rows
    ]


def differences(document_id: int) -> tuple[Difference, ...]:
    """Return the lines on which the document differs from what was expected, with the serials by name."""
    missing = _serials_by_line(
        """
        SELECT e.line_id, e.serial FROM expected_serial e JOIN document_line n ON n.id = e.line_id
        WHERE n.document_id = :document_id AND NOT EXISTS (
            SELECT 1 FROM draft_scan s WHERE s.line_id = e.line_id AND s.serial_key = e.serial_key
            AND s.state <> 'removed' AND s.document_id = :document_id)
        ORDER BY e.id
        """,
        document_id,
    )
    unexpected = _serials_by_line(
        """
        SELECT s.line_id, s.serial FROM draft_scan s JOIN document_line n ON n.id = s.line_id
        WHERE s.document_id = :document_id AND s.state <> 'removed' AND n.announced > 0 AND NOT s.announced
        ORDER BY s.id
        """,
        document_id,
    )
    found = []
    for line in lines(document_id):
        difference = Decimal(0) if line.expected is None else line.scanned - line.expected
        if difference or line.rejected or line.id in missing or line.id in unexpected:
            found.append(
                Difference(
                    line=line,
                    difference=difference,
                    missing_serials=tuple(missing.get(line.id, ())),
                    unexpected_serials=tuple(unexpected.get(line.id, ())),
                )
            )
    return tuple(found)


def _serials_by_line(statement: str, document_id: int) -> dict[int, list[str]]:
    serials: dict[int, list[str]] = {}
    for row in select(statement, document_id=document_id):
        serials.setdefault(row["line_id"], []).append(row["serial"])
    return serials


def scan_by_id(scan_id: int) -> DraftScan:
    """Return one accepted scan."""
    return draft_scan_of(select(f"{SCANS} WHERE s.id = :scan_id", scan_id=scan_id)[0])


def scan_by_token(token: str) -> DraftScan | None:
    """Return the scan that a call with this token made before, or None."""
    rows = select(f"{SCANS} WHERE s.token = :token", token=token)
    return draft_scan_of(rows[0]) if rows else None


def scan_of_serial(document_id: int, serial_key: str) -> DraftScan | None:
    """Return the accepted scan of a serial, in its normalised form, in a document, or None."""
    rows = select(
        f"{SCANS} WHERE s.document_id = :document_id AND s.serial_key = :serial_key AND s.state <> 'removed'",
        document_id=document_id,
        serial_key=serial_key,
    )
    return draft_scan_of(rows[0]) if rows else None
