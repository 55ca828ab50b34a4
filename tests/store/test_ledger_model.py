"""Whatever is scanned, moved, closed and cancelled, in whatever order: the store and a plain model agree.

`LEDGER_EXAMPLES` says how many walks there are, `LEDGER_STEPS` how long each is, and with
`LEDGER_SEED=random` every run takes other ones.
"""

import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.store.model.ground import Founded, found
from tests.store.model.walk import Walk
from tests.store.servers import Server

STEPS = 60


def walk(founded: Founded, new_url: Callable[[], str], *, examples: int) -> None:
    machine = type("WalkOnDatabase", (Walk,), {"new_url": staticmethod(new_url), "founded": founded})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=int(os.environ.get("LEDGER_EXAMPLES", examples)),
            stateful_step_count=int(os.environ.get("LEDGER_STEPS", STEPS)),
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=os.environ.get("LEDGER_SEED") != "random",
            database=None,
        ),
    )


def test_the_ledger_on_sqlite(migrated_file: Path, tmp_path: Path) -> None:
    numbers, begun = count(), shutil.copy(migrated_file, tmp_path / "founded.db")

    def new_url() -> str:
        return str(shutil.copy(begun, tmp_path / f"{next(numbers)}.db"))

    walk(found(str(begun)), new_url, examples=15)


@pytest.mark.usefixtures("migrated_template")
def test_the_ledger_on_postgresql(postgres: Server) -> None:
    def new_url(name: str = "ledger_model", template: str = "ledger_founded") -> str:
        postgres.execute(f"DROP DATABASE IF EXISTS {name}")
        postgres.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return postgres.url(name)

    founded = found(new_url("ledger_founded", "sztuka_template"))
    walk(founded, new_url, examples=5)
