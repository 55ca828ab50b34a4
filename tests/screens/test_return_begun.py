"""A return or a rental that begins at a list or at the card of a unit."""

from screens.customer_holdings import CustomerHoldings
from screens.holding_actions import ACTIONS
from screens.rental import Rental
from screens.returns import Return
from screens.session import Session
from screens.unit_card import UnitCard
from store.domain.terms import Terms
from tests.screens.conftest import Warehouse
from tests.screens.lending import card_of
from tests.screens.stage import Showing

RETURN_ROW = str(1 + [action.label for action in ACTIONS].index("Return"))


async def test_chosen_units_of_a_customer_come_back_at_once(
    show: Showing, late: Session, lent: Warehouse
) -> None:
    lent.stock(lent.printer, "PX-1")
    lent.accept(issue := lent.issue(), "PX-1")
    lent.close(issue)
    async with show(CustomerHoldings(late, lent.customer)) as stage:
        await stage.shows("Laptop 14", "Drukarka laserowa")
        await stage.command("DO")
        await stage.shows("What to do with all?")
        await stage.command(RETURN_ROW)
        await stage.shows("Choose units first")
        await stage.command("OK")
        await stage.command("ALL")
        await stage.shows("chosen 3")
        await stage.command("DO")
        await stage.shows("What to do with the 3 chosen?")
        await stage.command(RETURN_ROW)
        await stage.shows("1 was sold. Why does it come back?")
        await stage.command("4")
        await stage.shows("1 is left out")
        await stage.command("OK")
        await stage.on_top(Return)
        await stage.shows("LT000001", "LT000002")
        await stage.command("CLOSE")
        await stage.shows("Close with 2?")
        await stage.command("YES")
        await stage.shows("ZW/2026/000001")
        await stage.command("OK")
        await stage.on_top(CustomerHoldings)
        await stage.hides("Laptop 14")
        await stage.hides("chosen")
    assert card_of(lent, "PX-1").terms is Terms.SOLD


async def test_a_return_begins_at_the_card_of_a_unit(show: Showing, late: Session, lent: Warehouse) -> None:
    async with show(UnitCard(late, card_of(lent, "LT000003").id)) as stage:
        await stage.shows("LT000003", "rented")
        await stage.command("RENT")
        await stage.shows("LT000003 is rented: it cannot be lent now.")
        await stage.command("OK")
        await stage.command("RETURN")
        await stage.on_top(Return)
        await stage.shows("LT000003", "Inny klient", "Condition?")
        await stage.command("2")
        await stage.shows("Condition: used")
        await stage.press("f10")
        await stage.shows("Close with 1?")
        await stage.press("1")
        await stage.shows("ZW/2026/000001")
        await stage.press("enter")
        await stage.on_top(UnitCard)
        await stage.shows("in stock", "used")
        await stage.press("f9")
        await stage.shows("LT000003 is not out: Magazyn")


async def test_a_rental_begins_at_the_card_of_a_unit(show: Showing, late: Session, lent: Warehouse) -> None:
    async with show(UnitCard(late, card_of(lent, "LT000004").id)) as stage:
        await stage.shows("LT000004", "in stock")
        await stage.command("RENT")
        await stage.shows("Which customer?")
        await stage.scan("CUS2")
        await stage.shows("How long?")
        await stage.command("1")
        await stage.shows("New: Rental", "Laptop 14: any number")
        await stage.command("OPEN")
        await stage.on_top(Rental)
        await stage.shows("LT000004")
        await stage.command("CLOSE")
        await stage.shows("Close with 1?")
        await stage.command("YES")
        await stage.shows("WYP/2026/000003")
        await stage.command("OK")
        await stage.on_top(UnitCard)
        await stage.shows("rented", "Inny klient")
