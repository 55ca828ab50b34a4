"""The table of goods that several papers share: each product, its serials three to a row below it, the sum.

The columns are so cut that a third of the width ends where a column does: three serials stand in a row
without merged cells, which cost reportlab time.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph, Table, TableStyle

from print.flow import Flow
from print.fonts import typeface
from print.page import style
from store.domain.language import N_, Language, _, current
from store.domain.papers import PaperLine, PaperUnit
from store.domain.terms import Condition

WIDTHS = [width * mm for width in (9, 57, 30, 27, 5, 18, 12, 22)]
"""Number, name (two), SKU (two), quantity, measure, condition."""
SERIAL_AT = (1, 2, 4)
"""The columns in which the serials of a row begin."""
SERIAL_WIDTH = 57 * mm
SIZE = 8.5
PAD = 1.2 * mm
CONDITIONS = {
    Condition.NEW: N_("new"),
    Condition.USED: N_("used"),
    Condition.DAMAGED: N_("damaged"),
    Condition.BLOCKED: N_("blocked"),
}


@dataclass
class _Rows:
    """Rows of a table and the styles that belong to them."""

    cells: list[list[object]] = field(default_factory=list)
    commands: list[Any] = field(default_factory=list)

    def add(self, *cells: object, commands: Sequence[Any] = ()) -> None:
        """Add a row; in `commands` the row is left out: ("SPAN", first column, last column)."""
        row = len(self.cells)
        self.cells.append(list(cells))
        self.commands += [(name, (first, row), (last, row), *rest) for name, first, last, *rest in commands]

    def table(self) -> Table:
        """Return the table of these rows."""
        table = Table(self.cells, colWidths=WIDTHS)
        table.setStyle(
            TableStyle([*_COMMON, ("FONT", (0, 0), (-1, -1), typeface().regular, SIZE), *self.commands])
        )
        return table


_COMMON: list[Any] = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("ALIGN", (5, 0), (5, -1), "RIGHT"),
    ("LEFTPADDING", (0, 0), (-1, -1), PAD),
    ("RIGHTPADDING", (0, 0), (-1, -1), PAD),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
]


def goods_table(lines: Sequence[PaperLine]) -> Flow:
    """Return the table of `lines` in the language in force. Its head is repeated on every page."""
    return Flow(_head(), [_line(position, line) for position, line in enumerate(lines, start=1)])


def sum_row(lines: Sequence[PaperLine]) -> Table:
    """Return the last row of the table, to be kept together with what follows it."""
    rows = _Rows()
    total = sum((line.quantity for line in lines), Decimal(0))
    bold = [("FONT", 0, 7, typeface().bold, SIZE), ("LINEABOVE", 0, 7, 0.8, "#000000")]
    rows.add("", _("Total"), "", "", "", shown(total), _("pcs."), "", commands=bold)
    return rows.table()


def shown(quantity: Decimal) -> str:
    """Return a quantity as it is written in the language in force: `2.5` or `2,5`."""
    text = format(quantity.normalize(), "f")
    return text.replace(".", ",") if current() is Language.PL else text


def _head() -> Table:
    rows = _Rows()
    # Translators: heads of narrow columns, in Polish "Lp.", "Ilość", "J.m."
    words = (_("No."), _("Name and serials"), "", _("SKU"), "", _("Qty"), _("U.M."), _("Condition"))
    grey = [("BACKGROUND", 0, 7, "#e6e6e6"), ("LINEBELOW", 0, 7, 0.8, "#000000")]
    rows.add(*words, commands=[("FONT", 0, 7, typeface().bold, SIZE), *grey])
    return rows.table()


def _line(position: int, line: PaperLine) -> Table:
    rows = _Rows()
    conditions = Counter(unit.condition for unit in line.units)
    told = ", ".join(_(CONDITIONS[each]) for each in conditions)
    plain = style(SIZE)
    rule = [("LINEABOVE", 0, 7, 0.3, "#999999")] if position > 1 else []
    rows.add(
        str(position),
        Paragraph(escape(line.name), style(SIZE, bold=True)), "",
        Paragraph(escape(line.sku), plain), "",
        shown(line.quantity),
        _("pcs."),
        Paragraph(escape(told), plain),
        commands=[("SPAN", 1, 2), ("SPAN", 3, 4), *rule],
    )  # fmt: skip
    for serials in _rows_of([_serial(unit, alone=len(conditions) == 1) for unit in line.units]):
        cells: list[object] = [""] * len(WIDTHS)
        if _fits(serials[0]):
            for column, text in zip(SERIAL_AT, serials, strict=False):
                cells[column] = text
            rows.add(*cells)
        else:
            cells[1] = Paragraph(escape(serials[0]), plain)
            rows.add(*cells, commands=[("SPAN", 1, 7)])
    if line.units:
        # The first serials stay with their product.
        rows.commands.append(("NOSPLIT", (0, 0), (7, 1)))
    return rows.table()


def _serial(unit: PaperUnit, *, alone: bool) -> str:
    """Return a serial, with its condition where those of the line differ."""
    return unit.serial if alone else f"{unit.serial} ({_(CONDITIONS[unit.condition])})"


def _rows_of(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the texts three at a time; one that is wider than a third has a row of its own."""
    row: list[str] = []
    for text in texts:
        if not _fits(text):
            if row:
                yield row
            row = []
            yield [text]
            continue
        row.append(text)
        if len(row) == len(SERIAL_AT):
            yield row
            row = []
    if row:
        yield row


def _fits(text: str) -> bool:
    return stringWidth(text, typeface().regular, SIZE) <= SERIAL_WIDTH - 2 * PAD
