"""The program's end of the agent: starts it, keeps it alive, hands its scans to one consumer."""

import asyncio
import logging
import os
import sys
import tempfile
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from scanners.identity import Identity
from scanners.settings import ScannerSettings
from scanners.status import State, Status
from scanners.symbology import to_scan
from scanners.wire import LONGEST_LINE, Orders, RawScan, read_event, write_ack, write_orders
from store.domain.errors import Refusal, RefusedError
from store.domain.scan import Scan

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-P", "-m", "scanners.agent")
START_SECONDS = 60.0
"""So long a living agent may take to listen: on a busy machine starting again is no quicker."""
STOP_SECONDS = 1.0
FIRST_BACKOFF, LONGEST_BACKOFF = 0.2, 5.0
REMEMBERED = 1000
"""Ids of scans that were taken, so that one sent twice is taken once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """A scan of a device. Its id stays the same when it is sent again: use it as the store's token."""

    id: str
    scan: Scan


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """A read that is no scan, and why."""

    id: str
    raw: str
    device: str
    refusal: Refusal


ScannerEvent = Scanned | Unusable | Status


class ScannerClient:
    """Runs an agent for `scanners` while it is entered (`async with`), and hands on what it says.

    `events` acknowledges an event when the next one is asked for. What a consumer did not finish comes again
    to the next consumer, or to the next client of the same agent.
    """

    def __init__(
        self, scanners: Sequence[ScannerSettings], *, terminal: str = "", command: Sequence[str] = COMMAND
    ) -> None:
        """Prepare to read `scanners` at the terminal named `terminal` by the agent that `command` starts."""
        self._scanners, self._terminal, self._command = scanners, terminal, command
        self._events: asyncio.Queue[RawScan | Status] = asyncio.Queue()
        self._taken: deque[str] = deque(maxlen=REMEMBERED)
        self._known: dict[str, Identity] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._unfinished: RawScan | Status | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    @property
    def pid(self) -> int | None:
        """The agent's process, while there is one."""
        return None if self._process is None else self._process.pid

    async def __aenter__(self) -> Self:
        self._folder = _private_folder()
        self._keeper = asyncio.create_task(self._keep())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.wait([self._keeper])
        if self._folder is not None:
            self._folder.cleanup()

    async def events(self) -> AsyncIterator[ScannerEvent]:
        """Yield what happens, for ever. Only one consumer at a time."""
        while True:
            if self._unfinished is None:
                self._unfinished = await self._events.get()
            event = self._unfinished
            if isinstance(event, Status):
                yield event
            elif event.id not in self._taken:
                yield _judged(event)
                self._taken.append(event.id)
            self._unfinished = None
            if isinstance(event, RawScan):
                self._acknowledge(event.id)

    def _acknowledge(self, scan_id: str) -> None:
        if self._writer is not None and not self._writer.is_closing():
            self._writer.write(write_ack(scan_id))

    def _remember(self, status: Status) -> None:
        """Keep by what a scanner is known again, for the agent that comes after this one."""
        if status.state is State.READY:
            self._known[status.data["id"]] = Identity(status.data["identity"], status.data["link"])

    async def _keep(self) -> None:
        """Run the agent, and again whenever it dies, less often if it keeps dying."""
        loop = asyncio.get_running_loop()
        backoff = FIRST_BACKOFF
        while True:
            started = loop.time()
            reason = await self._run_once()
            log.error("scanner agent died: %s", reason)
            await self._events.put(Status(state=State.AGENT_LOST, data={"reason": reason}))
            backoff = FIRST_BACKOFF if loop.time() - started > LONGEST_BACKOFF else backoff * 2
            await asyncio.sleep(min(backoff, LONGEST_BACKOFF))

    async def _run_once(self) -> str:
        """Run one agent to its end; return what it died of."""
        assert self._folder is not None  # noqa: S101 - entered
        socket = Path(self._folder.name) / "agent"
        socket.unlink(missing_ok=True)
        self._process = process = await asyncio.create_subprocess_exec(
            *self._command, str(socket),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        said = asyncio.create_task(_last_words(process))
        try:
            await self._converse(process, socket)
            await _stop(process)
            return await said or f"exit status {process.returncode}"
        finally:
            said.cancel()
            self._process = None
            await _stop(process)

    async def _converse(self, process: asyncio.subprocess.Process, socket: Path) -> None:
        if process.stdin is None:
            return
        orders = Orders(scanners=self._scanners, terminal=self._terminal, known=self._known)
        process.stdin.write(write_orders(orders))
        connection = await _connect(process, socket)
        if connection is None:
            return
        reader, self._writer = connection
        try:
            while line := await reader.readline():
                event = read_event(line)
                if isinstance(event, Status):
                    self._remember(event)
                await self._events.put(event)
        except (OSError, ValueError, KeyError, TypeError):
            log.exception("scanner agent")
        finally:
            writer, self._writer = self._writer, None
            writer.close()


def _private_folder() -> tempfile.TemporaryDirectory[str]:
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    folder = runtime if runtime and Path(runtime).is_dir() else None
    return tempfile.TemporaryDirectory(prefix="sztuka-", dir=folder)


def _judged(raw: RawScan) -> ScannerEvent:
    try:
        scan = to_scan(raw.text, source=raw.source, at=raw.at, device=raw.device)
    except RefusedError as error:
        return Unusable(id=raw.id, raw=raw.text, device=raw.device, refusal=error.refusal)
    return Scanned(id=raw.id, scan=scan)


async def _connect(
    process: asyncio.subprocess.Process, socket: Path
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
    """Connect as soon as the agent listens; None when it dies, or does not within the time limit."""
    loop = asyncio.get_running_loop()
    until = loop.time() + START_SECONDS
    while process.returncode is None and loop.time() < until:
        with suppress(FileNotFoundError, ConnectionRefusedError):
            return await asyncio.open_unix_connection(socket, limit=LONGEST_LINE)
        await asyncio.sleep(0.01)
    return None


async def _last_words(process: asyncio.subprocess.Process) -> str:
    last = ""
    while process.stderr is not None and (line := await process.stderr.readline()):
        log.warning("scanner agent: %s", line.decode(errors="replace").rstrip())
        last = line.decode(errors="replace").strip() or last
    return last


async def _stop(process: asyncio.subprocess.Process) -> None:
    """End the agent and wait for it: the next program can have the scanner."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
