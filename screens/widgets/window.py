"""A list of any length of which a few pages are held: further rows are asked for before they are seen."""

from collections.abc import Sequence
from enum import Enum
from typing import Any, ClassVar, Protocol

from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.choices import DIGITS
from screens.widgets.text_line import PLAIN, painted, shorten

CURSOR = Style(reverse=True)
MARKED = Style(bold=True)
MOST = 600
"""Rows that are held at most, whatever the length of the list."""
MARK = "*"


class Side(Enum):
    """Which rows are wanted."""

    FIRST = "first"
    LAST = "last"
    AFTER = "after"
    BEFORE = "before"


class Painter(Protocol):
    """Says what a row looks like."""

    def lines(self, item: Any, width: int) -> Sequence[str]:
        """Return the lines of an item, as many as the window has for each."""

    def is_marked(self, item: Any) -> bool:
        """Tell whether the item is among those that something is to be done with."""


class Window(Widget, can_focus=True):
    """Shows a few of many rows. The owner answers `Wanted` by `put`; keys that come meanwhile are kept.

    The first nine rows that are seen carry digits.
    """

    DEFAULT_CSS = "Window { height: 1fr; }"
    BINDINGS: ClassVar = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("home", "ask('first')", show=False),
        Binding("end", "ask('last')", show=False),
        Binding("enter", "choose", show=False),
        *(Binding(digit, f"choose_digit({digit})", show=False) for digit in DIGITS),
    ]

    class Wanted(Message):
        """Rows beyond those that are held are wanted: the owner reads them and calls `put`."""

        def __init__(self, side: Side, item: Any) -> None:
            """Want the rows on `side` of `item`; of the first and the last ones it is None."""
            super().__init__()
            self.side = side
            self.item = item

    class Chosen(Message):
        """A row was chosen by Enter, by its digit or by a click."""

        def __init__(self, item: Any) -> None:
            """Carry the item."""
            super().__init__()
            self.item = item

    class Moved(Message):
        """The cursor stands on another row."""

    def __init__(self, painter: Painter, *, id: str | None = None) -> None:  # noqa: A002
        """Start empty."""
        super().__init__(id=id)
        self._painter = painter
        self._items: list[Any] = []
        self._begin = 0
        """How many rows of the whole list stand before those that are held."""
        self._top = 0
        self._cursor = 0
        self._has_before = self._has_after = False
        self._is_waiting = False
        self._owed = 0
        """Rows that the cursor was moved beyond what is held."""
        self.row_height = 1

    @property
    def capacity(self) -> int:
        """How many rows fit."""
        return max(1, self.size.height // self.row_height)

    @property
    def held(self) -> int:
        """How many rows are held."""
        return len(self._items)

    @property
    def item(self) -> Any:
        """The item under the cursor, or None."""
        return self._items[self._cursor] if self._items else None

    @property
    def position(self) -> int:
        """Which row of the whole list the cursor stands on, counted from one; 0 in an empty list."""
        return self._begin + self._cursor + 1 if self._items else 0

    @property
    def is_at_end(self) -> bool:
        """Tell whether the cursor stands on the last row of the whole list."""
        return not self._has_after and self._cursor >= len(self._items) - 1

    def put(self, side: Side, items: Sequence[Any], *, more: bool, begin: int = 0) -> None:
        """Take the rows that were wanted; `more`: there are further ones on that side.

        `begin` says how many rows of the whole list stand before the last page, when that was wanted.
        """
        self._is_waiting = False
        if side is Side.AFTER:
            self._items += items
            self._has_after = more
            self._drop_front()
        elif side is Side.BEFORE:
            self._items[:0] = items
            self._begin -= len(items)
            self._top += len(items)
            self._cursor += len(items)
            self._has_before = more
            self._drop_back()
        else:
            is_first = side is Side.FIRST
            self._items = list(items)
            self._begin = 0 if is_first else begin
            self._has_before, self._has_after = (False, more) if is_first else (more, False)
            self._cursor = 0 if is_first else max(0, len(items) - 1)
            self._top = 0
            self._owed = 0
        owed, self._owed = self._owed, 0
        self._go(self._cursor + owed)

    def _drop_front(self) -> None:
        over = min(len(self._items) - MOST, self._top)
        if over > 0:
            del self._items[:over]
            self._begin += over
            self._top -= over
            self._cursor -= over
            self._has_before = True

    def _drop_back(self) -> None:
        last = max(MOST, self._top + 2 * self.capacity)
        if len(self._items) > last:
            del self._items[last:]
            self._has_after = True

    def _go(self, row: int) -> None:
        """Put the cursor on a row of those that are held, and ask for what comes near."""
        last = len(self._items) - 1
        wanted = min(max(row, 0), max(last, 0))
        if (row > last and self._has_after) or (row < 0 and self._has_before):
            self._owed = row - wanted
        self._cursor = wanted
        self._top = min(self._top, self._cursor)
        self._top = max(self._top, self._cursor - self.capacity + 1)
        self.refresh()
        self.post_message(self.Moved())
        self._ask_for_near()

    def _ask_for_near(self) -> None:
        if self._is_waiting or not self._items:
            return
        ahead = 2 * self.capacity
        if self._has_after and self._top + self.capacity + ahead > len(self._items):
            self._want(Side.AFTER, self._items[-1])
        elif self._has_before and self._top < ahead:
            self._want(Side.BEFORE, self._items[0])

    def _want(self, side: Side, item: Any = None) -> None:
        self._is_waiting = True
        self.post_message(self.Wanted(side, item))

    def restart(self) -> None:
        """Hold nothing, and want the first rows of another list."""
        self.put(Side.FIRST, (), more=False)
        self._want(Side.FIRST)

    def give_up(self) -> None:
        """Wait no longer for rows that cannot be read; the next key asks for them again."""
        self._is_waiting = False
        self._owed = 0

    def choose(self, number: int) -> bool:
        """Choose the row with a digit; tell whether there is one."""
        row = self._top + number - 1
        if not 1 <= number <= min(self.capacity, len(DIGITS)) or row >= len(self._items):
            return False
        self._go(row)
        self.action_choose()
        return True

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        if self._owed:
            self._owed += rows
        else:
            self._go(self._cursor + rows)

    def action_turn(self, pages: int) -> None:
        """Turn pages."""
        if not self._owed:
            last = len(self._items) - (1 if self._has_after else self.capacity)
            self._top = max(0, min(self._top + pages * self.capacity, last))
        self.action_move(pages * self.capacity)

    def action_ask(self, side: str) -> None:
        """Go to the first or to the last row of the whole list."""
        wanted = Side(side)
        if wanted is Side.FIRST and not self._has_before:
            self._go(0)
        elif wanted is Side.LAST and not self._has_after:
            self._go(len(self._items) - 1)
        else:
            self._owed = 0
            self._want(wanted)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self._items:
            self.post_message(self.Chosen(self.item))

    def action_choose_digit(self, number: int) -> None:
        """Choose by a digit."""
        self.choose(number)

    def on_click(self, event: events.Click) -> None:
        """Choose a row by the mouse."""
        row = self._top + event.y // self.row_height
        if row < len(self._items):
            self._go(row)
            self.action_choose()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._go(self._cursor)

    def render_line(self, y: int) -> Strip:
        """Paint one line."""
        width = self.size.width
        seen, line = divmod(y, self.row_height)
        row = self._top + seen
        if seen >= self.capacity or row >= len(self._items):
            return Strip.blank(width, PLAIN)
        item = self._items[row]
        is_marked = self._painter.is_marked(item)
        lead = "  "
        if line == 0:
            digit = DIGITS[seen] if seen < len(DIGITS) else " "
            lead = digit + (MARK if is_marked else " ")
        lines = self._painter.lines(item, width - len(lead))
        text = lead + (lines[line] if line < len(lines) else "")
        style = CURSOR if row == self._cursor else MARKED if is_marked else PLAIN
        return painted(shorten(text, width), style, width)
