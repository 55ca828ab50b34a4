"""Guards, tokens and an index that the first stores lacked."""

from store.migrations.dialect import create, is_sqlite


def up(_migrator, db):
    if is_sqlite(db):
        # REPLACE takes the old row away without asking the triggers that forbid deleting.
        create(
            db,
            *(
                f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = new.id) "
                f"BEGIN SELECT RAISE(ABORT, '{name} is never changed or deleted'); END"
                for table, name in (("movement", "a movement"), ("condition_change", "a change of condition"))
            ),
        )
    # A command that is run again after a lost answer is recognised by these, as a scan is by its own.
    for table, column in (("document", "open_token"), ("draft_scan", "removed_token")):
        create(
            db,
            f"ALTER TABLE {table} ADD COLUMN {column} TEXT",
            f"CREATE UNIQUE INDEX {table}_{column} ON {table} ({column}) WHERE {column} IS NOT NULL",
        )
    # What open documents take is asked with every piece that is counted; they are few among all.
    create(db, "CREATE INDEX document_open ON document (location_id, type) WHERE status = 'open'")
