"""A report of costs as CSV or XLSX, and as plain data for JSON."""

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

from store.domain.costs import CostRow
from store.domain.language import N_, _

COLUMNS = (
    N_("Name"), N_("Details"), N_("Currency"), N_("By warranty"), N_("Charged"), N_("Our own"), N_("Total"),
    N_("Entries"),
)  # fmt: skip
"""The head of both files, marked for translation."""
KEYS = ("name", "more", "currency", "warranty", "charged", "own", "total", "count")
"""The head of a CSV file for programs: the same columns, called as in JSON."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula when a text of a CSV file begins with it."""


def written(path: Path, rows: Sequence[CostRow]) -> int:
    """Write the rows into a new file, CSV or XLSX by its suffix, and return how many.

    Raises ValueError for another suffix, OSError when it cannot be written or is there already.
    """
    makers = {".csv": to_csv, ".xlsx": to_xlsx}
    maker = makers.get(path.suffix.lower())
    if maker is None:
        raise ValueError(_("the name must end in .csv or .xlsx"))
    content = maker(rows)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return len(rows)


def to_csv(rows: Iterable[CostRow], *, keys: bool = False) -> bytes:
    """Return the rows as CSV: UTF-8 with a mark that spreadsheets know it by, semicolons, decimal points.

    Its head says words in the language in force, or `keys`, which are the same in every language.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(KEYS if keys else [_(column) for column in COLUMNS])
    for row in rows:
        writer.writerow(_safe(value) if isinstance(value, str) else value for value in _values(row))
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(rows: Iterable[CostRow]) -> bytes:
    """Return the rows as an XLSX workbook with one sheet, sums as numbers."""
    # Only exports need it: no screen and no other command waits for its import.
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Costs"))
        head, sums = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        sheet.set_column(0, 1, 36)
        sheet.set_column(3, 6, 14)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, _(name), head)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(_values(row)):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif isinstance(value, Decimal):
                    sheet.write_number(number, column, value, sums)
                else:
                    sheet.write_number(number, column, value)
    return content.getvalue()


def plain(rows: Iterable[CostRow]) -> Iterator[dict[str, object]]:
    """Yield the rows as plain data: sums as texts, so that no program rounds them."""
    for row in rows:
        yield {
            "id": row.id,
            "name": row.name,
            "more": row.more,
            "currency": row.currency,
            "warranty": _sum(row.warranty),
            "charged": _sum(row.charged),
            "own": _sum(row.own),
            "total": _sum(row.total),
            "count": row.count,
        }


def _values(row: CostRow) -> tuple[str | Decimal | int, ...]:
    return (
        row.name, row.more, row.currency, _money(row.warranty), _money(row.charged), _money(row.own),
        _money(row.total), row.count,
    )  # fmt: skip


def _money(value: Decimal) -> Decimal:
    """Return a sum with two decimal places at least."""
    return value if value != round(value, 2) else value.quantize(Decimal("0.01"))


def _sum(value: Decimal) -> str:
    return format(_money(value), "f")


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULAS) else text
