"""Making deals, delivering them by issues or at once, changing and ending them."""

from decimal import Decimal
from pathlib import Path

import pytest

from screens.deal_card import DealCard
from screens.deals import Deals
from screens.issue import Issue
from screens.new_deal import NewDealForm
from screens.paper_desk import PaperDesk
from screens.session import Session
from store.domain.deals import Deal, DealState, NewDeal, NewDealLine
from store.domain.language import Language
from store.domain.papers import PaperSetup
from store.operations.deals import make_deal
from store.operations.delivering import finalise
from store.queries import deals as queries
from store.queries.deals import deal
from store.queries.kept_papers import papers_of_deal
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.company import CABLE_GTIN, LAPTOP_GTIN
from tests.store.invoice_files import counted
from tui import speech


@pytest.fixture
def stocked(company: Warehouse) -> Warehouse:
    company.stock(company.laptop, "LT000001", "LT000002")
    return company


def made(company: Warehouse, pieces: int = 2) -> Deal:
    lines = tuple(
        NewDealLine(product_id=product.id, quantity=Decimal(pieces), unit_price=Decimal("99.90"))
        for product in (company.laptop, company.cable)
    )
    new = NewDeal(party_id=company.customer.id, location_id=company.main.id, lines=lines)
    return company.run(make_deal, company.actor(), new, token=next(company.tokens))


def now(company: Warehouse) -> Deal:
    newest = company.run(queries.deals, (*queries.OPEN, *queries.ENDED))[0]
    found = company.run(deal, newest.id)
    assert found is not None
    return found


async def test_a_deal_is_made_and_issued_in_parts_with_the_scanner_alone(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    async with show(Deals(session)) as stage:
        await stage.shows("No open deal")
        await stage.command("NEW")
        await stage.shows("Which customer?")
        await stage.scan("CUS")
        await stage.on_top(NewDealForm)
        await stage.shows("Customer: Odbiorca")
        await stage.scan(LAPTOP_GTIN)
        await stage.shows("how many?")
        await stage.command("QTY 2")
        await stage.shows("net price")
        await stage.command("QTY 2500")
        await stage.shows("2 x 2500.00 PLN")
        await stage.command("CLOSE")
        await stage.on_top(DealCard)
        await stage.shows("TR/2026/000001", "being made", "5000.00 PLN")
        await stage.command("CLOSE")
        await stage.shows("How is it delivered?", "1 Issue it")
        await stage.command("1")
        await stage.on_top(Issue)
        await stage.scan("LT000001")
        await stage.shows("1/2")
        await stage.command("CLOSE")
        await stage.shows("Close with 1/2?")
        await stage.command("YES")
        await stage.shows("3 The rest follows")
        await stage.command("3")
        await stage.shows("WZ/2026/000001")
        await stage.command("OK")
        await stage.on_top(DealCard)
        await stage.shows("partly delivered", "1 open, 1 delivered", "WZ/2026/000001")
        await stage.command("CLOSE")
        await stage.shows("How is it delivered?")
        await stage.command("1")
        await stage.on_top(Issue)
        await stage.scan("LT000002")
        await stage.shows("1/1")
        await stage.command("CLOSE")
        await stage.shows("Close with 1/1?")
        await stage.command("YES")
        await stage.shows("WZ/2026/000002")
        await stage.command("OK")
        await stage.shows("all delivered", "2 delivered")
        await stage.command("BACK")
        await stage.shows("No open deal")
        await stage.scan("WZ/2026/000001")
        await stage.on_top(DealCard)
        await stage.shows("TR/2026/000001")


async def test_the_goods_leave_from_the_location_that_is_chosen(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    async with show(NewDealForm(session)) as stage:
        await stage.shows("Which customer?")
        await stage.scan("CUS")
        await stage.shows("From: Magazyn", "5 ")
        await stage.command("5")
        await stage.shows("From which location?")
        await stage.scan("VAN")
        await stage.shows("From: Samochód")
        await stage.scan(LAPTOP_GTIN)
        await stage.shows("how many?")
        await stage.command("QTY 1")
        await stage.shows("net price")
        await stage.command("OK")
        await stage.shows("Laptop 14")
        await stage.command("CLOSE")
        await stage.done()
    assert now(stocked).head.location == stocked.van
    async with show(DealCard(session, now(stocked).head.id)) as stage:
        await stage.command("CLOSE")
        await stage.shows("From: Samochód")
        await stage.command("4")
        await stage.shows("From which location?")
        await stage.scan("MAIN")
        await stage.shows("How is it delivered? From: Magazyn")
        await stage.command("1")
        await stage.on_top(Issue)
    assert now(stocked).head.location == stocked.main


async def test_its_confirmation_is_printed_from_the_card_once_it_is_final(
    show: Showing, session: Session, stocked: Warehouse, tmp_path: Path
) -> None:
    speech.speak(Language.EN)
    session.papers = lambda: PaperSetup(folder=tmp_path / "papers")
    found = made(stocked)
    async with show(DealCard(session, found.head.id)) as stage:
        await stage.shows("being made")
        await stage.command("PRINT")
        await stage.shows("Make it final first")
        await stage.command("OK")
        stocked.run(finalise, stocked.actor(), found.head.id)
        await stage.command("NOTE")
        await stage.command("OK")
        await stage.command("OK")
        await stage.shows("to be delivered")
        await stage.command("PRINT")
        await stage.on_top(PaperDesk)
        await stage.shows("Order confirmation")
        await stage.command("1")
        await stage.until(lambda: list((tmp_path / "papers").glob("TR-2026-*-deal.pdf")))
    (kept,) = stocked.run(papers_of_deal, found.head.id)
    assert (kept.number, kept.is_out) == (found.head.number, True)


async def test_delivering_goes_on_in_the_issue_that_is_open(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    one = made(stocked)
    async with show(DealCard(session, one.head.id)) as stage:
        await stage.shows("being made")
        await stage.command("CLOSE")
        await stage.shows("How is it delivered?")
        await stage.command("1")
        await stage.on_top(Issue)
        await stage.command("BACK")
        await stage.on_top(DealCard)
        await stage.shows("2 in an open document")
        await stage.command("CLOSE")
        await stage.on_top(Issue)
        await stage.scan("LT000001")
        await stage.shows("1/4")
    assert len(now(stocked).documents) == 1


async def test_a_deal_is_put_onto_the_holdings_after_asking(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    one = made(stocked)
    async with show(DealCard(session, one.head.id)) as stage:
        await stage.command("CLOSE")
        await stage.shows("2 Onto the holdings")
        await stage.command("2")
        await stage.shows("Put all that is open")
        await stage.command("YES")
        await stage.shows("all delivered", "RT/2026/000001")
    assert stocked.run(counted, stocked.cable.id, stocked.customer) == 2


async def test_lines_are_changed_added_and_removed(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    one = made(stocked)
    async with show(DealCard(session, one.head.id)) as stage:
        await stage.shows("399.60 PLN")
        await stage.command("2")
        await stage.shows("Change the quantity", "3 Remove it")
        await stage.command("2")
        await stage.shows("net price")
        await stage.command("QTY 100")
        await stage.shows("2 x 100.00 PLN")
        await stage.command("3")
        await stage.shows("3 Remove it")
        await stage.command("3")
        await stage.shows("200.00 PLN")
        await stage.command("ADD")
        await stage.shows("Which product?")
        await stage.scan(CABLE_GTIN)
        await stage.shows("how many?")
        await stage.command("QTY 5")
        await stage.shows("net price")
        await stage.command("OK")
        await stage.shows("5")
    assert [(line.quantity, line.unit_price) for line in now(stocked).lines] == [(2, 100), (5, None)]


async def test_a_deal_is_ended_with_a_reason(show: Showing, session: Session, stocked: Warehouse) -> None:
    session.operator = stocked.chief
    one = made(stocked)
    async with show(DealCard(session, one.head.id)) as stage:
        await stage.command("CLOSE")
        await stage.shows("How is it delivered?")
        await stage.command("3")
        await stage.shows("to be delivered")
        await stage.command("CANCEL")
        await stage.shows("Why?")
        await stage.command("2")
        await stage.shows("called off", "It cannot be had any more")
    assert now(stocked).head.state is DealState.CANCELLED


async def test_deals_are_found_and_listed_by_state(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    one = made(stocked)
    async with show(Deals(session)) as stage:
        await stage.shows("1 deal", "Odbiorca")
        await stage.command("POSTED")
        await stage.shows("Deals: ended", "0 deals")
        await stage.command("FIND")
        await stage.shows("Part of a number")
        await stage.scan("odb")
        await stage.shows("Deals: odb", "1 deal")
        await stage.scan("nonsense")
        await stage.shows("nonsense is no deal")
        await stage.command("OK")
        await stage.scan(one.head.number)
        await stage.on_top(DealCard)
