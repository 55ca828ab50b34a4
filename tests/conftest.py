"""What tests of several rooms stand on."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.quick_pilot import quick_pilot
from tests.store.servers import Server, running_server


@pytest.fixture(scope="session", autouse=True)
def _quick_pilot() -> Iterator[None]:
    with quick_pilot():
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real PostgreSQL server, one for the whole run."""
    # pytest's own folders are closed to the user under whom the server runs.
    folder = Path(tempfile.mkdtemp(prefix="sztuka-postgres-"))
    try:
        with running_server(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)
