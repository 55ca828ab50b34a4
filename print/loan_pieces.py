"""Pieces that the papers of lending share: money, days, paragraphs, a grid with groups."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph

from print.barcodes import code128
from print.flow import Flow
from print.goods_table import CONDITIONS, shown
from print.grid import Column, GridRow
from print.page import style
from store.domain.language import Language, _, current, speaking
from store.domain.terms import Condition

BARS = 7 * mm


def amount(money: Decimal) -> str:
    """Return an amount as it is written in the language in force: `1,250.00` or `1 250,00`."""
    text = f"{money:,.2f}"
    if current() is Language.PL:
        text = text.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return text


def money(of: Decimal) -> str:
    """Return an amount with its currency, once even where two languages are in force."""
    with speaking(current()):
        return _("{amount} PLN").format(amount=amount(of))


def day(day: date | None) -> str:
    """Return a day as it stands in a table; nothing for none."""
    return day.isoformat() if day else ""


def condition(of: Condition | None) -> str:
    """Return a condition in the language in force; nothing for pieces without one."""
    return _(CONDITIONS[of]) if of else ""


def pieces(quantities: Iterable[Decimal]) -> str:
    """Return the sum of quantities, as it is written in the language in force."""
    return shown(sum(quantities, Decimal(0)))


def paragraphs(text: str, size: float = 9) -> list[Flowable]:
    """Return a text as paragraphs, parted by its line breaks."""
    return [Paragraph(escape(line), style(size)) for line in text.splitlines() if line.strip()]


def is_code(text: str) -> bool:
    """Tell whether a barcode can hold a text."""
    return bool(text) and text.isascii() and text.isprintable()


class GroupHead(Flowable):
    """The name of a group across a grid, with the barcode of its code at the right where it has one."""

    def __init__(self, name: str, code: str, width: float) -> None:
        super().__init__()
        self._bars = code128(code, height=BARS) if is_code(code) else None
        if self._bars and self._bars.width > width / 2:
            self._bars = None
        self._room = width - (self._bars.width if self._bars else 0)
        self._name = Paragraph(f"<b>{escape(name)}</b> ({escape(code)})", style(10))
        self.width = width

    def wrap(self, _width: float, height: float) -> tuple[float, float]:
        """Return its size, whatever room there is."""
        high = self._name.wrap(self._room, height)[1]
        self.height = max(high, BARS if self._bars else 0) + 3 * mm
        return self.width, self.height

    def draw(self) -> None:
        """Draw the name, and the bars beside it."""
        self._name.drawOn(self.canv, 0, self.height - 2 * mm - self._name.height)
        if self._bars:
            self._bars.drawOn(self.canv, self.width - self._bars.width, 0.5 * mm)


class Together(Flowable):
    """Blocks that stay on one page."""

    def __init__(self, blocks: Sequence[Flowable]) -> None:
        super().__init__()
        self._blocks = blocks
        self._heights: list[float] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size of all of them."""
        self._heights = [block.wrap(width, height)[1] for block in self._blocks]
        self.width, self.height = width, sum(self._heights)
        return self.width, self.height

    def draw(self) -> None:
        """Draw them downwards."""
        top = self.height
        for block, height in zip(self._blocks, self._heights, strict=True):
            top -= height
            block.drawOn(self.canv, 0, top)


def grouped_grid(
    columns: Sequence[Column], groups: Iterable[tuple[Flowable, Sequence[Sequence[str]], Flowable]]
) -> Flow:
    """Return the table of groups: the head of each, its rows and its last row. Its head is on every page.

    The head of a group stays with its first row, and the last row of a group with the one before it.
    """
    blocks: list[Flowable] = []
    for head, cells, end in groups:
        rows: list[Flowable] = [GridRow(columns, row, ruled=True) for row in cells]
        if len(rows) < 2:
            blocks.append(Together([head, *rows, end]))
        else:
            blocks += [Together([head, rows[0]]), *rows[1:-1], Together([rows[-1], end])]
    return Flow(GridRow(columns, [column.head for column in columns], bold=True, shaded=True), blocks)
