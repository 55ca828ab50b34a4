"""A list in a CSV file as rows of cells with their lines, in whatever encoding programs here write."""

import csv
import io
from collections.abc import Iterator

from store.domain.invoices import WarningCode
from store.domain.language import _
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.csv_table import delimiter_of
from store.imports.encodings import text_of
from store.imports.notes import Notes


def lines_of(data: bytes, *, most: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV file, each with the line in which it begins; of the empty ones only the first.

    The heading tells the delimiter: cells may hold others. Raises UnreadableInvoiceError: ENCODING for bytes
    of several encodings, TOO_MANY_ELEMENTS above so many lines, BROKEN_CSV with the line.
    """
    notes = Notes()
    text = text_of(data, notes)
    if any(note.code is WarningCode.BAD_BYTES for note in notes.all()):
        raise UnreadableInvoiceError(Unreadable.ENCODING, encoding="UTF-8")
    if text.count("\n") > most:
        raise UnreadableInvoiceError(Unreadable.TOO_MANY_ELEMENTS)
    delimiter = delimiter_of(text.partition("\n")[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if line == 1 or any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableInvoiceError(Unreadable.BROKEN_CSV, text=_fault(error), line=line) from error


def _fault(error: csv.Error) -> str:
    """Return in the language in force what the reader says in English alone."""
    text = str(error)
    if "unexpected end" in text:
        return _("the quotation mark that opens a cell is never closed")
    if "expected after" in text:
        return _("something stands behind the quotation mark that closes a cell")
    if "field larger" in text:
        return _("a cell is too long")
    return _("the line cannot be read")
