"""Rules of documents: what was scanned against what moved, and the counts beside them."""

from store.check.rule import Rule
from store.domain.findings import FindingCode
from store.domain.kinds import KINDS
from store.domain.transitions import TRANSITIONS, Side, Transition

_PLACES = {
    Side.HERE: "m.{end}_place_id = l.place_id",
    Side.TARGET: "m.{end}_place_id = t.place_id",
    Side.PARTY: "m.{end}_place_id = p.place_id",
    Side.HOLDER: "EXISTS (SELECT 1 FROM place h WHERE h.id = m.{end}_place_id AND h.kind = 'party')",
    Side.ANYWHERE: "m.{end}_place_id IS NOT NULL",
    Side.UNCHANGED: "m.to_place_id = m.from_place_id",
    Side.NOWHERE: "m.{end}_place_id IS NULL",
}
_OWNERS = {
    Side.ANYONE: "1 = 1",
    Side.US: "{end}_owner.is_own",
    Side.OTHERS: "NOT {end}_owner.is_own",
    Side.PARTY: "m.{end}_owner_id = d.party_id",
    Side.UNCHANGED: "m.to_owner_id = m.from_owner_id",
}


def _allowed(row: Transition) -> str:
    """Return the condition that a movement `m` of a document `d` is the one that `row` describes."""
    conditions = (
        f"d.type = '{row.document}'",
        f"coalesce(m.from_terms, '') = '{row.from_terms or ''}'",
        f"m.to_terms = '{row.to_terms}'",
        "d.units_of_supplier" if row.of_supplier else "NOT d.units_of_supplier",
        _PLACES[row.from_place].format(end="from"),
        _PLACES[row.to_place].format(end="to"),
        _OWNERS[row.from_owner].format(end="from"),
        _OWNERS[row.to_owner].format(end="to"),
    )
    return f"({' AND '.join(conditions)})"


_WITH_TARGET = ", ".join(f"'{type_}'" for type_, kind in KINDS.items() if kind.has_target)

# By the line alone: through its document each of thousands of lines would read what belongs to all of them.
_SCANS = (
    "(SELECT coalesce(sum(s.quantity), 0) FROM draft_scan s "
    "WHERE s.line_id = n.id AND s.state <> 'removed' AND {which} s.rejected)"
)
_MOVED = (
    "(SELECT coalesce(sum(m.quantity), 0) FROM movement m WHERE m.line_id = n.id AND m.carrier_id IS NULL "
    "AND (m.unit_id IS NOT NULL OR d.type <> 'on_site'))"
)

DOCUMENT_RULES: tuple[Rule, ...] = (
    # Outer joins keep SQLite from beginning with the parties, and going through the ledger once for each.
    Rule(
        code=FindingCode.TRANSITION,
        query=f"""
            SELECT m.document_id, m.id AS movement_id, coalesce(m.from_terms, '-') AS from_terms, m.to_terms
            FROM movement m LEFT JOIN document d ON d.id = m.document_id
                 LEFT JOIN location l ON l.id = d.location_id LEFT JOIN party p ON p.id = d.party_id
                 LEFT JOIN location t ON t.id = d.target_id
                 LEFT JOIN party from_owner ON from_owner.id = m.from_owner_id
                 LEFT JOIN party to_owner ON to_owner.id = m.to_owner_id
            WHERE NOT ({" OR ".join(_allowed(row) for row in TRANSITIONS)})""",
    ),
    Rule(
        code=FindingCode.TARGET,
        query=f"""
            SELECT d.id AS document_id FROM document d
            WHERE (d.target_id IS NOT NULL) <> (d.type IN ({_WITH_TARGET})) OR d.target_id = d.location_id""",
    ),
    Rule(
        code=FindingCode.MOVEMENT_PRODUCT,
        query="""
            SELECT m.document_id, m.id AS movement_id
            FROM movement m JOIN product r ON r.id = m.product_id
                 LEFT JOIN document_line n ON n.id = m.line_id LEFT JOIN unit u ON u.id = m.unit_id
            WHERE CASE WHEN m.unit_id IS NULL THEN r.tracking = 'serial'
                       ELSE r.tracking <> 'serial' AND NOT EXISTS (
                           SELECT 1 FROM movement b JOIN document x ON x.id = b.document_id
                           WHERE b.unit_id = m.unit_id AND b.from_terms IS NULL AND x.type = 'on_site') END
                  OR u.product_id <> m.product_id
                  OR (m.carrier_id IS NULL AND n.product_id <> m.product_id)
                  OR n.document_id <> m.document_id""",
    ),
    Rule(
        code=FindingCode.NOT_POSTED,
        query="""
            SELECT d.id AS document_id, d.status, m.id AS movement_id
            FROM movement m JOIN document d ON d.id = m.document_id WHERE d.status <> 'posted'""",
    ),
    Rule(
        code=FindingCode.MOMENT,
        query="""
            SELECT d.id AS document_id, m.id AS movement_id
            FROM movement m JOIN document d ON d.id = m.document_id
            WHERE m.recorded_at <> d.posted_at OR m.effective_at <> d.effective_at""",
    ),
    Rule(
        code=FindingCode.SCAN_NOT_MOVED,
        query="""
            SELECT s.document_id, s.id AS scan_id, s.serial FROM draft_scan s
            WHERE s.state = 'posted' AND NOT s.rejected AND NOT s.counted AND s.serial_key IS NOT NULL
                  AND NOT EXISTS (
                SELECT 1 FROM movement m WHERE m.unit_id = s.unit_id AND m.document_id = s.document_id)""",
    ),
    Rule(
        code=FindingCode.MOVED_NOT_SCANNED,
        query="""
            SELECT m.document_id, m.id AS movement_id, m.unit_id
            FROM movement m JOIN unit u ON u.id = m.unit_id JOIN document d ON d.id = m.document_id
            WHERE d.type <> 'stocktake' AND m.carrier_id IS NULL AND NOT EXISTS (
                SELECT 1 FROM draft_scan s WHERE s.document_id = m.document_id AND s.product_id = u.product_id
                AND s.serial_key = u.serial_key AND s.state <> 'removed' AND s.unit_id = m.unit_id)""",
    ),
    Rule(
        code=FindingCode.LINE_MOVED,
        query=f"""
            SELECT n.document_id, n.position, n.scanned, {_MOVED} AS moved
            FROM document_line n JOIN document d ON d.id = n.document_id
            WHERE d.status = 'posted' AND d.type <> 'stocktake' AND n.scanned <> {_MOVED}""",
        quantities=("scanned", "moved"),
    ),
    Rule(
        code=FindingCode.LINE_COUNT,
        query=f"""
            SELECT n.document_id, n.position, n.scanned, n.rejected,
                   {_SCANS.format(which="NOT")} AS scans, {_SCANS.format(which="")} AS rejects
            FROM document_line n
            WHERE n.scanned <> {_SCANS.format(which="NOT")} OR n.rejected <> {_SCANS.format(which="")}""",
        quantities=("scanned", "rejected", "scans", "rejects"),
    ),
    Rule(
        code=FindingCode.ANNOUNCED,
        query="""
            SELECT n.document_id, n.position, n.announced,
                   (SELECT count(*) FROM expected_serial e WHERE e.line_id = n.id) AS serials
            FROM document_line n
            WHERE n.announced <> (SELECT count(*) FROM expected_serial e WHERE e.line_id = n.id)""",
    ),
    Rule(
        code=FindingCode.SCAN_STATE,
        query="""
            SELECT d.id AS document_id, d.status, s.id AS scan_id, s.state
            FROM draft_scan s JOIN document d ON d.id = s.document_id
            WHERE (s.state = 'draft' AND d.status <> 'open')
                  OR (s.state = 'posted' AND d.status <> 'posted')""",
    ),
    Rule(
        code=FindingCode.SCAN_LINE,
        query="""
            SELECT s.document_id, s.id AS scan_id
            FROM draft_scan s JOIN document_line n ON n.id = s.line_id LEFT JOIN unit u ON u.id = s.unit_id
            WHERE n.document_id <> s.document_id OR n.product_id <> s.product_id
                  OR u.product_id <> s.product_id OR u.serial_key <> s.serial_key""",
    ),
    Rule(
        code=FindingCode.SCAN_TWICE,
        query="""
            SELECT document_id, serial_key AS serial, count(*) AS count FROM draft_scan
            WHERE state <> 'removed' AND serial_key IS NOT NULL
            GROUP BY document_id, product_id, serial_key HAVING count(*) > 1""",
    ),
)
