"""What the tests of the screens stand on: a real store with a small company, a session, a stage."""

import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pytest

from screens.session import Session
from store.database import open_database
from store.domain.language import Language
from store.domain.records import Operator
from store.domain.roles import Role
from store.lane import Lane
from store.migrate import migrate
from store.operations.noting import note_scan
from store.operations.operators import create_operator, set_pin
from store.operations.parties import create_party
from store.queries.units import by_number
from tests.screens.lending import DUE, LATER
from tests.screens.stage import SIZES, Showing, staged
from tests.store.company import Company, T, found_company

PIN = "2468"
BADGE = "BADGE-A1"


@dataclass
class Warehouse(Company):
    """The company of the store's tests, with people who can sign in.

    It connects for each call only: a screen that read in the UI thread would fail here as it does in use.
    """

    admin: Operator = None  # type: ignore[assignment]

    def run(self, function: Callable[..., T], *args: Any, **options: Any) -> T:
        with self.database.connection_context():
            return super().run(function, *args, **options)


@pytest.fixture(scope="session")
def company_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Warehouse]:
    """A store with the company in it, to be copied, and the records of what is there."""
    path = tmp_path_factory.mktemp("company") / "store.db"
    database = open_database(str(path))
    with database.connection_context():
        migrate(database)
        company = found_company(database)
        for operator in (company.worker, company.chief):
            company.run(set_pin, operator.id, PIN)
        admin = company.run(
            create_operator, "A1", "Administrator", Role.ADMIN, pin=PIN, badge=BADGE, language=Language.PL
        )
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    known = {field.name: getattr(company, field.name) for field in fields(company)}
    return path, Warehouse(**known, admin=admin)


@pytest.fixture
def company(company_template: tuple[Path, Warehouse], tmp_path: Path) -> Warehouse:
    """A small company in a store of its own."""
    template, known = company_template
    target = tmp_path / "store.db"
    shutil.copy(template, target)
    values = {field.name: getattr(known, field.name) for field in fields(known)}
    return Warehouse(**(values | {"database": open_database(str(target))}))


@pytest.fixture
async def session(company: Warehouse) -> AsyncIterator[Session]:
    """The supervisor at the desk; the clock is the company's."""
    lane = Lane(company.database)
    await lane.start()
    yield Session(
        lane=lane,
        terminal=company.desk,
        operator=company.chief,
        hostname="desk-1",
        clock=lambda: company.now,
        bell=False,
    )
    await lane.close()


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Columns and rows, in each of the three size classes."""
    return SIZES[request.param]


@pytest.fixture
def show(session: Session, size: tuple[int, int]) -> Showing:
    """Shows a screen in each of the three sizes: `async with show(Screen(session)) as stage`."""
    return lambda screen: staged(screen, session, size)


@pytest.fixture
def sold(company: Warehouse) -> int:
    """A laptop that the customer has."""
    company.stock(company.laptop, "LT000001")
    issue = company.issue()
    company.accept(issue, "LT000001")
    company.close(issue)
    return company.run(by_number, "LT000001")[0].id


@pytest.fixture
def lent(company: Warehouse) -> Warehouse:
    """Two laptops with one customer, one with its bag; another one with another customer; one in stock."""
    company.stock(company.laptop, "LT000001", "LT000002", "LT000003", "LT000004")
    rental = company.rental(until=DUE)
    first, _second = company.accept(rental, "LT000001", "LT000002")
    company.run(note_scan, first.row.id, condition=None, note="torba")
    company.close(rental)
    other = company.run(create_party, "CUS2", "Inny klient", is_customer=True)
    company.lend("LT000003", party=other)
    return company


@pytest.fixture
def late(session: Session) -> Session:
    """Nineteen days after the company began."""
    return replace(session, clock=lambda: LATER)
