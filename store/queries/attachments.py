"""The files of units."""

from store.domain.attachments import Attachment
from store.models.moments import from_store
from store.models.sql import select

PAGE = 30


def attachments(unit_id: int, *, before_id: int | None = None, limit: int = PAGE) -> list[Attachment]:
    """Return the files of a unit without their contents, newest first: at most `limit` before an id."""
    rows = select(
        """SELECT a.id, a.unit_id, a.name, f.size, f.sha256, a.operator_name, a.added_at
        FROM attachment a JOIN attached_file f ON f.id = a.file_id
        WHERE a.unit_id = :unit_id AND a.id < :before_id ORDER BY a.id DESC LIMIT :limit""",
        unit_id=unit_id,
        before_id=2**62 if before_id is None else before_id,
        limit=limit,
    )
    return [
        Attachment(
            id=row["id"],
            unit_id=row["unit_id"],
            name=row["name"],
            size=row["size"],
            sha256=row["sha256"],
            operator=row["operator_name"],
            added_at=from_store(row["added_at"]),
        )
        for row in rows
    ]


def content(attachment_id: int) -> bytes:
    """Return the content of a file. Raises LookupError when there is no such attachment."""
    rows = select(
        "SELECT f.content FROM attachment a JOIN attached_file f ON f.id = a.file_id WHERE a.id = :id",
        id=attachment_id,
    )
    if not rows:
        raise LookupError(attachment_id)
    return bytes(rows[0]["content"])
