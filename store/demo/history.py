"""What happened in the demo company: deliveries, issues and what came back, day after day."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from random import Random

from store.demo.drafts import count_pieces, scan_serials, scan_units
from store.demo.prices import price_of, supplier_of
from store.demo.world import Item, World
from store.domain.documents import DocumentLine, NewDocument, NewLine
from store.domain.records import Actor, Location, Party
from store.domain.terms import Condition, DocumentType, Terms, Tracking
from store.models.sql import select
from store.operations.closing import close_document
from store.operations.documents import open_document
from store.operations.units import change_condition
from store.queries.documents import lines

Parcel = list[tuple[Item, int]]
"""Products and how many pieces of each."""


class History:
    """Writes the past, in the order in which it happened; remembers what is where."""

    def __init__(self, world: World, random: Random) -> None:
        """Begin with empty warehouses."""
        self.world = world
        self.random = random
        self.stock: Counter[tuple[int, int]] = Counter()
        """Pieces of ours by location and product."""
        self._sold: Counter[tuple[int, int]] = Counter()
        """Units by customer and product."""
        self._serials: Counter[int] = Counter()
        self._items = {item.product.id: item for item in world.items}

    def serials(self, item: Item, count: int) -> list[str]:
        """Return the next serials of a product: they go up, with gaps."""
        made = []
        template = item.goods.serial or ""
        digits = template.count("#")
        for _piece in range(count):
            self._serials[item.product.id] += self.random.randint(1, 7)
            made.append(template.replace("#" * digits, f"{self._serials[item.product.id]:0{digits}}"))
        return made

    def deliver(self, at: datetime, pieces: int, *, deposit: bool, shortage: bool) -> Location:
        """Receive that many new units, and say where."""
        random, world = self.random, self.world
        location = random.choices(world.locations, weights=(6, 3, 1))[0]
        parcel = self._split(random.sample(world.serialised, min(pieces, random.randint(1, 4))), pieces)
        if random.random() < 0.4:
            parcel += [(item, random.randint(2, 20) * 10) for item in random.sample(world.counted, 2)]
        actor = world.actor(random, location, at)
        # It is drawn and not taken, for else all that is drawn later would be other serials and customers.
        random.choice(world.suppliers)
        number = random.randint(1000, 9999)
        # What stands side by side comes from one supplier: so the units keep their order.
        for supplier, part in groupby(parcel, lambda each: supplier_of(each[0].goods, world.suppliers)):
            self._receive(actor, supplier, list(part), f"{supplier.code}/{number}", deposit, shortage)
            number, shortage = number + 1, False
        return location

    def _receive(
        self,
        actor: Actor,
        supplier: Party,
        parcel: Parcel,
        reference: str,
        deposit: bool,  # noqa: FBT001 - private
        shortage: bool,  # noqa: FBT001 - private
    ) -> None:
        """Receive what one supplier brings, of its first product perhaps a piece less than was expected."""
        expected = [
            NewLine(
                product_id=item.product.id,
                expected=Decimal(count + (shortage and position == 0)),
                # What stays the supplier's is not bought yet.
                unit_price=None if deposit else price_of(item.goods, actor.at),
            )
            for position, (item, count) in enumerate(parcel)
        ]
        opened = self._open(actor, DocumentType.DELIVERY, supplier, expected, deposit, reference=reference)
        for line, (item, count) in zip(opened, parcel, strict=True):
            if item.product.tracking is Tracking.SERIAL:
                scan_serials(actor, line.id, self.serials(item, count))
            else:
                count_pieces(actor, line.id, count)
            if not deposit:
                self.stock[actor.terminal.location.id, item.product.id] += count
        self._close(actor, opened, reason="Brak 1 szt., dostawca dośle" if shortage else "")

    def issue(self, at: datetime, location: Location, pieces: int) -> None:
        """Issue up to that many pieces of what lies at a location to a customer."""
        random = self.random
        here = sorted(
            product for (place, product), count in self.stock.items() if place == location.id and count
        )
        chosen = [
            self._items[product] for product in random.sample(here, min(len(here), random.randint(1, 4)))
        ]
        parcel = [
            (item, min(share, self.stock[location.id, item.product.id]))
            for item, share in self._split(chosen, max(pieces, len(chosen)))
        ]
        if not parcel:
            return
        customer = random.choice(self.world.customers)
        actor = self.world.actor(random, location, at)
        expected = [NewLine(product_id=item.product.id, expected=Decimal(n)) for item, n in parcel]
        opened = self._open(actor, DocumentType.ISSUE, customer, expected)
        for line, (item, count) in zip(opened, parcel, strict=True):
            self.stock[location.id, item.product.id] -= count
            if item.product.tracking is Tracking.SERIAL:
                scan_units(actor, line.id, place_id=location.place_id, terms=Terms.STOCK, count=count)
                self._sold[customer.id, item.product.id] += count
            else:
                count_pieces(actor, line.id, count)
        self._close(actor, opened)

    def buy_back(self, at: datetime, location: Location) -> None:
        """Take a few units back from a customer; they are used from now on, and may be sold again."""
        sold = sorted(key for key, count in self._sold.items() if count)
        if not sold:
            return
        customer_id, product_id = self.random.choice(sold)
        count = min(self._sold[customer_id, product_id], self.random.randint(1, 3))
        customer = next(party for party in self.world.customers if party.id == customer_id)
        actor = self.world.actor(self.random, location, at)
        expected = [NewLine(product_id=product_id, expected=Decimal(count))]
        opened = self._open(actor, DocumentType.DELIVERY, customer, expected)
        scan_units(actor, opened[0].id, place_id=customer.place_id, terms=Terms.SOLD, count=count)
        self._close(actor, opened)
        self._sold[customer_id, product_id] -= count
        self.stock[location.id, product_id] += count
        scanned = select("SELECT unit_id FROM draft_scan WHERE line_id = :line_id", line_id=opened[0].id)
        for row in scanned:
            change_condition(actor, row["unit_id"], Condition.USED, reason="Odkup od klienta")

    def transfer(self, at: datetime, location: Location, target: Location, pieces: int) -> None:
        """Move up to that many units of what lies most at a location to another one; draws no number."""
        here = [(count, product) for (place, product), count in self.stock.items() if place == location.id]
        count, product_id = max(here, default=(0, 0))
        count = min(count, pieces)
        if not count or self._items[product_id].product.tracking is not Tracking.SERIAL:
            return
        actor = self.world.actor(Random(location.id), location, at)  # noqa: S311 - as the company's own
        expected = [NewLine(product_id=product_id, expected=Decimal(count))]
        opened = self._open(actor, DocumentType.TRANSFER, None, expected, target=target)
        scan_units(actor, opened[0].id, place_id=location.place_id, terms=Terms.STOCK, count=count)
        self._close(actor, opened)
        self.stock[location.id, product_id] -= count
        self.stock[target.id, product_id] += count

    def _open(
        self,
        actor: Actor,
        kind: DocumentType,
        party: Party | None,
        expected: Sequence[NewLine],
        deposit: bool = False,  # noqa: FBT001, FBT002 - private
        target: Location | None = None,
        reference: str = "",
    ) -> tuple[DocumentLine, ...]:
        earlier = Actor(operator=actor.operator, terminal=actor.terminal, at=actor.at - timedelta(hours=2))
        self._document = open_document(
            earlier,
            NewDocument(
                type=kind,
                party_id=party.id if party else None,
                location_id=actor.terminal.location.id,
                target_id=target.id if target else None,
                lines=tuple(expected),
                reference=reference or (f"{party.code}/{self.random.randint(1000, 9999)}" if party else ""),
                units_of_supplier=deposit,
            ),
        )
        return lines(self._document.id)

    def _close(self, actor: Actor, opened: Sequence[DocumentLine], reason: str = "") -> None:
        token = f"demo-close-{opened[0].id}"
        close_document(actor, self._document.id, reason=reason, token=token)

    def _split(self, items: Sequence[Item], pieces: int) -> Parcel:
        """Share pieces out among items, at least one each."""
        cuts = sorted(self.random.sample(range(1, pieces), len(items) - 1)) if len(items) > 1 else []
        bounds = [0, *cuts, pieces]
        return [(item, bounds[n + 1] - bounds[n]) for n, item in enumerate(items)]
