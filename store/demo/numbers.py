"""Further numbers of the demo company's units: own inventory numbers, IMEIs, MAC addresses."""

from collections.abc import Iterator
from itertools import count
from random import Random

from store.demo.goods import Kind
from store.demo.world import World
from store.domain.serials import key_of
from store.domain.terms import IdentifierType
from store.models.sql import execute, select
from store.models.units import IdentifierRow

CHUNK = 500
"""Rows a statement: SQLite takes at most 32,766 values."""


def create_numbers(world: World, random: Random) -> None:
    """Give phones an IMEI, network devices a MAC, and every eighth unit our inventory number."""
    execute(
        "INSERT INTO identifier (unit_id, type, text, key) "
        "SELECT id, 'inventory', 'INV-' || CAST(1000000 + id AS TEXT), 'INV-' || CAST(1000000 + id AS TEXT) "
        "FROM unit WHERE id % 8 = 0 ORDER BY id"
    )
    for item in world.of(Kind.PHONE):
        if item.goods.imei:
            type_code = f"35{random.randint(0, 10**6 - 1):06}"
            _number(item.product.id, IdentifierType.IMEI, (imei(type_code, n) for n in count(1)))
    addresses = (mac(number) for number in count(1))
    for item in world.of(Kind.NETWORK):
        _number(item.product.id, IdentifierType.MAC, addresses)


def _number(product_id: int, kind: IdentifierType, numbers: Iterator[str]) -> None:
    units = select("SELECT id FROM unit WHERE product_id = :product_id ORDER BY id", product_id=product_id)
    rows = [
        {"unit": unit["id"], "type": kind, "text": number, "key": key_of(number)}
        for unit, number in zip(units, numbers, strict=False)
    ]
    for start in range(0, len(rows), CHUNK):
        IdentifierRow.insert_many(rows[start : start + CHUNK]).execute()


def imei(type_code: str, number: int) -> str:
    """Return an IMEI: the type's eight digits, the piece's six, and Luhn's check digit (3GPP TS 23.003)."""
    digits = f"{type_code}{number % 10**6:06}"
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(digits)]
    return f"{digits}{-sum(value // 10 + value % 10 for value in doubled) % 10}"


def mac(number: int) -> str:
    """Return a MAC address of the locally administered range, which no maker has."""
    digits = f"{number % 2**40:010X}"
    return ":".join(("02", *(digits[place : place + 2] for place in range(0, 10, 2))))
