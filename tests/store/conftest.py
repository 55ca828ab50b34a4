"""The same store tests run on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from store.database import open_database
from store.migrate import migrate
from tests.store.company import Company, found_company
from tests.store.servers import Server

_names = count()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite store to be copied."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    database = open_database(str(path))
    with database.connection_context():
        migrate(database)
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def migrated_template(postgres: Server) -> str:
    """A migrated, empty PostgreSQL database to be copied."""
    postgres.execute("CREATE DATABASE sztuka_template")
    database = open_database(postgres.url("sztuka_template"))
    with database.connection_context():
        migrate(database)
    return "sztuka_template"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a store that nothing was done to yet, on each database."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    server: Server = request.getfixturevalue("postgres")
    name = f"empty_{next(_names)}"
    server.execute(f"CREATE DATABASE {name}")
    return server.url(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated, empty store, on each database."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """The URL of a migrated, empty SQLite store."""
    target = tmp_path / "store.db"
    shutil.copy(migrated_file, target)
    return str(target)


@pytest.fixture
def postgresql_url(postgres: Server, migrated_template: str) -> str:
    """The URL of a migrated, empty PostgreSQL store."""
    name = f"store_{next(_names)}"
    postgres.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_template}")
    return postgres.url(name)


@pytest.fixture
def company(store_url: str) -> Iterator[Company]:
    """A small company in an open store, on each database."""
    with opened_company(store_url) as company:
        yield company


@pytest.fixture
def sqlite_company(sqlite_url: str) -> Iterator[Company]:
    """A small company in an open SQLite store."""
    with opened_company(sqlite_url) as company:
        yield company


@pytest.fixture
def postgresql_company(postgresql_url: str) -> Iterator[Company]:
    """A small company in an open PostgreSQL store."""
    with opened_company(postgresql_url) as company:
        yield company


@contextmanager
def opened_company(url: str) -> Iterator[Company]:
    database = open_database(url)
    database.connect()
    try:
        yield found_company(database)
    finally:
        database.close()
