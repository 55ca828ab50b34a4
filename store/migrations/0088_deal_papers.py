"""The papers of a deal are kept with it, once it is final."""

from store.migrations.dialect import create, is_sqlite

MESSAGE = "a deal that is still being made has no papers"
DRAFT = "EXISTS (SELECT 1 FROM deal d WHERE d.id = new.deal_id AND d.state = 'draft')"


def up(_migrator, db):
    create(
        db,
        "ALTER TABLE paper ADD COLUMN deal_id BIGINT REFERENCES deal (id)",
        "CREATE INDEX paper_deal ON paper (deal_id, id) WHERE deal_id IS NOT NULL",
    )
    if is_sqlite(db):
        create(
            db,
            f"CREATE TRIGGER paper_of_draft BEFORE INSERT ON paper WHEN {DRAFT} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
        )
        return
    create(
        db,
        "CREATE FUNCTION paper_of_draft() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {DRAFT} THEN RAISE EXCEPTION '{MESSAGE}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN new; END $$",
        "CREATE TRIGGER paper_of_draft BEFORE INSERT ON paper FOR EACH ROW EXECUTE FUNCTION paper_of_draft()",
    )
