"""A technician's day with the scanner alone: intake, costs by the form, hand-out, replacement, papers."""

from decimal import Decimal
from pathlib import Path

from screens.customer_holdings import CustomerHoldings
from screens.document_list import DocumentList
from screens.in_service import InService
from screens.new_cost import NewCostForm
from screens.paper_desk import PaperDesk
from screens.service_documents import ServiceHandout, ServiceIntake
from screens.session import Session
from screens.unit_card import UnitCard
from store.check.run import check_store
from store.domain.language import Language
from store.domain.papers import PaperLanguage, PaperSetup
from store.domain.terms import Terms
from store.queries.costs import costs
from store.queries.events import open_events
from store.queries.kept_papers import papers_of_unit
from store.queries.units import by_number, card
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing, Stage
from tui import speech


async def test_a_laptop_is_mended_and_then_replaced(
    show: Showing, session: Session, company: Warehouse, tmp_path: Path
) -> None:
    speech.speak(Language.EN)
    setup = PaperSetup(folder=tmp_path / "papers", language=PaperLanguage.EN)
    session.papers = lambda: setup
    company.stock(company.laptop, "LT000001", "LT000009")
    company.accept(issue := company.issue(), "LT000001")
    company.close(issue)
    laptop = company.run(by_number, "LT000001")[0].id
    await take_in(show, session)
    await note_costs(show, session, laptop)
    await hand_out(show, session)
    await replace_it(show, session, laptop)
    await look_at_the_customer(show, session, company)
    unit = company.run(card, laptop)
    assert (unit.terms, unit.owner_is_us) == (Terms.STOCK, True)
    assert company.run(open_events, laptop) == ()
    kinds = [paper.code.value for paper in company.run(papers_of_unit, laptop)]
    assert kinds == ["replacement", "service", "service"]
    amounts = [(cost.amount, cost.text) for cost in company.run(costs, laptop)]
    assert amounts == [(Decimal("89.90"), "Matryca"), (Decimal(210), "")]
    with company.database.connection_context():
        assert list(check_store(company.database)) == []


async def print_first(stage: Stage) -> None:
    """From the message that something was closed, its first paper is printed: here it becomes a file."""
    await stage.command("PRINT")
    await stage.on_top(PaperDesk)
    await stage.command("1")
    await stage.shows("Saved as")
    if not isinstance(stage.app.screen, PaperDesk):
        await stage.command("OK")
    await stage.on_top(PaperDesk)
    await stage.command("BACK")


async def take_in(show: Showing, session: Session) -> None:
    """The customer is known by the unit; complaint, accessories and a task are said by digits."""
    async with show(DocumentList(session, ServiceIntake)) as stage:
        await stage.command("NEW")
        await stage.shows("Which customer?")
        await stage.scan("LT000001")
        await stage.shows("New: Service intake", "Odbiorca")
        await stage.command("OPEN")
        await stage.on_top(ServiceIntake)
        await stage.scan("LT000001")
        await stage.shows("1 Laptop 14")
        await stage.command("CLOSE")
        await stage.shows("LT000001", "1 Complaint")
        await stage.command("1")
        await stage.shows("What is wrong?")
        await stage.command("3")
        await stage.shows("What comes with it?")
        await stage.command("2")
        await stage.shows("Close with 1?")
        await stage.command("YES")
        await stage.shows("A task for it?")
        await stage.command("1")
        await stage.shows("PS/2026/000001")
        await print_first(stage)
        await stage.on_top(DocumentList)


async def note_costs(show: Showing, session: Session, laptop: int) -> None:
    """Labour by hours and rate, then a part by its price; both are what was typed."""
    async with show(UnitCard(session, laptop)) as stage:
        await stage.shows("in service")
        await stage.command("DO")
        await stage.command("9")
        await stage.shows("What was paid for?")
        await stage.command("1")
        await stage.shows("How many hours?")
        await stage.write("1,5")
        await stage.press("enter")
        await stage.shows("For how much an hour?")
        await stage.write("140")
        await stage.press("enter")
        await stage.on_top(NewCostForm)
        await stage.shows("210.00 PLN")
        await stage.command("SAVE")
        await stage.on_top(UnitCard)
        await stage.command("DO")
        await stage.command("9")
        await stage.shows("1 New cost")
        await stage.command("1")
        await stage.shows("What was paid for?")
        await stage.command("2")
        await stage.shows("How much?")
        await stage.write("89,90")
        await stage.press("enter")
        await stage.on_top(NewCostForm)
        await stage.command("5")
        await stage.shows("What was it for?")
        await stage.write("Matryca")
        await stage.press("enter")
        await stage.on_top(NewCostForm)
        await stage.shows("Matryca")
        await stage.command("SAVE")
        await stage.on_top(UnitCard)
        await stage.command("6")
        await stage.shows("299.90 PLN")


async def hand_out(show: Showing, session: Session) -> None:
    """Mended by an essential repair: the warranty that runs anew is told before anybody asks."""
    async with show(InService(session)) as stage:
        await stage.shows("LT000001")
        await stage.command("HANDOUT")
        await stage.on_top(ServiceHandout)
        await stage.command("CLOSE")
        await stage.shows("What came of it?", "1 Essential repair")
        await stage.command("2")
        await stage.shows("What was done?")
        await stage.scan("Nowa matryca")
        await stage.shows("Close with")
        await stage.command("YES")
        await stage.shows("WS/2026/000001")
        await print_first(stage)
        await stage.on_top(InService)


async def replace_it(show: Showing, session: Session, laptop: int) -> None:
    """It comes back at once and is replaced from its card; the protocol of both units is printed."""
    async with show(UnitCard(session, laptop)) as stage:
        await stage.shows("sold")
        await stage.command("DO")
        await stage.command("6")
        await stage.shows("2 Replace by")
        await stage.command("2")
        await stage.shows("Scan the new")
        await stage.scan("LT000009")
        await stage.shows("Why is it replaced?")
        await stage.command("3")
        await stage.shows("Replace LT000001")
        await stage.command("YES")
        await stage.shows("WR/2026/000001", "LT000009: warranty until")
        await print_first(stage)
        await stage.on_top(UnitCard)
        await stage.command("7")
        await stage.shows("replaced by LT000009")


async def look_at_the_customer(show: Showing, session: Session, company: Warehouse) -> None:
    """The customer has the new one and not the old one."""
    async with show(CustomerHoldings(session, company.customer)) as stage:
        await stage.shows("Laptop 14")
        await stage.command("GROUP")
        await stage.command("GROUP")
        await stage.shows("LT000009")
        await stage.hides("LT000001")
