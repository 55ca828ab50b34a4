"""Until when the suppliers of the demo company leave their units with it: some of them are late."""

from datetime import datetime, timedelta

from store.demo.world import World
from store.domain.records import Actor
from store.domain.roles import Role
from store.models.sql import select
from store.operations.deposits import change_due

AGREED = timedelta(days=30)
"""So long ago it was agreed."""
DAYS = ((-4, slice(0, 2)), (3, slice(2, 5)), (45, slice(5, None)))
"""From today on: until when which units of each supplier stay."""
MOST = 1_000
"""Units of a supplier that get a day; in a bigger company the others have none."""


def create_deposits(world: World, at: datetime) -> None:
    """Give the units that suppliers have here the days that were agreed with them."""
    chief = next(operator for operator in world.operators if operator.role is Role.SUPERVISOR)
    actor = Actor(operator=chief, terminal=world.terminals[0], at=at - AGREED)
    today = at.astimezone().date()
    for supplier in world.suppliers:
        rows = select(
            "SELECT id FROM unit WHERE owner_id = :owner AND terms IN ('held', 'borrowed', 'rented') "
            "ORDER BY id LIMIT :limit",
            owner=supplier.id,
            limit=MOST,
        )
        for number, (days, which) in enumerate(DAYS):
            ids = [row["id"] for row in rows[which]]
            if ids:
                change_due(
                    actor, ids, today + timedelta(days=days), reason="Umowa depozytu",
                    token=f"demo-due-{supplier.id}-{number}",
                )  # fmt: skip
