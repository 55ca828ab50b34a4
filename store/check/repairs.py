"""Rules of service: what is here for repair against its movements, and parts against what they are in."""

from store.check.rule import Rule
from store.domain.findings import FindingCode

REPAIR_RULES: tuple[Rule, ...] = (
    # What a count did not find is lost, and in service again when it is found.
    Rule(
        code=FindingCode.REPAIR_OPEN,
        query="""
            SELECT u.id AS unit_id, u.serial, u.terms FROM unit u
            LEFT JOIN repair r ON r.unit_id = u.id AND r.ended_at IS NULL
            WHERE (u.terms = 'service' AND r.id IS NULL)
                  OR (r.id IS NOT NULL AND u.terms NOT IN ('service', 'scrapped'))""",
    ),
    # It came by the one movement and went by the other, to where and to what it was before.
    Rule(
        code=FindingCode.REPAIR_FACTS,
        query="""
            SELECT r.unit_id, r.id AS repair_id FROM repair r
            LEFT JOIN movement m ON m.id = r.movement_id LEFT JOIN movement b ON b.id = r.ended_movement_id
            LEFT JOIN event e ON e.id = r.event_id
            WHERE m.unit_id <> r.unit_id OR m.document_id <> r.document_id OR m.to_terms <> 'service'
                  OR m.from_terms = 'service' OR m.effective_at <> r.since
                  OR (m.from_terms IN ('sold', 'rented', 'consigned')
                      AND (m.from_terms <> r.back_terms OR m.from_place_id <> r.back_place_id))
                  OR b.unit_id <> r.unit_id OR b.document_id <> r.ended_document_id
                  OR b.from_terms <> 'service' OR b.to_terms = 'service' OR b.effective_at <> r.ended_at
                  OR (r.settlement <> 'replaced'
                      AND (b.to_terms <> r.back_terms OR b.to_place_id <> r.back_place_id
                           OR b.to_owner_id <> b.from_owner_id))
                  OR e.unit_id <> r.unit_id""",
    ),
    Rule(
        code=FindingCode.PART,
        query="""
            SELECT u.id AS unit_id, u.serial, c.id AS carrier_id
            FROM unit_link k JOIN unit u ON u.id = k.unit_id JOIN unit c ON c.id = k.other_id
            WHERE k.kind = 'installed' AND k.ended_at IS NULL
                  AND (coalesce(u.place_id, 0) <> coalesce(c.place_id, 0) OR u.owner_id <> c.owner_id
                       OR u.terms <> c.terms)""",
    ),
    Rule(
        code=FindingCode.CARRIED,
        query="""
            SELECT m.unit_id, m.id AS movement_id, m.carrier_id FROM movement m
            WHERE m.carrier_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM movement c WHERE c.unit_id = m.carrier_id AND c.document_id = m.document_id
                AND coalesce(c.to_place_id, 0) = coalesce(m.to_place_id, 0)
                AND c.to_owner_id = m.to_owner_id AND c.to_terms = m.to_terms)""",
    ),
)
