"""The same store tests run on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from store.database import open_database
from store.domain.records import Party
from store.operations.parties import create_party
from tests.store.company import Company, found_company
from tests.store.lending import in_days
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


@pytest.fixture
def other(company: Company) -> Party:
    """Another customer."""
    return company.run(create_party, "CUS2", "Inny klient", is_customer=True)


@pytest.fixture
def lent(company: Company, other: Party) -> Company:
    """Two laptops with one customer under two rentals, a third one with another."""
    company.stock(company.laptop, "LT000001", "LT000002", "LT000003", "LT000004")
    company.lend("LT000001", until=in_days(7))
    company.lend("LT000002", until=in_days(30))
    company.lend("LT000003", until=in_days(7), party=other)
    return company
