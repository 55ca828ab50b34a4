"""The agent as a process of its own, with several scanners: key events in, scans out."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scanners.client import Scanned, ScannerClient
from scanners.settings import ScannerKind, ScannerSettings, Terminator
from scanners.status import State, Status
from store.domain.scan import Source
from tests.scanners.keyboard import packed, type_text
from tests.scanners.sysfs import Machine
from tests.scanners.terminals import serial_scanner
from tests.scanners.waiting import TIMEOUT

ROOT = Path(__file__).parents[2]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def fifo(machine: Machine, number: int, **changes: str) -> int:
    """Plug in a keyboard that is a FIFO and return its writing end."""
    node = machine.keyboard(number, **changes)  # type: ignore[arg-type]
    node.unlink()
    os.mkfifo(node)
    return os.open(node, os.O_RDWR | os.O_NONBLOCK)


def command(machine: Machine) -> list[str]:
    root = machine.roots.dev.parent
    return [sys.executable, "-m", "tests.scanners.agent_over_pipes", str(root)]


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


async def collect(client: ScannerClient, count: int) -> AsyncIterator[Scanned]:
    async with asyncio.timeout(TIMEOUT):
        async for event in client.events():
            if isinstance(event, Scanned):
                yield event
                count -= 1
            if not count:
                return


async def test_several_scanners_each_with_its_own_decoder(machine: Machine) -> None:
    """Two keyboards with different layouts and ends type key by key in turn, and a serial one besides."""
    left, right = (
        fifo(machine, number, model="0c2e:0901", serial=serial) for number, serial in ((1, "L"), (2, "R"))
    )
    with serial_scanner() as serial:
        scanners = [
            ScannerSettings(id="usb:0c2e:0901:L", name="left", layout="us"),
            ScannerSettings(id="usb:0c2e:0901:R", name="right", layout="de", terminator=Terminator.TAB),
            ScannerSettings(id=serial.path, name="third", kind=ScannerKind.SERIAL),
        ]
        async with ScannerClient(scanners, command=command(machine)) as client:
            ready: set[str] = set()
            async with asyncio.timeout(TIMEOUT):
                async for event in client.events():
                    if isinstance(event, Status) and event.state is State.READY:
                        ready.add(event.device)
                    if len(ready) == 3:
                        break
            one = type_text("]d2YZ-left/1\r", name="us", start=1.0)
            two = type_text("zy-RIGHT/2\t", name="de", start=1.0)
            for position in range(0, max(len(one), len(two)), 5):
                os.write(left, packed(one[position : position + 5]))
                os.write(right, packed(two[position : position + 5]))
                if position == 10:
                    serial.send("SER")
            serial.send("IAL\r")
            scans = [event.scan async for event in collect(client, 3)]
    assert {(scan.device, scan.text, scan.source) for scan in scans} == {
        ("left", "YZ-left/1", Source.DEVICE),
        ("right", "zy-RIGHT/2", Source.DEVICE),
        ("third", "SERIAL", Source.SERIAL),
    }
    os.close(left)
    os.close(right)


@pytest.mark.parametrize("layout", ["us", "pl", "de", "fr"])
async def test_the_layout_of_the_scanner_not_of_the_machine(machine: Machine, layout: str) -> None:
    keyboard = fifo(machine, 1)
    code = "qwertz-AZ/12:@#\x1dAE-1"
    settings = ScannerSettings(id="usb:0c2e:0901", name="bench", layout=layout)
    async with ScannerClient([settings], command=command(machine)) as client:
        async with asyncio.timeout(TIMEOUT):
            async for event in client.events():
                if isinstance(event, Status) and event.state is State.READY:
                    break
        os.write(keyboard, packed(type_text(code + "\r", name=layout, start=1.0)))
        (scan,) = [event.scan async for event in collect(client, 1)]
    assert scan.raw == code
    os.close(keyboard)


@pytest.mark.parametrize("orders", [b"what?\n", b"{}\n", b'{"scanners": [{"id": 1}], "terminal": ""}\n'])
async def test_orders_that_are_none_end_it(tmp_path: Path, orders: bytes) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "scanners.agent", str(tmp_path / "socket"),
        stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _out, errors = await asyncio.wait_for(process.communicate(orders), TIMEOUT)
    assert process.returncode == 2
    assert b"Traceback" not in errors


async def test_the_command_line_is_the_same_agent(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tui", "scanner", "agent", str(tmp_path / "socket"),
        stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    _out, errors = await asyncio.wait_for(process.communicate(b""), TIMEOUT)
    assert (process.returncode, errors) == (0, b"")
