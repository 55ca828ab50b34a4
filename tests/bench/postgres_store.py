"""The company with 1,000,000 units on PostgreSQL: a copy of the SQLite one, row by row.

Living through the company's years there takes a quarter of an hour (a minute for 50,000 units), because every
movement of a unit is an entry in each of its indexes. The rows are the same wherever they were written, so
they are copied instead, without triggers, and the indexes are built over them in one go.
"""

import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg2

from store.database import open_database
from store.migrate import migrate
from tests.bench import big_store
from tests.kept import digest
from tests.store.servers import Server, programs, running_server

NAME = "big"
AT_ONCE = 20_000
"""Rows in one COPY: what is in memory at a time."""
HISTORY = "migratehistory"


@contextmanager
def big_server(kept: Callable[[], Path] = big_store.kept) -> Iterator[Server]:
    """Run a durable server whose database `NAME` has the rows of the SQLite store `kept`, to be written to.

    It is loaded once and kept for later runs; what is written to it is gone afterwards.
    """
    folder = Path(tempfile.mkdtemp(prefix="sztuka-bench-"))
    try:
        subprocess.run(["cp", "-a", "--reflink=auto", f"{_kept(kept())}/.", str(folder)], check=True)
        with running_server(folder, durable=True, is_there=True) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _kept(source: Path) -> Path:
    kept = source.with_name(f"{source.stem}-{_version()}-{digest(Path(__file__))}")
    if not kept.exists():
        for old in big_store.CACHE.glob(f"{source.stem.rpartition('-')[0]}-*-pg*"):
            shutil.rmtree(old)
        folder = Path(tempfile.mkdtemp(prefix="sztuka-load-"))
        try:
            with running_server(folder) as server:
                server.execute(f"CREATE DATABASE {NAME}")
                load(source, server.url(NAME))
                server.execute("CHECKPOINT")
                server.stop(is_kept=True)
                unfinished = kept.with_name(f"unfinished-{folder.name}")
                subprocess.run(["cp", "-a", str(folder), str(unfinished)], check=True)
                unfinished.rename(kept)
                server.start()
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return kept


def _version() -> str:
    shown = subprocess.run([programs() / "initdb", "--version"], check=True, capture_output=True, text=True)
    return f"pg{shown.stdout.split()[2].split('.')[0]}"


def load(source: Path, url: str) -> None:
    """Copy all rows of the SQLite store `source` into the empty database at `url`."""
    database = open_database(url)
    with database.connection_context():
        migrate(database)
    with closing(sqlite3.connect(source)) as lite, closing(psycopg2.connect(url)) as connection:
        with connection, connection.cursor() as cursor:
            # Neither triggers nor foreign keys ask about rows that stood before them already.
            cursor.execute("SET session_replication_role = replica; SET maintenance_work_mem = '256MB'")
            tables = _tables(cursor)
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
            indexes = _drop_indexes(cursor)
            for table, columns in tables.items():
                _copy(lite, cursor, table, columns)
            for statement in indexes:
                cursor.execute(statement)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _tables(cursor: Any) -> dict[str, dict[str, str]]:
    """Return the tables with their columns and the types of these."""
    cursor.execute(
        "SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c "
        "JOIN information_schema.tables t ON t.table_name = c.table_name AND t.table_schema = c.table_schema "
        "WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' "
        "AND c.table_name <> %s ORDER BY c.table_name, c.ordinal_position",
        (HISTORY,),
    )
    tables: dict[str, dict[str, str]] = {}
    for table, column, type_ in cursor.fetchall():
        tables.setdefault(table, {})[column] = type_
    return tables


def _drop_indexes(cursor: Any) -> list[str]:
    """Drop the indexes that hold no constraint, and return the statements that make them again."""
    cursor.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = 'public' AND NOT EXISTS "
        "(SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)"
    )
    found = cursor.fetchall()
    for name, _statement in found:
        cursor.execute(f"DROP INDEX {name}")
    return [statement for _name, statement in found]


def _copy(lite: sqlite3.Connection, cursor: Any, table: str, columns: dict[str, str]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    rows = lite.execute(f'SELECT {names} FROM "{table}" ORDER BY 1')
    while chunk := list(islice(rows, AT_ONCE)):
        cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', _Lines(chunk))
    if "id" in columns:
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM " + table, (table,))


class _Lines:
    """The rows as the text that COPY reads."""

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        self._text = "".join("\t".join(map(_cell, row)) + "\n" for row in rows).encode()
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, as a file does."""
        end = len(self._text) if size < 0 else self._at + size
        part = self._text[self._at : end]
        self._at += len(part)
        return part


def _cell(value: Any) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, bytes):
        return rf"\\x{value.hex()}"
    if isinstance(value, str):
        return value.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
    return str(value)
