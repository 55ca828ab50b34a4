"""SQL with named parameters, for what reads better as SQL than as a chain of calls."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from peewee import Database

from store.models.base import proxy

_NAME = re.compile(r"(?<!:):([a-z_]+)")


class Statement(NamedTuple):
    """A statement in the database's own spelling, and its values in order."""

    text: str
    values: tuple[Any, ...]


def prepare(database: Database, text: str, values: dict[str, Any]) -> Statement:
    """Replace each `:name` in `text` by the database's placeholder and line the values up.

    Raises KeyError for a name without a value.
    """
    names: list[str] = []

    def placeholder(match: re.Match[str]) -> str:
        names.append(match.group(1))
        return str(database.param)

    escaped = text.replace("%", "%%") if database.param == "%s" else text
    return Statement(_NAME.sub(placeholder, escaped), tuple(values[name] for name in names))


def select(statement: str, /, **values: Any) -> list[dict[str, Any]]:
    """Run a SELECT (or anything with RETURNING) and return its rows by column name."""
    database = proxy.obj
    text, bound = prepare(database, statement, values)
    cursor = database.execute_sql(text, bound)
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


_prepared: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
"""The statements that each connection to PostgreSQL has prepared, with the names that they have there."""


def select_often(statement: str, types: Mapping[str, str], /, **values: Any) -> list[dict[str, Any]]:
    """Do what `select` does for a statement of every scan: PostgreSQL plans it once for a connection.

    To plan a query with many branches takes it ten times as long as to run it; SQLite keeps what it planned.
    `types` are the values' types in PostgreSQL, by name.
    """
    if not is_postgres():
        return select(statement, **values)
    database = proxy.obj
    known = _prepared.setdefault(database.connection(), {})
    name = known.get(statement)
    if name is None:
        name = f"sztuka_{len(known)}"
        numbers = {each: f"${number}" for number, each in enumerate(types, start=1)}
        text = _NAME.sub(lambda match: numbers[match.group(1)], statement)
        database.execute_sql(f"PREPARE {name} ({', '.join(types.values())}) AS {text}", None)
        # It stays prepared when this transaction is rolled back.
        known[statement] = name
    given = {each: values[each] for each in types}
    return select(f"EXECUTE {name} ({', '.join(f':{each}' for each in types)})", **given)


BATCH = 2_000
"""Rows that PostgreSQL sends at a time when they are streamed."""


def stream(statement: str, /, **values: Any) -> Iterator[dict[str, Any]]:
    """Run a SELECT and yield its rows by column name, holding a few of them at a time.

    Only inside a transaction; other statements may run meanwhile.
    """
    database = proxy.obj
    text, bound = prepare(database, statement, values)
    if is_postgres():
        # peewee says BEGIN by itself, so psycopg2 knows of no transaction and takes only a cursor with hold.
        cursor = database.connection().cursor(name="sztuka_stream", scrollable=False, withhold=True)
        cursor.itersize = BATCH
        cursor.execute(text, bound)
    else:
        cursor = database.execute_sql(text, bound)
    columns: list[str] = []
    with closing(cursor):
        for row in cursor:
            # A cursor of PostgreSQL's knows its columns only when the first rows are there.
            columns = columns or [column[0] for column in cursor.description]
            yield dict(zip(columns, row, strict=True))


def execute(statement: str, /, **values: Any) -> int:
    """Run a statement and return the number of rows it touched."""
    database = proxy.obj
    text, bound = prepare(database, statement, values)
    return int(database.execute_sql(text, bound).rowcount)


def is_postgres() -> bool:
    """Tell whether the open store is PostgreSQL."""
    return bool(proxy.obj.param == "%s")
