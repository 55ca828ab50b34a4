"""Serials are scanned later: found by customer, scanned on site, refused for another model."""

import pytest

from screens.customer_holdings import CustomerHoldings
from screens.home import Home
from screens.issue import Issue
from screens.on_site import OnSite
from screens.pending_pieces import PendingAt
from screens.pending_serials import PendingSerials
from screens.unit_card import UnitCard
from store.domain.records import Party
from store.queries import units
from store.queries.pending import pending_totals
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.company import LAPTOP_GTIN
from tests.store.imports.files import row
from tests.store.invoice_files import buyer, post, sale


@pytest.fixture
def customer(company: Warehouse) -> Party:
    """A customer who has three printers and two laptops without serials, and five cables."""
    customer = buyer(company)
    lines = (row(1, index="PR-1", quantity=3), row(2, index="NB-14", quantity=2))
    assert post(company, sale(*lines, row(3, index="CB-2", quantity=5))).questions == ()
    return customer


def left(company: Warehouse) -> int:
    return int(company.run(pending_totals).count)


async def test_home_counts_what_is_to_be_scanned(show: Showing, session, customer: Party) -> None:
    async with show(Home(session)) as stage:
        await stage.shows("Invoices and deals...")
        await stage.until(lambda: "5 to be" in stage.text() or stage.app.size.width < 40)
        number = next(line.split()[0] for line in stage.text().splitlines() if "Invoices and" in line)
        await stage.command(number)
        await stage.shows("Serials to be scanned")


async def test_a_customer_is_found_and_its_serials_are_scanned(
    show: Showing, session, company: Warehouse, customer: Party
) -> None:
    async with show(PendingSerials(session)) as stage:
        await stage.shows("Serials to be scann"[: stage.app.size.width - 1], customer.name, "5 pcs")
        await stage.command("1")
        await stage.on_top(PendingAt)
        await stage.shows("3 x Drukarka", "2 x Laptop 14", "FV/2026/7", "2026-03-01")
        await stage.command("ONSITE")
        await stage.on_top(OnSite)
        await stage.shows("0/5", "Laptop 14")
        await stage.scan(LAPTOP_GTIN)
        await stage.scan("LT000041")
        await stage.shows("LT000041", "1/5")
        await stage.command("CLOSE")
        await stage.shows("Close with 1/5?")
        await stage.command("1")
        await stage.shows("NS/2026/000001")
        await stage.command("OK")
        await stage.on_top(PendingAt)
        await stage.shows("1 x Laptop 14")
        await stage.command("BACK")
        await stage.shows("4 pcs")
    assert left(company) == 4
    assert len(company.run(units.by_number, "LT000041")) == 1


async def test_a_scan_in_the_list_goes_straight_on_site(
    show: Showing, session, company: Warehouse, customer: Party
) -> None:
    company.stock(company.phone, "LT000099")
    async with show(PendingAt(session, customer)) as stage:
        await stage.shows("3 x Drukarka")
        await stage.scan("LT000042")
        await stage.on_top(OnSite)
        await stage.shows("LT000042", "1/5")
        await stage.scan("4006381333931")
        await stage.shows("WRONG MODEL", "Kabel 2 m")
        await stage.command("OK")
        await stage.command("BACK")
        await stage.on_top(PendingAt)
        await stage.shows("3 x Drukarka", "2 x Laptop")


async def test_the_list_is_narrowed_by_product_or_invoice(show: Showing, session, customer: Party) -> None:
    async with show(PendingAt(session, customer)) as stage:
        await stage.shows("3 x Drukarka", "2 x Laptop")
        await stage.command("FILTER")
        await stage.shows("Part of a product or an invoice?")
        await stage.write("lap")
        await stage.press("enter")
        await stage.hides("Drukarka")
        await stage.shows("2 x Laptop", "1 row")


async def test_pieces_followed_by_quantity_get_serials(
    show: Showing, session, company: Warehouse, customer: Party
) -> None:
    async with show(PendingAt(session, customer)) as stage:
        await stage.shows("3 x Drukarka")
        await stage.press("f5")
        await stage.on_top(OnSite)
        await stage.shows("0/5")
        await stage.command("ADD")
        await stage.shows("Which pieces get serials?", "Kabel 2 m  5")
        await stage.command("1")
        await stage.shows("Scan serials: Kabel 2 m"[: stage.app.size.width - 1])
        await stage.scan("C-1")
        await stage.shows("1/10", "C-1")
        await stage.command("CLOSE")
        await stage.shows("Close with 1/")
        await stage.command("1")
        await stage.shows("NS/2026/000001")
    assert left(company) == 5
    assert len(company.run(units.by_number, "C-1")) == 1


async def test_the_holdings_show_what_waits_and_lead_to_scanning(
    show: Showing, session, company: Warehouse, customer: Party
) -> None:
    async with show(CustomerHoldings(session, customer)) as stage:
        narrow = stage.app.size.width < 40
        await stage.shows("10 pcs", "5 to be scanned", "? 3" if narrow else "3 to be scanned", "1 of 3")
        await stage.command("GROUP")
        await stage.command("GROUP")
        await stage.shows("? 3 to be scanned", "? 2 to be scanned", "5 pcs", "1 of 3")
        await stage.command("1")
        await stage.on_top(OnSite)
        await stage.scan("LT000043")
        await stage.shows("LT000043", "1/5")
        await stage.command("CLOSE")
        await stage.shows("Close with 1/")
        await stage.command("1")
        await stage.shows("NS/2026/000001")
        await stage.command("OK")
        await stage.on_top(CustomerHoldings)
        await stage.shows("4 to be scanned", "LT000043")


async def test_pieces_under_the_cursor_get_serials_from_the_holdings(
    show: Showing, session, company: Warehouse, customer: Party
) -> None:
    async with show(CustomerHoldings(session, customer)) as stage:
        await stage.shows("Kabel 2 m", "1 of 3")
        await stage.command("DO")
        await stage.shows("What to do with all?")
        await stage.command("4")
        await stage.on_top(OnSite)
        await stage.scan("C-1")
        await stage.shows("1/10", "C-1")


@pytest.mark.parametrize(("answer", "waits"), [("YES", 4), ("NO", 5)])
async def test_an_issue_after_its_invoice_fills_what_waits_when_a_person_says_so(
    show: Showing, session, company: Warehouse, customer: Party, answer: str, waits: int
) -> None:
    company.stock(company.printer, "P1")
    issue = company.issue(party=customer)
    async with show(Issue(session, issue.id)) as stage:
        await stage.scan("P1")
        await stage.shows("P1")
        await stage.command("CLOSE")
        await stage.shows("Close with 1?")
        await stage.command("1")
        await stage.shows("Invoice FV/2026/7 has put 3 x Drukarka laserowa there")
        await stage.command(answer)
        await stage.shows("WZ/2026/000001")
    assert left(company) == waits


async def test_a_unit_of_the_customer_leads_to_its_missing_serials(
    show: Showing, session, company: Warehouse, customer: Party
) -> None:
    company.stock(company.phone, "PHONE-1", "PHONE-2")
    issue = company.issue(party=customer)
    company.accept(issue, "PHONE-1")
    company.close(issue)
    async with show(UnitCard(session, unit_of(company, "PHONE-1"))) as stage:
        await stage.shows("PHONE-1")
        await stage.command("ONSITE")
        await stage.on_top(OnSite)
        await stage.scan("LT000044")
        await stage.shows("LT000044", "1/5")
        await stage.command("BACK")
        await stage.on_top(UnitCard)
    async with show(UnitCard(session, unit_of(company, "PHONE-2"))) as stage:
        await stage.shows("PHONE-2")
        await stage.press("f6")
        await stage.shows("This unit is ours")


async def test_the_holdings_are_read_anew_after_the_card_has_led_to_scanning(
    show: Showing, session, company: Warehouse, customer: Party
) -> None:
    company.stock(company.phone, "PHONE-1")
    issue = company.issue(party=customer)
    company.accept(issue, "PHONE-1")
    company.close(issue)
    async with show(CustomerHoldings(session, customer)) as stage:
        await stage.shows("11 pcs", "5 to be scanned")
        await stage.command("GROUP")
        await stage.command("GROUP")
        await stage.shows("1 of 4")
        await stage.press("end", "up", "enter")
        await stage.on_top(UnitCard)
        await stage.shows("PHONE-1")
        await stage.command("ONSITE")
        await stage.on_top(OnSite)
        await stage.scan("LT000045")
        await stage.shows("1/5")
        await stage.command("CLOSE")
        await stage.shows("Close with 1/5")
        await stage.command("1")
        await stage.shows("NS/2026/000001")
        await stage.command("OK")
        await stage.on_top(UnitCard)
        await stage.command("BACK")
        await stage.on_top(CustomerHoldings)
        await stage.shows("11 pcs", "4 to be scanned")


def unit_of(company: Warehouse, serial: str) -> int:
    return company.run(units.by_number, serial)[0].id
