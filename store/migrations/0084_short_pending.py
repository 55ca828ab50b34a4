"""What waits to be put into the index of number parts stays short on PostgreSQL.

A search reads all that waits in each of its steps. By default that is up to 4 MB after many units have moved.
"""

from store.migrations.dialect import create, is_sqlite


def up(_migrator, db):
    if is_sqlite(db):
        return
    for index in ("unit_parts", "identifier_parts"):
        create(
            db,
            f"ALTER INDEX {index} SET (gin_pending_list_limit = 64)",
            f"SELECT gin_clean_pending_list('{index}')",
        )
