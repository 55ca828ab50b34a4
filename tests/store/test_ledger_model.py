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

from tests.store.model.walk import Walk
from tests.store.servers import Server

STEPS = 40


def walk(new_url: Callable[[], str], *, examples: int) -> None:
    machine = type("WalkOnDatabase", (Walk,), {"new_url": staticmethod(new_url)})
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
    numbers = count()

    def new_url() -> str:
        return str(shutil.copy(migrated_file, tmp_path / f"{next(numbers)}.db"))

    walk(new_url, examples=25)


@pytest.mark.usefixtures("migrated_template")
def test_the_ledger_on_postgresql(postgres: Server) -> None:
    def new_url() -> str:
        postgres.execute("DROP DATABASE IF EXISTS ledger_model")
        postgres.execute("CREATE DATABASE ledger_model TEMPLATE sztuka_template")
        return postgres.url("ledger_model")

    walk(new_url, examples=8)
