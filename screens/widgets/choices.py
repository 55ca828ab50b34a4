"""A list to choose from by arrows, by digit, or by the barcode of a digit."""

from collections.abc import Callable, Iterable
from typing import ClassVar, TypeAlias

from rich.text import Text
from textual.binding import Binding
from textual.widgets import OptionList
from textual.widgets.option_list import Option

DIGITS = "123456789"
MARGIN = 3
"""Columns that the digit and the scroll bar take."""
Painted: TypeAlias = Callable[[int], Iterable[str]]
"""Returns the rows for so many columns."""


class Choices(OptionList):
    """An option list whose first nine rows carry their digits."""

    DEFAULT_CSS = """
    Choices { background: ansi_default; color: ansi_default; border: none; padding: 0; scrollbar-size: 1 1; }
    Choices:focus { border: none; background-tint: ansi_default 0%; }
    Choices > .option-list--option-highlighted, Choices:focus > .option-list--option-highlighted {
        background: ansi_default; color: ansi_default; text-style: reverse;
    }
    """
    BINDINGS: ClassVar = [Binding(digit, f"choose_digit({digit})", show=False) for digit in DIGITS]

    def __init__(self, rows: Iterable[str] = (), *, id: str | None = None) -> None:  # noqa: A002
        """List `rows`, plain text."""
        super().__init__(id=id, markup=False)
        self._painted: Painted | None = None
        self._columns = 0
        self.fill(rows)

    def fill(self, rows: Iterable[str]) -> None:
        """List other rows, which are the same whatever the width, with the first one highlighted."""
        self._painted = None
        self._put(rows)

    def lay_out(self, painted: Painted) -> None:
        """List other rows, painted for the columns that there are: now, and anew when these become others."""
        self._painted, self._columns = painted, self.columns
        self._put(painted(self._columns))

    @property
    def columns(self) -> int:
        """How many columns a row has beside its digit and the scroll bar."""
        return max(1, (self.outer_size.width or self.screen.size.width) - MARGIN)

    def _put(self, rows: Iterable[str]) -> None:
        texts = list(rows)
        self.set_options(Option(Text(numbered(number, row))) for number, row in enumerate(texts, start=1))
        self.highlighted = 0 if texts else None

    def on_resize(self) -> None:
        """Paint the rows anew for another width; the same one stays highlighted."""
        if self._painted is not None and self.columns != self._columns:
            highlighted = self.highlighted
            self.lay_out(self._painted)
            self.highlighted = highlighted

    def choose(self, number: int) -> bool:
        """Choose row `number`, counted from one; tell whether there is one."""
        if not 1 <= number <= self.option_count:
            return False
        self.highlighted = number - 1
        self.action_select()
        return True

    def action_choose_digit(self, number: int) -> None:
        """Choose by a digit."""
        self.choose(number)


def numbered(number: int, row: str) -> str:
    """Return a row with its digit; further lines of it are indented as much."""
    digit = str(number) if number <= len(DIGITS) else " "
    return f"{digit} " + row.replace("\n", "\n  ")
