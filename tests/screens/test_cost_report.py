"""The report of after-sales costs: what an opened row sums up, and its sums in every width."""

from decimal import Decimal

import pytest

from screens.costs import Costs, sum_lines
from screens.widgets.choices import Choices
from store.domain.costs import CostKind, CostRow, NewCost, totals
from store.operations.costs import add_cost
from store.operations.events import record_event
from store.queries.units import by_number
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing, Stage


@pytest.fixture
def dear(company: Warehouse) -> Warehouse:
    """A customer's laptop and printer that have cost something, the printer in two currencies."""
    company.stock(company.laptop, "LT000001")
    company.stock(company.printer, "P1")
    issue = company.issue()
    company.accept(issue, "LT000001", "P1")
    company.close(issue)
    for number, (serial, amount, currency) in enumerate(
        (("LT000001", 1234, "PLN"), ("P1", 100, "PLN"), ("P1", 70, "EUR"))
    ):
        (unit,) = company.run(by_number, serial)
        event = company.run(record_event, company.actor(), unit.id, "service", "x", token=f"e{number}")
        new = NewCost(event_id=event.id, kind=CostKind.PARTS, amount=Decimal(amount), currency=currency)
        company.run(add_cost, company.actor(), new, token=f"c{number}")
    return company


def shown_sums(stage: Stage) -> list[str]:
    """Return the lines of the sums, as they are painted below the title."""
    lines = stage.text().splitlines()[1:]
    return lines[: next(number for number, line in enumerate(lines) if line.startswith("1 Odb"))]


async def by(stage: Stage, number: str) -> None:
    """Sum up by something else."""
    await stage.command("BY")
    await stage.shows("Sum up how?")
    await stage.command(number)


async def test_a_customers_product_opens_its_own_months(show: Showing, session, dear: Warehouse) -> None:
    async with show(Costs(session)) as stage:
        await stage.shows("1 334.00 PLN")
        await by(stage, "4")
        await stage.shows("Laptop", "1 234.00 PLN")
        await stage.command("2")
        await stage.shows("2026-03", "100.00 PLN")
        await stage.hides("1 234")
        assert "70.00" not in stage.text()


async def test_what_a_list_is_narrowed_to_stays_in_what_it_opens(
    show: Showing, session, dear: Warehouse
) -> None:
    narrowed = {"product_id": dear.printer.id, "currency": "PLN"}
    async with show(Costs(session, narrowed=narrowed, name="Drukarka")) as stage:
        await stage.shows("2026-03")
        await by(stage, "1")
        await stage.shows("Odbiorca", "100.00 PLN")
        await stage.command("1")
        await stage.shows("2026-03", "100.00 PLN")
        await stage.hides("1 334")


async def test_each_currency_has_its_own_line_that_is_not_cut(
    show: Showing, session, dear: Warehouse
) -> None:
    async with show(Costs(session)) as stage:
        await stage.shows("1 334.00 PLN", "70.00 EUR")
        width = stage.app.size.width
        if width == 80:
            assert shown_sums(stage) == [
                "70.00 EUR, of it 70.00 EUR borne by us", "1 334.00 PLN, of it 1 334.00 PLN borne by us",
            ]  # fmt: skip
        elif width == 40:
            assert shown_sums(stage) == [
                "70.00 EUR, of it 70.00 EUR borne by us", "1 334.00 PLN, ours 1 334.00",
            ]  # fmt: skip
        else:
            assert shown_sums(stage) == ["70.00 EUR", "  ours 70.00", "1 334.00 PLN", "  ours 1 334.00"]
        assert stage.app.screen.query_one(Choices).option_count == 2


def test_sums_of_any_length_fit_into_the_narrowest_screen() -> None:
    row = CostRow(
        id=0, name="", currency="PLN", warranty=Decimal(12345678), charged=Decimal(9), own=Decimal(0), count=2
    )
    for width in (20, 40, 80):
        assert all(len(line) <= width for line in sum_lines(totals([row]), width))
