"""The one thread that speaks to the store, and the only one that has a connection.

Textual's thread workers lose writes when they are cancelled, and peewee's connections belong to the thread
that opened them. So everything goes through here, one function after the other.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from peewee import Database, OperationalError, PeeweeException

from store.domain.errors import StoreError, StoreLostError
from store.domain.language import _
from store.transaction import is_lost, is_turned_away, run_read, run_write, trouble_of

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

FIRST_PAUSE = 0.05
LONGEST_PAUSE = 2.0
"""Seconds between two tries to reach the store: the first, and where doubling ends."""


class Lane:
    """Runs operations and queries on one store, in the order in which they were asked for.

    `on_waiting(True)` is called in the event loop when the store cannot be reached, `on_waiting(False)` when
    it answers again; meanwhile the function waits, for `patience` seconds at most. Running it again is safe:
    what was not committed never was, and what was committed is recognised by its token.
    """

    def __init__(
        self, database: Database, *, on_waiting: Callable[[bool], None] | None = None, patience: float = 120.0
    ) -> None:
        """Nothing is opened before `start`."""
        self.database = database
        self.on_waiting = on_waiting
        """May be set later, by whoever shows it."""
        self._patience = patience
        self._stopping = threading.Event()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-lane")
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Connect, waiting for a store that does not answer yet. Raises StoreLostError as `write` does."""
        self._loop = asyncio.get_running_loop()
        await self._submit(partial(self._until_it_answers, lambda: None))

    async def read(self, function: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """Return `function(*args, **options)`, a query. Raises what it raises, and StoreLostError."""
        return await self._submit(partial(self._run, run_read, partial(function, *args, **options)))

    async def write(self, function: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """Return `function(*args, **options)`, an operation, once it is committed.

        It goes on when the caller is cancelled. Raises what it raises (nothing is written then),
        StoreLostError when the store did not come back in time, and StoreError when its disk is full or may
        not be written.
        """
        return await self._submit(partial(self._run, run_write, partial(function, *args, **options)))

    async def close(self) -> None:
        """Finish what was asked for and disconnect. A function that waits for a lost store gives up."""
        self._stopping.set()
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._disconnect)
        self._thread.shutdown(wait=True)

    def close_now(self) -> None:
        """Do what `close` does where no event loop runs any more."""
        self._stopping.set()
        self._thread.submit(self._disconnect)
        self._thread.shutdown(wait=True)

    async def _submit(self, job: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        return await asyncio.shield(loop.run_in_executor(self._thread, job))

    def _run(self, transaction: Callable[[Database, Callable[[], T]], T], function: Callable[[], T]) -> T:
        return self._until_it_answers(partial(transaction, self.database, function))

    def _until_it_answers(self, job: Callable[[], T]) -> T:
        deadline = time.monotonic() + self._patience
        pause = 0.0
        waiting = False
        while True:
            try:
                self._connect()
                result = job()
            except PeeweeException as error:
                if not is_lost(self.database, error):
                    self._tell_back(waiting=waiting)
                    raise trouble_of(error) or error from error
                log.warning("the store does not answer: %s", str(error).strip())
                self._disconnect()
                # The first try is made anew at once: a connection that was only cut is nobody's concern.
                if pause and not waiting:
                    waiting = True
                    self._tell(waiting=True)
                if time.monotonic() + pause > deadline or self._stopping.wait(pause):
                    raise StoreLostError(
                        _("the store does not answer: {why}").format(why=str(error).strip())
                    ) from error
                pause = min(max(pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
            except BaseException:
                self._tell_back(waiting=waiting)
                raise
            else:
                self._tell_back(waiting=waiting)
                return result

    def _connect(self) -> None:
        try:
            self.database.connect(reuse_if_open=True)
        except OperationalError as error:
            if is_turned_away(error):
                raise StoreError(
                    _("the server of the store refuses: {why}").format(why=str(error).strip())
                ) from error
            raise

    def _disconnect(self) -> None:
        try:
            self.database.close()
        except PeeweeException as error:
            # The other end is gone already; peewee has forgotten the connection all the same.
            log.info("closing a lost connection: %s", str(error).strip())

    def _tell_back(self, *, waiting: bool) -> None:
        if waiting:
            log.info("the store answers again")
            self._tell(waiting=False)

    def _tell(self, *, waiting: bool) -> None:
        if self.on_waiting is not None and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.on_waiting, waiting)
