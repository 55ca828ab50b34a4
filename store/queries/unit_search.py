"""Units found by any part of a number, or by what they are and who has them."""

from typing import TypeAlias

from store.domain.records import Party, Product
from store.domain.serials import key_of
from store.domain.units import UnitSummary
from store.models.sql import is_postgres, select
from store.queries import parties, products
from store.queries.near import near, near_part
from store.queries.units import EXACT, SUMMARIES, by_number, summary_of

UnitHit: TypeAlias = UnitSummary | Product | Party
"""A unit; or a product or a party, which stands for its units."""

SHORTEST_PART = 3
"""Characters of a number that a search needs: the index is of trigrams."""
MOST_EXACT = 20
MOST_GROUPS = 3
"""So many products, and so many parties, are shown beside the units."""
SHORTEST_DIGITS = 8
"""Digits from which on a text can be a GTIN or a NIP; fewer are a part of half of them all."""


def search(text: str, *, limit: int = 100, skip: int = 0) -> list[UnitHit]:
    """Return what has `text` in it: at most `limit` after the first `skip`.

    First the units with this very number, then the products and parties of that name, then the units with
    `text` anywhere in a number, newest first; where no number is `text` itself, at last those that are
    mistaken for it, marked as such. Fewer than `SHORTEST_PART` characters find exact numbers only.
    """
    exact = by_number(text, limit=MOST_EXACT)
    key = key_of(text)
    if len(key) < SHORTEST_PART:
        return list(exact[skip : skip + limit])
    head: list[UnitHit] = [*exact, *_groups(text)]
    page = head[skip : skip + limit]
    if len(page) < limit:
        skipped = max(0, skip - len(head))
        wanted = limit - len(page)
        containing = _containing(key, skip=skipped, limit=wanted)
        page += containing
        if len(containing) < wanted and not exact:
            page += _near(text, key, skipped, containing)[: limit - len(page)]
    return page


def _near(text: str, key: str, skipped: int, containing: list[UnitSummary]) -> list[UnitSummary]:
    """Return the units that only come near, without those of them that stood on the pages before."""
    found = near(text)
    known = {unit.id for unit in found}
    found += [unit for unit in near_part(key) if unit.id not in known]
    found = [unit for unit in found if key not in key_of(unit.serial)]
    before = 0
    if skipped and not containing:
        # So many of what was skipped have the text itself.
        before = skipped - len(_containing(key, skip=0, limit=skipped))
    return found[before:]


def _groups(text: str) -> list[Product | Party]:
    if text.strip().isdigit() and len(text.strip()) < SHORTEST_DIGITS:
        return []
    return [*products.search(text, limit=MOST_GROUPS), *parties.search(text, limit=MOST_GROUPS)]


def _containing(key: str, *, skip: int, limit: int) -> list[UnitSummary]:
    """Return the units with `key` in a number, newest first, those left out that have it as a whole."""
    rows = select(
        containing_statement(), limit=limit, skip=skip, most=skip + limit + MOST_EXACT, key=key, **_part(key)
    )
    return [summary_of(row) for row in rows]


def containing_statement() -> str:
    """Return the statement that finds a part of a number by index, whatever the store's size."""
    # Each side is cut off before they are joined: of a part that half of all numbers have, only the page
    # that is shown is read.
    if is_postgres():
        serials = _trigrams("unit", "id", "serial_key")
        further = _trigrams("identifier", "unit_id", "key")
    else:
        serials = "SELECT rowid AS id FROM unit_search WHERE unit_search MATCH :phrase"
        further = """SELECT unit_id AS id FROM identifier WHERE id IN (
                     SELECT rowid FROM identifier_search WHERE identifier_search MATCH :phrase)"""
    return f"""{SUMMARIES}
        WHERE u.id IN (SELECT id FROM ({serials} ORDER BY id DESC LIMIT :most) AS a
                       UNION SELECT id FROM ({further} ORDER BY id DESC LIMIT :most) AS b)
              AND NOT ({EXACT})
        ORDER BY u.id DESC LIMIT :limit OFFSET :skip"""


def _trigrams(table: str, unit: str, column: str) -> str:
    return f"""SELECT {unit} AS id FROM {table}
               WHERE sztuka_trigrams({column}) @> sztuka_trigrams(:key) AND {column} LIKE :part ESCAPE '!'"""


def _part(key: str) -> dict[str, str]:
    return {"part": _like(key)} if is_postgres() else {"phrase": '"' + key.replace('"', '""') + '"'}


def _like(key: str) -> str:
    for special in "!%_":
        key = key.replace(special, f"!{special}")
    return f"%{key}%"


def of_product(product_id: int, part: str = "", *, limit: int = 100, skip: int = 0) -> list[UnitSummary]:
    """Return the units of a product with `part` in their serial, by serial: at most `limit` after `skip`."""
    rows = select(
        f"""{SUMMARIES} WHERE u.product_id = :product_id AND u.serial_key LIKE :part ESCAPE '!'
        ORDER BY u.serial_key, u.id LIMIT :limit OFFSET :skip""",
        product_id=product_id,
        part=_like(key_of(part)),
        limit=limit,
        skip=skip,
    )
    return [summary_of(row) for row in rows]
