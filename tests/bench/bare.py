"""The least that a Textual program can do: the floor under the times of ours.

`python -m tests.bench.bare` takes keys one by one and shows a burst that ended with Enter in one `Static`.
"""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class Bare(App[None]):
    """Echoes bursts of keys."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__(ansi_color=True, watch_css=False)
        self._typed: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static("bare", id="echo")

    def on_key(self, event: Key) -> None:
        if event.key == "enter":
            self.query_one("#echo", Static).update("".join(self._typed))
            self._typed.clear()
        elif event.character:
            self._typed.append(event.character)


if __name__ == "__main__":
    Bare().run()
