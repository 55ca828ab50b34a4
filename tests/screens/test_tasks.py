"""Tasks by hand and by scan, from their list and from the unit's card."""

from datetime import timedelta
from decimal import Decimal

from screens.home import Home
from screens.new_task import NewTaskForm
from screens.tasks import Tasks
from screens.unit_card import UnitCard
from store.domain.tasks import NewTask, Priority, TaskStatus
from store.operations.events import record_event
from store.operations.tasks import add_task
from store.queries.events import events
from store.queries.tasks import task_by_id, unit_tasks
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing, Stage


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
        await stage.shows("what kind of event is it?", "1 note", "2 complaint")
        await stage.command("1")
        await stage.shows("What was done?")
        await stage.scan("FILTR-9")
        await stage.shows("2026-09-02")
    again, done = company.run(unit_tasks, sold)
    assert (done.status, again.status, again.every_months) == (TaskStatus.DONE, TaskStatus.OPEN, 6)
    (told,) = company.run(events, sold)
    assert (told.kind, told.text) == ("note", "filtr: FILTR-9")


async def test_a_task_is_done_as_what_the_person_says(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    new = NewTask(title="pęknięta obudowa", unit_id=sold, assignee_id=company.chief.id)
    company.run(add_task, company.actor(), new, token="t")
    async with show(Tasks(session)) as stage:
        await stage.shows("1 task")
        await stage.command("1")
        await stage.shows("Done", "Need not be done")
        await stage.command("1")
        await stage.shows("what kind of event is it?", "3 service")
        await stage.command("3")
        await stage.shows("What was done?")
        await stage.scan("klej")
        await stage.shows("0 tasks")
    (told,) = company.run(events, sold)
    assert (told.kind, told.text) == ("service", "pęknięta obudowa: klej")


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


async def test_a_task_by_the_meter_counts_from_what_it_showed_last(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    company.run(
        record_event,
        company.actor(),
        sold,
        "note",
        "licznik",
        meter=Decimal(1250),
        meter_unit="km",
        token="e",
    )
    async with show(UnitCard(session, sold)) as stage:
        await stage.shows("LT000001")
        await stage.press("5")
        await stage.command("DO")
        await stage.shows("What to do?")
        await stage.command("8")
        await stage.shows("What is to be done?")
        await stage.write("olej")
        await stage.press("enter")
        await stage.shows("To do: olej")
        await stage.press("7")
        await stage.shows("After how many months again?")
        await stage.press("enter")
        await stage.shows("After how much on the meter")
        await stage.write("100")
        await stage.press("enter")
        await stage.shows("In what is it counted")
        await stage.write("km")
        await stage.press("enter")
        await stage.shows("after 100 km")
        await stage.command("SAVE")
        await stage.on_top(UnitCard)
        await stage.shows("olej: at 1350 km")
    (task,) = company.run(unit_tasks, sold)
    assert task.due_meter == Decimal(1350)


async def open_first_task(stage: Stage, whose: str) -> None:
    """From the card, open the first task of the unit that waits."""
    await stage.command("DO")
    await stage.shows("What to do?")
    await stage.command("8")
    await stage.shows("1 New task", "2 filtr")
    await stage.command("2")
    await stage.shows("Done", whose)


async def test_a_colleagues_task_is_worked_on_from_the_card(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    new = NewTask(title="filtr", unit_id=sold, assignee_id=company.worker.id, checklist=("olej",))
    task = company.run(add_task, company.actor(), new, token="t")
    async with show(UnitCard(session, sold)) as stage:
        await stage.shows("LT000001")
        await open_first_task(stage, company.worker.name)
        await stage.command("2")
        await stage.shows("[x] olej")
        await stage.command("4")
        await stage.shows("Who does it?")
        rows = stage.text().splitlines()
        await stage.command(next(row.split()[0] for row in rows if company.chief.name in row))
        await stage.on_top(UnitCard)
        await open_first_task(stage, company.chief.name)
        await stage.command("5")
        await stage.shows("Until which day?")
        await stage.write("2026-05-04")
        await stage.press("enter")
        await stage.on_top(UnitCard)
        changed = company.run(task_by_id, task.id)
        assert (changed.assignee, str(changed.due)) == (company.chief.name, "2026-05-04")
        assert changed.items[0].is_done
        await open_first_task(stage, company.chief.name)
        await stage.command("1")
        await stage.shows("what kind of event is it?")
        await stage.command("1")
        await stage.shows("What was done?")
        await stage.scan("nowy")
        await stage.on_top(UnitCard)
    assert company.run(task_by_id, task.id).status is TaskStatus.DONE


async def test_a_unit_with_more_tasks_than_digits_shows_them_all(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    for number in range(10):
        new = NewTask(title=f"nr {number}", unit_id=sold, assignee_id=company.worker.id)
        company.run(add_task, company.actor(), new, token=f"{number}")
    async with show(UnitCard(session, sold)) as stage:
        await stage.shows("LT000001")
        await stage.command("DO")
        await stage.command("8")
        await stage.shows("1 New task", "2 nr 9")
        await stage.command("9")
        await stage.shows("1 nr 2", "nr 0")
        await stage.hides("New task")
        await stage.command("3")
        await stage.shows("Need not be done", "nr 0")


async def test_of_several_tasks_of_a_scanned_unit_one_is_chosen(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    for title in ("filtr", "pasek"):
        new = NewTask(title=title, unit_id=sold, assignee_id=company.chief.id)
        company.run(add_task, company.actor(), new, token=title)
    async with show(Tasks(session)) as stage:
        await stage.shows("2 tasks")
        await stage.scan("LT000001")
        await stage.shows("Which task?", "1 filtr", "2 pasek")
        await stage.command("2")
        await stage.shows("pasek", "Need not be done")
        await stage.hides("filtr")


async def test_a_late_task_is_given_to_another_and_put_off(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    yesterday = company.now.astimezone().date() - timedelta(days=1)
    new = NewTask(title="zwrot", due=yesterday, assignee_id=company.chief.id)
    task = company.run(add_task, company.actor(), new, token="t")
    async with show(Tasks(session, late=True)) as stage:
        await stage.shows("1 task", "zwrot")
        await stage.command("1")
        await stage.shows("Give it to another", "Change the day")
        await stage.command("3")
        await stage.shows("Who does it?")
        rows = stage.text().splitlines()
        await stage.command(next(row.split()[0] for row in rows if company.worker.name in row))
        await stage.shows("1 task")
        await stage.command("1")
        await stage.shows("Magazynier", "Change the day")
        await stage.command("4")
        await stage.shows("Until which day?")
        await stage.press("ctrl+u")
        await stage.write("+7")
        await stage.press("enter")
        await stage.shows("0 tasks")
    changed = company.run(task_by_id, task.id)
    assert (changed.assignee, changed.due) == (company.worker.name, yesterday + timedelta(days=8))


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
