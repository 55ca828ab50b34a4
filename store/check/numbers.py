"""Numbers of documents: each series counts every year from one, without a gap, as far as its counter says."""

from collections.abc import Iterator

from store.domain.deals import SERIES as DEALS
from store.domain.findings import Finding, FindingCode
from store.domain.numbers import SERIES, number_in
from store.domain.terms import DocumentType
from store.models.sql import select, stream

MOST_GAPS = 100
"""So many missing numbers of a series are named; a thousand more say nothing more."""

_COUNTED = (
    "SELECT id, type, number FROM document WHERE number IS NOT NULL UNION ALL SELECT id, '', number FROM deal"
)
"""A deal is no document, and has a series of its own."""


def check_numbers() -> Iterator[Finding]:
    """Yield the documents with a wrong number, the gaps, and the counters that disagree."""
    # A byte for each number of a series in a year: a million documents need a megabyte.
    seen: dict[tuple[str, int], bytearray] = {}
    for row in stream(_COUNTED):
        place = _taken_apart(SERIES[DocumentType(row["type"])] if row["type"] else DEALS, row["number"])
        if place is None:
            is_deal = not row["type"]
            code = FindingCode.DEAL_NUMBER if is_deal else FindingCode.NUMBER
            data = {"deal_id" if is_deal else "document_id": row["id"], "number": row["number"]}
            yield Finding(code=code, data=data)
            continue
        series, year, counted = place
        numbers = seen.setdefault((series, year), bytearray())
        numbers.extend(bytes(max(0, counted - len(numbers))))
        numbers[counted - 1] = 1
    last = {(row["series"], row["year"]): int(row["last"]) for row in select("SELECT * FROM counter")}
    for series, year in sorted(seen.keys() | last.keys()):
        numbers = seen.get((series, year), bytearray())
        yield from _gaps(series, year, numbers)
        if last.get((series, year), 0) != len(numbers):
            data = {
                "series": series, "year": year,
                "last": last.get((series, year), 0), "highest": len(numbers),
            }  # fmt: skip
            yield Finding(code=FindingCode.COUNTER, data=data)


def _taken_apart(series: str, number: str) -> tuple[str, int, int] | None:
    """Return a number's series, year and count, or None when the series has no such number."""
    parts = number.split("/")
    if len(parts) != 3 or not (parts[1].isdecimal() and parts[2].isdecimal()):
        return None
    year, counted = int(parts[1]), int(parts[2])
    right = counted > 0 and number == number_in(series, year, counted)
    return (series, year, counted) if right else None


def _gaps(series: str, year: int, numbers: bytearray) -> Iterator[Finding]:
    position = numbers.find(0)
    for _gap in range(MOST_GAPS):
        if position < 0:
            return
        data = {"series": series, "year": year, "missing": position + 1}
        yield Finding(code=FindingCode.NUMBER_GAP, data=data)
        position = numbers.find(0, position + 1)
