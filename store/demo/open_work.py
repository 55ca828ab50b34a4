"""What waits to be done in the demo company today: deliveries to scan in, orders to issue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from store.demo.drafts import scan_serials, scan_units
from store.demo.history import History
from store.demo.world import Item, World
from store.domain.documents import Document, NewDocument, NewLine
from store.domain.records import Actor, Location, Party
from store.domain.reservations import NewPiece, NewReservation
from store.domain.roles import Role
from store.domain.terms import DocumentType, Terms
from store.operations.documents import open_document
from store.operations.reservations import reserve
from store.queries.documents import lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A line of a delivery to come: a product by SKU and how many pieces."""

    sku: str
    pieces: int
    announced: bool = False
    """The supplier has sent the serials ahead."""
    scanned: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A delivery that is expected."""

    supplier: str
    location: str
    reference: str
    lines: tuple[Expected, ...]
    deposit: bool = False


DELIVERIES: tuple[Coming, ...] = (
    Coming(
        supplier="NORVIK", location="WAW", reference="WZ 4471/NV",
        lines=(Expected(sku="NV-L14", pieces=12, announced=True), Expected(sku="ST-N14", pieces=12)),
    ),
    Coming(
        supplier="ORLA", location="WAW", reference="LS-88120",
        lines=(Expected(sku="OR-27", pieces=20, scanned=8), Expected(sku="OR-34", pieces=4)),
    ),
    Coming(
        supplier="HURT24", location="WAW", reference="FV/H24/20915",
        lines=(
            Expected(sku="DK-S2", pieces=10), Expected(sku="DK-C60", pieces=5),
            Expected(sku="KB-U2", pieces=100),
        ),
    ),
    Coming(
        supplier="WEXA", location="WAW", reference="WX-2210", deposit=True,
        lines=(Expected(sku="WX-AP6", pieces=15),),
    ),
    Coming(
        supplier="KOPIS", location="GDA", reference="KD 771",
        lines=(Expected(sku="KP-3010", pieces=6, announced=True), Expected(sku="TN-3010", pieces=24)),
    ),
    Coming(
        supplier="REJSA", location="BUS1", reference="RA-0457",
        lines=(Expected(sku="RJ-D2", pieces=5), Expected(sku="RJ-GPS", pieces=5)),
    ),
)  # fmt: skip

ORDERS_PER_LOCATION = 3
FEW = 4
"""Pieces that an order has of one product at most."""


def create_open_work(world: World, history: History, at: datetime) -> None:
    """Open the deliveries and orders of today."""
    for coming in DELIVERIES:
        _expect(world, history, coming, at)
    for location in world.locations:
        for _order in range(ORDERS_PER_LOCATION):
            _order_from_stock(world, history, location, at)
    _load_van(world, history, at)
    # An issue without lines: whatever is scanned goes to the customer.
    _open(world, world.locations[0], world.customers[0], DocumentType.ISSUE, (), "telefonicznie", at)

    _reserve(world, history, at)


def _reserve(world: World, history: History, at: datetime) -> None:
    """Promise pieces for a fair next week."""
    location = world.locations[0]
    today = at.astimezone().date()
    item = max(
        (item for item in world.items if item.goods.serial),
        key=lambda item: history.stock[location.id, item.product.id],
    )
    reserve(
        _chief(world, location, at),
        NewReservation(
            party_id=world.customers[1].id,
            location_id=location.id,
            first=today + timedelta(days=7),
            last=today + timedelta(days=10),
            pieces=(NewPiece(product_id=item.product.id, quantity=Decimal(2)),),
            note="targi",
        ),
        token="demo-reservation",  # noqa: S106 - names the call, no secret
    )


def _expect(world: World, history: History, coming: Coming, at: datetime) -> None:
    items = {item.goods.sku: item for item in world.items}
    location = next(place for place in world.locations if place.code == coming.location)
    supplier = next(party for party in world.suppliers if party.code == coming.supplier)
    new = [
        NewLine(
            product_id=items[line.sku].product.id,
            expected=Decimal(line.pieces),
            serials=tuple(history.serials(items[line.sku], line.pieces)) if line.announced else (),
        )
        for line in coming.lines
    ]
    document = _open(
        world, location, supplier, DocumentType.DELIVERY, tuple(new), coming.reference, at, coming.deposit
    )
    for opened, line in zip(lines(document.id), coming.lines, strict=True):
        if line.scanned:
            scan_serials(
                _chief(world, location, at), opened.id, history.serials(items[line.sku], line.scanned)
            )


def _order_from_stock(world: World, history: History, location: Location, at: datetime) -> None:
    random = history.random
    wanted: list[Item] = [
        item
        for item in world.items
        if history.stock[location.id, item.product.id] > FEW * ORDERS_PER_LOCATION
    ]
    if not wanted:
        return
    chosen = random.sample(wanted, min(3, len(wanted)))
    new = tuple(
        NewLine(product_id=item.product.id, expected=Decimal(random.randint(1, FEW))) for item in chosen
    )
    customer = random.choice(world.customers)
    reference = f"ZAM/{at.year}/{random.randint(100, 999):04}"
    document = _open(world, location, customer, DocumentType.ISSUE, new, reference, at)
    first = lines(document.id)[0]
    if chosen[0].goods.serial and random.random() < 0.5:
        scan_units(
            _chief(world, location, at), first.id, place_id=location.place_id, terms=Terms.STOCK, count=1
        )


def _load_van(world: World, history: History, at: datetime) -> None:
    """Open a transfer of a few pieces of one product to the service van, the first of them scanned."""
    here, van = world.locations[0], world.locations[-1]
    for item in world.serialised:
        if history.stock[here.id, item.product.id] > FEW * (ORDERS_PER_LOCATION + 1):
            new = (NewLine(product_id=item.product.id, expected=Decimal(FEW)),)
            document = _open(
                world, here, None, DocumentType.TRANSFER, new, "serwis w terenie", at, target=van
            )
            line = lines(document.id)[0]
            scan_units(_chief(world, here, at), line.id, place_id=here.place_id, terms=Terms.STOCK, count=1)
            return


def _open(
    world: World,
    location: Location,
    party: Party | None,
    kind: DocumentType,
    new: tuple[NewLine, ...],
    reference: str,
    at: datetime,
    deposit: bool = False,  # noqa: FBT001, FBT002 - private
    target: Location | None = None,
) -> Document:
    return open_document(
        _chief(world, location, at),
        NewDocument(
            type=kind, party_id=party.id if party else None, location_id=location.id,
            target_id=target.id if target else None, lines=new, reference=reference,
            units_of_supplier=deposit,
        ),
    )  # fmt: skip


def _chief(world: World, location: Location, at: datetime) -> Actor:
    return Actor(
        operator=next(operator for operator in world.operators if operator.role is Role.SUPERVISOR),
        terminal=next(terminal for terminal in world.terminals if terminal.location.id == location.id),
        at=at,
    )
