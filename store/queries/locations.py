"""Our own locations."""

from collections.abc import Collection
from typing import Any

from store.domain.records import Location
from store.models.parties import LocationRow
from store.models.sql import select
from store.queries.parties import contains


def listing() -> list[Location]:
    """Return the locations in use, by name."""
    rows = LocationRow.select().where(~LocationRow.retired).order_by(LocationRow.name, LocationRow.id)
    return [_location(row) for row in rows]


def by_ids(ids: Collection[int]) -> list[Location]:
    """Return the locations with these ids."""
    return [_location(row) for row in LocationRow.select().where(LocationRow.id.in_(ids))] if ids else []


def search(text: str, *, besides: int | None = None, limit: int = 50, skip: int = 0) -> list[Location]:
    """Return the locations in use whose code or name has `text` in it, by name: at most `limit` after `skip`.

    The location with the id `besides` is left out.
    """
    rows = select(
        """
        SELECT id, code, name, place_id FROM location
        WHERE NOT retired AND id <> :besides
        AND (lower(name) LIKE :part ESCAPE '!' OR lower(code) LIKE :part ESCAPE '!')
        ORDER BY name, id LIMIT :limit OFFSET :skip
        """,
        besides=besides or 0,
        part=contains(text),
        limit=limit,
        skip=skip,
    )
    return [Location(**row) for row in rows]


def _location(row: Any) -> Location:
    return Location(id=row.id, code=row.code, name=row.name, place_id=row.place_id)
