"""The documents that a unit went by."""

from store.domain.terms import DocumentType
from store.domain.units import UnitPaper
from store.models.moments import from_store
from store.models.sql import select


def papers(unit_id: int, *, before_id: int | None = None, limit: int = 30) -> list[UnitPaper]:
    """Return the posted documents with movements of a unit, newest first: at most `limit` before an id."""
    rows = select(
        """
        SELECT d.id, d.type, d.number, d.reference, d.posted_at, q.name AS party_name
        FROM document d JOIN party q ON q.id = d.party_id
        WHERE d.id IN (SELECT document_id FROM movement WHERE unit_id = :unit_id) AND d.id < :before_id
        ORDER BY d.id DESC LIMIT :limit
        """,
        unit_id=unit_id,
        before_id=2**62 if before_id is None else before_id,
        limit=limit,
    )
    return [
        UnitPaper(
            document_id=row["id"],
            type=DocumentType(row["type"]),
            number=row["number"],
            reference=row["reference"],
            party_name=row["party_name"],
            posted_at=from_store(row["posted_at"]),
        )
        for row in rows
    ]
