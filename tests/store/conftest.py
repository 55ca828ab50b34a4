"""The same store tests run on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from store.database import open_database
from tests.store.company import Company, found_company
from tests.store.servers import Server

_names = count()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a store that nothing was done to yet, on each database."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    server: Server = request.getfixturevalue("postgres")
    name = f"empty_{next(_names)}"
    server.execute(f"CREATE DATABASE {name}")
    return server.url(name)


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
