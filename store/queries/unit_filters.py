"""What narrows a search of units down: the units of each thing that is asked, by index; a check of one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from store.domain.field_values import SEPARATOR, key_of_value, parse
from store.domain.fields import FieldSpec, FieldType
from store.domain.serials import key_of
from store.domain.unit_filters import UnitFilter
from store.models.moments import morning
from store.models.sql import is_postgres, select
from store.queries.number_parts import all_with_part

SHORTEST_PART = 3
"""Characters of a number from which on an index finds it: it is of trigrams."""
MOST = 20_000
"""Units up to which what was asked counts as rare: all of them are read then, and sorted."""
ELSEWHERE = "('held', 'borrowed', 'rented', 'service')"
"""As the partial index `unit_elsewhere` has it: terms on which a unit may be where its owner is not."""
_NUMBERED = frozenset({FieldType.NUMBER, FieldType.MONEY, FieldType.DATE, FieldType.YES_NO})
_EARLIEST, _LATEST = "0001-01-02T00:00:00+00:00", "9999-12-30T00:00:00+00:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """One thing that is asked of units."""

    check: str
    """The condition on a unit `u`."""
    sources: tuple[str, ...] = ()
    """Statements that give the ids of all such units as `id`, by index. None: it only narrows others down."""
    values: Mapping[str, Any] = field(default_factory=dict)
    is_text: bool = False
    """It is the part of a number, which exact and near numbers meet in their own way."""
    is_sale: bool = False


def narrowings(wanted: UnitFilter, today: date) -> list[Narrowing]:
    """Return what is asked of units; under warranty means on `today`.

    Raises RefusedError(BAD_VALUE) for what cannot be the value of the field.
    """
    return [*_narrowings(wanted, today)]


def _narrowings(wanted: UnitFilter, today: date) -> Iterator[Narrowing]:
    if key_of(wanted.text):
        yield part(key_of(wanted.text))
    if wanted.party is not None:
        yield _of_party(wanted)
    elif wanted.product is not None:
        yield Narrowing(
            check="u.product_id = :product_id",
            sources=("SELECT id FROM unit WHERE product_id = :product_id",),
            values={"product_id": wanted.product.id},
        )
    if wanted.document is not None:
        yield Narrowing(
            check="""EXISTS (SELECT 1 FROM movement x
                             WHERE x.unit_id = u.id AND x.document_id = :document_id)""",
            sources=(
                "SELECT unit_id AS id FROM movement WHERE document_id = :document_id AND unit_id IS NOT NULL",
            ),
            values={"document_id": wanted.document.id},
        )
    if wanted.field is not None:
        yield _of_field(wanted.field.id, wanted.field, wanted.value)
    if wanted.is_sold:
        yield _sold(wanted.sold_first, wanted.sold_last)
    if wanted.under_warranty:
        yield Narrowing(
            check="u.warranty_until >= :today",
            sources=("SELECT id FROM unit WHERE warranty_until >= :today",),
            values={"today": today.isoformat()},
        )
    if wanted.open_complaint:
        is_open = "e.status = 'open' AND e.kind_code = 'complaint'"
        yield Narrowing(
            check=f"EXISTS (SELECT 1 FROM event e WHERE e.unit_id = u.id AND {is_open})",
            sources=(f"SELECT e.unit_id AS id FROM event e WHERE {is_open}",),
        )


def part(key: str) -> Narrowing:
    """Return what finds the units with `key` anywhere in a number."""
    if is_postgres():
        inside = "position(:key IN {column}) > 0"
        sources = (all_with_part("unit"), all_with_part("identifier"))
        values = {"key": key}
    else:
        inside = "instr({column}, :key) > 0"
        sources = (
            "SELECT rowid AS id FROM unit_search WHERE unit_search MATCH :phrase",
            """SELECT unit_id AS id FROM identifier WHERE id IN
               (SELECT rowid FROM identifier_search WHERE identifier_search MATCH :phrase)""",
        )
        values = {"key": key, "phrase": '"' + key.replace('"', '""') + '"'}
    return Narrowing(
        check=f"""({inside.format(column="u.serial_key")} OR EXISTS (
            SELECT 1 FROM identifier i WHERE i.unit_id = u.id AND {inside.format(column="i.key")}))""",
        sources=sources if len(key) >= SHORTEST_PART else (),
        values=values,
        is_text=True,
    )


def _of_party(wanted: UnitFilter) -> Narrowing:
    """Return what finds a party's units; of one product, if one is asked as well: one index has both."""
    assert wanted.party is not None  # noqa: S101 - asked by the caller
    values: dict[str, Any] = {"place_id": wanted.party.place_id, "party_id": wanted.party.id}
    of_product = ""
    if wanted.product is not None:
        of_product = "u.product_id = :product_id AND "
        values["product_id"] = wanted.product.id
    here, beyond = "u.place_id = :place_id", f"u.owner_id = :party_id AND u.terms IN {ELSEWHERE}"
    return Narrowing(
        check=f"{of_product}({here} OR ({beyond}))",
        sources=tuple(f"SELECT u.id FROM unit u WHERE {of_product}{side}" for side in (here, beyond)),
        values=values,
    )


def _of_field(field_id: int, spec: FieldSpec, text: str) -> Narrowing:
    values: dict[str, Any] = {"field_id": field_id}
    if not text.strip():
        condition = "v.text <> ''"
    elif spec.type in _NUMBERED:
        found = parse(spec, text)
        condition = "v.number = :value_number"
        values["value_number"] = found.number
    elif spec.type is FieldType.CHOICES:
        condition = f"v.key IN ({_keys_with_choice()})"
        mark = SEPARATOR.strip()
        values["value_choice"] = f"{mark} {key_of_value(text)}{mark}"
    else:
        condition = "v.key >= :value_key AND v.key < :value_end"
        key = key_of_value(text)
        values |= {"value_key": key, "value_end": key + chr(0x10FFFF)}
    return Narrowing(
        check=f"""EXISTS (SELECT 1 FROM field_value v
                          WHERE v.unit_id = u.id AND v.field_id = :field_id AND {condition})""",
        sources=(f"SELECT v.unit_id AS id FROM field_value v WHERE v.field_id = :field_id AND {condition}",),
        values=values,
    )


def _keys_with_choice() -> str:
    """Return the statement of all that stands in a field of several choices and has one of them among it.

    From one key to the next along the index: there are as many steps as different values, not as units.
    """
    has = "position(:value_choice IN {0}) > 0" if is_postgres() else "instr({0}, :value_choice) > 0"
    mark = SEPARATOR.strip()
    following = "SELECT min(key) FROM field_value WHERE field_id = :field_id"
    return f"""WITH RECURSIVE each(key) AS (
            SELECT ({following})
            UNION ALL SELECT ({following} AND key > each.key) FROM each WHERE each.key IS NOT NULL)
        SELECT key FROM each WHERE {has.format(f"('{mark} ' || key || '{mark}')")}"""


def sold_values(first: date | None, last: date | None) -> dict[str, Any]:
    """Return the moments between which a sale must lie, as this terminal's days have them."""
    return {
        "sold_from": morning(first) if first else _EARLIEST,
        "sold_until": morning(last + timedelta(days=1)) if last else _LATEST,
    }


SALE = "{0}.to_terms = 'sold' AND {0}.effective_at >= :sold_from AND {0}.effective_at < :sold_until"
"""The condition that a movement is a sale in the period."""
LAST_SALE = f"""{SALE.format("m")} AND m.unit_id IS NOT NULL AND NOT coalesce(EXISTS (
    SELECT 1 FROM movement n WHERE n.unit_id = m.unit_id AND n.id > m.id AND {SALE.format("n")}), FALSE)"""
"""The condition that a movement `m` is its unit's last sale in the period. It is looked up, never joined."""


def _sold(first: date | None, last: date | None) -> Narrowing:
    sale = SALE.format("s")
    return Narrowing(
        check=f"EXISTS (SELECT 1 FROM movement s WHERE s.unit_id = u.id AND {sale})",
        sources=(f"SELECT s.unit_id AS id FROM movement s WHERE {sale} AND s.unit_id IS NOT NULL",),
        values=sold_values(first, last),
        is_sale=True,
    )


def counts(asked: list[Narrowing], *, most: int = MOST) -> list[int]:
    """Return how many units each has, `most` at most, also where no index leads to them. One statement."""
    parts = []
    for narrowing in asked:
        each = [
            f"(SELECT count(*) FROM (SELECT 1 FROM ({source}) AS s LIMIT :most) AS c)"
            for source in narrowing.sources
        ]
        parts.append(" + ".join(each) or ":most")
    columns = ", ".join(f"{part} AS {_name(number)}" for number, part in enumerate(parts))
    values: dict[str, Any] = {"most": most}
    for narrowing in asked:
        values |= narrowing.values
    row = select(f"SELECT {columns}", **values)[0]
    return [min(most, int(row[_name(number)])) for number in range(len(parts))]


def _name(number: int) -> str:
    return f"n{number}"
