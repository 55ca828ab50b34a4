"""Sounds: one short bell for good, three for refused, so that nobody has to look."""

from enum import Enum

from textual.app import App


class Signal(Enum):
    """What a sound says, as the number of bells."""

    GOOD = 1
    REFUSED = 3


def ring(app: App[object], signal: Signal, *, on: bool) -> None:
    """Ring the terminal's bell, unless it is switched off."""
    if on and app._driver is not None:  # noqa: SLF001 - App.bell rings once and flushes each time
        app._driver.write("\a" * signal.value)  # noqa: SLF001
