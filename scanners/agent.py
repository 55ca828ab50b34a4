"""The process that reads the scanners: it grabs, decodes and hands on whole scans over a UNIX socket.

A process of its own, because the kernel keeps only 64 events a reader and the program is sometimes busy for
longer than that. It knows neither Textual nor the store. A scan is kept, and sent again to whoever connects
next, until it is acknowledged. The agent ends when its standard input does, so it outlives its parent by no
more than an instant, however that died, and the kernel then frees the devices.
"""

import asyncio
import os
import secrets
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from scanners.assembler import Read, Spoiled
from scanners.devices import REAL, Roots
from scanners.holder import myself
from scanners.ports import Opener, open_port
from scanners.reader import Reader
from scanners.settings import ScannerKind, ScannerSettings
from scanners.status import State, Status
from scanners.streams import stream_for
from scanners.wire import LONGEST_LINE, Orders, RawScan, read_ack, read_orders, write_scan, write_status
from store.domain.scan import Source

USAGE_ERROR = 2


class Agent:
    """Serves the scans of some scanners at a socket, to one program at a time: the last that connected."""

    def __init__(self, orders: Orders, *, opener: Opener = open_port, roots: Roots = REAL) -> None:
        """Read what `orders` say."""
        self._orders, self._me = orders, myself(orders.terminal)
        self._opener, self._roots = opener, roots
        # Ids of different agents differ, so a program that knows an id has seen this scan and no other.
        self._token, self._count = secrets.token_hex(8), 0
        self._unacknowledged: dict[str, RawScan] = {}
        self._states: dict[str, Status] = {}
        self._client: asyncio.StreamWriter | None = None

    async def serve(self, path: Path) -> None:
        """Serve at the socket `path` until cancelled."""
        server = await asyncio.start_unix_server(self._connected, path, limit=LONGEST_LINE)
        async with server, asyncio.TaskGroup() as group:
            for scanner in self._orders.scanners:
                reader = Reader(
                    scanner,
                    self._sender(scanner),
                    me=self._me,
                    known=self._orders.known.get(scanner.id),
                    opener=self._opener,
                    roots=self._roots,
                )
                group.create_task(reader.run())

    def _sender(self, scanner: ScannerSettings) -> "_Sender":
        return _Sender(self, scanner)

    def take_read(self, scanner: ScannerSettings, text: str) -> None:
        """Hand on a whole read of `scanner`."""
        self._count += 1
        source = Source.SERIAL if scanner.kind is ScannerKind.SERIAL else Source.DEVICE
        scan = RawScan(
            id=f"{self._token}-{self._count}",
            text=text,
            source=source,
            device=scanner.label,
            at=datetime.now(UTC),
        )
        self._unacknowledged[scan.id] = scan
        self._write(write_scan(scan))

    def take_status(self, status: Status) -> None:
        """Hand on news; what lasts is told to later programs as well."""
        if status.state is not State.SPOILED:
            self._states[status.device] = status
        self._write(write_status(status))

    def _write(self, line: bytes) -> None:
        if self._client is not None:
            self._client.write(line)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._client is not None:
            self._client.close()
        self._client = writer
        for status in self._states.values():
            self._write(write_status(status))
        for scan in self._unacknowledged.values():
            self._write(write_scan(scan))
        try:
            while line := await reader.readline():
                self._unacknowledged.pop(read_ack(line), None)
        except (OSError, ValueError, KeyError) as error:
            # A program that died in mid-line, or is none of ours. Scans stay until acknowledged.
            sys.stderr.write(f"connection: {error!r}\n")
        finally:
            if self._client is writer:
                self._client = None
            writer.close()


class _Sender:
    """Takes what the reader of one scanner sends."""

    def __init__(self, agent: Agent, scanner: ScannerSettings) -> None:
        self._agent, self._scanner = agent, scanner

    def __call__(self, event: Read | Spoiled | Status) -> None:
        if isinstance(event, Read):
            self._agent.take_read(self._scanner, event.text)
        elif isinstance(event, Spoiled):
            data = {"problem": event.problem.value, "text": event.text}
            self._agent.take_status(Status(state=State.SPOILED, device=self._scanner.label, data=data))
        else:
            self._agent.take_status(event)


async def run(socket: Path, *, opener: Opener = open_port, roots: Roots = REAL) -> None:
    """Read orders from standard input and serve at `socket` until it ends or SIGTERM comes.

    Raises ValueError when a scanner's settings are wrong.
    """
    loop = asyncio.get_running_loop()
    stdin = asyncio.StreamReader(limit=LONGEST_LINE)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stdin), sys.stdin)
    line = await stdin.readline()
    if not line:
        return
    try:
        orders = read_orders(line)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"orders: {error!r}") from error
    for scanner in orders.scanners:
        stream_for(scanner)
    agent = asyncio.create_task(Agent(orders, opener=opener, roots=roots).serve(socket))
    parent = asyncio.create_task(stdin.read())
    stop = asyncio.create_task(_terminated(loop))
    await asyncio.wait([agent, parent, stop], return_when=asyncio.FIRST_COMPLETED)
    for task in (parent, stop):
        task.cancel()
    if agent.done():
        await agent
    agent.cancel()
    await asyncio.wait([agent])


async def _terminated(loop: asyncio.AbstractEventLoop) -> None:
    event = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, event.set)
    await event.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the agent at the socket that `arguments` (else those of the process) name; return its status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if len(arguments) != 1:
        sys.stderr.write("scanner agent SOCKET < orders\n")
        return USAGE_ERROR
    # The program's terminal hangs up for the whole group of processes: the program decides when to end.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.umask(0o077)
    try:
        asyncio.run(run(Path(arguments[0])))
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return USAGE_ERROR
    return 0


if __name__ == "__main__":
    sys.exit(main())
