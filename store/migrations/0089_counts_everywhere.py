"""The list of stocktakes is that of all locations, the newest first."""

from store.migrations.dialect import create


def up(_migrator, db):
    create(db, "CREATE INDEX document_counts ON document (status, id) WHERE type = 'stocktake'")
