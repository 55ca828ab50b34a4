"""Where customers are written to, in which language, and who was reminded when."""

from store.migrations.dialect import create, is_sqlite


def up(_migrator, db):
    create(
        db,
        "ALTER TABLE party ADD COLUMN email TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE party ADD COLUMN language TEXT CHECK (language IN ('pl', 'en'))",
        """CREATE TABLE reminder (
            id {id},
            party_id BIGINT NOT NULL REFERENCES party (id),
            party_name TEXT NOT NULL,
            day DATE NOT NULL,
            channel TEXT NOT NULL CHECK (channel IN ('email', 'paper')),
            address TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('begun', 'done', 'failed')),
            reason TEXT NOT NULL,
            units INTEGER NOT NULL CHECK (units >= 0),
            operator_id BIGINT NOT NULL REFERENCES operator (id),
            operator_name TEXT NOT NULL,
            recorded_at {timestamp} NOT NULL,
            token TEXT NOT NULL UNIQUE,
            CHECK ((state = 'failed') = (reason <> '')),
            CHECK ((channel = 'paper') = (address = '')),
            UNIQUE (party_id, day)
        )""",
        "CREATE INDEX reminder_day ON reminder (day)",
    )
    _guard_reminders(db)


def _guard_reminders(db):
    """Keep what was sent: a reminder is never deleted, and one that is done never changed."""
    gone, done = "a reminder is never deleted", "a reminder that is done is never changed"
    if is_sqlite(db):
        create(
            db,
            f"CREATE TRIGGER reminder_no_delete BEFORE DELETE ON reminder "
            f"BEGIN SELECT RAISE(ABORT, '{gone}'); END",
            "CREATE TRIGGER reminder_no_change BEFORE UPDATE ON reminder WHEN old.state = 'done' "
            f"BEGIN SELECT RAISE(ABORT, '{done}'); END",
            "CREATE TRIGGER reminder_no_replace BEFORE INSERT ON reminder "
            "WHEN EXISTS (SELECT 1 FROM reminder WHERE id = new.id) "
            f"BEGIN SELECT RAISE(ABORT, '{gone}'); END",
        )
        return
    create(
        db,
        "CREATE FUNCTION reminder_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'UPDATE' THEN RAISE EXCEPTION '{gone}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"IF old.state = 'done' THEN RAISE EXCEPTION '{done}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN new; END $$",
        "CREATE TRIGGER reminder_kept BEFORE UPDATE OR DELETE ON reminder "
        "FOR EACH ROW EXECUTE FUNCTION reminder_guard()",
        "CREATE TRIGGER reminder_no_truncate BEFORE TRUNCATE ON reminder "
        "FOR EACH STATEMENT EXECUTE FUNCTION reminder_guard()",
    )
