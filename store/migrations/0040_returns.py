"""What a return scans: why a sold unit comes back, and under which rental pieces without serials were out.

A unit has no rental of its own on a scan: nobody but its holder can give it back, and that is one loan.
"""

from store.migrations.dialect import create, is_sqlite

WRONG = (
    "(new.back_as IS NOT NULL AND new.unit_id IS NULL) OR (new.loan_id IS NOT NULL AND ("
    "new.serial_key IS NOT NULL OR NOT EXISTS "
    "(SELECT 1 FROM loan l WHERE l.id = new.loan_id AND l.product_id = new.product_id)))"
)
MESSAGE = "a scan comes back as nothing that its piece can come back as"


def up(_migrator, db):
    create(
        db,
        "CREATE INDEX draft_scan_loan ON draft_scan (loan_id) WHERE loan_id IS NOT NULL",
        # A return of thousands asks for each of its movements which loan that closed.
        "DROP INDEX loan_returned",
        "CREATE INDEX loan_returned ON loan (returned_document_id, returned_movement_id) "
        "WHERE returned_document_id IS NOT NULL",
    )
    if is_sqlite(db):
        create(
            db,
            *(
                f"CREATE TRIGGER draft_scan_back_{deed.lower()} BEFORE {deed} ON draft_scan WHEN {WRONG} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
                for deed in ("INSERT", "UPDATE")
            ),
        )
        return
    create(
        db,
        "CREATE FUNCTION draft_scan_back() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {WRONG} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; RETURN new; END $$",
        "CREATE TRIGGER draft_scan_back BEFORE INSERT OR UPDATE ON draft_scan FOR EACH ROW "
        "WHEN (new.back_as IS NOT NULL OR new.loan_id IS NOT NULL) EXECUTE FUNCTION draft_scan_back()",
    )
