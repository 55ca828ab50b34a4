"""A search of units that is kept under a name."""

from dataclasses import dataclass

from store.domain.unit_filters import UnitFilter

LONGEST_NAME = 60
"""Characters of a name, which has to fit on a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """What is looked for, as it was saved."""

    id: int
    name: str
    is_shared: bool
    """Everybody has it; else only who saved it."""
    saved_by_id: int
    wanted: UnitFilter


def name_key(name: str) -> str:
    """Return the form in which names are compared: letter case and blanks forgiven."""
    return " ".join(name.casefold().split())
