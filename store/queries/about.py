"""What the store itself is."""

from typing import NamedTuple

from store.models.sql import is_postgres, select


class StoreFacts(NamedTuple):
    """The database behind the store, as people name it."""

    engine: str
    """'SQLite 3.45.1', 'PostgreSQL 15.4'."""
    name: str
    """The file, or the name of the database. Never a password."""


def facts() -> StoreFacts:
    """Return what the open store is."""
    if is_postgres():
        row = select("SELECT current_setting('server_version') AS version, current_database() AS name")[0]
        return StoreFacts(f"PostgreSQL {row['version'].split()[0]}", row["name"])
    version = select("SELECT sqlite_version() AS version")[0]["version"]
    main = next(row for row in select("PRAGMA database_list") if row["name"] == "main")
    return StoreFacts(f"SQLite {version}", main["file"])
