"""Waiting for what other processes do: there is no event to wait for, only a state to look at."""

import asyncio
from collections.abc import Callable

TIMEOUT = 20.0
"""Seconds after which a test gives up. Long, because test machines are slow; nothing waits for it to pass."""


async def wait_until(condition: Callable[[], bool]) -> None:
    """Return when `condition` holds. Raises TimeoutError."""
    async with asyncio.timeout(TIMEOUT):
        while not condition():  # noqa: ASYNC110 - it holds in another process
            await asyncio.sleep(0.005)
