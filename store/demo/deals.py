"""Deals of the demo company: one to be delivered, one delivered in part, one done, and one being made."""

from datetime import datetime, timedelta
from decimal import Decimal

from store.demo.drafts import scan_units
from store.demo.world import World
from store.domain.deals import NewDeal, NewDealLine
from store.domain.records import Actor, Party, Product
from store.domain.roles import Role
from store.domain.terms import Nature, Tracking
from store.models.sql import select
from store.operations.closing import close_document
from store.operations.deals import make_deal
from store.operations.delivering import finalise, issue_deal, place_deal
from store.queries.documents import lines

WANTED, ISSUED = 3, 2
"""Units of the deal that is delivered in part, and how many of them went."""
_PRICES = (Decimal("2499.00"), Decimal("349.90"), Decimal("19.50"))


def create_deals(world: World, at: datetime) -> None:
    """Make four deals with different customers; what lies here in plenty is issued in part."""
    chief = next(operator for operator in world.operators if operator.role is Role.SUPERVISOR)
    here = world.locations[0]
    terminal = next(terminal for terminal in world.terminals if terminal.location.id == here.id)
    first, second, third, fourth = world.customers[6:10]
    counted = [item.product for item in world.items if item.product.tracking is Tracking.QUANTITY]
    cables = [product for product in counted if product.nature is Nature.GOODS]
    there = {row["product_id"] for row in _in_plenty(here.place_id)}
    units = [item.product for item in world.items if item.product.id in there]

    def actor(hours: int) -> Actor:
        return Actor(operator=chief, terminal=terminal, at=at - timedelta(hours=hours))

    done = _deal(actor(30), fourth, "done", [(cables[0], 12)], order="ZAM/118", note="Odbiór osobisty")
    place_deal(actor(29), done, token="demo-deal-placed")  # noqa: S106 - names the call
    if units:
        partly = _deal(actor(26), second, "partly", [(units[0], WANTED), (cables[0], 5)], order="Z-2044")
        document = issue_deal(actor(25), partly, token="demo-deal-issue")  # noqa: S106 - likewise
        if document is not None:
            line = lines(document.id)[0]
            scan_units(actor(25), line.id, place_id=here.place_id, terms="stock", count=ISSUED)
            reason = "Reszta w przyszłym tygodniu"
            close_document(actor(24), document.id, reason=reason, token="demo-deal-close")  # noqa: S106
        is_open = _deal(actor(3), first, "open", [(units[-1], 2), (cables[-1], 20)], order="PO 77/B")
        finalise(actor(2), is_open)
    _deal(actor(1), third, "draft", [(cables[-1], 100)], note="Czeka na potwierdzenie ceny")


def _deal(
    actor: Actor,
    party: Party,
    name: str,
    wanted: list[tuple[Product, int]],
    *,
    order: str = "",
    note: str = "",
) -> int:
    new = NewDeal(
        party_id=party.id,
        location_id=actor.terminal.location.id,
        lines=tuple(
            NewDealLine(
                product_id=product.id,
                quantity=Decimal(pieces),
                unit_price=_PRICES[2] if product.tracking is Tracking.QUANTITY else _PRICES[position],
            )
            for position, (product, pieces) in enumerate(wanted)
        ),
        their_order=order,
        note=note,
    )
    return make_deal(actor, new, token=f"demo-deal-{name}").head.id


def _in_plenty(place_id: int) -> list[dict[str, int]]:
    """Return the products of which more lies here than a deal takes, and nothing is scanned out."""
    return select(
        "SELECT u.product_id FROM unit u WHERE u.place_id = :place_id AND u.terms = 'stock' "
        "AND u.condition <> 'blocked' AND NOT EXISTS (SELECT 1 FROM draft_scan s "
        "WHERE s.unit_id = u.id AND s.state = 'draft') "
        "GROUP BY u.product_id HAVING count(*) > :wanted ORDER BY u.product_id",
        place_id=place_id,
        wanted=WANTED,
    )
