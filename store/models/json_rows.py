"""Many rows as one bound value: a bulk of any size is one statement on both databases."""

import json
from collections.abc import Sequence

from store.models.sql import is_postgres


def json_rows(name: str, *columns: str) -> str:
    """Return a table expression of the rows bound as `:name` by `json_text`.

    Its columns are text on PostgreSQL: cast what is a number.
    """
    if is_postgres():
        taken = ", ".join(f"value->>'{column}' AS {column}" for column in columns)
        return f"(SELECT {taken} FROM jsonb_array_elements(CAST(:{name} AS jsonb)) AS each(value))"
    taken = ", ".join(f"json_extract(value, '$.{column}') AS {column}" for column in columns)
    return f"(SELECT {taken} FROM json_each(:{name}))"


def json_text(rows: Sequence[object]) -> str:
    """Return `rows`, mappings or plain values, as the text to bind."""
    return json.dumps(rows, ensure_ascii=False)
