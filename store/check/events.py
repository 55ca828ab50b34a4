"""Rules of events: each is of its unit, held by somebody who had it, and settled when it says so."""

from store.check.rule import Rule
from store.domain.findings import FindingCode

EVENT_RULES: tuple[Rule, ...] = (
    Rule(
        code=FindingCode.EVENT_UNIT,
        query="""
            SELECT e.unit_id, e.id AS event_id FROM event e
            JOIN unit u ON u.id = e.unit_id LEFT JOIN event c ON c.id = e.corrects_id
            WHERE e.product_id <> u.product_id OR c.unit_id <> e.unit_id""",
    ),
    Rule(
        code=FindingCode.EVENT_HOLDER,
        query="""
            SELECT e.unit_id, e.id AS event_id, e.holder_id FROM event e
            WHERE NOT EXISTS (
                SELECT 1 FROM movement m LEFT JOIN party q ON q.place_id = m.to_place_id
                WHERE m.unit_id = e.unit_id AND (m.to_terms <> 'service' OR m.from_terms IS NULL)
                      AND coalesce(q.id, m.to_owner_id) = e.holder_id)""",
    ),
    Rule(
        code=FindingCode.EVENT_STATUS,
        query="""
            SELECT e.unit_id, e.id AS event_id FROM event e
            WHERE (coalesce(e.status, '') = 'closed') <> (e.closed_at IS NOT NULL)
                  OR e.effective_at > e.recorded_at
                  OR (coalesce(e.status, '') = 'open'
                      AND EXISTS (SELECT 1 FROM event c WHERE c.corrects_id = e.id))""",
    ),
    Rule(
        code=FindingCode.COST,
        query="""
            SELECT c.id AS cost_id FROM cost c LEFT JOIN event e ON e.id = c.event_id
            LEFT JOIN task t ON t.id = c.task_id LEFT JOIN cost x ON x.id = c.corrects_id
            WHERE coalesce(c.unit_id, 0) <> coalesce(e.unit_id, t.unit_id, 0)
                  OR c.holder_id <> e.holder_id OR c.amount <> -x.amount OR c.currency <> x.currency""",
    ),
)
