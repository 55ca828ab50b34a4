"""Rules of loans: what is lent against the movements that lent it and brought it back."""

from store.check.rule import Rule
from store.domain.findings import FindingCode

_LENT = "(SELECT coalesce(sum(x.quantity), 0) FROM loan x WHERE x.movement_id = m.id)"
_RETURNED = (
    "(SELECT coalesce(sum(x.quantity), 0) FROM loan x WHERE x.returned_document_id = m.document_id "
    "AND x.returned_movement_id = m.id)"
)
_LAST = "(SELECT max(x.id) FROM loan_extension x WHERE x.loan_id = l.id)"

_LIES = (
    "(SELECT coalesce(sum(x.quantity), 0) FROM balance x WHERE x.product_id = b.product_id "
    "AND x.place_id = b.place_id AND x.terms = 'rented')"
)
_OPEN_PIECES = (
    "(SELECT coalesce(sum(x.quantity), 0) FROM loan x JOIN party p ON p.id = x.party_id "
    "WHERE x.product_id = b.product_id AND p.place_id = b.place_id AND x.unit_id IS NULL "
    "AND x.returned_at IS NULL)"
)

# What is lent and in service for a while stays lent.
# What is bought out while it is lent changes its owner and stays lent: that neither lends nor brings back.
LOAN_RULES: tuple[Rule, ...] = (
    Rule(
        code=FindingCode.RENTAL,
        query="""
            SELECT d.id AS document_id FROM document d LEFT JOIN rental r ON r.document_id = d.id
            WHERE (d.type = 'rental') <> (r.id IS NOT NULL)""",
    ),
    Rule(
        code=FindingCode.LOAN_LENT,
        query=f"""
            SELECT m.document_id, m.id AS movement_id, m.quantity AS moved, {_LENT} AS lent
            FROM movement m
            WHERE m.to_terms = 'rented' AND coalesce(m.from_terms, '') NOT IN ('rented', 'service')
                  AND {_LENT} <> m.quantity""",
        quantities=("moved", "lent"),
    ),
    Rule(
        code=FindingCode.LOAN_RETURNED,
        query=f"""
            SELECT m.document_id, m.id AS movement_id, m.quantity AS moved, {_RETURNED} AS closed
            FROM movement m
            WHERE m.from_terms = 'rented' AND m.to_terms NOT IN ('rented', 'service')
                  AND {_RETURNED} <> m.quantity""",
        quantities=("moved", "closed"),
    ),
    Rule(
        code=FindingCode.LOAN_FACTS,
        query="""
            SELECT l.id AS loan_id, l.document_id FROM loan l
            LEFT JOIN movement m ON m.id = l.movement_id LEFT JOIN party p ON p.id = l.party_id
            LEFT JOIN movement b ON b.id = l.returned_movement_id
            LEFT JOIN document x ON x.id = m.document_id
            WHERE m.to_terms <> 'rented'
                  OR (m.document_id <> l.document_id AND x.type <> 'replacement')
                  OR m.product_id <> l.product_id
                  OR coalesce(m.unit_id, 0) <> coalesce(l.unit_id, 0) OR m.to_place_id <> p.place_id
                  OR m.effective_at <> l.since
                  OR b.from_terms NOT IN ('rented', 'service') OR b.document_id <> l.returned_document_id
                  OR b.product_id <> l.product_id
                  OR (b.id IS NOT NULL AND coalesce(b.unit_id, 0) <> coalesce(l.unit_id, 0))
                  OR (b.from_terms = 'rented' AND b.from_place_id <> p.place_id)
                  OR b.effective_at <> l.returned_at""",
    ),
    Rule(
        code=FindingCode.LOAN_OPEN,
        query="""
            SELECT u.id AS unit_id, u.serial, u.terms FROM unit u
            LEFT JOIN loan l ON l.unit_id = u.id AND l.returned_at IS NULL
            LEFT JOIN party p ON p.id = l.party_id
            LEFT JOIN repair r ON r.unit_id = u.id AND r.ended_at IS NULL AND r.back_terms = 'rented'
            WHERE (u.terms = 'rented' OR r.id IS NOT NULL) <> (l.id IS NOT NULL)
                  OR p.place_id <> coalesce(r.back_place_id, u.place_id)""",
    ),
    # Pieces that came back apart from the rest were extended with it, before it was two loans.
    Rule(
        code=FindingCode.LOAN_DAY,
        query=f"""
            SELECT l.id AS loan_id, l.document_id FROM loan l
            LEFT JOIN rental r ON r.document_id = l.document_id LEFT JOIN loan_extension e ON e.id = {_LAST}
            WHERE (CASE WHEN e.id IS NULL
                  THEN coalesce(l.due <> r.due, (l.due IS NULL) <> (r.due IS NULL))
                       OR coalesce(l.ask_again <> r.ask_again, (l.ask_again IS NULL) <> (r.ask_again IS NULL))
                  ELSE coalesce(l.due <> e.new_due, (l.due IS NULL) <> (e.new_due IS NULL))
                       OR coalesce(l.ask_again <> e.new_ask_again,
                                   (l.ask_again IS NULL) <> (e.new_ask_again IS NULL)) END)
            AND NOT (e.id IS NULL AND l.returned_at IS NOT NULL AND EXISTS (
                SELECT 1 FROM loan s JOIN loan_extension x ON x.loan_id = s.id
                WHERE s.movement_id = l.movement_id AND s.id < l.id
                      AND coalesce(x.new_due, x.new_ask_again) = coalesce(l.due, l.ask_again)))""",
    ),
    Rule(
        code=FindingCode.LOAN_PIECES,
        query=f"""
            SELECT b.product_id, b.place_id, {_LIES} AS there, {_OPEN_PIECES} AS lent
            FROM balance b WHERE b.terms = 'rented' AND {_LIES} <> {_OPEN_PIECES}""",
        quantities=("there", "lent"),
    ),
    Rule(
        code=FindingCode.BACK_AS,
        query="""
            SELECT s.document_id, s.id AS scan_id FROM draft_scan s JOIN document d ON d.id = s.document_id
            LEFT JOIN movement m ON m.document_id = s.document_id AND m.unit_id = s.unit_id
            LEFT JOIN loan l ON l.id = s.loan_id
            WHERE s.state <> 'removed' AND (
                (d.type <> 'return'
                 AND (s.back_as IS NOT NULL OR s.loan_id IS NOT NULL OR s.giver_id IS NOT NULL))
                OR (d.type = 'return'
                    AND (s.serial_key IS NULL) <> (s.loan_id IS NOT NULL OR s.giver_id IS NOT NULL))
                OR (s.loan_id IS NOT NULL AND s.giver_id IS NOT NULL)
                OR (s.giver_id IS NULL) <> (s.giver_terms IS NULL)
                OR (s.giver_id IS NOT NULL AND (s.giver_terms = 'sold') <> (s.back_as IS NOT NULL))
                OR l.product_id <> s.product_id
                OR (d.type = 'return' AND (m.from_terms = 'sold') <> (s.back_as IS NOT NULL))
                OR (s.back_as IS NOT NULL AND (m.to_terms = 'stock') <> (s.back_as = 'withdrawal')))""",
    ),
    Rule(
        code=FindingCode.BACK_PIECES,
        query="""
            SELECT t.document_id, t.giver_id AS party_id, t.scanned, t.moved FROM (
                SELECT s.document_id, s.giver_id, sum(s.quantity) AS scanned, (
                    SELECT coalesce(sum(m.quantity), 0) FROM movement m
                    WHERE m.document_id = s.document_id AND m.line_id = s.line_id AND m.unit_id IS NULL
                          AND m.from_place_id = p.place_id AND m.from_terms = s.giver_terms) AS moved
                FROM draft_scan s JOIN party p ON p.id = s.giver_id
                WHERE s.giver_id IS NOT NULL AND s.state = 'posted'
                GROUP BY s.document_id, s.line_id, s.giver_id, p.place_id, s.giver_terms) AS t
            WHERE t.scanned <> t.moved""",
        quantities=("scanned", "moved"),
    ),
)
