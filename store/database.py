"""Opening a store by its URL: SQLite by default, PostgreSQL when terminals share one."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from peewee import Database, PostgresqlDatabase, SqliteDatabase

from store.domain.errors import StoreError
from store.domain.language import _
from store.models.base import proxy

BUSY_SECONDS = 10
"""How long SQLite waits for another writer before it gives up."""

SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    # An acknowledged scan is on disk: NORMAL would lose the last commits at a power cut.
    "synchronous": "full",
    "foreign_keys": 1,
    "temp_store": "memory",
    # KiB. Scans, searches and closings in a store of 1,000,000 units are no quicker with 16 MB, by which the
    # memory of every session would grow during the first day.
    "cache_size": -2_000,
}

POSTGRES_OPTIONS: dict[str, Any] = {
    "application_name": "sztuka",
    "connect_timeout": 5,
    # A pulled cable is noticed within seconds instead of the kernel's two hours.
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    # Our queries are done before they would be compiled: compiling took longer than reading what is out.
    "options": "-c timezone=UTC -c jit=off",
}


def is_postgres(url: str) -> bool:
    """Tell whether `url` names a PostgreSQL store."""
    return urlsplit(url).scheme in {"postgresql", "postgres"}


def sqlite_path(url: str) -> Path:
    """Return the file of an SQLite store, given as `sqlite:///FILE` or as a plain path.

    Raises StoreError for a URL of any other kind.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return Path(unquote(parts.path.removeprefix("/") if parts.path.startswith("//") else parts.path))
    if "://" in url:
        raise StoreError(
            _("{scheme}: not a kind of store; use a file, sqlite:///FILE or postgresql://HOST/NAME").format(
                scheme=parts.scheme
            )
        )
    return Path(url).expanduser()


def open_database(url: str) -> Database:
    """Return the database that `url` names and bind all models to it. Nothing is connected yet.

    `url` is a path, `sqlite:///FILE`, or a `postgresql://` URL with everything that libpq knows, several
    hosts included. One process has one store open at a time. Raises StoreError when the URL names no store,
    or its folder cannot be made.
    """
    database: Database
    if is_postgres(url):
        # psycopg2 takes both spellings, peewee knows one.
        url = f"postgresql:{url.partition(':')[2]}"
        database = PostgresqlDatabase(url, autoconnect=False, **POSTGRES_OPTIONS)
    else:
        path = sqlite_path(url)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                _("{file}: cannot be made: {why}").format(file=path.parent, why=error.strerror)
            ) from error
        database = SqliteDatabase(str(path), pragmas=SQLITE_PRAGMAS, autoconnect=False, timeout=BUSY_SECONDS)
        # SQLite's own knows ASCII letters only, and would not find 'łódź' by 'ŁÓDŹ'.
        database.register_function(str.lower, "lower", 1, deterministic=True)
    proxy.initialize(database)
    return database
