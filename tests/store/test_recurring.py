"""Recurring service: due by the calendar or by the meter, a task once, the next one from the last done."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from store.check.run import check_store
from store.domain.errors import RefusedError
from store.domain.lists import ListKind
from store.domain.recurring import AHEAD
from store.domain.repairs import TakenAs
from store.domain.tasks import NewTask, TaskStatus, next_due
from store.models.products import ProductRow
from store.models.sql import execute, select
from store.operations.editing import EDITS
from store.operations.events import record_event
from store.operations.recurring import make_due_tasks
from store.operations.tasks import add_task, create_team, do_task, drop_task
from store.queries import units
from store.queries.events import events
from store.queries.tasks import unit_tasks
from tests.store.company import START, Company
from tests.store.counting import asked
from tests.store.test_repairs import hand_out, intake

TODAY = START.astimezone().date()
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def every(company: Company, **cells: str) -> None:
    """Let laptops be serviced again and again."""
    company.run(lambda: EDITS[ListKind.PRODUCTS](ProductRow.get_by_id(company.laptop.id), cells))


def sell(company: Company, *serials: str) -> list[int]:
    company.stock(company.laptop, *serials)
    issue = company.issue()
    company.accept(issue, *serials)
    company.close(issue)
    return [company.run(units.by_number, serial)[0].id for serial in serials]


def later(company: Company, days: int) -> None:
    company.now += timedelta(days=days)


def make(company: Company) -> int:
    return company.run(make_due_tasks, company.actor())


def test_a_task_is_made_once_when_its_day_comes_near(company: Company) -> None:
    every(company, service_months="12")
    (unit,) = sell(company, "LT000001")
    assert make(company) == 0
    due = next_due(TODAY, 12)
    assert due is not None
    later(company, (due - TODAY).days - AHEAD.days - 1)
    assert make(company) == 0
    later(company, 1)
    assert make(company) == 1
    assert make(company) == 0
    (task,) = company.run(unit_tasks, unit)
    assert (task.due, task.status) == (due, TaskStatus.OPEN)


def test_the_next_one_is_counted_from_the_day_on_which_it_was_done(company: Company) -> None:
    every(company, service_months="6")
    (unit,) = sell(company, "LT000001")
    later(company, 200)
    assert make(company) == 1
    (task,) = company.run(unit_tasks, unit)
    done_on = company.now.astimezone().date()
    company.run(do_task, company.actor(), task.id, text="olej", token="done")
    assert make(company) == 0
    later(company, 185)
    assert make(company) == 1
    newest = company.run(unit_tasks, unit)[0]
    assert newest.due == next_due(done_on, 6)


def test_any_other_task_that_is_done_is_no_service(company: Company) -> None:
    every(company, service_months="6")
    (unit,) = sell(company, "LT000001")
    later(company, 100)
    call = company.run(add_task, company.actor(), NewTask(title="zapytać o cenę", unit_id=unit), token="call")
    company.run(do_task, company.actor(), call.id, text="oddzwonią", token="called")
    assert [event.kind for event in company.run(events, unit)] == ["note"]
    later(company, 90)
    assert make(company) == 1
    newest = company.run(unit_tasks, unit)[0]
    assert (newest.due, newest.is_planned, call.is_planned) == (next_due(TODAY, 6), True, False)


def test_what_a_plan_asked_for_is_a_service_whatever_it_is_called(company: Company) -> None:
    every(company, service_months="6")
    (unit,) = sell(company, "LT000001")
    later(company, 200)
    assert make(company) == 1
    (task,) = company.run(unit_tasks, unit)
    company.run(do_task, company.actor(), task.id, kind="note", text="olej", token="done")
    assert [event.kind for event in company.run(events, unit)] == ["service"]


def test_an_inspection_told_without_a_task_counts_as_well(company: Company) -> None:
    every(company, service_months="6")
    (unit,) = sell(company, "LT000001")
    later(company, 100)
    company.run(record_event, company.actor(), unit, "inspection", "przegląd", token="i")
    later(company, 90)
    assert make(company) == 0
    wrong = company.run(record_event, company.actor(), unit, "service", "pomyłka", token="w")
    company.run(record_event, company.actor(), unit, "note", "nie było", corrects_id=wrong.id, token="c")
    later(company, 90)
    assert make(company) == 1


def test_a_repair_does_not_begin_the_interval_anew(company: Company) -> None:
    every(company, service_months="6")
    (unit,) = sell(company, "LT000001")
    later(company, 100)
    intake(company, "LT000001", fault="Nie włącza się", taken_as=TakenAs.SERVICE)
    hand_out(company, "LT000001", outcome="Nowy zasilacz")
    later(company, 90)
    assert make(company) == 1
    (task,) = company.run(unit_tasks, unit)
    assert task.due == next_due(TODAY, 6)


def test_a_repair_that_is_told_anew_does_not_either(company: Company) -> None:
    every(company, service_months="6")
    (unit,) = sell(company, "LT000001")
    later(company, 100)
    intake(company, "LT000001", fault="Nie włącza się", taken_as=TakenAs.SERVICE)
    hand_out(company, "LT000001", outcome="Nowy zasilacz")
    for number in range(2):
        for event in company.run(events, unit, kind="service"):
            if event.corrected_by_id is None:
                company.run(
                    record_event, company.actor(), unit, "service", f"Zasilacz {number}",
                    effective_at=event.effective_at, corrects_id=event.id, token=f"{number} {event.id}",
                )  # fmt: skip
    later(company, 90)
    assert make(company) == 1
    (task,) = company.run(unit_tasks, unit)
    assert task.due == next_due(TODAY, 6)


def test_an_inspection_during_a_repair_does(company: Company) -> None:
    every(company, service_months="6")
    (unit,) = sell(company, "LT000001")
    later(company, 100)
    intake(company, "LT000001", fault="Nie włącza się", taken_as=TakenAs.SERVICE)
    company.run(record_event, company.actor(), unit, "inspection", "przegląd przy okazji", token="i")
    hand_out(company, "LT000001", outcome="Nowy zasilacz")
    later(company, 90)
    assert make(company) == 0


def test_a_reading_of_the_meter_makes_it_due(company: Company) -> None:
    every(company, service_meter="500", meter_unit="h")
    (unit,) = sell(company, "LT000001")

    def read(meter: int, kind: str = "note") -> int:
        later(company, 1)
        token = f"{kind} {meter}"
        company.run(
            record_event, company.actor(), unit, kind, "licznik", meter=Decimal(meter), meter_unit="h",
            token=token,
        )  # fmt: skip
        return make(company)

    assert read(499) == 0
    assert read(500) == 1
    assert read(530) == 0
    (task,) = company.run(unit_tasks, unit)
    assert (task.due_meter, task.meter_unit) == (500, "h")
    company.run(do_task, company.actor(), task.id, text="", meter=Decimal(540), token="done")
    assert read(1039) == 0
    assert read(1040) == 1


def test_what_lies_in_stock_or_came_back_is_not_serviced(company: Company) -> None:
    every(company, service_months="1")
    company.stock(company.laptop, "LT000001")
    (sold,) = sell(company, "LT000002")
    later(company, 60)
    assert make(company) == 1
    (task,) = company.run(unit_tasks, sold)
    company.run(drop_task, company.actor(), task.id, reason="klient nie chce", token="d")
    assert make(company) == 0
    back = company.delivery(party=company.customer)
    company.close(back) if company.take(back, "LT000002") is None else None
    later(company, 60)
    assert make(company) == 0


def test_an_interval_that_a_product_gets_later_holds_for_what_is_sold(company: Company) -> None:
    (unit,) = sell(company, "LT000001")
    later(company, 400)
    assert make(company) == 0
    every(company, service_months="12")
    assert make(company) == 1
    every(company, service_months="")
    assert company.run(lambda: select("SELECT stale FROM service_plan"))[0]["stale"]
    assert make(company) == 0
    assert company.run(unit_tasks, unit)[0].status is TaskStatus.OPEN


def test_they_go_to_the_team_that_takes_services(company: Company) -> None:
    admin = company.actor(company.chief)
    with pytest.raises(RefusedError):
        company.run(create_team, admin, "S", "Serwis")
    every(company, service_months="1")
    (unit,) = sell(company, "LT000001")
    company.run(
        execute, "INSERT INTO team (code, name, retired, takes_services) VALUES ('S', 'Serwis', false, true)"
    )
    later(company, 60)
    make(company)
    assert company.run(unit_tasks, unit)[0].assignee == "Serwis"


def test_the_number_of_statements_does_not_depend_on_the_units(company: Company) -> None:
    every(company, service_months="1")
    sell(company, "LT000001")
    later(company, 60)
    few = asked(company.database, lambda: make(company))
    sell(company, *(f"LT0001{n:02}" for n in range(40)))
    later(company, 60)
    assert asked(company.database, lambda: make(company)) == few
    rows = company.run(lambda: select("SELECT count(*) AS n FROM task"))
    assert rows[0]["n"] == 41
    assert date(2026, 1, 1) < TODAY
