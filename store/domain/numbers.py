"""Numbers of documents: `PZ/2026/000123`."""

from store.domain.terms import DocumentType

SERIES: dict[DocumentType, str] = {
    DocumentType.DELIVERY: "PZ",
    DocumentType.ISSUE: "WZ",
}
"""The customary Polish series. Printable ASCII only: the number is a barcode on paper."""


def number_of(document: DocumentType, year: int, counted: int) -> str:
    """Return the number of the `counted`-th document of its series in a year."""
    return f"{SERIES[document]}/{year}/{counted:06}"
