"""Invoices of the demo company: imported ones, some of it without serials yet, and one that waits."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from store.demo.world import Item, World
from store.domain.records import Actor, Party
from store.domain.roles import Role
from store.domain.terms import Nature, Tracking
from store.models.sql import select
from store.operations.importing import post_if_clear
from store.operations.receiving import receive


def create_invoices(world: World, random: Random, at: datetime) -> None:
    """Import sales, each as a CSV of our accounting: cables, something unknown, and units without serials."""
    counted = [item for item in world.items if item.product.tracking is Tracking.QUANTITY]
    goods = [item for item in counted if not item.goods.months] or counted
    day = at.date().isoformat()
    first, second = random.sample(world.customers, 2)
    done = _csv(world, first, f"FS/{at.year}/0301", day, [_row(item, 2) for item in goods[:2]])
    waits = [_row(goods[0], 1), ("Podkładka pod laptop, czarna", "INNE-1", Decimal(3))]
    files = {
        "fs-0301.csv": done,
        "fs-0302.csv": _csv(world, second, f"FS/{at.year}/0302", day, waits),
    }
    customer = world.customers[-1]
    later = [_row(item, pieces) for item, pieces in zip(_new_to(world, customer), (3, 2), strict=False)]
    if later:
        before = (at.date() - timedelta(days=9)).isoformat()
        files["fs-0288.csv"] = _csv(world, customer, f"FS/{at.year}/0288", before, later)
    for name, data in files.items():
        receipt = receive(_chief(world, at), data, name=name)
        post_if_clear(_chief(world, at), receipt)


def _new_to(world: World, customer: Party) -> list[Item]:
    """Return the goods with serials that the customer never got: nothing else can be meant by an invoice."""
    rows = select(
        "SELECT DISTINCT n.product_id FROM document_line n JOIN document d ON d.id = n.document_id "
        "WHERE d.party_id = :party_id",
        party_id=customer.id,
    )
    known = {row["product_id"] for row in rows}
    goods = [item for item in world.items if item.product.tracking is Tracking.SERIAL]
    return [item for item in goods if item.product.id not in known and item.product.nature is Nature.GOODS]


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
