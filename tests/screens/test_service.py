"""Events, tasks and costs by hand and by scan, from the unit's card and from the menu."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from screens.costs import Costs, bar
from screens.home import Home
from screens.new_cost import NewCostForm, parse_money
from screens.new_event import NewEventForm
from screens.new_task import NewTaskForm
from screens.service_words import money
from screens.tasks import Tasks
from screens.unit_card import UnitCard
from store.domain.costs import Borne, CostKind, NewCost
from store.domain.tasks import NewTask, Priority, TaskStatus
from store.operations.costs import add_cost
from store.operations.events import record_event
from store.operations.tasks import add_task
from store.queries.costs import costs
from store.queries.events import events
from store.queries.tasks import task_by_id, unit_tasks
from store.queries.units import by_number
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing


@pytest.fixture
def sold(company: Warehouse) -> int:
    """A laptop that the customer has."""
    company.stock(company.laptop, "LT000001")
    issue = company.issue()
    company.accept(issue, "LT000001")
    company.close(issue)
    return company.run(by_number, "LT000001")[0].id


async def test_an_event_is_told_from_the_card(show: Showing, session, company: Warehouse, sold: int) -> None:
    async with show(UnitCard(session, sold)) as stage:
        await stage.shows("LT000001")
        await stage.command("DO")
        await stage.shows("What to do?")
        await stage.command("7")
        await stage.shows("What kind of event?")
        await stage.command("1")
        await stage.shows("What happened?")
        await stage.write("ekran miga")
        await stage.press("enter")
        await stage.shows("ekran miga")
        await stage.scan("BAT-77")
        await stage.press("5")
        await stage.shows("What does the meter show?")
        await stage.write("12,5")
        await stage.press("enter")
        await stage.shows("In what is it counted")
        await stage.write("h")
        await stage.press("enter")
        await stage.shows("12.5 h", "Technician: Kierownik")
        await stage.press("7")
        await stage.shows("Who did it?")
        people = [line.strip() for line in stage.text().splitlines()]
        await stage.command(next(line[0] for line in people if line.endswith("Magazynier")))
        await stage.shows("Technician: Magazynier")
        await stage.command("SAVE")
        await stage.on_top(UnitCard)
    (event,) = company.run(events, sold)
    assert (event.kind, event.text, event.parts) == ("complaint", "ekran miga", "BAT-77")
    assert (event.meter, event.meter_unit) == (Decimal("12.5"), "h")
    assert (event.technician_name, event.operator_name) == ("Magazynier", "Kierownik")


async def test_an_event_of_an_earlier_day_says_so(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    company.now += timedelta(days=3)
    async with show(NewEventForm(session, [sold], "LT000001", kind="note")) as stage:
        await stage.shows("What happened?")
        await stage.write("telefon")
        await stage.press("enter")
        await stage.shows("telefon")
        await stage.press("4")
        await stage.shows("On which day?")
        await stage.press("ctrl+u")
        await stage.write("2030-01-01")
        await stage.press("enter")
        await stage.shows("future")
        await stage.press("ctrl+u")
        await stage.write("2026-03-04")
        await stage.press("enter")
        await stage.shows("2026-03-04")
        await stage.press("f10")
        await stage.done()
    (event,) = company.run(events, sold)
    assert event.effective_at.astimezone().date().isoformat() == "2026-03-04"


async def test_leaving_a_form_with_something_in_it_is_asked(show: Showing, session, sold: int) -> None:
    async with show(NewTaskForm(session, sold, "LT000001")) as stage:
        await stage.shows("What is to be done?")
        await stage.press("escape")
        await stage.press("5")
        await stage.shows("What more is there to say?")
        await stage.write("x")
        await stage.press("enter")
        await stage.hides("What more is there")
        await stage.command("BACK")
        await stage.shows("Leave without saving?")
        await stage.command("NO")
        await stage.hides("Leave without")
        await stage.press("escape")
        await stage.command("YES")
        await stage.done()


async def test_a_task_is_set_and_done_with_its_event(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    async with show(NewTaskForm(session, sold, "LT000001")) as stage:
        await stage.shows("What is to be done?")
        await stage.write("filtr")
        await stage.press("enter")
        await stage.shows("To do: filtr")
        await stage.press("2")
        await stage.shows("Until which day?")
        await stage.press("ctrl+u")
        await stage.write("2026-02-28")
        await stage.press("enter")
        await stage.press("6")
        await stage.shows("Which points")
        await stage.write("a; b")
        await stage.press("enter")
        await stage.press("7")
        await stage.shows("After how many months again?")
        await stage.write("6")
        await stage.press("enter")
        await stage.shows("After how much on the meter")
        await stage.press("enter")
        await stage.shows("after 6 months")
        await stage.command("SAVE")
        await stage.done()
    (task,) = company.run(unit_tasks, sold)
    assert [item.text for item in task.items] == ["a", "b"]
    async with show(Tasks(session)) as stage:
        await stage.shows("filtr", "2026-02-28")
        await stage.scan("LT000001")
        await stage.shows("Done", "[ ] a", "[ ] b")
        await stage.command("2")
        await stage.shows("[x] a")
        await stage.command("1")
        await stage.shows("What was done?")
        await stage.scan("FILTR-9")
        await stage.shows("2026-09-02")
    again, done = company.run(unit_tasks, sold)
    assert (done.status, again.status, again.every_months) == (TaskStatus.DONE, TaskStatus.OPEN, 6)
    assert company.run(events, sold)[0].text == "filtr: FILTR-9"


async def test_late_tasks_of_everybody_and_one_that_need_not_be_done(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    yesterday = company.now.astimezone().date() - timedelta(days=1)
    new = NewTask(title="zwrot", due=yesterday, assignee_id=company.worker.id, priority=Priority.HIGH)
    task = company.run(add_task, company.actor(), new, token="t")
    async with show(Tasks(session)) as stage:
        await stage.shows("0 tasks")
        await stage.command("LATE")
        await stage.shows("Late tasks", "zwrot")
        await stage.command("1")
        await stage.shows("1 day late", "Magazynier", "Need not be done")
        await stage.command("2")
        await stage.shows("Why?")
        await stage.write("odwolane")
        await stage.press("enter")
        await stage.shows("0 tasks")
    assert company.run(task_by_id, task.id).status is TaskStatus.DROPPED


async def test_the_menu_counts_what_waits(show: Showing, session, company: Warehouse) -> None:
    yesterday = company.now.astimezone().date() - timedelta(days=1)
    for number in range(2):
        new = NewTask(title=f"z{number}", due=yesterday, assignee_id=company.chief.id)
        company.run(add_task, company.actor(), new, token=f"{number}")
    async with show(Home(session)) as stage:
        await stage.shows("Service... 2 overdue")
        row = next(n for n, line in enumerate(stage.text().splitlines()) if "Service..." in line)
        digit = stage.text().splitlines()[row].split()[0]
        await stage.command(digit)
        await stage.shows("My tasks 2, 2 overdue", "Late tasks 2")


async def test_costs_need_something_to_belong_to(show: Showing, session, sold: int) -> None:
    async with show(NewCostForm(session, sold, "LT000001")) as stage:
        await stage.shows("tell first what happened")
        await stage.press("enter")
        await stage.done()


async def test_labour_by_hours_and_parts_by_sum(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    company.run(record_event, company.actor(), sold, "service", "naprawa", token="e")
    async with show(NewCostForm(session, sold, "LT000001")) as stage:
        await stage.shows("What was paid for?")
        await stage.command("1")
        await stage.shows("How many hours?")
        await stage.write("abc")
        await stage.press("enter")
        await stage.shows("is no amount")
        await stage.press("ctrl+u")
        await stage.write("1,5")
        await stage.press("enter")
        await stage.shows("For how much an hour?")
        await stage.write("120")
        await stage.press("enter")
        await stage.shows("180.00 PLN")
        await stage.press("3")
        await stage.shows("Who bears it?")
        await stage.command("2")
        await stage.shows("charged to the customer")
        await stage.command("SAVE")
        await stage.done()
    (cost,) = company.run(costs, sold)
    assert (cost.amount, cost.borne, cost.kind) == (Decimal(180), Borne.CHARGED, CostKind.LABOUR)
    assert cost.holder_name == company.customer.name


async def test_the_report_shows_bars_and_writes_files(
    show: Showing, session, company: Warehouse, sold: int, tmp_path: Path
) -> None:
    event = company.run(record_event, company.actor(), sold, "service", "naprawa", token="e")
    for number, amount in enumerate((1234, 100)):
        new = NewCost(event_id=event.id, kind=CostKind.PARTS, amount=Decimal(amount))
        company.run(add_cost, company.actor(), new, token=f"c{number}")
    async with show(Costs(session)) as stage:
        await stage.shows("Odbiorca", "1 334.00 PLN", "█")
        await stage.command("1")
        await stage.shows("2026-03", "1 334.00 PLN")
        await stage.press("escape")
        await stage.shows("by customer")
        await stage.command("BY")
        await stage.shows("Sum up how?")
        await stage.command("3")
        await stage.shows("LT000001")
        await stage.command("PERIOD")
        await stage.shows("From which day?")
        await stage.press("ctrl+u")
        await stage.write("2027-01-01")
        await stage.press("enter")
        await stage.shows("Until which day?")
        await stage.press("enter")
        await stage.shows("No costs in this")
        session.plain = True
        await stage.command("PERIOD")
        await stage.shows("From which day?")
        await stage.press("ctrl+u")
        await stage.write("2026-03-01")
        await stage.press("enter")
        await stage.shows("Until which day?")
        await stage.press("enter")
        await stage.shows("LT000001", "#")
        for name in ("a.csv", "a.xlsx", "a.txt"):
            await stage.command("EXPORT")
            await stage.shows("Into which file")
            await stage.press("ctrl+u")
            await stage.write(str(tmp_path / name))
            await stage.press("enter")
            await stage.shows("cannot be written" if name == "a.txt" else "1 rows written")
            await stage.press("enter") if name == "a.txt" else None
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("LT000001;")
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    assert not (tmp_path / "a.txt").exists()


def test_bars_and_sums_read_well() -> None:
    assert bar(1, 4, plain=False) == "████"
    assert bar(0.5, 3, plain=False) == "█▌"
    assert bar(0.01, 4, plain=True) == "#"
    assert bar(0, 4, plain=True) == ""
    assert money(Decimal("1234567.5"), "PLN") == "1 234 567.50 PLN"
    assert money(Decimal("0.1234")) == "0.1234"
    assert parse_money("1 234,50") == Decimal("1234.50")
    assert [parse_money(text) for text in ("0", "-1", "x", "1.234", "1e20", "NaN")] == [None] * 6
