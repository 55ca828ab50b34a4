"""Letters are kept by their names, and a reminder knows the letter that was sent."""

from store.migrations.dialect import create, is_sqlite

MESSAGE = "a reminder that was sent keeps the letter to its customer"
NOT_KEPT = """new.state = 'done' AND NOT EXISTS (
    SELECT 1 FROM paper p WHERE p.id = new.paper_id AND p.party_id = new.party_id AND p.kind = 'letter')"""


def up(_migrator, db):
    create(
        db,
        "ALTER TABLE paper ADD COLUMN name TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX paper_nobody ON paper (kind, id) WHERE document_id IS NULL AND party_id IS NULL",
        "ALTER TABLE reminder ADD COLUMN paper_id BIGINT REFERENCES paper (id)",
        "CREATE UNIQUE INDEX reminder_paper ON reminder (paper_id) WHERE paper_id IS NOT NULL",
    )
    if is_sqlite(db):
        create(
            db,
            *(
                f"CREATE TRIGGER reminder_paper_{deed.lower()} BEFORE {deed} ON reminder WHEN {NOT_KEPT} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
                for deed in ("INSERT", "UPDATE")
            ),
        )
        return
    create(
        db,
        "CREATE FUNCTION reminder_paper_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {NOT_KEPT} THEN RAISE EXCEPTION '{MESSAGE}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN new; END $$",
        "CREATE TRIGGER reminder_paper_kept BEFORE INSERT OR UPDATE ON reminder "
        "FOR EACH ROW EXECUTE FUNCTION reminder_paper_guard()",
    )
