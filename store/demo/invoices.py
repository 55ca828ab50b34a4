"""Invoices of the demo company: one that was imported, one that waits for an answer."""

from datetime import datetime
from decimal import Decimal
from random import Random

from store.demo.world import Item, World
from store.domain.records import Actor, Party
from store.domain.roles import Role
from store.domain.terms import Tracking
from store.operations.importing import post_if_clear
from store.operations.receiving import receive


def create_invoices(world: World, random: Random, at: datetime) -> None:
    """Import a sale of cables and of something unknown to a customer, each as a CSV of our accounting."""
    counted = [item for item in world.items if item.product.tracking is Tracking.QUANTITY]
    goods = [item for item in counted if not item.goods.months] or counted
    day = at.date().isoformat()
    first, second = random.sample(world.customers, 2)
    done = _csv(world, first, f"FS/{at.year}/0301", day, [_row(item, 2) for item in goods[:2]])
    waits = [_row(goods[0], 1), ("Podkładka pod laptop, czarna", "INNE-1", Decimal(3))]
    for data, name in (
        (done, "fs-0301.csv"),
        (_csv(world, second, f"FS/{at.year}/0302", day, waits), "fs-0302.csv"),
    ):
        receipt = receive(_chief(world, at), data, name=name)
        post_if_clear(_chief(world, at), receipt)


def _row(item: Item, pieces: int) -> tuple[str, str, Decimal]:
    return item.product.name, item.product.sku, Decimal(pieces)


def _csv(world: World, customer: Party, number: str, day: str, rows: list[tuple[str, str, Decimal]]) -> bytes:
    head = (number, day, world.us.tax_id, world.us.name, customer.tax_id, customer.name)
    lines = [
        ";".join((*head, str(line), name.replace(";", ","), sku, str(pieces), "szt.", "10.00"))
        for line, (name, sku, pieces) in enumerate(rows, start=1)
    ]
    titles = (
        "Numer faktury;Data wystawienia;NIP sprzedawcy;Sprzedawca;NIP nabywcy;Nabywca;Lp;Nazwa;Indeks;"
        "Ilość;Jm;Cena netto"
    )
    return "\n".join((titles, *lines)).encode()


def _chief(world: World, at: datetime) -> Actor:
    return Actor(
        operator=next(operator for operator in world.operators if operator.role is Role.SUPERVISOR),
        terminal=world.terminals[0],
        at=at,
    )
