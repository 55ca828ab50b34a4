"""Until when a supplier's units may stay with us, and every change of that day."""

from store.migrations.dialect import create, forbid, is_sqlite

THEIRS = "('held', 'borrowed', 'rented', 'service', 'scrapped')"
KEPT = "a change of the day on which a unit is due back is never changed or deleted"


def up(_migrator, db):
    create(
        db,
        # A delivery whose units stay the supplier's says it once, for all of them.
        """CREATE TABLE deposit (
            document_id BIGINT NOT NULL PRIMARY KEY REFERENCES document (id),
            due DATE NOT NULL
        )""",
        "ALTER TABLE unit ADD COLUMN due_back DATE",
        # What a supplier has with us, the earliest day first and what has none last, is read in pages.
        "CREATE INDEX unit_theirs ON unit (owner_id, coalesce(due_back, '9999-12-31'), id) "
        f"WHERE terms IN {THEIRS}",
        f"CREATE INDEX unit_due_back ON unit (due_back, owner_id) WHERE due_back IS NOT NULL "
        f"AND terms IN {THEIRS}",
        """CREATE TABLE due_back_change (
            id {id},
            unit_id BIGINT NOT NULL REFERENCES unit (id),
            old_due DATE,
            new_due DATE,
            document_id BIGINT REFERENCES document (id),
            reason TEXT NOT NULL,
            operator_id BIGINT NOT NULL REFERENCES operator (id),
            operator_name TEXT NOT NULL,
            recorded_at {timestamp} NOT NULL,
            token TEXT NOT NULL,
            CHECK (old_due IS NOT NULL OR new_due IS NOT NULL),
            CHECK (document_id IS NOT NULL OR reason <> ''),
            UNIQUE (unit_id, token)
        )""",
        "CREATE INDEX due_back_change_unit ON due_back_change (unit_id, id)",
        "CREATE INDEX due_back_change_token ON due_back_change (token)",
    )
    forbid(db, "due_back_change", message=KEPT)
    if is_sqlite(db):
        create(
            db,
            "CREATE TRIGGER due_back_change_no_replace BEFORE INSERT ON due_back_change "
            "WHEN EXISTS (SELECT 1 FROM due_back_change WHERE id = new.id OR "
            f"(unit_id = new.unit_id AND token = new.token)) BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
        )
