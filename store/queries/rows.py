"""From the columns of a query to the domain's records."""

from typing import Any

from store.domain.documents import Document, DocumentLine, DraftScan
from store.domain.records import Location, Party
from store.domain.terms import Condition, DocumentStatus, DocumentType
from store.models.fields import MONEY, PIECES, unscaled
from store.models.moments import from_store
from store.queries.products import product_of


def draft_scan_of(row: dict[str, Any]) -> DraftScan:
    """Return the record of a row of `store.queries.scans`."""
    return DraftScan(
        id=row["id"],
        line_id=row["line_id"],
        product_name=row["product_name"],
        serial=row["serial"],
        quantity=unscaled(row["quantity"], PIECES),
        rejected=bool(row["rejected"]),
        reason=row["reason"],
        announced=bool(row["announced"]),
        at=from_store(row["scanned_at"]),
        operator=row["operator_name"],
        terminal=row["terminal_name"],
        condition=Condition(row["condition"]) if row["condition"] else None,
        note=row["note"],
    )


def document_of(row: dict[str, Any]) -> Document:
    """Return the record of a document's head with its location and party."""
    return Document(
        id=row["id"],
        type=DocumentType(row["type"]),
        status=DocumentStatus(row["status"]),
        number=row["number"],
        location=_location(row, "location"),
        target=_location(row, "target") if row["target_id"] is not None else None,
        party=Party(
            id=row["party_id"],
            code=row["party_code"],
            name=row["party_name"],
            place_id=row["party_place"],
            tax_id=row["tax_id"],
            is_customer=bool(row["is_customer"]),
            is_supplier=bool(row["is_supplier"]),
            is_own=bool(row["is_own"]),
            address=row["address"],
        ),
        units_of_supplier=bool(row["units_of_supplier"]),
        reference=row["reference"],
        opened_at=from_store(row["opened_at"]),
        opened_by=row["opened_name"],
        posted_at=from_store(row["posted_at"]) if row["posted_at"] else None,
        posted_by=row["posted_name"],
        effective_at=from_store(row["effective_at"]) if row["effective_at"] else None,
        reason=row["reason"],
    )


def _location(row: dict[str, Any], part: str) -> Location:
    return Location(
        id=row[f"{part}_id"],
        code=row[f"{part}_code"],
        name=row[f"{part}_name"],
        place_id=row[f"{part}_place"],
    )


def line_of(row: dict[str, Any]) -> DocumentLine:
    """Return the record of a document's line with its product."""
    return DocumentLine(
        id=row["id"],
        position=row["position"],
        product=product_of(row),
        expected=None if row["expected"] is None else unscaled(row["expected"], PIECES),
        scanned=unscaled(row["scanned"], PIECES),
        rejected=unscaled(row["rejected"], PIECES),
        announced=row["announced"],
        unit_price=None if row["unit_price"] is None else unscaled(row["unit_price"], MONEY),
    )
