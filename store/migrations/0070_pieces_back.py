"""Pieces without serials that come back from consignment or from a sale: from whom, and on which terms there.

What was lent is under a loan, which says both.
"""

from store.migrations.dialect import create, is_sqlite

WRONG = (
    "(new.giver_id IS NULL) <> (new.giver_terms IS NULL) "
    "OR (new.giver_id IS NOT NULL AND (new.serial_key IS NOT NULL OR new.loan_id IS NOT NULL "
    "OR (new.giver_terms = 'sold') <> (new.back_as IS NOT NULL) OR coalesce(new.back_as, '') = 'service')) "
    "OR (new.back_as IS NOT NULL AND new.unit_id IS NULL AND new.giver_id IS NULL) "
    "OR (new.loan_id IS NOT NULL AND (new.serial_key IS NOT NULL OR NOT EXISTS "
    "(SELECT 1 FROM loan l WHERE l.id = new.loan_id AND l.product_id = new.product_id)))"
)
MESSAGE = "a scan comes back as nothing that its piece can come back as"


def up(_migrator, db):
    create(
        db,
        "ALTER TABLE draft_scan ADD COLUMN giver_id BIGINT REFERENCES party (id)",
        "ALTER TABLE draft_scan ADD COLUMN giver_terms TEXT CHECK (giver_terms IN ('consigned', 'sold'))",
        "CREATE INDEX draft_scan_giver ON draft_scan (giver_id, product_id) WHERE giver_id IS NOT NULL",
    )
    if is_sqlite(db):
        for deed in ("INSERT", "UPDATE"):
            name = f"draft_scan_back_{deed.lower()}"
            create(
                db,
                f"DROP TRIGGER {name}",
                f"CREATE TRIGGER {name} BEFORE {deed} ON draft_scan WHEN {WRONG} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
            )
        return
    create(
        db,
        "CREATE OR REPLACE FUNCTION draft_scan_back() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {WRONG} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; RETURN new; END $$",
        "DROP TRIGGER draft_scan_back ON draft_scan",
        "CREATE TRIGGER draft_scan_back BEFORE INSERT OR UPDATE ON draft_scan FOR EACH ROW "
        "WHEN (new.back_as IS NOT NULL OR new.loan_id IS NOT NULL OR new.giver_id IS NOT NULL "
        "OR new.giver_terms IS NOT NULL) EXECUTE FUNCTION draft_scan_back()",
    )
