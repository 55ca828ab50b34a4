"""Parts of numbers by index on PostgreSQL, the newest units first, however many units have a part.

A part that half of all numbers have is read as quickly as a rare one: every entry of the index says of which
32,768 units, by their ids, it speaks, so that a search goes from the newest of these back and stops when its
page is full. Beside three signs there are four, which tell numbers with many zeros apart. SQLite reads its
index of trigrams in the order of the ids already.
"""

from store.migrations.dialect import create, is_sqlite

STEP_BITS = 15
NUMBERS = (("unit", "id", "serial_key"), ("identifier", "unit_id", "key"))


def up(_migrator, db):
    if is_sqlite(db):
        return
    create(
        db,
        "CREATE FUNCTION sztuka_parts(unit_id bigint, number text) RETURNS text[] "
        "LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
        f"$$ SELECT coalesce(array_agg((unit_id >> {STEP_BITS}) || ':' || substr(number, i, n)), '{{}}') "
        "FROM generate_series(3, 4) AS n, generate_series(1, length(number) - n + 1) AS i $$",
        # What of a part is looked up: its four signs side by side, the last four once more.
        "CREATE FUNCTION sztuka_part(step bigint, part text) RETURNS text[] "
        "LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
        "$$ SELECT array_agg(step || ':' || substr(part, greatest(least(i, length(part) - 3), 1), 4)) "
        "FROM generate_series(1, length(part), 4) AS i $$",
        *(f"DROP INDEX {table}_search" for table, _unit, _column in NUMBERS),
        "DROP FUNCTION sztuka_trigrams(text)",
        *(
            f"CREATE INDEX {table}_parts ON {table} USING gin (sztuka_parts({unit}, {column}))"
            for table, unit, column in NUMBERS
        ),
    )
