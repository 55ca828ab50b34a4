"""Numbers of documents: `PZ/2026/000123`."""

from store.domain.kinds import KINDS
from store.domain.terms import DocumentType

SERIES: dict[DocumentType, str] = {type_: kind.series for type_, kind in KINDS.items()}
"""The customary Polish series."""


def number_of(document: DocumentType, year: int, counted: int) -> str:
    """Return the number of the `counted`-th document of its series in a year."""
    return f"{SERIES[document]}/{year}/{counted:06}"
