"""A CSV file of deals as rows by the names of their columns: one row a line of a deal."""

from dataclasses import dataclass

from store.domain.invoice_fields import plain_key
from store.domain.lists import Row
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.csv_list import lines_of

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
    lines = lines_of(data, most=MOST_ROWS)
    _line, heading = next(lines, (1, []))
    fields = _fields(heading)
    found = DealList([], [])
    for line, cells in lines:
        if len(cells) != len(fields):
            found.short.append((line, len(cells), len(fields)))
        else:
            texts = (cell.strip() for cell in cells)
            found.rows.append((line, dict(zip(fields, texts, strict=True))))
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
