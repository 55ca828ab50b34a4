"""Files of units: each is the one that was added, and belongs to a unit."""

from collections.abc import Iterator
from hashlib import sha256

from store.check.rule import Rule
from store.domain.findings import Finding, FindingCode
from store.models.sql import select, stream

ATTACHMENT_RULES: tuple[Rule, ...] = (
    Rule(
        code=FindingCode.ATTACHMENT_UNUSED,
        query="""
            SELECT f.sha256 FROM attached_file f
            WHERE NOT EXISTS (SELECT 1 FROM attachment a WHERE a.file_id = f.id)""",
    ),
)


def check_attachments() -> Iterator[Finding]:
    """Yield the files whose content is not the one that was added; one of them is held at a time."""
    for row in stream("SELECT id, sha256, size FROM attached_file"):
        found = bytes(select("SELECT content FROM attached_file WHERE id = :id", id=row["id"])[0]["content"])
        if sha256(found).hexdigest() != row["sha256"] or len(found) != row["size"]:
            yield Finding(code=FindingCode.ATTACHMENT_FILE, data={"sha256": row["sha256"]})
