"""Rules of kept papers: each PDF is what its hash says, and stands for what was posted."""

import hashlib
from collections.abc import Iterator

from store.check.rule import Rule
from store.domain.findings import Finding, FindingCode
from store.models.sql import stream

PAPER_RULES: tuple[Rule, ...] = (
    Rule(
        code=FindingCode.PAPER_NOT_POSTED,
        query="""
            SELECT p.id AS paper_id, p.number, coalesce(d.status, '-') AS status
            FROM paper p JOIN document d ON d.id = p.document_id
            WHERE d.status <> 'posted' OR d.number <> p.number
            UNION ALL
            SELECT p.id, p.number, d.state FROM paper p JOIN deal d ON d.id = p.deal_id
            WHERE d.state = 'draft' OR d.number <> p.number""",
    ),
    Rule(
        code=FindingCode.PAPER_UNIT,
        query="""
            SELECT p.id AS paper_id, u.unit_id
            FROM paper_unit u JOIN paper p ON p.id = u.paper_id
            WHERE p.document_id IS NOT NULL AND p.kind <> 'letter' AND NOT EXISTS (
                SELECT 1 FROM movement m WHERE m.unit_id = u.unit_id AND m.document_id = p.document_id)""",
    ),
    Rule(
        code=FindingCode.PAPER_UNUSED,
        query="""
            SELECT f.sha256 FROM paper_file f
            WHERE NOT EXISTS (SELECT 1 FROM paper p WHERE p.sha256 = f.sha256)""",
    ),
)


def check_files_of_papers() -> Iterator[Finding]:
    """Yield the kept PDFs that are not what was printed; one is held at a time."""
    for row in stream("SELECT sha256, size, content FROM paper_file"):
        content = bytes(row["content"])
        if hashlib.sha256(content).hexdigest() != row["sha256"] or len(content) != row["size"]:
            yield Finding(code=FindingCode.PAPER_FILE, data={"sha256": row["sha256"]})
