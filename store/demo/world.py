"""The master data of the demo company."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from store.demo.goods import GOODS, KINDS, Goods, Kind, gtin_of
from store.demo.partners import CUSTOMERS, ENGLISH, LOCATIONS, OWN, SUPPLIERS, email, tax_id
from store.demo.people import OPERATORS, PIN, TERMINALS, badge_of
from store.domain.language import Language
from store.domain.records import Actor, Location, Operator, Party, Product, Terminal
from store.domain.roles import Role
from store.domain.terms import Nature, Tracking
from store.operations.operators import create_operator
from store.operations.parties import create_location, create_party
from store.operations.products import create_kind, create_product
from store.operations.terminals import create_terminal


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A product of the demo company with how its serials look."""

    goods: Goods
    product: Product


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Who and what there is."""

    us: Party
    suppliers: tuple[Party, ...]
    customers: tuple[Party, ...]
    locations: tuple[Location, ...]
    terminals: tuple[Terminal, ...]
    operators: tuple[Operator, ...]
    items: tuple[Item, ...]

    def of(self, *kinds: Kind) -> tuple[Item, ...]:
        """Return the items of some kinds."""
        return tuple(item for item in self.items if item.goods.kind in kinds)

    @property
    def serialised(self) -> tuple[Item, ...]:
        """The goods that are followed piece by piece."""
        return tuple(
            item
            for item in self.items
            if item.product.tracking is Tracking.SERIAL and item.product.nature is Nature.GOODS
        )

    @property
    def counted(self) -> tuple[Item, ...]:
        """The goods that are followed by quantity."""
        return tuple(item for item in self.items if item.product.tracking is Tracking.QUANTITY)

    def actor(self, random: Random, location: Location, at: datetime) -> Actor:
        """Return somebody who works at a location, at one of its terminals."""
        terminals = [terminal for terminal in self.terminals if terminal.location.id == location.id]
        operators = [operator for operator in self.operators if operator.role is not Role.ADMIN]
        return Actor(operator=random.choice(operators), terminal=random.choice(terminals), at=at)


def create_world(random: Random, *, hostname: str | None) -> World:
    """Create the master data; the first terminal is bound to `hostname`, if there is one."""
    us = create_party(OWN[0], OWN[1], tax_id=tax_id(random), address=OWN[2], is_own=True)
    locations = {code: create_location(code, name) for code, name in LOCATIONS}
    return World(
        us=us,
        suppliers=tuple(
            create_party(
                code,
                name,
                tax_id=tax_id(random),
                address=address,
                is_supplier=True,
                email=email(code),
                language=Language.EN if code in ENGLISH else None,
            )
            for code, name, address in SUPPLIERS
        ),
        customers=tuple(
            create_party(
                code, name, tax_id=tax_id(random), address=address, is_customer=True, email=email(code)
            )
            for code, name, address in CUSTOMERS
        ),
        locations=tuple(locations.values()),
        terminals=tuple(
            create_terminal(code, name, locations[at].id, hostname=hostname if position == 0 else None)
            for position, (code, name, at) in enumerate(TERMINALS)
        ),
        operators=tuple(
            create_operator(code, name, role, pin=PIN, badge=badge_of(code), language=language)
            for code, name, role, language in OPERATORS
        ),
        items=_create_items(),
    )


def _create_items() -> tuple[Item, ...]:
    kinds = {kind: create_kind(kind.value, name, nature=nature) for kind, (name, nature) in KINDS.items()}
    items = []
    for number, goods in enumerate(GOODS):
        product = create_product(
            goods.sku,
            goods.name,
            kinds[goods.kind],
            tracking=goods.tracking,
            warranty_months=goods.months,
            serial_pattern=goods.pattern,
            gtins=[gtin_of(number * 10 + copy) for copy in range(goods.gtins)],
        )
        items.append(Item(goods=goods, product=product))
    return tuple(items)
