"""A line of a deal never says less than invoices count of it: the rest is theirs again before that."""

from store.migrations.dialect import create, is_sqlite

SAYS = "a line of a deal never says less than invoices count of it"
LESS = (
    "EXISTS (SELECT 1 FROM deal_cover c JOIN invoice_line v ON v.id = c.invoice_line_id "
    "JOIN invoice i ON i.id = v.invoice_id WHERE c.deal_line_id = new.id "
    "GROUP BY i.family HAVING sum(c.quantity) > new.quantity - new.dropped)"
)


def up(_migrator, db):
    if is_sqlite(db):
        create(
            db,
            "CREATE TRIGGER deal_line_covered BEFORE UPDATE OF quantity, dropped ON deal_line "
            f"WHEN {LESS} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
        )
        return
    create(
        db,
        "CREATE FUNCTION deal_line_covered_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {LESS} THEN "
        f"RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN new; END $$",
        "CREATE TRIGGER deal_line_covered BEFORE UPDATE OF quantity, dropped ON deal_line "
        "FOR EACH ROW EXECUTE FUNCTION deal_line_covered_guard()",
    )
