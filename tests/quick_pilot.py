"""Makes Textual's Pilot notice sooner that a program has come to rest.

Pilot takes a program for idle when it used next to no processor time for 20 ms, and asks that two or
three times a key: 60 ms a key, more than half of what the tests of the screens took. The same question
asked over 2 ms has the same answer; what a test waits for beyond that, it waits for by a condition.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

LOOK = 0.002
"""Seconds over which the program is looked at."""
IDLE = LOOK / 10
"""Seconds of processor time in `LOOK` up to which the program counts as idle."""


async def wait_for_idle(min_sleep: float = LOOK, max_sleep: float = 1.0) -> None:
    """Wait from `min_sleep` to `max_sleep` seconds until the process uses next to no processor time."""
    began = time.monotonic()
    while (waited := time.monotonic() - began) < max_sleep:
        used = time.process_time()
        await asyncio.sleep(LOOK)
        if waited + LOOK >= min_sleep and time.process_time() - used < IDLE:
            return


@contextmanager
def quick_pilot() -> Iterator[None]:
    """Have Pilot and the App under it wait with `wait_for_idle` of this module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.pilot.wait_for_idle", wait_for_idle)
        patch.setattr("textual.app.wait_for_idle", wait_for_idle)
        yield
