"""A long text that is read page by page: only the lines in sight are painted."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.text_line import PLAIN, painted, shorten


class Reader(Widget, can_focus=True):
    """Shows lines of plain text from any of them on."""

    DEFAULT_CSS = "Reader { height: 1fr; }"
    BINDINGS: ClassVar = [
        Binding("up", "read(-1)", show=False),
        Binding("down", "read(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
        Binding("home", "read(-1000000000)", show=False),
        Binding("end", "read(1000000000)", show=False),
    ]

    class Resized(Message):
        """The lines have another width now: their owner lays them out again."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Start empty."""
        super().__init__(id=id)
        self._lines: Sequence[str] = ()
        self._top = 0

    @property
    def lines(self) -> Sequence[str]:
        """The whole text."""
        return self._lines

    @property
    def is_at_end(self) -> bool:
        """Tell whether the last line is in sight."""
        return self._top >= self._last_top

    @property
    def _last_top(self) -> int:
        return max(0, len(self._lines) - self.size.height)

    def show(self, lines: Sequence[str]) -> None:
        """Show another text, from where the one before was read."""
        self._lines = lines
        self._top = min(self._top, self._last_top)
        self.refresh()

    def action_read(self, lines: int) -> None:
        """Read on by a number of lines, or back."""
        self._top = max(0, min(self._last_top, self._top + lines))
        self.refresh()

    def action_turn(self, pages: int) -> None:
        """Read on by pages; a line of the page before stays in sight."""
        self.action_read(pages * max(1, self.size.height - 1))

    def read_on(self) -> None:
        """Turn the page; at the end begin anew."""
        if self.is_at_end:
            self.action_read(-len(self._lines))
        else:
            self.action_turn(1)

    def render_line(self, y: int) -> Strip:
        """Paint one line."""
        number, width = self._top + y, self.size.width
        text = self._lines[number] if number < len(self._lines) else ""
        return painted(shorten(text, width), PLAIN, width)

    def on_resize(self) -> None:
        """Tell the owner."""
        self.post_message(self.Resized())
