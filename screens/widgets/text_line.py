"""One line of text that costs the terminal only the cells that changed."""

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

PLAIN = Style.null()


def shorten(text: str, width: int) -> str:
    """Return `text` in at most `width` cells; what is cut off is marked by a dot at the end."""
    text = "".join(char if char.isprintable() else "\N{MIDDLE DOT}" for char in text)
    if cell_len(text) <= width:
        return text
    return f"{set_cell_size(text, width - 1)}." if width > 1 else text[:width]


class TextLine(Widget):
    """A line of text with one style. Over a slow SSH link a `Static` would repaint its whole width."""

    DEFAULT_CSS = "TextLine { height: 1; }"

    def __init__(
        self,
        text: str = "",
        *,
        style: Style = PLAIN,
        short: str = "",
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Show `text` in `style`; where it does not fit, `short` if there is one."""
        super().__init__(id=id)
        self._text = text
        self._short = short
        self._style = style

    @property
    def text(self) -> str:
        """The text on the line."""
        return self._text

    def show(self, text: str, *, style: Style = PLAIN, short: str = "") -> None:
        """Show another text, and repaint from the first cell that differs to the last."""
        before, was_style = self._fitting(), self._style
        self._text, self._short, self._style = text, short, style
        now = self._fitting()
        if (now, style) == (before, was_style):
            return
        start = first_difference(now, before) if style == was_style else 0
        end = max(cell_len(now), cell_len(before))
        self.refresh(Region(start, 0, max(1, end - start), 1))

    def _fitting(self) -> str:
        """Return the text, or the short one where the text does not fit."""
        return self._short if self._short and cell_len(self._text) > self.size.width else self._text

    def render_line(self, y: int) -> Strip:
        """Paint the line."""
        width = self.size.width
        if y:
            return Strip.blank(width, PLAIN)
        return painted(shorten(self._fitting(), width), self._style, width)


def first_difference(one: str, other: str) -> int:
    """Return the cell at which two texts begin to differ."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return cell_len(one[:same])


def painted(text: str, style: Style, width: int) -> Strip:
    """Return `text` in `style`, filled up with plain blanks to `width` cells."""
    length = cell_len(text)
    segments = [Segment(text, style)] if text else []
    if length < width:
        segments.append(Segment(" " * (width - length), PLAIN))
    return Strip(segments, max(width, length))
