"""What the benches share: the table, printed at the end, and stores of the size of a company's life."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import big_store
from tests.bench import long_life as long_life_store
from tests.bench.budget import Table, is_contended
from tests.bench.postgres_store import NAME, big_server
from tests.store.servers import Server, running_server

_TABLE = pytest.StashKey[Table]()
_CONTENDED = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_TABLE] = Table()
    # Asked before anything runs: the benches themselves keep the machine busy.
    config.stash[_CONTENDED] = is_contended()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    benches = [item for item in items if here in item.path.parents]
    for item in benches:
        item.add_marker(pytest.mark.bench)
    # Only who asks by `-m bench` gets them: on a machine that is shared, times would make the suite flaky.
    if benches and not config.option.markexpr:
        items[:] = [item for item in items if item not in benches]
        config.hook.pytest_deselected(items=benches)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    table = config.stash[_TABLE]
    if table.rows:
        terminalreporter.section("budgets")
        terminalreporter.write_line(table.text())
        if config.stash[_CONTENDED]:
            terminalreporter.write_line(
                "\nThe machine was busy with other work: plain times were not judged."
            )


@pytest.fixture
def table(pytestconfig: pytest.Config) -> Table:
    """The table that is printed at the end."""
    return pytestconfig.stash[_TABLE]


@pytest.fixture
def times_count(pytestconfig: pytest.Config) -> bool:
    """Whether plain times may fail a bench; ratios and counts always may."""
    return not pytestconfig.stash[_CONTENDED]


@pytest.fixture(scope="session")
def durable_postgres() -> Iterator[Server]:
    """A PostgreSQL server that waits for its disk at every commit, as one in use does."""
    folder = Path(tempfile.mkdtemp(prefix="sztuka-bench-"))
    try:
        with running_server(folder, durable=True) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", params=["SQLite", "PostgreSQL"])
def long_life(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A company with 1,000,000 units and 5,000,000 movements and events, to be written to: its URL."""
    if request.param == "SQLite":
        yield str(long_life_store.copy(tmp_path_factory.mktemp("long")))
        return
    with big_server(long_life_store.kept) as server:
        yield server.url(NAME)


def database_of(url: str) -> str:
    """Return the name of the database behind a URL."""
    return "PostgreSQL" if url.startswith("postgresql:") else "SQLite"


@pytest.fixture(scope="session")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company with 1,000,000 units and an open delivery with 2,000 scans, SQLite, to be written to."""
    return big_store.copy(tmp_path_factory.mktemp("big"))
