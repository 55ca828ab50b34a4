"""Rules of deals: what their lines say against the documents that deliver them, each counted once."""

from store.check.rule import Rule
from store.domain.findings import FindingCode

_PARTS = """(SELECT coalesce(sum(CASE WHEN {when} THEN {what} ELSE 0 END), 0)
    FROM deal_part x LEFT JOIN document_line l ON l.id = x.document_line_id
         LEFT JOIN document d ON d.id = l.document_id
         LEFT JOIN pending_serial s ON s.id = x.pending_serial_id
    WHERE x.deal_line_id = n.id)"""
_BILLED = "(SELECT coalesce(sum(b.quantity), 0) FROM deal_billed b WHERE b.deal_line_id = n.id)"
_REALLY = _PARTS.format(
    when="d.id IS NULL OR d.status = 'posted'",
    what="CASE WHEN d.id IS NULL THEN s.quantity ELSE l.scanned END",
)
_REALLY = f"({_REALLY} + {_BILLED})"
_OPEN = _PARTS.format(when="d.status = 'open'", what="l.expected")
_STATE = """(SELECT CASE WHEN sum(n.quantity - n.delivered - n.dropped) > 0
         THEN CASE WHEN sum(n.delivered) > 0 THEN 'partly' ELSE 'open' END
         WHEN sum(n.delivered) > 0 THEN 'done' ELSE 'cancelled' END
    FROM deal_line n WHERE n.deal_id = d.id)"""

DEAL_RULES: tuple[Rule, ...] = (
    Rule(
        code=FindingCode.DEAL_LINE,
        query=f"""
            SELECT (SELECT number FROM deal WHERE id = n.deal_id) AS number, n.position,
                   n.delivered, n.planned, {_REALLY} AS really, {_OPEN} AS open
            FROM deal_line n WHERE n.delivered <> {_REALLY} OR n.planned <> {_OPEN}""",
        quantities=("delivered", "planned", "really", "open"),
    ),
    Rule(
        code=FindingCode.DEAL_STATE,
        query=f"""
            SELECT d.number, d.state, {_STATE} AS really FROM deal d
            WHERE d.finalised_at IS NOT NULL AND d.state <> {_STATE}""",
    ),
    Rule(
        code=FindingCode.DEAL_PART,
        query="""
            SELECT d.number, x.id AS part_id
            FROM deal_part x JOIN deal_line n ON n.id = x.deal_line_id JOIN deal d ON d.id = n.deal_id
                 LEFT JOIN document_line l ON l.id = x.document_line_id
                 LEFT JOIN document o ON o.id = l.document_id
                 LEFT JOIN deal_document y ON y.document_id = l.document_id
                 LEFT JOIN pending_serial s ON s.id = x.pending_serial_id
            WHERE coalesce(l.product_id, s.product_id) <> n.product_id
                  OR coalesce(o.party_id, s.party_id) <> d.party_id
                  OR (l.id IS NOT NULL AND coalesce(y.deal_id, 0) <> d.id)
                  OR (s.id IS NOT NULL AND coalesce(s.deal_line_id, 0) <> n.id)""",
    ),
    Rule(
        code=FindingCode.DEAL_COVER,
        query="""
            SELECT (SELECT number FROM deal WHERE id = n.deal_id) AS number, n.position,
                   sum(c.quantity) AS covered, max(n.quantity - n.dropped) AS there
            FROM deal_cover c JOIN deal_line n ON n.id = c.deal_line_id
                 JOIN invoice_line v ON v.id = c.invoice_line_id JOIN invoice i ON i.id = v.invoice_id
            GROUP BY n.deal_id, n.id, n.position, i.family
            HAVING sum(c.quantity) > max(n.quantity - n.dropped)""",
        quantities=("covered", "there"),
    ),
)
