"""`sztuka recurring`: tasks of services that are due, each once, from a store on each database."""

from datetime import UTC, datetime, timedelta

import pytest

from store.database import open_database
from store.models.sql import select
from tests.store.conftest import opened_company
from tests.store.test_recurring import every, sell
from tests.tui.cli.conftest import Sztuka


@pytest.fixture
def url(store_url: str) -> str:
    """The URL of a store with two laptops that have to be serviced, on each database."""
    with opened_company(store_url) as company:
        company.now = datetime.now(UTC) - timedelta(days=400)
        every(company, service_months="12")
        sell(company, "LT000001", "LT000002")
    return store_url


def tasks(url: str) -> int:
    with opened(url):
        return int(select("SELECT count(*) AS n FROM task")[0]["n"])


def opened(url: str):
    return open_database(url).connection_context()


def test_what_is_due_becomes_a_task_once(sztuka: Sztuka, url: str) -> None:
    first = sztuka("recurring", "--operator", "C1", "--store", url, SZTUKA_TERMINAL="T1")
    assert (first.returncode, first.stdout) == (0, "2 tasks made\n"), first.stderr
    again = sztuka("recurring", "--operator", "C1", "--store", url, SZTUKA_TERMINAL="T1")
    assert again.stdout == "nothing is due\n"
    assert tasks(url) == 2


def test_it_wants_to_know_who_sets_them(sztuka: Sztuka, url: str) -> None:
    run = sztuka("recurring", "--store", url, SZTUKA_TERMINAL="T1")
    assert run.returncode != 0
    assert "C1" in run.stderr
