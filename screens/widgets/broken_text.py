"""A text that is broken into lines for the width it is given."""

from collections.abc import Callable

from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget


class BrokenText(Widget):
    """Lines that a function makes for a width, when they are laid out: the first paint has them."""

    DEFAULT_CSS = "BrokenText { height: auto; }"

    def __init__(self, make: Callable[[int], Text], *, id: str | None = None) -> None:  # noqa: A002
        """Show what `make` returns for a width in columns; a line that is still wider is broken again."""
        super().__init__(id=id)
        self._make = make
        self._width = -1
        self._text = Text()
        self._height = 0

    def renew(self) -> None:
        """Make the lines anew: what they say has changed."""
        self._width = -1
        self.refresh(layout=True)

    def _broken(self, width: int) -> Text:
        if width != self._width:
            self._width, self._text = width, self._make(width)
            self._height = len(self._text.wrap(self.app.console, max(1, width)))
        return self._text

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many lines there are for a width."""
        self._broken(width)
        return self._height

    def render(self) -> Text:
        """Return the lines for the width that there is."""
        return self._broken(self.size.width)
