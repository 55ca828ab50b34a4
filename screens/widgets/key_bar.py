"""The bottom line: which key does what, as much of it as fits."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from screens.commands import Command
from screens.widgets.text_line import painted

BAR = Style(reverse=True)


class KeyBar(Widget):
    """Shows the commands of a screen. On a narrow one the help key always has a place."""

    DEFAULT_CSS = "KeyBar { height: 1; }"

    def __init__(self, commands: Sequence[Command], *, id: str | None = None) -> None:  # noqa: A002
        """Show `commands` in this order."""
        super().__init__(id=id)
        self._commands = [command for command in commands if command.shown]

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Paint the line."""
        return painted(fitting(self._commands, self.size.width), BAR, self.size.width)


def fitting(commands: Sequence[Command], width: int) -> str:
    """Return the entries that fit into `width` cells: the first ones, and the help key among them."""
    entries = [f"{command.key_name} {command.words()[0]}" for command in commands]
    must = [number for number, command in enumerate(commands) if command.code == "HELP"]
    first = sum(cell_len(entries[number]) for number in {0, *must} if entries)
    gap = " " if first + 1 == width else "  "  # longer words than English may leave a single blank
    chosen = set(must)
    for number in range(len(entries)):
        trial = chosen | {number}
        if cell_len(gap.join(entries[i] for i in sorted(trial))) <= width:
            chosen = trial
    return gap.join(entries[i] for i in sorted(chosen))
