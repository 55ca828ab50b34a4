"""Recurring service on the list of tasks: made when it is opened, done with a reading, and not made twice."""

from datetime import timedelta

import pytest

from screens.session import Session
from screens.tasks import Tasks
from store.models.sql import execute, select
from store.queries.events import events
from store.queries.units import by_number
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.test_recurring import every, sell


@pytest.fixture
def serviced(company: Warehouse) -> Warehouse:
    """A laptop that was sold 400 days ago, is serviced every year, and a team of the supervisor's for it."""
    every(company, service_months="12")
    sell(company, "LT000001")
    company.run(
        execute, "INSERT INTO team (code, name, retired, takes_services) VALUES ('S', 'Serwis', false, true)"
    )
    company.run(
        execute,
        "INSERT INTO team_member (team_id, operator_id) SELECT id, :chief FROM team",
        chief=company.chief.id,
    )
    company.now += timedelta(days=400)
    return company


async def test_opening_the_tasks_makes_what_is_due_once(
    show: Showing, session: Session, serviced: Warehouse
) -> None:
    for _again in range(2):
        async with show(Tasks(session)) as stage:
            await stage.shows("Periodic service", "1 task")
            await stage.hides("2 tasks")
    assert serviced.run(lambda: select("SELECT count(*) AS n FROM task"))[0]["n"] == 1


async def test_what_the_plan_asked_for_is_done_without_asking_what_it_is(
    show: Showing, session: Session, serviced: Warehouse
) -> None:
    async with show(Tasks(session)) as stage:
        await stage.shows("Periodic service", "1 task")
        await stage.scan("LT000001")
        await stage.shows("Done", "Need not be done")
        await stage.command("1")
        await stage.shows("What was done?")
        await stage.scan("OLEJ")
        await stage.shows("0 tasks")
    unit = serviced.run(by_number, "LT000001")[0].id
    (told,) = serviced.run(events, unit)
    assert (told.kind, told.text) == ("service", "Periodic service: OLEJ")
