"""Costs of a unit by hand and by scan, and the report of all of them."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from textual.widgets import OptionList

from screens.costs import Costs, bar
from screens.new_cost import NewCostForm, parse_money
from screens.service_words import money
from screens.unit_card import UnitCard
from store.domain.costs import Borne, CostKind, NewCost
from store.domain.tasks import NewTask
from store.operations.costs import add_cost
from store.operations.events import record_event
from store.operations.tasks import add_task
from store.queries.costs import costs
from store.queries.events import event_by_id, events
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing


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


async def test_a_cost_belongs_to_any_event_or_open_task(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    for number in range(10):
        company.run(record_event, company.actor(), sold, "note", f"zd{number}", token=f"e{number}")
        company.run(add_task, company.actor(), NewTask(title=f"za{number}", unit_id=sold), token=f"t{number}")
    wrong = company.run(events, sold)[0]
    company.run(
        record_event, company.actor(), sold, "note", "dobrze", corrects_id=wrong.id, token="corrected"
    )
    async with show(NewCostForm(session, sold, "LT000001")) as stage:
        await stage.shows("What was paid for?")
        await stage.command("2")
        await stage.shows("How much?")
        await stage.write("50")
        await stage.press("enter")
        await stage.shows("dobrze")
        seen = []
        await stage.command("4")
        for page, first in enumerate(("dobrze", "zd5", "zd1")):
            await stage.shows("What does it belong to?", first)
            options = stage.app.screen.query_one(OptionList)
            words = [str(option.prompt) for option in options.options]
            seen += [word for word in words if "More..." not in word]
            if page < 2:
                await stage.command("9")
        await stage.command("1")
        await stage.shows("zd1")
        await stage.command("SAVE")
        await stage.done()
    titles = {part for word in seen for part in word.split() if part[:2] in {"zd", "za"} or part == "dobrze"}
    assert titles == {f"za{n}" for n in range(10)} | {f"zd{n}" for n in range(9)} | {"dobrze"}
    (cost,) = company.run(costs, sold)
    assert company.run(event_by_id, cost.event_id).text == "zd1"


async def test_after_the_warranty_the_customer_pays_unless_somebody_says_otherwise(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    company.now += timedelta(days=3 * 366)
    company.run(record_event, company.actor(), sold, "service", "naprawa", token="e")
    async with show(NewCostForm(session, sold, "LT000001")) as stage:
        await stage.shows("What was paid for?")
        await stage.command("2")
        await stage.shows("How much?")
        await stage.write("50")
        await stage.press("enter")
        await stage.shows("Borne: charged to the customer")
        await stage.command("3")
        await stage.shows("Who bears it?")
        await stage.command("1")
        await stage.shows("Borne: covered by warranty")
        await stage.command("SAVE")
        await stage.done()
    async with show(NewCostForm(session, sold, "LT000001")) as stage:
        await stage.shows("What was paid for?")
        await stage.command("2")
        await stage.shows("How much?")
        await stage.write("60")
        await stage.press("enter")
        await stage.shows("Borne: charged to the customer")
        await stage.command("SAVE")
        await stage.done()
    assert [cost.borne for cost in company.run(costs, sold)] == [Borne.CHARGED, Borne.WARRANTY]


async def test_a_wrong_cost_is_taken_back_from_the_card(
    show: Showing, session, company: Warehouse, sold: int
) -> None:
    event = company.run(record_event, company.actor(), sold, "service", "naprawa", token="e")
    for number in range(11):
        new = NewCost(event_id=event.id, kind=CostKind.PARTS, amount=Decimal(100 + number))
        company.run(add_cost, company.actor(), new, token=f"c{number}")
    async with show(UnitCard(session, sold)) as stage:
        await stage.shows("LT000001")
        await stage.press("6")
        await stage.command("DO")
        await stage.shows("What to do?")
        await stage.command("9")
        await stage.shows("1 New cost", "2 Take a cost back")
        await stage.command("2")
        await stage.shows("Which cost is taken back?", "110.00 PLN")
        await stage.press("end")
        await stage.shows("9 More...")
        await stage.command("9")
        await stage.shows("102.00 PLN", "101.00 PLN", "100.00 PLN")
        await stage.hides("More...")
        await stage.command("2")
        await stage.shows("Why?")
        await stage.press("enter")
        await stage.press("x", "enter")
        await stage.shows("Take back", "101.00 PLN")
        await stage.command("NO")
        await stage.on_top(UnitCard)
        assert len(company.run(costs, sold)) == 11
        await stage.command("DO")
        await stage.command("9")
        await stage.command("2")
        await stage.command("1")
        await stage.shows("Why?")
        await stage.write("pomylka")
        await stage.press("enter")
        await stage.shows("Take back")
        await stage.command("YES")
        await stage.on_top(UnitCard)
        await stage.shows("takes a cost back", "-110.00 PLN")
    newest, wrong, *_others = company.run(costs, sold)
    assert (newest.corrects_id, newest.text, wrong.corrected) == (wrong.id, "pomylka", True)


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
