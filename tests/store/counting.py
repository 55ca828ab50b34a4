"""Counts what reaches the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from peewee import Database


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Collect the statements that reach the database; BEGIN and COMMIT are none.

    Nor is what PostgreSQL plans once for a connection and all that is asked by it later.
    """
    seen: list[tuple[str, Any]] = []
    real = database.execute_sql

    def execute_sql(sql: str, params: Any = None, *rest: Any) -> Any:
        if not sql.startswith("PREPARE "):
            seen.append((sql, params))
        return real(sql, params, *rest)

    database.execute_sql = execute_sql
    try:
        yield seen
    finally:
        del database.execute_sql


def asked(database: Database, deed: Callable[[], object]) -> int:
    """Return how many statements `deed` takes."""
    with statements(database) as seen:
        deed()
    return len(seen)
