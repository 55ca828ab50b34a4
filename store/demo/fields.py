"""Custom fields of the demo company, and what some of its units have in them."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from store.demo.goods import Kind
from store.demo.world import World
from store.domain.fields import FieldSpec, FieldType
from store.models.products import ProductKindRow
from store.models.sql import select
from store.operations.field_values import set_values
from store.operations.fields import define_field, give_field

FILLED = 24
"""Units of a kind that have values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A field, the kinds that have it, and what units may have in it."""

    spec: FieldSpec
    kinds: tuple[Kind, ...]
    values: tuple[str, ...] = ()
    required: bool = False
    on_list: bool = False
    on_label: bool = False


FIELDS: tuple[Given, ...] = (
    Given(
        spec=FieldSpec(name="Nazwa w sieci", type=FieldType.TEXT, pattern=r"[A-Za-z0-9-]{2,15}",
                       message="Litery, cyfry i łączniki, do 15 znaków."),
        kinds=(Kind.LAPTOP, Kind.NETWORK, Kind.PRINTER),
        values=("BIURO-01", "BIURO-02", "KSIEGOWOSC", "SERWIS-3", "SALA-KONF"), on_list=True, on_label=True,
    ),
    Given(
        spec=FieldSpec(name="Pamięć", type=FieldType.NUMBER, measure="GB"),
        kinds=(Kind.LAPTOP,), values=("8", "16", "32", "64"),
    ),
    Given(
        spec=FieldSpec(name="System", type=FieldType.CHOICE, choices=("Windows 11", "Debian", "bez systemu")),
        kinds=(Kind.LAPTOP,), values=("Windows 11", "Debian", "bez systemu"),
    ),
    Given(
        spec=FieldSpec(name="Szyfrowanie dysku", type=FieldType.YES_NO),
        kinds=(Kind.LAPTOP,), values=("tak", "nie"),
    ),
    Given(
        spec=FieldSpec(name="Wyposażenie", type=FieldType.CHOICES,
                       choices=("zasilacz", "torba", "mysz", "stacja dokująca")),
        kinds=(Kind.LAPTOP, Kind.PHONE), values=("zasilacz", "zasilacz; torba", "zasilacz; mysz; torba"),
    ),
    Given(
        spec=FieldSpec(name="Wersja oprogramowania", type=FieldType.TEXT),
        kinds=(Kind.NETWORK, Kind.CAR), values=("7.2.1", "7.4.0", "8.0.3"),
    ),
    Given(
        spec=FieldSpec(name="Numer rejestracyjny", type=FieldType.TEXT, pattern="[A-Z]{2,3} ?[A-Z0-9]{4,5}",
                       message="Na przykład WX 12345."),
        kinds=(Kind.CAR,), values=("WX 4471A", "GD 90210", "WPI 20KL"), on_list=True,
    ),
    Given(
        spec=FieldSpec(name="Data montażu", type=FieldType.DATE),
        kinds=(Kind.CAR, Kind.NETWORK), values=("2025-09-14", "2026-01-20", "2026-02-11"),
    ),
    Given(
        spec=FieldSpec(name="Opłata roczna", type=FieldType.MONEY, measure="PLN"),
        kinds=(Kind.CAR,), values=("120", "149,90"),
    ),
    Given(
        spec=FieldSpec(name="Serwisuje", type=FieldType.PARTY),
        kinds=(Kind.PRINTER,),
    ),
    Given(
        spec=FieldSpec(name="Uwagi", type=FieldType.LINES),
        kinds=(Kind.LAPTOP, Kind.PRINTER, Kind.PHONE, Kind.NETWORK, Kind.CAR),
        values=("Stoi w recepcji.\nKlucz do szafy u ochrony.", "Oddany po gwarancji, bez opakowania."),
    ),
)  # fmt: skip


def create_fields(world: World, random: Random, at: datetime) -> None:
    """Define the fields, and fill them in on the newest units of their kinds."""
    kinds = {row.code: row.id for row in ProductKindRow.select()}
    actor = world.actor(random, world.locations[0], at)
    for given in FIELDS:
        field = define_field(given.spec)
        values = given.values or tuple(supplier.code for supplier in world.suppliers[:2])
        units = []
        for kind in given.kinds:
            give_field(
                kinds[kind.value], field.id,
                required=given.required, on_list=given.on_list, on_label=given.on_label,
            )  # fmt: skip
            units += _newest(kinds[kind.value])
        for number, value in enumerate(values):
            # Each value on its share of them, in one go.
            set_values(actor, units[number :: len(values) + 1], field.id, value)


def _newest(kind_id: int) -> list[int]:
    rows = select(
        "SELECT u.id FROM unit u JOIN product p ON p.id = u.product_id WHERE p.kind_id = :kind_id "
        "ORDER BY u.id DESC LIMIT :limit",
        kind_id=kind_id,
        limit=FILLED,
    )
    return [int(row["id"]) for row in rows]
