"""Many values in one statement, the same on both databases: lists and rows go over as JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from store.models.sql import is_postgres

BIG = "BIGINT"
TEXT = "TEXT"


def among(column: str, name: str) -> str:
    """Return the condition that `column` is one of the values bound as `:name` by `listed`."""
    if is_postgres():
        return f"{column} = ANY(:{name})"
    return f"{column} IN (SELECT value FROM json_each(:{name}))"


def listed(values: Iterable[int] | Iterable[str]) -> Any:
    """Return values to be bound for `among`. Texts and whole numbers only, and never mixed."""
    found = list(dict.fromkeys(values))
    if not is_postgres():
        return json.dumps(found)
    # An empty array has no type of its own; no id and no key is this one.
    return found or [None]


def rows_as(name: str, columns: Mapping[str, str]) -> str:
    """Return a table named `name` for a FROM clause: the rows bound as `:rows` by `packed`."""
    if is_postgres():
        types = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        return f"json_to_recordset(CAST(:rows AS json)) AS {name} ({types})"
    parts = ", ".join(f"json_extract(value, '$.{column}') AS {column}" for column in columns)
    # With a limit SQLite reads the JSON once, and does not look through all of it for every row that it
    # joins.
    return f"(SELECT {parts} FROM json_each(:rows) LIMIT -1) AS {name}"


def packed(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows to be bound as `:rows`: texts, whole numbers and None."""
    return json.dumps(rows, ensure_ascii=False)
