"""Numbers are found and unique by their keys, so every key must be made from its text by the one rule."""

from collections.abc import Iterator

from store.domain.findings import Finding, FindingCode
from store.domain.serials import key_of
from store.models.sql import stream

_KEYS = (
    ("unit", "serial", "serial_key"),
    ("identifier", "text", "key"),
    ("product", "sku", "sku_key"),
    ("expected_serial", "serial", "serial_key"),
    ("draft_scan", "serial", "serial_key"),
)
"""Tables with a text and its key."""


def check_keys() -> Iterator[Finding]:
    """Yield the rows whose key is not the normalised form of their text."""
    for table, text, key in _KEYS:
        for row in stream(f"SELECT id, {text} AS text, {key} AS key FROM {table} WHERE {text} IS NOT NULL"):
            if key_of(row["text"]) != row["key"]:
                yield Finding(code=FindingCode.KEY, data={"table": table, **row})
