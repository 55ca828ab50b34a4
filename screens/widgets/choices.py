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
    """An option list of which nine rows carry digits: the first ones, and after each `turn` the next ones."""

    DEFAULT_CSS = """
    Choices { background: ansi_default; color: ansi_default; border: none; padding: 0; scrollbar-size: 1 1; }
    Choices:focus { border: none; background-tint: ansi_default 0%; }
    Choices > .option-list--option-highlighted, Choices:focus > .option-list--option-highlighted {
        background: ansi_default; color: ansi_default; text-style: reverse;
    }
    """
    BINDINGS: ClassVar = [
        *(Binding(digit, f"choose_digit({digit})", show=False) for digit in DIGITS),
        Binding("f3", "turn", show=False),
    ]

    def __init__(self, rows: Iterable[str] = (), *, id: str | None = None) -> None:  # noqa: A002
        """List `rows`, plain text."""
        super().__init__(id=id, markup=False)
        self._painted: Painted | None = None
        self._columns = 0
        self._rows: list[str] = []
        self._before = 0
        """So many rows stand before the one with the digit 1."""
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

    def _put(self, rows: Iterable[str], *, before: int = 0) -> None:
        self._rows, self._before = list(rows), before
        self._number()

    def _number(self) -> None:
        self.set_options(
            Option(Text(numbered(number - self._before, row)))
            for number, row in enumerate(self._rows, start=1)
        )
        self.highlighted = self._before if self._rows else None

    def turn(self) -> bool:
        """Give the digits to the next rows, after the last ones to the first; tell whether there are more."""
        if len(self._rows) <= len(DIGITS):
            return False
        self._before += len(DIGITS)
        if self._before >= len(self._rows):
            self._before = 0
        self._number()
        self.scroll_to_highlight(top=True)
        return True

    def action_turn(self) -> None:
        """Give the digits to the next rows."""
        self.turn()

    def on_resize(self) -> None:
        """Paint the rows anew for another width; the same one stays highlighted."""
        if self._painted is not None and self.columns != self._columns:
            highlighted, self._columns = self.highlighted, self.columns
            self._put(self._painted(self._columns), before=self._before)
            self.highlighted = highlighted

    def choose(self, number: int) -> bool:
        """Choose the row with the digit `number`; tell whether there is one."""
        place = self._before + number - 1
        if number < 1 or place >= self.option_count:
            return False
        self.highlighted = place
        self.action_select()
        return True

    def action_choose_digit(self, number: int) -> None:
        """Choose by a digit."""
        self.choose(number)


def numbered(number: int, row: str) -> str:
    """Return a row with its digit if `number` is one; further lines of it are indented as much."""
    digit = str(number) if 1 <= number <= len(DIGITS) else " "
    return f"{digit} " + row.replace("\n", "\n  ")
