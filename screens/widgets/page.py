"""A page of rows that fills downwards and is then turned: the cheapest list a terminal can have."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.text_line import PLAIN, painted, shorten


class PageRow(NamedTuple):
    """A row of text in one style."""

    text: str
    style: Style = PLAIN


class Page(Widget):
    """Shows the last rows of a long list.

    A new row is written below the last one, and one line is repainted. When the page is full it is turned:
    the next row stands alone on a new one. So a row costs the same with 2,000 rows as with two.
    """

    DEFAULT_CSS = "Page { height: 1fr; }"

    class Resized(Message):
        """The page holds another number of rows now: its owner fills it again."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Start empty."""
        super().__init__(id=id)
        self._rows: list[PageRow] = []
        self._height = 0

    @property
    def capacity(self) -> int:
        """How many rows fit."""
        return max(1, self.size.height)

    @property
    def rows(self) -> tuple[PageRow, ...]:
        """The rows on the page."""
        return tuple(self._rows)

    def fill(self, rows: Sequence[PageRow]) -> None:
        """Show `rows` instead of what was there; only the last page of them."""
        over = len(rows) % self.capacity
        start = 0 if len(rows) <= self.capacity else len(rows) - (over or self.capacity)
        self._rows = list(rows[start:])
        self.refresh()

    def add(self, row: PageRow) -> None:
        """Show one more row."""
        if len(self._rows) >= self.capacity:
            self._rows = [row]
            self.refresh()
            return
        self._rows.append(row)
        width = min(self.size.width, cell_len(row.text))
        self.refresh(Region(0, len(self._rows) - 1, max(1, width), 1))

    def render_line(self, y: int) -> Strip:
        """Paint one line."""
        width = self.size.width
        if y >= len(self._rows):
            return Strip.blank(width, PLAIN)
        row = self._rows[y]
        return painted(shorten(row.text, width), row.style, width)

    def on_resize(self) -> None:
        """Tell the owner when another number of rows fits."""
        if self.size.height != self._height:
            self._height = self.size.height
            self.post_message(self.Resized())


def page_start(total: int, capacity: int) -> int:
    """Return how many of `total` rows stand on the pages before the last one."""
    return 0 if total == 0 else (total - 1) // capacity * capacity
