"""Policies, certificates and licences of the demo company's customers: some expire, some were renewed."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from store.demo.goods import Kind
from store.demo.world import Item, World
from store.domain.lists import ListKind
from store.domain.records import Operator
from store.domain.roles import Role
from store.domain.services import NewService, Renewal
from store.models.products import ProductRow
from store.models.sql import select
from store.operations.editing import EDITS
from store.operations.service_ending import end_services
from store.operations.services import add_services, renew

MONTHS = {"PL-OC1": "12", "LC-AV1": "12", "CR-KW3": "36"}
SEATS = {"LC-AV1": "10"}
ENDS: tuple[tuple[str, int, str], ...] = (
    ("LC-AV1", -19, "biuro, stanowiska 1-10"),
    ("CR-KW3", -4, "prezes zarządu"),
    ("PL-OC1", 6, "WX 20471"),
    ("LC-AV1", 12, "serwis"),
    ("CR-KW3", 27, "księgowość"),
    ("PL-OC1", 44, "PO 7KR15"),
    ("LC-AV1", 58, "oddział"),
    ("PL-OC1", 83, "GD 442LM"),
    ("CR-KW3", 410, "kadry"),
    ("LC-AV1", 300, "magazyn"),
)
"""Which product, in how many days it ends, and what it is about."""
PERIOD = timedelta(days=365)


def create_services(world: World, random: Random, at: datetime) -> None:
    """Give customers services before the morning `at`; renew one of them and end another."""
    today = at.date()
    here = world.locations[0]
    actor = replace(world.actor(random, here, at), operator=_chief(world))
    items = {item.goods.sku: item for item in world.of(Kind.SERVICE) if item.goods.sku in MONTHS}
    for sku, item in items.items():
        terms = {"validity_months": MONTHS[sku], "seats": SEATS.get(sku, "")}
        EDITS[ListKind.PRODUCTS](ProductRow.get_by_id(item.product.id), terms)
    laptop = select("SELECT id, owner_id FROM unit WHERE terms = 'sold' ORDER BY id LIMIT 1")
    made = []
    for number, (sku, days, subject) in enumerate(ENDS):
        party = world.customers[number % 6]
        new = NewService(
            party_id=party.id,
            product_id=items[sku].product.id,
            numbers=(_number(items[sku], random),),
            valid_from=today + timedelta(days=days) - PERIOD * (3 if sku == "CR-KW3" else 1) + timedelta(1),
            valid_until=today + timedelta(days=days),
            subject=subject,
        )
        made += add_services(actor, new, token=f"demo-service-{number}")
    if laptop:
        about = NewService(
            party_id=laptop[0]["owner_id"], product_id=items["LC-AV1"].product.id,
            numbers=(_number(items["LC-AV1"], random),), valid_from=today - timedelta(days=200), seats=1,
            subject_id=laptop[0]["id"],
        )  # fmt: skip
        add_services(actor, about, token="demo-service-unit")  # noqa: S106
    renewed = Renewal(unit_id=made[2], number=_number(items["PL-OC1"], random))
    renew(actor, [renewed], token="demo-renewal")  # noqa: S106
    end_services(actor, [made[9]], today, reason="Klient zamknął magazyn", token="demo-ending")  # noqa: S106


def _chief(world: World) -> Operator:
    return next(operator for operator in world.operators if operator.role is Role.SUPERVISOR)


def _number(item: Item, random: Random) -> str:
    return "".join(str(random.randrange(10)) if sign == "#" else sign for sign in str(item.goods.serial))
