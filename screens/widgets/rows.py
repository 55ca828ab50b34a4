"""A few rows that change in place: only the cells that differ are sent to the terminal."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.page import PageRow
from screens.widgets.text_line import PLAIN, first_difference, painted, shorten


class Rows(Widget):
    """Shows rows as high as they are many, or as the style sheet allows; the rest is cut off."""

    DEFAULT_CSS = "Rows { height: auto; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Start empty."""
        super().__init__(id=id)
        self._rows: list[PageRow] = []

    @property
    def rows(self) -> tuple[PageRow, ...]:
        """The rows, those that are cut off included."""
        return tuple(self._rows)

    def show(self, rows: Sequence[PageRow]) -> None:
        """Show `rows`, repainting what differs from before."""
        before, self._rows = self._rows, list(rows)
        if len(before) != len(rows):
            self.refresh(layout=True)
            return
        for number, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old.style != new.style:
                self.refresh(Region(0, number, self.size.width, 1))
            elif old.text != new.text:
                start = first_difference(old.text, new.text)
                end = max(cell_len(old.text), cell_len(new.text))
                self.refresh(Region(start, number, max(1, end - start), 1))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the number of rows."""
        return len(self._rows)

    def render_line(self, y: int) -> Strip:
        """Paint one line."""
        width = self.size.width
        if y >= len(self._rows):
            return Strip.blank(width, PLAIN)
        return painted(shorten(self._rows[y].text, width), self._rows[y].style, width)
