"""Searches of the demo company that its people keep: some for everybody, one of the supervisor's own."""

from datetime import datetime

from store.demo.world import World
from store.domain.records import Actor
from store.domain.roles import Role
from store.domain.unit_filters import UnitFilter
from store.operations.saved_searches import save_search
from store.queries.fields import fields


def create_searches(world: World, at: datetime) -> None:
    """Keep the searches, before the morning `at`."""
    today = at.date()
    system = next(field for field in fields() if field.name == "System")
    hospital = next(party for party in world.customers if party.code == "SZP-W")
    printer = next(item.product for item in world.items if item.goods.sku == "KP-5400")
    chief = Actor(
        operator=next(operator for operator in world.operators if operator.role is Role.SUPERVISOR),
        terminal=world.terminals[0],
        at=at,
    )
    shared = {
        "Otwarte reklamacje": UnitFilter(open_complaint=True),
        "Sprzedane w tym roku, na gwarancji": UnitFilter(
            sold_first=today.replace(month=1, day=1), under_warranty=True
        ),
        "Komputery z Windows 11": UnitFilter(field=system, value="Windows 11"),
        "Szpital: wszystko na gwarancji": UnitFilter(party=hospital, under_warranty=True),
    }
    for name, wanted in shared.items():
        save_search(chief, name, wanted, shared=True)
    last_year = today.replace(year=today.year - 1, month=1, day=1)
    mine = UnitFilter(product=printer, sold_first=last_year, sold_last=last_year.replace(month=12, day=31))
    save_search(chief, "Kopis 5400 z zeszłego roku", mine)
