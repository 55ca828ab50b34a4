"""What tests of several rooms stand on."""

import shutil
import signal
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import hypothesis
import pytest

from store.database import open_database
from store.migrate import migrate
from tests.quick_pilot import quick_pilot
from tests.store.servers import Server, running_server

_names = count()
LONGEST_ID = 80


def pytest_configure() -> None:
    # A busy machine says nothing of a test: none fails because an example took its time.
    hypothesis.settings.register_profile("any machine", hypothesis.settings(), deadline=None)
    hypothesis.settings.load_profile("any machine")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a long text by its length: a file of megabytes would be sent to and fro as a name."""
    return f"{argname}-of-{len(val)}" if isinstance(val, str | bytes) and len(val) > LONGEST_ID else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what shares a fixture of its module in one process: a guest is booted once, not once a process."""
    for item in items:
        definitions = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
        if any(each.scope == "module" for found in definitions.values() for each in found):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """Let what tests start be ended by Ctrl+C and a hang-up, also in a run that went into the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(scope="session", autouse=True)
def _quick_pilot() -> Iterator[None]:
    with quick_pilot():
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real PostgreSQL server, one for the whole run, or for each of its processes."""
    # pytest's own folders are closed to the user under whom the server runs.
    folder = Path(tempfile.mkdtemp(prefix="sztuka-postgres-"))
    try:
        with running_server(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
