"""A table of many narrow rows: a text that fits its column is drawn as it is, another one wraps.

reportlab's own table makes a paragraph of every cell that may have to wrap, and looks at all of them again
for each page; here a cell that fits is one call, and a row is looked at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

from print.flow import Flow
from print.fonts import typeface
from print.page import style

SIZE = 8.5
PAD = 1.2 * mm
"""At the left and the right of each cell."""
ABOVE = 2.0
"""Points above and below the texts of a row."""
WHOLE = 60 * mm
"""A row up to this height stays on one page."""


class Markup(str):
    """The text of a cell in reportlab's markup, where another one is plain."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a grid."""

    head: str
    width: float
    """In points."""
    right: bool = False
    """The texts stand at the right."""


def grid(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> Flow:
    """Return the table of `rows`, a text a column. Its head is repeated on every page."""
    head = GridRow(columns, [column.head for column in columns], bold=True, shaded=True)
    return Flow(head, [GridRow(columns, cells, ruled=number > 0) for number, cells in enumerate(rows)])


def last_row(columns: Sequence[Column], cells: Sequence[str]) -> Flowable:
    """Return the row below a grid, in bold, to be kept together with what follows it."""
    return GridRow(columns, cells, bold=True, ruled=True)


class GridRow(Flowable):
    """A row of a grid."""

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Sequence[str | Paragraph],
        *,
        bold: bool = False,
        shaded: bool = False,
        ruled: bool = False,
    ) -> None:
        """`ruled`: a thin line above it; `shaded`: the head of a grid."""
        super().__init__()
        self._columns = columns
        self._cells = cells
        self._bold = bold
        self._shaded = shaded
        self._ruled = ruled
        self._parts: list[str | Paragraph] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size, whatever room there is."""
        del width
        pairs = zip(self._cells, self._columns, strict=True)
        self._parts = [self._part(cell, column) for cell, column in pairs]
        high = SIZE * 1.25
        for part, column in zip(self._parts, self._columns, strict=True):
            if isinstance(part, Paragraph):
                high = max(high, part.wrap(column.width - 2 * PAD, height)[1])
        self.width = sum(column.width for column in self._columns)
        self.height = high + 2 * ABOVE
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return what fits and the rest where the row is a very high one, else nothing."""
        self.wrap(width, height)
        if self.height <= WHOLE or height < WHOLE:
            return []
        halves: list[tuple[str | Paragraph, str | Paragraph]] = []
        for part, column in zip(self._parts, self._columns, strict=True):
            if isinstance(part, str):
                halves.append((part, ""))
                continue
            split: list[Any] = part.split(column.width - 2 * PAD, height - 2 * ABOVE)
            if not split:
                return []
            halves.append((split[0], split[1] if len(split) > 1 else ""))
        looks: dict[str, Any] = {"bold": self._bold, "shaded": self._shaded}
        return [
            GridRow(self._columns, [first for first, _rest in halves], ruled=self._ruled, **looks),
            GridRow(self._columns, [rest for _first, rest in halves], **looks),
        ]

    def draw(self) -> None:
        """Draw the texts, and the line or the shade of the row."""
        canvas, left = self.canv, 0.0
        if self._shaded:
            canvas.saveState()
            canvas.setFillColor("#e6e6e6")
            canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
            canvas.restoreState()
            self._line(0, 0.8, "#000000")
        if self._ruled:
            self._line(self.height, 0.8 if self._bold else 0.3, "#000000" if self._bold else "#999999")
        top = self.height - ABOVE
        canvas.setFont(self._face(), SIZE)
        for part, column in zip(self._parts, self._columns, strict=True):
            if isinstance(part, Paragraph):
                part.drawOn(canvas, left + PAD, top - part.height)
                canvas.setFont(self._face(), SIZE)
            elif column.right:
                canvas.drawRightString(left + column.width - PAD, top - SIZE, part)
            elif part:
                canvas.drawString(left + PAD, top - SIZE, part)
            left += column.width

    def _line(self, height: float, width: float, color: str) -> None:
        self.canv.saveState()
        self.canv.setLineWidth(width)
        self.canv.setStrokeColor(color)
        self.canv.line(0, height, self.width, height)
        self.canv.restoreState()

    def _face(self) -> str:
        return typeface().bold if self._bold else typeface().regular

    def _part(self, cell: str | Paragraph, column: Column) -> str | Paragraph:
        if isinstance(cell, Paragraph):
            return cell
        look = _style(bold=self._bold, right=column.right)
        if isinstance(cell, Markup):
            return Paragraph(cell, look)
        if "\n" not in cell and stringWidth(cell, self._face(), SIZE) <= column.width - 2 * PAD:
            return cell
        return Paragraph(escape(cell).replace("\n", "<br/>"), look)


@cache
def _style(*, bold: bool, right: bool) -> ParagraphStyle:
    common = style(SIZE, bold=bold)
    return ParagraphStyle(f"{common.name}-right", common, alignment=TA_RIGHT) if right else common
