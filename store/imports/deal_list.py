"""A CSV file of deals as rows by the names of their columns: one row a line of a deal."""

import csv
import io
from dataclasses import dataclass

from store.domain.invoice_fields import plain_key
from store.domain.invoices import WarningCode
from store.domain.lists import Row
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.csv_table import delimiter_of
from store.imports.encodings import text_of
from store.imports.notes import Notes

COLUMNS: dict[str, tuple[str, ...]] = {
    "customer": (
        "customer",
        "customer code",
        "klient",
        "odbiorca",
        "nabywca",
        "kontrahent",
        "nip",
        "nip nabywcy",
    ),
    "product": ("product", "sku", "gtin", "ean", "indeks", "produkt", "towar", "kod"),
    "quantity": ("quantity", "qty", "ilość", "ilosc", "liczba"),
    "price": ("price", "net price", "cena", "cena netto"),
    "currency": ("currency", "waluta"),
    "location": ("location", "location code", "from", "magazyn", "miejsce", "z magazynu", "skąd"),
    "order": ("order", "their order", "zamówienie", "zamowienie", "nr zamówienia", "numer zamówienia"),
    "deal": ("deal", "transakcja", "nr transakcji", "numer transakcji"),
    "note": ("note", "uwaga", "uwagi"),
    "line_note": ("line note", "line_note", "uwaga do pozycji", "uwagi do pozycji"),
}
"""What a column may be called."""
REQUIRED = ("customer", "product", "quantity")
_NAMES = {plain_key(name): field for field, names in COLUMNS.items() for name in names}
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class DealList:
    """The rows of a file with their lines; what is no row at all; and the columns that are not known."""

    rows: list[tuple[int, Row]]
    short: list[tuple[int, int, int]]
    """Line, cells found, cells expected."""


def read_deals(data: bytes) -> DealList:
    """Return the rows of a CSV file, in whatever encoding and with whatever delimiter programs here write.

    Raises UnreadableInvoiceError: ENCODING for bytes of several encodings, BROKEN_CSV, TOO_MANY_ELEMENTS,
    NO_COLUMNS for a heading that lacks a column, has one twice, or has one that is not known.
    """
    notes = Notes()
    text = text_of(data, notes)
    if any(note.code is WarningCode.BAD_BYTES for note in notes.all()):
        raise UnreadableInvoiceError(Unreadable.ENCODING, encoding="UTF-8")
    if text.count("\n") > MOST_ROWS:
        raise UnreadableInvoiceError(Unreadable.TOO_MANY_ELEMENTS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    found = DealList([], [])
    try:
        heading = next(reader, [])
        fields = _fields(heading)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            line = reader.line_num
            if len(cells) != len(fields):
                found.short.append((line, len(cells), len(fields)))
            else:
                texts = (cell.strip() for cell in cells)
                found.rows.append((line, dict(zip(fields, texts, strict=True))))
    except csv.Error as error:
        raise UnreadableInvoiceError(Unreadable.BROKEN_CSV, text=f"{reader.line_num}: {error}") from error
    return found


def _fields(heading: list[str]) -> list[str]:
    """Return what each column is."""
    fields = [_NAMES.get(plain_key(name), "") for name in heading]
    wrong = [name for name, field in zip(heading, fields, strict=True) if not field]
    twice = [field for field in fields if field and fields.count(field) > 1]
    missing = [field for field in REQUIRED if field not in fields]
    if wrong or twice or missing:
        raise UnreadableInvoiceError(Unreadable.NO_COLUMNS, columns=", ".join([*wrong, *twice, *missing]))
    return fields
