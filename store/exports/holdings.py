"""What a party has as an XLSX workbook."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from store.domain.holding_table import COLUMNS, NUMBERS
from store.domain.language import _

WIDE = 24
"""Columns of text are as wide."""


def write_xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write rows of cells into a new workbook with one sheet, row by row, and return how many.

    Raises OSError when it cannot be written or is there already.
    """
    # Only exports need it: no screen and no other command waits for its import.
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    numbers = {column for column, name in enumerate(COLUMNS) if name in NUMBERS}
    count = 0
    with path.open("xb") as file:
        # Serials stay texts: a spreadsheet would take their zeros.
        options = {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
        with Workbook(file, options) as book:
            sheet = book.add_worksheet(_("Holdings"))
            head = book.add_format({"bold": True})
            sheet.set_column(0, len(headings) - 1, WIDE)
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(headings):
                sheet.write_string(0, column, name, head)
            for row in rows:
                count += 1
                for column, cell in enumerate(row):
                    if column in numbers and cell:
                        sheet.write_number(count, column, float(cell))
                    else:
                        sheet.write_string(count, column, cell)
    return count
