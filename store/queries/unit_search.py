"""Units found by any part of a number, by what they are, who has them, and what happened to them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias

from store.domain.records import Party, Product
from store.domain.serials import key_of
from store.domain.unit_filters import Position, UnitFilter
from store.domain.units import UnitSummary
from store.models.sql import is_postgres, select
from store.queries import parties, products
from store.queries.listed_values import with_values
from store.queries.narrowed_units import narrowed
from store.queries.near import near, near_part
from store.queries.number_parts import newest_with_part
from store.queries.unit_filters import SHORTEST_PART, Narrowing, narrowings, part
from store.queries.units import EXACT, SUMMARIES, by_number, summary_of

UnitHit: TypeAlias = UnitSummary | Product | Party
"""A unit; or a product or a party, which stands for its units."""

MOST_EXACT = 20
MOST_GROUPS = 3
"""So many products, and so many parties, are shown beside the units."""
SHORTEST_DIGITS = 8
"""Digits from which on a text can be a GTIN or a NIP; fewer are a part of half of them all."""
START = Position()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was found, and where the next page begins; None: that is all."""

    hits: list[UnitHit]
    after: list[Position]
    """Where a page would begin that follows each of them."""
    following: Position | None


def search(text: str, *, limit: int = 100) -> list[UnitHit]:
    """Return what has `text` in it, at most `limit`: the first page of `find` with nothing else asked."""
    return find(UnitFilter(text=text), today=date.max, limit=limit).hits


def find(wanted: UnitFilter, *, today: date, position: Position = START, limit: int = 100) -> Page:
    """Return at most `limit` of what is wanted, from `position` on; under warranty means on `today`.

    First the units with this very number. Then, where nothing but a text is asked, the products and parties
    of that name. Then the units with the text anywhere in a number: newest first, or last sold first where
    a sale is asked. Where no number is the text itself, those that are mistaken for it come last, marked so.
    Fewer than `SHORTEST_PART` characters alone find exact numbers only. The statements do not grow in number.
    Raises RefusedError(BAD_VALUE) for what cannot be the value of the field.
    """
    asked = narrowings(wanted, today)
    exact, first = _first(wanted, asked)
    hits: list[UnitHit] = list(first[position.first : position.first + limit + 1])
    is_part = len(key_of(wanted.text)) >= SHORTEST_PART
    if len(hits) <= limit and (wanted.narrows or is_part):
        if not position.near:
            hits += _containing(wanted, asked, position, limit + 1 - len(hits))
        if len(hits) <= limit and is_part and not exact:
            hits += _near(wanted.text, asked)[position.near :]
    shown = hits[:limit]
    after = _positions(position, shown, len(first))
    units = iter(with_values([hit for hit in shown if isinstance(hit, UnitSummary)]))
    return Page(
        hits=[next(units) if isinstance(hit, UnitSummary) else hit for hit in shown],
        after=after,
        following=after[-1] if len(hits) > limit else None,
    )


def _positions(begin: Position, shown: list[UnitHit], first: int) -> list[Position]:
    """Return where a page after each hit would begin; so many hits in all stand `first`."""
    found = []
    for hit in shown:
        if begin.first < first:
            begin = replace(begin, first=begin.first + 1)
        elif isinstance(hit, UnitSummary) and hit.is_near:
            begin = replace(begin, near=begin.near + 1)
        elif isinstance(hit, UnitSummary):
            begin = replace(begin, last=hit.key)
        found.append(begin)
    return found


def _first(wanted: UnitFilter, asked: list[Narrowing]) -> tuple[list[UnitSummary], list[UnitHit]]:
    """Return the units with the text as a whole number; and these with products and parties of that name."""
    if not key_of(wanted.text):
        return [], []
    check, values = _further(asked)
    exact = by_number(wanted.text, limit=MOST_EXACT, check=check, also=values)
    if wanted.narrows or len(key_of(wanted.text)) < SHORTEST_PART:
        return exact, [*exact]
    return exact, [*exact, *_groups(wanted.text)]


def _further(asked: list[Narrowing]) -> tuple[str, dict[str, Any]]:
    """Return the condition of what is asked, and its values, without the text itself."""
    rest = [narrowing for narrowing in asked if not narrowing.is_text]
    values: dict[str, Any] = {}
    for narrowing in rest:
        values |= narrowing.values
    return " AND ".join(narrowing.check for narrowing in rest), values


def _containing(
    wanted: UnitFilter, asked: list[Narrowing], position: Position, limit: int
) -> list[UnitSummary]:
    """Return the units that are all that is asked, those left out that have the text as a whole number."""
    if wanted.narrows:
        return narrowed(wanted, asked, after=position.last, limit=limit, exact=not key_of(wanted.text))
    rows = select(
        containing_statement(),
        limit=limit,
        most=limit + MOST_EXACT,
        before=position.last.id if position.last else 2**62,
        **part(key_of(wanted.text)).values,
    )
    return [summary_of(row) for row in rows]


def containing_statement() -> str:
    """Return the statement that finds a part of a number by index, whatever the store's size."""
    # Each side is cut off before they are joined: of a part that half of all numbers have, only the page
    # that is shown is read.
    if is_postgres():
        serials, further = newest_with_part("unit"), newest_with_part("identifier")
    else:
        serials = """SELECT rowid AS id FROM unit_search WHERE unit_search MATCH :phrase AND rowid < :before
                     ORDER BY id DESC LIMIT :most"""
        further = """SELECT unit_id AS id FROM identifier WHERE unit_id < :before AND id IN (
                     SELECT rowid FROM identifier_search WHERE identifier_search MATCH :phrase)
                     ORDER BY id DESC LIMIT :most"""
    return f"""{SUMMARIES}
        WHERE u.id IN (SELECT id FROM ({serials}) AS a UNION SELECT id FROM ({further}) AS b)
              AND NOT ({EXACT})
        ORDER BY u.id DESC LIMIT :limit"""


def _near(text: str, asked: list[Narrowing]) -> list[UnitSummary]:
    """Return the units that only come near, without those that have the text itself."""
    key = key_of(text)
    check, values = _further(asked)
    found = near(text, check=check, also=values)
    known = {unit.id for unit in found}
    found += [unit for unit in near_part(key, check=check, also=values) if unit.id not in known]
    return [unit for unit in found if key not in key_of(unit.serial)]


def _groups(text: str) -> list[Product | Party]:
    if _is_short_number(text.strip()):
        return []
    found: list[Product | Party] = [*products.search(text, limit=MOST_GROUPS)]
    # A tax id is found with dashes and spaces as well: what is short without them is no part of one here.
    if not _is_short_number(text.replace("-", "").replace(" ", "")):
        found += parties.search(text, limit=MOST_GROUPS)
    return found


def _is_short_number(text: str) -> bool:
    return text.isdigit() and len(text) < SHORTEST_DIGITS


def of_product(
    product_id: int, text: str = "", *, after: str | None = None, limit: int = 100
) -> list[UnitSummary]:
    """Return the units of a product with `text` in their serial, by serial: at most `limit`.

    They follow the one with the serial `after`. Each page is read along the index of the serials, whatever
    their number.
    """
    key = key_of(text)
    for special in "!%_":
        key = key.replace(special, f"!{special}")
    has_part = "AND u.serial_key LIKE :part ESCAPE '!'" if key else ""
    rows = select(
        f"""{SUMMARIES} WHERE u.product_id = :product_id AND u.serial_key > :after {has_part}
        ORDER BY u.serial_key LIMIT :limit""",
        product_id=product_id,
        after=key_of(after) if after else "",
        part=f"%{key}%",
        limit=limit,
    )
    return with_values([summary_of(row) for row in rows])
