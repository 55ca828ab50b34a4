"""The service that follows one is found by an index that holds the few that follow any, and nothing else."""

from store.migrations.dialect import create, is_sqlite


def up(_migrator, db):
    if not is_sqlite(db):
        # SQLite keeps the index of the column's own constraint: it cannot be taken away without the table.
        create(db, "ALTER TABLE validity DROP CONSTRAINT validity_renewed_id_key")
    create(db, "CREATE UNIQUE INDEX validity_renewed ON validity (renewed_id) WHERE renewed_id IS NOT NULL")
