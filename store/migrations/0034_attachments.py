"""Photos and signed papers that belong to units, kept whole and for good."""

from store.migrations.dialect import create, forbid, is_sqlite


def up(_migrator, db):
    create(
        db,
        """CREATE TABLE attached_file (
            id {id},
            sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
            size BIGINT NOT NULL CHECK (size > 0),
            content {blob} NOT NULL
        )""",
        """CREATE TABLE attachment (
            id {id},
            unit_id BIGINT NOT NULL REFERENCES unit (id),
            file_id BIGINT NOT NULL REFERENCES attached_file (id),
            name TEXT NOT NULL CHECK (name <> ''),
            operator_id BIGINT NOT NULL REFERENCES operator (id),
            operator_name TEXT NOT NULL,
            terminal_name TEXT NOT NULL,
            added_at {timestamp} NOT NULL,
            UNIQUE (unit_id, file_id)
        )""",
    )
    for table, name in (("attached_file", "an attached file"), ("attachment", "an attachment")):
        forbid(db, table, message=f"{name} is never changed or deleted")
        if is_sqlite(db):
            create(
                db,
                f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = new.id) "
                f"BEGIN SELECT RAISE(ABORT, '{name} is never changed or deleted'); END",
            )
