"""Units with a part anywhere in a number, on PostgreSQL: by index, step by step from the newest back."""

from collections.abc import Sequence

_STEP_BITS = 15
"""As the index has it: so many bits of a unit's id are left out of the number of its step."""
_NUMBERS = {"unit": ("id", "serial_key"), "identifier": ("unit_id", "key")}


def all_with_part(table: str) -> str:
    """Return the statement of the ids of all units with the part `:key` in a number of `table`."""
    return _steps(table, ("key",), last="(SELECT max(id) FROM unit)")


def newest_with_part(table: str, names: Sequence[str] = ("key",)) -> str:
    """Return the statement of the `:most` newest ids below `:before`, with any part in the values `names`.

    The newest come first. Steps behind a full page are not read at all.
    """
    unit, _column = _NUMBERS[table]
    # The order of an expression: else the planner walks along the ids in the hope of meeting the part soon.
    page = f"AND {unit} < :before ORDER BY {unit} + 0 DESC LIMIT :most"
    return f"""{_steps(table, names, page=page, last="least((SELECT max(id) FROM unit), :before - 1)")}
               LIMIT :most"""


def _steps(table: str, names: Sequence[str], *, last: str, page: str = "") -> str:
    unit, column = _NUMBERS[table]
    any_part = " OR ".join(
        f"(sztuka_parts({unit}, {column}) @> sztuka_part(g.step, :{name}) "
        f"AND position(:{name} IN {column}) > 0)"
        for name in names
    )
    return f"""SELECT f.id FROM generate_series({last} >> {_STEP_BITS}, 0, -1) AS g (step)
               CROSS JOIN LATERAL (SELECT {unit} AS id FROM {table} WHERE ({any_part}) {page}) AS f"""
