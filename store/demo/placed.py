"""What the demo company has with customers on consignment, and what it does with its suppliers' units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import cycle

from store.demo.drafts import scan_units
from store.demo.history import History
from store.demo.world import World
from store.domain.documents import NewDocument, NewLine
from store.domain.records import Actor, Location, Party
from store.domain.roles import Role
from store.domain.terms import DocumentType, Terms
from store.models.sql import select
from store.operations.closing import close_document
from store.operations.documents import open_document
from store.operations.prices import set_price
from store.queries.documents import lines

CONSIGNED = 3
"""Units that each customer who sells for us gets; one of them is sold there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    kind: DocumentType
    party: Party
    terms: Terms
    """On which terms the units are before."""
    place_id: int
    owner_id: int | None = None
    """Whose they are, where it is not us."""
    reason: str = ""
    price: Decimal | None = None


def place_units(world: World, history: History, at: datetime) -> None:
    """Give two customers goods on consignment, sell one of each there, and use, buy and return deposits."""
    here = world.locations[0]
    chosen = _most(here)
    for product_id, customer in zip(chosen, world.customers[2:4], strict=False):
        history.stock[here.id, product_id] -= CONSIGNED
        out = _Deed(kind=DocumentType.CONSIGNMENT, party=customer, terms=Terms.STOCK, place_id=here.place_id)
        _do(world, here, out, product_id, CONSIGNED, at - timedelta(hours=6))
        sold = _Deed(
            kind=DocumentType.CONSIGNMENT_SALE, party=customer, terms=Terms.CONSIGNED,
            place_id=customer.place_id,
        )  # fmt: skip
        _do(world, here, sold, product_id, 1, at - timedelta(hours=4))
    for held, (kind, reason, price) in zip(cycle(_deposits()), _DEEDS, strict=False):
        party = next(party for party in world.suppliers if party.id == held["owner_id"])
        place = next(place for place in world.locations if place.place_id == held["place_id"])
        done = _Deed(
            kind=kind,
            party=party,
            terms=Terms.HELD,
            place_id=place.place_id,
            owner_id=party.id,
            reason=reason,
            price=price,
        )
        _do(world, place, done, held["product_id"], 1, at - timedelta(hours=2))


_DEEDS = (
    (DocumentType.BORROWING, "", None),
    (DocumentType.BUYOUT, "", Decimal("1490.00")),
    (DocumentType.SUPPLIER_RETURN, "Koniec depozytu", None),
)


def _most(here: Location) -> list[int]:
    """Return the two products of ours of which most lies here and may leave."""
    rows = select(
        "SELECT product_id FROM unit WHERE place_id = :place AND terms = 'stock' AND condition <> 'blocked' "
        "GROUP BY product_id HAVING count(*) > :count ORDER BY count(*) DESC, product_id LIMIT 2",
        place=here.place_id,
        count=CONSIGNED,
    )
    return [row["product_id"] for row in rows]


def _deposits() -> Sequence[dict[str, int]]:
    """Return the products of which most is held, each with its owner and its place."""
    return select(
        "SELECT product_id, owner_id, place_id, count(*) AS pieces FROM unit WHERE terms = 'held' "
        "GROUP BY product_id, owner_id, place_id HAVING count(*) > 3 "
        "ORDER BY pieces DESC, product_id, owner_id, place_id LIMIT 3"
    )


def _do(world: World, here: Location, deed: _Deed, product_id: int, pieces: int, at: datetime) -> None:
    chief = next(operator for operator in world.operators if operator.role is Role.SUPERVISOR)
    terminal = next(terminal for terminal in world.terminals if terminal.location.id == here.id)
    actor = Actor(operator=chief, terminal=terminal, at=at)
    document = open_document(
        actor,
        NewDocument(
            type=deed.kind, party_id=deed.party.id, location_id=here.id,
            lines=(NewLine(product_id=product_id, expected=Decimal(pieces)),),
        ),
    )  # fmt: skip
    (line,) = lines(document.id)
    scan_units(actor, line.id, place_id=deed.place_id, terms=deed.terms, count=pieces, owner_id=deed.owner_id)
    if deed.price is not None:
        set_price(document.id, line.id, deed.price)
    close_document(actor, document.id, reason=deed.reason, token=f"demo-close-{line.id}")
