"""Kinds of products."""

from store.models.sql import select


def kinds() -> list[tuple[int, str]]:
    """Return the kinds in use, by name: id and name."""
    rows = select("SELECT id, name FROM product_kind WHERE NOT retired ORDER BY name, id")
    return [(row["id"], row["name"]) for row in rows]
