"""Rules of master data: every place is somebody's, and one party is our own company."""

from store.check.rule import Rule
from store.domain.findings import FindingCode

MASTER_RULES: tuple[Rule, ...] = (
    Rule(
        code=FindingCode.PLACE,
        query="""
            SELECT c.id AS place_id FROM place c
            LEFT JOIN party p ON p.place_id = c.id LEFT JOIN location l ON l.place_id = c.id
            WHERE (p.id IS NULL) = (l.id IS NULL) OR (c.kind = 'party') <> (p.id IS NOT NULL)""",
    ),
    Rule(
        code=FindingCode.OWN_COMPANY,
        query="""
            SELECT own.count FROM (SELECT count(*) AS count FROM party WHERE is_own) AS own
            WHERE own.count <> 1 AND EXISTS (SELECT 1 FROM party)""",
    ),
)
