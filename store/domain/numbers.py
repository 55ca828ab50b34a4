"""Numbers of documents: `PZ/2026/000123`."""

from store.domain.kinds import KINDS
from store.domain.terms import DocumentType

SERIES: dict[DocumentType, str] = {type_: kind.series for type_, kind in KINDS.items()}
"""The customary Polish series."""


def number_of(document: DocumentType, year: int, counted: int) -> str:
    """Return the number of the `counted`-th document of its series in a year."""
    return number_in(SERIES[document], year, counted)


def number_in(series: str, year: int, counted: int) -> str:
    """Return the `counted`-th number of a series in a year."""
    return f"{series}/{year}/{counted:06}"
