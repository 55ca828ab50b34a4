"""Rules of invoices: what their lines say they did against the documents that did it, each counted once."""

from store.check.rule import Rule
from store.domain.findings import FindingCode

_MOVED = """(SELECT coalesce(sum(CASE WHEN d.type = 'invoice' THEN l.scanned ELSE -l.scanned END), 0)
    FROM invoice_document x JOIN document d ON d.id = x.document_id JOIN document_line l ON l.document_id =
    d.id WHERE x.invoice_id = i.id AND d.type IN ('invoice', 'correction'))"""
_SAID = """(SELECT coalesce(sum(n.placed - n.returned), 0) FROM invoice_line n WHERE n.invoice_id = i.id)"""
_FILLED = """((SELECT coalesce(sum(f.quantity), 0) FROM pending_fill f WHERE f.document_line_id = n.id)
    + (SELECT coalesce(sum(m.quantity), 0) FROM movement m WHERE m.line_id = n.id AND m.unit_id IS NULL))"""
# A purchase may be delivered later than its invoice says; an issue counts for what it moves.
_THERE = """CASE WHEN d.status = 'cancelled' THEN 0
    WHEN d.status = 'posted' AND d.type <> 'delivery' THEN l.scanned
    WHEN coalesce(l.expected, 0) > l.scanned THEN l.expected ELSE l.scanned END"""

INVOICE_RULES: tuple[Rule, ...] = (
    Rule(
        code=FindingCode.INVOICE_MOVED,
        query=f"""
            SELECT i.id AS invoice_id, i.number, {_SAID} AS said, {_MOVED} AS moved FROM invoice i
            WHERE CASE WHEN i.state = 'imported' THEN {_SAID} ELSE 0 END <> {_MOVED}""",
        quantities=("said", "moved"),
    ),
    Rule(
        code=FindingCode.INVOICE_COVER,
        query=f"""
            SELECT c.document_line_id AS line_id, sum(c.quantity) AS covered, max({_THERE}) AS there
            FROM invoice_cover c JOIN invoice_line n ON n.id = c.invoice_line_id
                 JOIN invoice i ON i.id = n.invoice_id JOIN document_line l ON l.id = c.document_line_id
                 JOIN document d ON d.id = l.document_id
            WHERE d.status <> 'cancelled' OR d.type = 'issue'
            GROUP BY c.document_line_id, i.family HAVING sum(c.quantity) > max({_THERE})""",
        quantities=("covered", "there"),
    ),
    Rule(
        code=FindingCode.INVOICE_LINES,
        query="""
            SELECT i.id AS invoice_id, i.number, i.line_count AS said,
                   (SELECT count(*) FROM invoice_line n WHERE n.invoice_id = i.id) AS lines FROM invoice i
            WHERE i.line_count <> (SELECT count(*) FROM invoice_line n WHERE n.invoice_id = i.id)
                  OR NOT EXISTS (SELECT 1 FROM invoice_file f WHERE f.invoice_id = i.id)""",
    ),
    Rule(
        code=FindingCode.PENDING_TRACKING,
        query="""
            SELECT s.id AS pending_id, p.name AS product FROM pending_serial s
            JOIN product p ON p.id = s.product_id WHERE p.tracking <> 'serial'""",
    ),
    Rule(
        code=FindingCode.PENDING_FILLED,
        query="""
            SELECT s.id AS pending_id, s.filled, coalesce(sum(f.quantity), 0) AS scanned
            FROM pending_serial s LEFT JOIN pending_fill f ON f.pending_id = s.id
            GROUP BY s.id, s.filled HAVING s.filled <> coalesce(sum(f.quantity), 0)""",
        quantities=("filled", "scanned"),
    ),
    # A reversed correction drops nothing, but of what the reversal of its sale has taken away as well.
    Rule(
        code=FindingCode.PENDING_DROPPED,
        query="""
            SELECT s.id AS pending_id, s.dropped, coalesce(sum(d.quantity), 0) AS said
            FROM pending_serial s LEFT JOIN pending_drop d ON d.pending_id = s.id
            GROUP BY s.id, s.dropped HAVING s.dropped <> coalesce(sum(d.quantity), 0)
            UNION ALL
            SELECT s.id, s.dropped, s.dropped - sum(d.quantity)
            FROM pending_drop d JOIN pending_serial s ON s.id = d.pending_id
                 JOIN invoice i ON i.id = d.invoice_id
            WHERE i.state <> 'imported' AND NOT s.released
            GROUP BY s.id, s.dropped, i.id HAVING sum(d.quantity) <> 0""",
        quantities=("dropped", "said"),
    ),
    # On site nothing is born but in the place of pieces that waited, or that were followed by quantity.
    Rule(
        code=FindingCode.FILLED_BY,
        query=f"""
            SELECT n.document_id, n.position, n.scanned, {_FILLED} AS filled
            FROM document_line n JOIN document d ON d.id = n.document_id
            WHERE d.status = 'posted' AND d.type = 'on_site' AND n.scanned <> {_FILLED}
            UNION ALL
            SELECT n.document_id, n.position, n.scanned, sum(f.quantity)
            FROM pending_fill f JOIN document_line n ON n.id = f.document_line_id
                 JOIN document d ON d.id = n.document_id JOIN pending_serial s ON s.id = f.pending_id
            GROUP BY n.id, n.document_id, n.position, n.scanned, n.product_id, d.party_id, d.status
            HAVING sum(f.quantity) > n.scanned OR d.status <> 'posted' OR min(s.party_id) <> d.party_id
                   OR max(s.party_id) <> d.party_id OR min(s.product_id) <> n.product_id
                   OR max(s.product_id) <> n.product_id""",
        quantities=("scanned", "filled"),
    ),
)
