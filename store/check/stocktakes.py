"""Rules of stocktakes: what they found against what they moved, and what counts against what does not."""

from store.check.rule import Rule
from store.domain.findings import FindingCode
from store.domain.stocktake import OF_UNITS

_UNITS = ", ".join(f"'{kind}'" for kind in sorted(OF_UNITS))

_DIFFERS = """(SELECT coalesce(sum(x.quantity), 0) FROM stocktake_difference x
    WHERE x.document_id = d.id AND x.product_id = n.product_id AND x.kind IN ('less', 'more'))"""
# Summed up once: only what differed moved, and that is little of what was counted.
_PIECES_MOVED = """SELECT c.document_id, m.product_id, sum(m.quantity) AS moved
    FROM stocktake c JOIN movement m ON m.document_id = c.document_id
    WHERE m.unit_id IS NULL GROUP BY c.document_id, m.product_id"""

STOCKTAKE_RULES: tuple[Rule, ...] = (
    Rule(
        code=FindingCode.STOCKTAKE,
        query="""
            SELECT d.id AS document_id FROM document d LEFT JOIN stocktake c ON c.document_id = d.id
            WHERE (d.type = 'stocktake' AND d.status <> 'cancelled') <> (c.document_id IS NOT NULL)""",
    ),
    Rule(
        code=FindingCode.COUNTED,
        query="""
            SELECT s.document_id, s.id AS scan_id FROM draft_scan s JOIN document d ON d.id = s.document_id
            WHERE s.counted <> (d.type = 'stocktake')""",
    ),
    Rule(
        code=FindingCode.COUNT_MOVED,
        query=f"""
            SELECT x.document_id, x.serial, x.kind FROM stocktake_difference x
            JOIN document d ON d.id = x.document_id
            WHERE d.status = 'posted' AND x.kind IN ({_UNITS}) AND NOT EXISTS (
                SELECT 1 FROM movement m WHERE m.document_id = x.document_id AND m.unit_id = x.unit_id)""",
    ),
    Rule(
        code=FindingCode.MOVED_UNCOUNTED,
        query=f"""
            SELECT m.document_id, m.id AS movement_id, m.unit_id
            FROM movement m JOIN document d ON d.id = m.document_id
            WHERE d.type = 'stocktake' AND m.unit_id IS NOT NULL AND m.carrier_id IS NULL AND NOT EXISTS (
                SELECT 1 FROM stocktake_difference x WHERE x.document_id = m.document_id
                AND x.product_id = m.product_id AND x.unit_id = m.unit_id AND x.kind IN ({_UNITS}))""",
    ),
    Rule(
        code=FindingCode.COUNT_PIECES,
        query=f"""
            SELECT d.id AS document_id, n.position, {_DIFFERS} AS differs, coalesce(t.moved, 0) AS moved
            FROM document d JOIN document_line n ON n.document_id = d.id
                 LEFT JOIN ({_PIECES_MOVED}) AS t ON t.document_id = d.id AND t.product_id = n.product_id
            WHERE d.type = 'stocktake' AND d.status = 'posted' AND {_DIFFERS} <> coalesce(t.moved, 0)""",
        quantities=("differs", "moved"),
    ),
    Rule(
        code=FindingCode.COUNT_REASON,
        query="""
            SELECT x.document_id, x.id AS difference_id FROM stocktake_difference x
            JOIN document d ON d.id = x.document_id
            WHERE d.status = 'posted' AND x.reason = '' AND x.kind NOT IN ('away', 'packed')""",
    ),
)
