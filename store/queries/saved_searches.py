"""The searches that an operator can open by name."""

from typing import Any

from store.domain.saved_searches import SavedSearch, name_key
from store.domain.unit_filters import SoughtDocument, UnitFilter
from store.models.moments import day_of
from store.models.sql import select
from store.queries.fields import field_by_id
from store.queries.parties import party_by_id
from store.queries.products import product_by_id

_SEARCHES = """
    SELECT s.*, d.number FROM saved_search s LEFT JOIN document d ON d.id = s.document_id
    WHERE (s.operator_id = :operator_id OR s.operator_id IS NULL)
"""


def names(operator_id: int) -> list[tuple[int, str, bool]]:
    """Return of every search that an operator has the id, the name, and if it is shared: own ones first."""
    rows = select(f"{_SEARCHES} ORDER BY s.operator_id IS NULL, s.name_key, s.id", operator_id=operator_id)
    return [(row["id"], row["name"], row["operator_id"] is None) for row in rows]


def saved_search(operator_id: int, search_id: int) -> SavedSearch | None:
    """Return a search of an operator's or of everybody's, or None when it is neither."""
    rows = select(f"{_SEARCHES} AND s.id = :search_id", operator_id=operator_id, search_id=search_id)
    return _saved(rows[0]) if rows else None


def shared_search(name: str) -> SavedSearch | None:
    """Return the search that everybody has under a name, or None."""
    rows = select(f"{_SEARCHES} AND s.name_key = :name AND s.operator_id IS NULL",
                  operator_id=0, name=name_key(name))  # fmt: skip
    return _saved(rows[0]) if rows else None


def _saved(row: dict[str, Any]) -> SavedSearch:
    document_id = row["document_id"]
    return SavedSearch(
        id=row["id"],
        name=row["name"],
        is_shared=row["operator_id"] is None,
        saved_by_id=row["saved_by_id"],
        wanted=UnitFilter(
            text=row["text"],
            product=None if row["product_id"] is None else product_by_id(row["product_id"]),
            party=None if row["party_id"] is None else party_by_id(row["party_id"]),
            document=None if document_id is None else SoughtDocument(id=document_id, number=row["number"]),
            field=None if row["field_id"] is None else field_by_id(row["field_id"]),
            value=row["value"],
            sold_first=day_of(row["sold_first"]),
            sold_last=day_of(row["sold_last"]),
            under_warranty=bool(row["under_warranty"]),
            open_complaint=bool(row["open_complaint"]),
        ),
    )
