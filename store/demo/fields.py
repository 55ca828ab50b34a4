"""Custom fields of the demo company, and what its units have in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from store.demo.goods import Kind
from store.demo.world import World
from store.domain.fields import FieldSpec, FieldType
from store.domain.records import Actor
from store.models.products import ProductKindRow
from store.models.sql import select
from store.operations.field_values import set_values
from store.operations.fields import define_field, give_field
from store.queries.fields import fields

FILLED = 5_000
"""So many units of a kind have values at most: the newest ones of a big company."""
LEFT_OUT = 9
"""One unit in so many has nothing in a field: nobody has filled it in yet."""
ROOMS = ("BIURO", "KSIEG", "SERWIS", "SALA", "MAG", "KASA")
WITH_CUSTOMERS = "AND u.terms IN ('sold', 'rented', 'consigned', 'service')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A field, the kinds that have it, and what units may have in it."""

    spec: FieldSpec
    kinds: tuple[Kind, ...]
    values: tuple[str, ...] = ()
    required: bool = False
    on_list: bool = False
    on_label: bool = False
    of_place: bool = False
    """It is about where a unit is used: what lies in our stock has none."""
    one_in: int = 1
    """One unit in so many has something worth noting."""


FIELDS: tuple[Given, ...] = (
    Given(
        spec=FieldSpec(name="Nazwa w sieci", type=FieldType.TEXT, pattern=r"[A-Za-z0-9-]{2,15}",
                       message="Litery, cyfry i łączniki, do 15 znaków."),
        kinds=(Kind.LAPTOP, Kind.NETWORK, Kind.PRINTER),
        values=tuple(f"{room}-{number:02}" for number in range(1, 9) for room in ROOMS),
        on_list=True, on_label=True, of_place=True,
    ),
    Given(
        spec=FieldSpec(name="Pamięć", type=FieldType.NUMBER, measure="GB"),
        kinds=(Kind.LAPTOP,), values=("16", "8", "32", "16", "64"),
    ),
    Given(
        spec=FieldSpec(name="System", type=FieldType.CHOICE, choices=("Windows 11", "Debian", "bez systemu")),
        kinds=(Kind.LAPTOP,), values=("Windows 11", "Windows 11", "Debian", "Windows 11", "bez systemu"),
    ),
    Given(
        spec=FieldSpec(name="Szyfrowanie dysku", type=FieldType.YES_NO),
        kinds=(Kind.LAPTOP,), values=("tak", "tak", "nie"),
    ),
    Given(
        spec=FieldSpec(name="Wyposażenie", type=FieldType.CHOICES,
                       choices=("zasilacz", "torba", "mysz", "stacja dokująca")),
        kinds=(Kind.LAPTOP, Kind.PHONE), values=("zasilacz", "zasilacz; torba", "zasilacz; mysz; torba"),
    ),
    Given(
        spec=FieldSpec(name="Blokada zdalna", type=FieldType.YES_NO),
        kinds=(Kind.PHONE,), values=("tak", "nie", "tak"), on_list=True, of_place=True,
    ),
    Given(
        spec=FieldSpec(name="Pomieszczenie", type=FieldType.TEXT),
        kinds=(Kind.MONITOR, Kind.ACCESSORY),
        values=("recepcja", "sala konferencyjna", "pokój 12", "księgowość", "sala 204", "pokój 7", "aula"),
        on_list=True, of_place=True,
    ),
    Given(
        spec=FieldSpec(name="Uchwyt", type=FieldType.CHOICE, choices=("podstawa", "ścienny", "sufitowy")),
        kinds=(Kind.MONITOR,), values=("podstawa", "podstawa", "ścienny", "sufitowy"),
    ),
    Given(
        spec=FieldSpec(name="Złącze", type=FieldType.CHOICE, choices=("USB-C", "USB-A", "Thunderbolt 4")),
        kinds=(Kind.ACCESSORY,), values=("USB-C", "Thunderbolt 4", "USB-C"),
    ),
    Given(
        spec=FieldSpec(name="Wersja oprogramowania", type=FieldType.TEXT),
        kinds=(Kind.NETWORK, Kind.CAR), values=("7.2.1", "7.4.0", "8.0.3"),
    ),
    Given(
        spec=FieldSpec(name="Numer rejestracyjny", type=FieldType.TEXT, pattern="[A-Z]{2,3} ?[A-Z0-9]{4,5}",
                       message="Na przykład WX 12345."),
        kinds=(Kind.CAR,),
        values=tuple(f"{area} {4471 + 613 * number % 5500}{letter}" for number, (area, letter) in enumerate(
            (area, letter) for letter in "AKPSY" for area in ("WX", "GD", "PO", "KR", "LU", "WPI"))),
        on_list=True, of_place=True,
    ),
    Given(
        spec=FieldSpec(name="Data montażu", type=FieldType.DATE),
        kinds=(Kind.CAR, Kind.NETWORK),
        values=("2025-09-14", "2025-11-03", "2026-01-20", "2026-02-11"), of_place=True,
    ),
    Given(
        spec=FieldSpec(name="Opłata roczna", type=FieldType.MONEY, measure="PLN"),
        kinds=(Kind.CAR,), values=("120", "149,90"), of_place=True,
    ),
    Given(
        spec=FieldSpec(name="Serwisuje", type=FieldType.PARTY),
        kinds=(Kind.PRINTER,),
    ),
    Given(
        spec=FieldSpec(name="Numer umowy", type=FieldType.TEXT, pattern=r"UM/\d{4}/\d{3}",
                       message="Na przykład UM/2026/014."),
        kinds=(Kind.SERVICE,), values=("UM/2025/014", "UM/2025/031", "UM/2026/002", "UM/2026/007"),
    ),
    Given(
        spec=FieldSpec(name="Odnowienie", type=FieldType.CHOICE,
                       choices=("po akceptacji oferty", "co roku bez pytania", "nie odnawiać")),
        kinds=(Kind.SERVICE,), values=("po akceptacji oferty", "co roku bez pytania", "po akceptacji oferty"),
        on_list=True,
    ),
    Given(
        spec=FieldSpec(name="Uwagi", type=FieldType.LINES),
        kinds=(Kind.LAPTOP, Kind.MONITOR, Kind.PRINTER, Kind.PHONE, Kind.NETWORK, Kind.CAR),
        values=(
            "Stoi w recepcji.\nKlucz do szafy u ochrony.", "Wydany bez opakowania.",
            "Kontakt w sprawie serwisu: sekretariat, do 15:00.", "Rysa na obudowie, zgłoszona przy odbiorze.",
            "Hasło administratora w sejfie klienta.",
        ),
        of_place=True, one_in=6,
    ),
)  # fmt: skip


def create_fields(world: World, random: Random, at: datetime) -> None:
    """Define the fields, and fill them in on most goods of their kinds."""
    kinds = {row.code: row.id for row in ProductKindRow.select()}
    actor = world.actor(random, world.locations[0], at)
    for given in FIELDS:
        field = define_field(given.spec)
        for kind in given.kinds:
            give_field(
                kinds[kind.value], field.id,
                required=given.required, on_list=given.on_list, on_label=given.on_label,
            )  # fmt: skip
            if kind is not Kind.SERVICE:
                _fill(world, actor, given, field.id, kinds[kind.value])


def fill_services(world: World, at: datetime) -> None:
    """Fill the fields in on most services, which come last."""
    kind_id = ProductKindRow.get(ProductKindRow.code == Kind.SERVICE.value).id
    actor = Actor(operator=world.operators[0], terminal=world.terminals[0], at=at)
    known = {field.name: field.id for field in fields()}
    for given in FIELDS:
        if Kind.SERVICE in given.kinds:
            _fill(world, actor, given, known[given.spec.name], kind_id)


def _fill(world: World, actor: Actor, given: Given, field_id: int, kind_id: int) -> None:
    values = given.values or tuple(supplier.code for supplier in world.suppliers[:2])
    units = _newest(kind_id, of_place=given.of_place)
    for value, some in _shared(units, values, given.one_in):
        # Each value on its share of them, in one go.
        set_values(actor, some, field_id, value)


def _shared(units: Sequence[int], values: Sequence[str], one_in: int) -> Iterator[tuple[str, list[int]]]:
    """Yield each value with the units that have it; a few units have none."""
    chosen = [unit for number, unit in enumerate(units[::one_in], start=1) if number % LEFT_OUT]
    shares: dict[str, list[int]] = {}
    for number, unit in enumerate(chosen):
        shares.setdefault(values[number % len(values)], []).append(unit)
    yield from shares.items()


def _newest(kind_id: int, *, of_place: bool) -> list[int]:
    rows = select(
        f"""SELECT u.id FROM unit u JOIN product p ON p.id = u.product_id
        WHERE p.kind_id = :kind_id {WITH_CUSTOMERS if of_place else ""} ORDER BY u.id DESC LIMIT :limit""",
        kind_id=kind_id,
        limit=FILLED,
    )
    return [int(row["id"]) for row in rows]
