"""Events by hand and by scan, and forms that are left, from the unit's card."""

from datetime import timedelta
from decimal import Decimal

from screens.new_event import NewEventForm
from screens.new_task import NewTaskForm
from screens.unit_card import UnitCard
from store.queries.events import events
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing


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
