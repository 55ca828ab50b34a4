"""The same against the kernel's own input devices, where this machine can make some."""

import asyncio
import errno
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import pytest

from scanners.client import Scanned, ScannerClient, ScannerEvent
from scanners.learning import CHECK_CODE, Verdict, examine
from scanners.settings import ScannerSettings
from scanners.status import State, Status
from scanners.watch import Watch
from tests.scanners.keyboard import Event, type_text
from tests.scanners.waiting import TIMEOUT, wait_until

UINPUT = Path("/dev/uinput")
pytestmark = pytest.mark.skipif(
    not os.access(UINPUT, os.W_OK),
    reason="no /dev/uinput that may be written: real input devices are tested in the guest",
)
VENDOR, PRODUCT = 0x5A54, 0x0001
ID = "usb:5a54:0001"


class RealScanner:
    """A device of the kernel that types as scanners do."""

    def __init__(self) -> None:
        from evdev import UInput

        self.device = UInput(name="Sztuka test scanner", vendor=VENDOR, product=PRODUCT)

    def send(self, events: Sequence[Event]) -> None:
        for kind, code, value, _now in events:
            self.device.write(kind, code, value)

    def scan(self, text: str) -> None:
        self.send(type_text(text))

    async def scan_slowly(self, text: str) -> None:
        """Leave a reader in this same process its turn: the kernel keeps 64 events for it, then drops."""
        events = type_text(text)
        for start in range(0, len(events), 16):
            self.send(events[start : start + 16])
            await asyncio.sleep(0)

    def unplug(self) -> None:
        self.device.close()


@pytest.fixture
def scanner() -> Iterator[RealScanner]:
    one = RealScanner()
    yield one
    one.unplug()


async def until(events: AsyncIterator[ScannerEvent], state: State) -> Status:
    async with asyncio.timeout(TIMEOUT):
        async for event in events:
            if isinstance(event, Status) and event.state is state:
                return event
    raise AssertionError("events ended")


async def scanned(events: AsyncIterator[ScannerEvent]) -> str:
    async with asyncio.timeout(TIMEOUT):
        async for event in events:
            if isinstance(event, Scanned):
                return event.scan.text
    raise AssertionError("events ended")


async def test_nobody_else_gets_the_keys(scanner: RealScanner) -> None:
    from evdev import InputDevice

    async with ScannerClient([ScannerSettings(id=ID)]) as client:
        events = client.events()
        status = await until(events, State.READY)
        other = InputDevice(status.data["path"])
        with pytest.raises(OSError, match="busy") as caught:
            other.grab()
        assert caught.value.errno == errno.EBUSY
        scanner.scan("SN-1/a\r")
        assert await scanned(events) == "SN-1/a"
        assert other.read_one() is None
        other.close()


async def test_a_killed_agent_lets_go_of_it(scanner: RealScanner) -> None:
    from evdev import InputDevice

    async with ScannerClient([ScannerSettings(id=ID)]) as client:
        events = client.events()
        path = (await until(events, State.READY)).data["path"]
        assert client.pid is not None
        os.kill(client.pid, 9)
        await until(events, State.AGENT_LOST)
        other = InputDevice(path)
        other.grab()
        # The agent that comes after it is told, and gets it in the end.
        assert (await until(events, State.BUSY)).data["path"] == path
        other.close()
        await until(events, State.READY)


async def test_unplugged_and_plugged_in_again(scanner: RealScanner) -> None:
    async with ScannerClient([ScannerSettings(id=ID)]) as client:
        events = client.events()
        await until(events, State.READY)
        scanner.unplug()
        await until(events, State.UNPLUGGED)
        again = RealScanner()
        await until(events, State.READY)
        again.scan("SN-2\r")
        assert await scanned(events) == "SN-2"
        again.unplug()


async def test_learning_hears_it_without_a_grab(scanner: RealScanner) -> None:
    from evdev import InputDevice

    async with Watch() as watch:
        await wait_until(lambda: any(device.name == "Sztuka test scanner" for device in watch.heard))
        (device,) = [device for device in watch.heard if device.name == "Sztuka test scanner"]
        other = InputDevice(str(device.path))
        await scanner.scan_slowly(CHECK_CODE + "\r")
        burst = await asyncio.wait_for(watch.burst(), TIMEOUT)
        assert burst.device == device
        finding = examine(burst)
        assert (finding.verdict, list(finding.readings)) == (Verdict.SCAN, [CHECK_CODE])
        assert other.read_one() is not None
        other.close()
