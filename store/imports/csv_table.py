"""From the bytes of a CSV file to its rows and to the columns that mean something."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from store.domain.invoice_fields import plain_key
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.csv_mapping import COLUMNS, CsvMapping
from store.imports.encodings import text_of
from store.imports.notes import Notes

DELIMITERS = ";\t|,"
MOST_ROWS = 100_000
"""Ten times what KSeF allows; more does not fit the memory."""
_TITLE_ROWS = 20
"""A heading may stand below a title and an address, but not far below."""
_NAMES = {plain_key(name): field for field, names in COLUMNS.items() for name in names}
_AS_TEXT = re.compile(r'="?(.*?)"?', re.DOTALL)


def rows_of(data: bytes, mapping: CsvMapping, notes: Notes) -> list[list[str]]:
    """Return the rows of cells, without empty ones. Raises UnreadableInvoiceError."""
    text = _text(data, mapping, notes)
    if text.count("\n") > MOST_ROWS:
        raise UnreadableInvoiceError(Unreadable.TOO_MANY_ELEMENTS)
    first, _end, rest = text.partition("\n")
    delimiter = mapping.delimiter
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        delimiter, text = delimiter or first.strip()[-1], rest
    delimiter = delimiter or delimiter_of(text)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [[_cell(cell) for cell in row] for row in reader if any(cell.strip() for cell in row)]
    except (csv.Error, ValueError) as error:
        raise UnreadableInvoiceError(Unreadable.BROKEN_CSV, text=str(error)) from error


def delimiter_of(text: str) -> str:
    """Return the delimiter that parts most cells in the first lines; the rarer one in texts wins a tie."""
    sample = re.sub(r'"[^"]*"', "", text[:20_000])
    lines = [line for line in sample.splitlines() if line.strip()][:_TITLE_ROWS]
    return max(DELIMITERS, key=lambda delimiter: max((line.count(delimiter) for line in lines), default=0))


def columns_of(rows: Sequence[Sequence[str]], mapping: CsvMapping) -> tuple[dict[str, int], int]:
    """Return the place of each field's column, and how many rows stand above the first line.

    Raises UnreadableInvoiceError: NO_COLUMNS, when the mapping names columns that are not there.
    """
    if not mapping.columns:
        return _by_name(rows)
    heading: Mapping[str, int] = {}
    above = 0
    if mapping.heading:
        heading, above = _heading(rows, mapping)
    found: dict[str, int] = {}
    for field, column in mapping.columns.items():
        if plain_key(column) in heading:
            found[field] = heading[plain_key(column)]
        elif column.isdecimal() and 0 < int(column) <= max((len(row) for row in rows), default=0):
            found[field] = int(column) - 1
        else:
            raise UnreadableInvoiceError(Unreadable.NO_COLUMNS, columns=column)
    return found, above


def _heading(rows: Sequence[Sequence[str]], mapping: CsvMapping) -> tuple[dict[str, int], int]:
    """Return the places of the heading's names: of the row that has most of what the mapping names."""
    wanted = {plain_key(column) for column in mapping.columns.values()}
    best = max(
        range(min(len(rows), _TITLE_ROWS)),
        key=lambda number: len(wanted & {plain_key(cell) for cell in rows[number]}),
        default=0,
    )
    names: dict[str, int] = {}
    for place, cell in enumerate(rows[best] if rows else ()):
        names.setdefault(plain_key(cell), place)
    return names, best + 1


def _by_name(rows: Sequence[Sequence[str]]) -> tuple[dict[str, int], int]:
    best: dict[str, int] = {}
    above = 0
    for number, row in enumerate(rows[:_TITLE_ROWS], start=1):
        found: dict[str, int] = {}
        for place, cell in enumerate(row):
            if field := _NAMES.get(plain_key(cell)):
                found.setdefault(field, place)
        if len(found) > len(best):
            best, above = found, number
    return best, above


def _text(data: bytes, mapping: CsvMapping, notes: Notes) -> str:
    if not mapping.encoding:
        return text_of(data, notes)
    try:
        return data.decode(mapping.encoding).lstrip("\ufeff").replace("\x00", "")
    except (LookupError, UnicodeError) as error:
        raise UnreadableInvoiceError(Unreadable.ENCODING, encoding=mapping.encoding) from error


def _cell(text: str) -> str:
    """Return a cell's text. Excel is told by ="00123" that digits are a text."""
    text = text.strip()
    found = _AS_TEXT.fullmatch(text) if text.startswith('="') else None
    return found[1] if found else text
