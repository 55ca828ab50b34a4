"""Our own locations."""

from store.domain.records import Location
from store.models.parties import LocationRow


def listing() -> list[Location]:
    """Return the locations in use, by name."""
    rows = LocationRow.select().where(~LocationRow.retired).order_by(LocationRow.name, LocationRow.id)
    return [Location(id=row.id, code=row.code, name=row.name, place_id=row.place_id) for row in rows]
