"""Units whose numbers come near a text: by index, whatever the store's size."""

import json
from collections.abc import Mapping
from typing import Any

from store.domain.near import LOOK, look_of, slips, variants
from store.domain.serials import key_of
from store.domain.units import UnitSummary
from store.models.sql import is_postgres, select
from store.queries.number_parts import newest_with_part
from store.queries.units import SUMMARIES, summary_of

SHORTEST = 5
"""Signs from which on a number is compared with those one slip away: nearly all shorter ones are."""
MOST = 20


def near(
    text: str, *, limit: int = MOST, check: str = "", also: Mapping[str, Any] | None = None
) -> list[UnitSummary]:
    """Return the units with a number that is mistaken for `text`: those that look the same come first.

    `check` is a further condition on a unit `u`, `also` its values.
    """
    key = key_of(text)
    look = look_of(key)
    if not look:
        return []
    looks = [look, *(sorted(slips(look)) if len(look) >= SHORTEST else ())]
    values: dict[str, Any] = {"looks": looks if is_postgres() else json.dumps(looks)}
    rows = select(
        f"""{SUMMARIES} WHERE u.id IN (SELECT id FROM unit WHERE {_among("serial_key")}
                                       UNION SELECT unit_id FROM identifier WHERE {_among("key")})
              AND u.serial_key <> :key {_and(check)}
        ORDER BY CASE WHEN {look_expression("u.serial_key")} = :look THEN 0 ELSE 1 END, u.id DESC
        LIMIT :limit""",
        key=key,
        look=look,
        limit=limit,
        **{**(also or {}), **values},
    )
    return [summary_of(row, is_near=True) for row in rows]


def near_part(
    key: str, *, limit: int = MOST, check: str = "", also: Mapping[str, Any] | None = None
) -> list[UnitSummary]:
    """Return the units with a part that the eye takes for `key`, newest first, without those that have it.

    `check` is a further condition on a unit `u`, `also` its values.
    """
    parts = variants(key)
    if not parts:
        return []
    values: dict[str, Any]
    if is_postgres():
        names = [f"part_{_letters(number)}" for number in range(len(parts))]
        values = {"before": 2**62, **dict(zip(names, parts, strict=True))}
        found = newest_with_part("unit", names)
    else:
        quoted = (part.replace('"', '""') for part in parts)
        values = {"phrases": " OR ".join(f'"{part}"' for part in quoted)}
        found = """SELECT rowid AS id FROM unit_search WHERE unit_search MATCH :phrases
                   ORDER BY id DESC LIMIT :most"""
    rows = select(
        f"""{SUMMARIES} WHERE u.id IN (SELECT id FROM ({found}) AS f)
              {_and(check)}
        ORDER BY u.id DESC""",
        most=(50 if check else 2) * limit,
        **{**(also or {}), **values},
    )
    units = [summary_of(row, is_near=True) for row in rows]
    return [unit for unit in units if key not in key_of(unit.serial)][:limit]


def look_expression(column: str) -> str:
    """Return SQL for the look of a key, word for word as the indexes have it."""
    if is_postgres():
        signs = "".join(sign for sign, to in LOOK.items() if to) + "".join(
            sign for sign, to in LOOK.items() if not to
        )
        return f"translate({column}, '{signs}', '{''.join(LOOK.values())}')"
    expression = column
    for sign, to in LOOK.items():
        expression = f"replace({expression}, '{sign}', '{to}')"
    return expression


def _among(column: str) -> str:
    looks = "= ANY(:looks)" if is_postgres() else "IN (SELECT value FROM json_each(:looks))"
    return f"{look_expression(column)} {looks}"


def _and(check: str) -> str:
    return f"AND ({check})" if check else ""


def _letters(number: int) -> str:
    # Names of values are of letters alone.
    return chr(ord("a") + number)
