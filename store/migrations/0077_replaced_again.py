"""A unit that was replaced is ours, is sold again, and may be replaced again; so may one that replaced it."""

from store.migrations.dialect import create


def up(_migrator, db):
    create(
        db,
        "DROP INDEX unit_link_replaced",
        "DROP INDEX unit_link_replacing",
        # One replacement is told of once.
        "CREATE UNIQUE INDEX unit_link_replaced ON unit_link (event_id) WHERE kind = 'replaced'",
    )
