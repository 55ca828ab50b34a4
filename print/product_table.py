"""A table of products, their serials three to a row below each, and three further columns.

The columns are so cut that a third of the width ends where a column does: three serials stand in a row
without merged cells, which cost reportlab time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph, Table, TableStyle

from print.flow import Flow
from print.fonts import typeface
from print.page import style
from store.domain.language import _

WIDTHS = [width * mm for width in (9, 57, 30, 27, 5, 18, 12, 22)]
"""Number, name (two), SKU (two), and the three further columns."""
SERIAL_AT = (1, 2, 4)
"""The columns in which the serials of a row begin."""
SERIAL_WIDTH = 57 * mm
SIZE = 8.5
PAD = 1.2 * mm


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRow:
    """A product as it stands in the table."""

    name: str
    sku: str
    further: tuple[str, str, str]
    """18, 12 and 22 mm wide, the first at the right of its column; the last one wraps."""
    serials: Sequence[str] = ()


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
        font = ("FONT", (0, 0), (-1, -1), typeface().regular, SIZE)
        table.setStyle(TableStyle([*_COMMON, font, *self.commands]))
        return table


_COMMON: list[Any] = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("ALIGN", (5, 0), (5, -1), "RIGHT"),
    ("LEFTPADDING", (0, 0), (-1, -1), PAD),
    ("RIGHTPADDING", (0, 0), (-1, -1), PAD),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
]


def product_table(further: tuple[str, str, str], products: Sequence[ProductRow]) -> Flow:
    """Return the table of `products`, with the heads `further` of its last columns.

    The head is repeated on every page.
    """
    return Flow(_head(further), [_line(position, row) for position, row in enumerate(products, start=1)])


def last_row(label: str, further: tuple[str, str, str]) -> Table:
    """Return the row below the table, to be kept together with what follows it."""
    rows = _Rows()
    bold = [("FONT", 0, 7, typeface().bold, SIZE), ("LINEABOVE", 0, 7, 0.8, "#000000")]
    rows.add("", label, "", "", "", further[0], _narrow(further[1], bold=True), further[2], commands=bold)
    return rows.table()


def _head(further: tuple[str, str, str]) -> Table:
    rows = _Rows()
    # Translators: heads of narrow columns, in Polish "Lp.", "Ilość", "J.m."
    words = (_("No."), _("Name and serials"), "", _("SKU"), "", *further)
    grey = [("BACKGROUND", 0, 7, "#e6e6e6"), ("LINEBELOW", 0, 7, 0.8, "#000000")]
    # In two languages a head is wider than its column.
    cells = [Paragraph(escape(text), style(SIZE, bold=True)) if text else "" for text in words]
    cells[5] = Paragraph(f'<para align="right">{escape(further[0])}</para>', style(SIZE, bold=True))
    rows.add(*cells, commands=[("SPAN", 1, 2), ("SPAN", 3, 4), *grey])
    return rows.table()


def _line(position: int, product: ProductRow) -> Table:
    rows = _Rows()
    plain = style(SIZE)
    rule = [("LINEABOVE", 0, 7, 0.3, "#999999")] if position > 1 else []
    rows.add(
        str(position),
        Paragraph(escape(product.name), style(SIZE, bold=True)), "",
        Paragraph(escape(product.sku), plain), "",
        product.further[0],
        _narrow(product.further[1]),
        Paragraph(escape(product.further[2]), plain),
        commands=[("SPAN", 1, 2), ("SPAN", 3, 4), *rule],
    )  # fmt: skip
    for serials in _rows_of(product.serials):
        cells: list[object] = [""] * len(WIDTHS)
        if _fits(serials[0]):
            for column, text in zip(SERIAL_AT, serials, strict=False):
                cells[column] = text
            rows.add(*cells)
        else:
            cells[1] = Paragraph(escape(serials[0]), plain)
            rows.add(*cells, commands=[("SPAN", 1, 7)])
    if product.serials:
        # The first serials stay with their product.
        rows.commands.append(("NOSPLIT", (0, 0), (7, 1)))
    return rows.table()


def _narrow(text: str, *, bold: bool = False) -> Paragraph | str:
    """Return a cell of the seventh column, as a paragraph only where it must wrap: that costs time."""
    face = typeface().bold if bold else typeface().regular
    fits = stringWidth(text, face, SIZE) <= WIDTHS[6] - 2 * PAD
    return text if fits else Paragraph(escape(text), style(SIZE, bold=bold))


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
