"""Any part of a number is found by index: FTS5 trigrams on SQLite, a GIN index of trigrams on PostgreSQL.

The GIN index stands on a function of our own, because pg_trgm is not installed everywhere and the array
operators that it needs are part of every PostgreSQL.
"""

from store.migrations.dialect import create, is_sqlite

SEARCHED = {"unit": "serial_key", "identifier": "key"}


def up(_migrator, db):
    if is_sqlite(db):
        for table, column in SEARCHED.items():
            values = f"new.id, new.{column}"
            gone = (
                f"INSERT INTO {table}_search ({table}_search, rowid, {column}) "
                f"VALUES ('delete', old.id, old.{column});"
            )
            added = f"INSERT INTO {table}_search (rowid, {column}) VALUES ({values});"
            create(
                db,
                f"CREATE VIRTUAL TABLE {table}_search USING fts5 "
                f"({column}, content = '{table}', content_rowid = 'id', tokenize = 'trigram')",
                f"CREATE TRIGGER {table}_search_insert AFTER INSERT ON {table} BEGIN {added} END",
                f"CREATE TRIGGER {table}_search_delete AFTER DELETE ON {table} BEGIN {gone} END",
                f"CREATE TRIGGER {table}_search_update AFTER UPDATE OF {column} ON {table} "
                f"BEGIN {gone} {added} END",
            )
        return
    create(
        db,
        "CREATE FUNCTION sztuka_trigrams(number text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
        "$$ SELECT coalesce(array_agg(DISTINCT substr(number, i, 3)), '{}'::text[]) "
        "FROM generate_series(1, length(number) - 2) AS i $$",
        *(
            f"CREATE INDEX {table}_search ON {table} USING gin (sztuka_trigrams({column}))"
            for table, column in SEARCHED.items()
        ),
    )
