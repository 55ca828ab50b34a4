"""Rules of deposits: the day on which a unit is due back against the changes that made it."""

from store.check.rule import Rule
from store.domain.findings import FindingCode

DEPOSIT_RULES: tuple[Rule, ...] = (
    Rule(
        code=FindingCode.DUE_BACK,
        query="""
            SELECT u.id AS unit_id, u.serial, CAST(u.due_back AS TEXT) AS due,
                   CAST(c.new_due AS TEXT) AS changed
            FROM unit u LEFT JOIN due_back_change c
                 ON c.id = (SELECT max(x.id) FROM due_back_change x WHERE x.unit_id = u.id)
            WHERE (u.due_back IS NULL) <> (c.new_due IS NULL) OR u.due_back <> c.new_due""",
    ),
    Rule(
        code=FindingCode.DUE_BACK_CHAIN,
        query="""
            SELECT c.unit_id, c.id AS change_id FROM due_back_change c
            LEFT JOIN due_back_change b ON b.id = (
                SELECT max(x.id) FROM due_back_change x WHERE x.unit_id = c.unit_id AND x.id < c.id)
            WHERE (c.old_due IS NULL) <> (b.new_due IS NULL) OR c.old_due <> b.new_due""",
    ),
    Rule(
        code=FindingCode.DEPOSIT,
        query="""
            SELECT x.document_id FROM deposit x JOIN document d ON d.id = x.document_id
            WHERE d.type <> 'delivery' OR NOT d.units_of_supplier""",
    ),
)
