"""Opening a stocktake: what the record has at the place then. And what it has of a piece that is counted."""

from typing import Any

from store.domain.documents import Document, DocumentLine, NewLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.found import Take
from store.domain.terms import DocumentType
from store.models.documents import DocumentRow
from store.models.moments import from_store
from store.models.sql import execute, is_postgres, select
from store.operations.lines import add_line_row
from store.operations.opened import open_head
from store.queries.documents import lines


def check_uncounted(location_id: int) -> None:
    """Raise RefusedError(COUNTED_TWICE) when a count of the location is open."""
    rows = select(
        "SELECT l.name, d.opened_name, d.opened_at FROM document d JOIN location l ON l.id = d.location_id "
        "WHERE d.location_id = :location_id AND d.type = 'stocktake' AND d.status = 'open'",
        location_id=location_id,
    )
    if rows:
        raise RefusedError(
            RefusalCode.COUNTED_TWICE,
            place=rows[0]["name"],
            operator=rows[0]["opened_name"],
            at=from_store(rows[0]["opened_at"]),
        )


def open_count_of(location_id: int) -> int | None:
    """Return the id of the open count of a location, or None."""
    row = DocumentRow.get_or_none(
        (DocumentRow.location == location_id)
        & (DocumentRow.type == DocumentType.STOCKTAKE)
        & (DocumentRow.status == "open")
    )
    return None if row is None else int(row.id)


def add_counted(document_id: int, product_id: int) -> DocumentLine:
    """Return the line of a product in an open count, which is added if there is none.

    Raises RefusedError(NOT_OPEN).
    """
    open_head(document_id)
    line = _line_of(document_id, product_id)
    if line is None:
        add_line_row(document_id, NewLine(product_id=product_id))
        line = _line_of(document_id, product_id)
    assert line is not None  # noqa: S101 - it was just added
    return line


def _line_of(document_id: int, product_id: int) -> DocumentLine | None:
    return next((line for line in lines(document_id) if line.product.id == product_id), None)


def note_record(document_id: int, place_id: int) -> None:
    """Keep what is on record at a place, with the last movement of each unit. Four statements."""
    _hold_pieces(place_id)
    execute(
        "INSERT INTO stocktake (document_id, movement_id, units) "
        "SELECT :document_id, (SELECT coalesce(max(id), 0) FROM movement), 0",
        document_id=document_id,
    )
    units = execute(
        """
        INSERT INTO stocktake_unit (document_id, unit_id, movement_id)
        SELECT :document_id, u.id, (SELECT max(m.id) FROM movement m WHERE m.unit_id = u.id)
        FROM unit u WHERE u.place_id = :place_id
        """,
        document_id=document_id,
        place_id=place_id,
    )
    execute("UPDATE stocktake SET units = :units WHERE document_id = :id", units=units, id=document_id)
    execute(
        """
        INSERT INTO stocktake_piece (document_id, product_id, quantity)
        SELECT :document_id, product_id, sum(quantity) FROM balance
        WHERE place_id = :place_id AND quantity > 0 GROUP BY product_id
        """,
        document_id=document_id,
        place_id=place_id,
    )


def forget_record(document_id: int) -> None:
    """Forget what was noted for a count that is cancelled."""
    for table in ("stocktake_difference", "stocktake_unit", "stocktake_piece", "stocktake"):
        execute(f"DELETE FROM {table} WHERE document_id = :document_id", document_id=document_id)


def record_of(document: Document, verdict: Take) -> dict[str, Any]:
    """Return what a counted scan keeps of the record of this moment."""
    if verdict.serial is None:
        place_id = document.location.place_id
        _hold_pieces(place_id, verdict.product_id)
        row = select(
            """
            SELECT (SELECT coalesce(sum(quantity), 0) FROM balance
                    WHERE place_id = :place_id AND product_id = :product_id) AS quantity,
                   (SELECT coalesce(max(id), 0) FROM movement) AS movement_id
            """,
            place_id=place_id,
            product_id=verdict.product_id,
        )[0]
        return {
            "counted": True,
            "seen_movement_id": int(row["movement_id"]),
            "seen_quantity": int(row["quantity"]),
        }
    seen = None
    if verdict.unit_id is not None:
        rows = select("SELECT max(id) AS id FROM movement WHERE unit_id = :id", id=verdict.unit_id)
        seen = rows[0]["id"]
    return {"counted": True, "seen_movement_id": seen}


def _hold_pieces(place_id: int, product_id: int | None = None) -> None:
    """Wait for what is being posted of the pieces at a place: its movements are numbered before the count's.

    SQLite has one writer at a time.
    """
    if is_postgres():
        select(
            "SELECT id FROM balance WHERE place_id = :place_id "
            "AND (CAST(:product_id AS BIGINT) IS NULL OR product_id = :product_id) ORDER BY id FOR SHARE",
            place_id=place_id,
            product_id=product_id,
        )
