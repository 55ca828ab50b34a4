"""The real agent process over its real socket, with a scanner in serial mode at the other end of a pty."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from scanners.client import Scanned, ScannerClient, ScannerEvent, Unusable
from scanners.holder import holder_of
from scanners.settings import ScannerKind, ScannerSettings
from scanners.status import State, Status
from scanners.wire import Orders, RawScan, read_event, write_ack, write_orders
from store.domain.errors import RefusalCode
from store.domain.scan import Source
from tests.scanners.terminals import SerialScanner, serial_scanner
from tests.scanners.waiting import TIMEOUT, wait_until


@pytest.fixture
def scanner() -> Iterator[SerialScanner]:
    with serial_scanner() as one:
        yield one


def settings_of(scanner: SerialScanner, **changes: object) -> ScannerSettings:
    return ScannerSettings(id=scanner.path, name="bench", kind=ScannerKind.SERIAL, **changes)  # type: ignore[arg-type]


async def next_of(events: AsyncIterator[ScannerEvent]) -> ScannerEvent:
    return await asyncio.wait_for(anext(events), TIMEOUT)


async def until(events: AsyncIterator[ScannerEvent], state: State) -> Status:
    while True:
        event = await next_of(events)
        if isinstance(event, Status) and event.state is state:
            return event


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_scans_come_whole_in_order_and_decoded(scanner: SerialScanner) -> None:
    async with ScannerClient([settings_of(scanner)]) as client:
        events = client.events()
        await until(events, State.READY)
        texts = [f"SN-{number}" for number in range(50)]
        scanner.send("".join(text + "\r\n" for text in texts))
        seen = [await next_of(events) for _ in texts]
        scans = [event.scan for event in seen if isinstance(event, Scanned)]
        assert [scan.text for scan in scans] == texts
        assert {(scan.source, scan.device) for scan in scans} == {(Source.SERIAL, "bench")}
        assert len({event.id for event in seen if isinstance(event, Scanned)}) == len(texts)
        scanner.send("]C10105901234123457" + "21S1\r")
        event = await next_of(events)
        assert isinstance(event, Scanned)
        assert event.scan.gs1 is not None
        assert (event.scan.gs1.gtin, event.scan.gs1.serial) == ("05901234123457", "S1")


async def test_a_code_that_is_refused_is_an_event_too(scanner: SerialScanner) -> None:
    async with ScannerClient([settings_of(scanner)]) as client:
        events = client.events()
        await until(events, State.READY)
        scanner.send("]C1010590123412345710L721S1\r")
        event = await next_of(events)
        assert isinstance(event, Unusable)
        assert event.refusal.code is RefusalCode.AMBIGUOUS_GS1


async def test_unplugging_throws_half_a_scan_away_and_is_told(scanner: SerialScanner) -> None:
    async with ScannerClient([settings_of(scanner)]) as client:
        events = client.events()
        await until(events, State.READY)
        scanner.send("HALF")
        scanner.unplug()
        status = await until(events, State.UNPLUGGED)
        assert status.device == "bench"


async def test_a_missing_scanner_is_told_and_taken_when_it_is_plugged_in(tmp_path: Path) -> None:
    link = tmp_path / "scanner"
    settings = ScannerSettings(id=str(link), name="bench", kind=ScannerKind.SERIAL)
    async with ScannerClient([settings]) as client:
        events = client.events()
        await until(events, State.MISSING)
        for round_ in range(2):
            with serial_scanner() as scanner:
                link.symlink_to(scanner.path)
                await until(events, State.READY)
                scanner.send(f"SN-{round_}\r")
                event = await next_of(events)
                assert isinstance(event, Scanned)
                assert event.scan.text == f"SN-{round_}"
            link.unlink()
            await until(events, State.UNPLUGGED)


async def test_a_scan_that_was_not_finished_comes_again(scanner: SerialScanner) -> None:
    async with ScannerClient([settings_of(scanner)]) as client:
        events = client.events()
        await until(events, State.READY)
        scanner.send("SN-1\rSN-2\r")
        first = await next_of(events)
        await events.aclose()  # type: ignore[attr-defined]
        again = client.events()
        assert await next_of(again) == first
        second = await next_of(again)
        assert isinstance(second, Scanned)
        assert second.scan.text == "SN-2"


async def test_a_killed_agent_is_told_and_started_again(scanner: SerialScanner) -> None:
    async with ScannerClient([settings_of(scanner)]) as client:
        events = client.events()
        await until(events, State.READY)
        pid = client.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        await until(events, State.AGENT_LOST)
        await until(events, State.READY)
        scanner.send("SN-1\r")
        event = await next_of(events)
        assert isinstance(event, Scanned)
        assert event.scan.text == "SN-1"


async def test_wrong_settings_are_told_in_words(scanner: SerialScanner) -> None:
    bad = ScannerSettings(id="x", layout="qwerty")
    async with ScannerClient([bad]) as client:
        status = await until(client.events(), State.AGENT_LOST)
        assert status.data["reason"].startswith("qwerty: ")


async def test_leaving_ends_the_agent(scanner: SerialScanner) -> None:
    async with ScannerClient([settings_of(scanner)]) as client:
        await until(client.events(), State.READY)
        pid = client.pid
    assert pid is not None
    assert not is_alive(pid)


async def test_a_second_program_is_told_who_has_the_scanner_and_gets_it_later(
    scanner: SerialScanner,
) -> None:
    async with ScannerClient([settings_of(scanner)], terminal="Packing 2") as first:
        await until(first.events(), State.READY)
        holder = holder_of(Path(scanner.path))
        assert holder is not None
        assert (holder.pid, holder.terminal) == (first.pid, "Packing 2")
        async with ScannerClient([settings_of(scanner)]) as second:
            events = second.events()
            status = await until(events, State.BUSY)
            assert status.data["terminal"] == "Packing 2"
            assert status.data["pid"] == str(first.pid)
            await first.__aexit__(None, None, None)
            await until(events, State.READY)


PARENT = """
    import asyncio, sys
    from scanners.client import ScannerClient
    from scanners.settings import ScannerKind, ScannerSettings
    from scanners.status import State, Status

    async def main():
        settings = ScannerSettings(id=sys.argv[1], kind=ScannerKind.SERIAL)
        async with ScannerClient([settings]) as client:
            async for event in client.events():
                if isinstance(event, Status) and event.state is State.READY:
                    print(client.pid, flush=True)

    asyncio.run(main())
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
async def test_the_scanner_is_free_again_however_the_program_dies(
    scanner: SerialScanner, how: signal.Signals
) -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", textwrap.dedent(PARENT), scanner.path, stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    agent = int(await asyncio.wait_for(parent.stdout.readline(), TIMEOUT))
    assert is_alive(agent)
    parent.send_signal(how)
    assert await parent.wait() == -how
    await wait_until(lambda: not is_alive(agent))
    async with ScannerClient([settings_of(scanner)]) as client:
        await until(client.events(), State.READY)


async def test_what_was_not_acknowledged_is_sent_to_the_next_program(
    scanner: SerialScanner, tmp_path: Path
) -> None:
    """The agent's own promise, without the client: a connection breaks, the agent lives."""
    socket = tmp_path / "agent"
    agent = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "scanners.agent", str(socket), stdin=asyncio.subprocess.PIPE
    )
    assert agent.stdin is not None
    agent.stdin.write(write_orders(Orders(scanners=[settings_of(scanner)], terminal="tty1")))
    await wait_until(socket.exists)
    assert socket.stat().st_mode & 0o077 == 0

    async def connected(*acknowledged: str) -> list[RawScan]:
        """Return the scans up to SN-2, acknowledge some of them, and break the connection."""
        reader, writer = await asyncio.open_unix_connection(socket)
        scans: list[RawScan] = []
        while not scans or scans[-1].text != "SN-2":
            event = read_event(await asyncio.wait_for(reader.readline(), TIMEOUT))
            if isinstance(event, RawScan):
                scans.append(event)
            elif event.state is State.READY and not seen:
                scanner.send("SN-0\rSN-1\rSN-2\r")
        for scan in scans:
            if scan.text in acknowledged:
                writer.write(write_ack(scan.id))
        writer.write_eof()
        # The agent closes when it has read everything to the end.
        assert await asyncio.wait_for(reader.read(), TIMEOUT) == b""
        writer.close()
        return scans

    seen: list[list[RawScan]] = []
    seen.append(await connected())
    seen.append(await connected("SN-0", "SN-1"))
    seen.append(await connected())
    agent.stdin.close()
    assert await agent.wait() == 0
    assert [scan.text for scan in seen[0]] == ["SN-0", "SN-1", "SN-2"]
    assert seen[1] == seen[0]
    assert seen[2] == seen[0][2:]


def test_the_agent_loads_neither_textual_nor_the_store() -> None:
    code = "import sys, scanners.agent, evdev; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"textual", "rich", "peewee", "playhouse", "psycopg2", "biip"} & set(run.stdout.split())
