"""Rules of reminders: one that is done is an event of each of its units, another one of none; its letter."""

from store.check.rule import Rule
from store.domain.findings import FindingCode

REMINDER_RULES: tuple[Rule, ...] = (
    Rule(
        code=FindingCode.REMINDER,
        query="""
            SELECT * FROM (
                SELECT r.id AS reminder_id, r.state, r.units, coalesce(e.events, 0) AS events
                FROM reminder r LEFT JOIN (
                    SELECT substr(token, 1, length(token) - length(CAST(unit_id AS TEXT)) - 1) AS token,
                           count(*) AS events
                    FROM event WHERE kind_code = 'reminder' GROUP BY 1) e ON e.token = r.token) AS counted
            WHERE events <> CASE WHEN state = 'done' THEN units ELSE 0 END""",
    ),
    Rule(
        code=FindingCode.REMINDER_LETTER,
        query="""
            SELECT r.id AS reminder_id, p.id AS paper_id
            FROM reminder r JOIN paper p ON p.id = r.paper_id
            WHERE p.kind <> 'letter' OR p.party_id IS NULL OR p.party_id <> r.party_id""",
    ),
)
