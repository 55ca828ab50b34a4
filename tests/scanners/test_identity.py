"""A path that was given away again is not opened: it may be somebody's terminal, or another device's."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from scanners.assembler import Read, Spoiled
from scanners.client import Scanned, ScannerClient
from scanners.devices import Device, find
from scanners.holder import myself
from scanners.identity import Identity, identify
from scanners.reader import Reader
from scanners.settings import ScannerKind, ScannerSettings
from scanners.status import State, Status
from tests.scanners.pipes import PipeKeyboards
from tests.scanners.sysfs import Machine
from tests.scanners.terminals import SerialScanner, serial_scanner
from tests.scanners.test_client import next_of, until
from tests.scanners.waiting import TIMEOUT, wait_until

MOST_TERMINALS = 40


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "machine")


class Reading:
    """A reader of one serial scanner, and the ports that it opened."""

    def __init__(self, machine: Machine) -> None:
        self.machine, self.ports = machine, PipeKeyboards()
        self.events: asyncio.Queue[Read | Spoiled | Status] = asyncio.Queue()

    @asynccontextmanager
    async def of(self, wanted: str) -> AsyncIterator[None]:
        settings = ScannerSettings(id=wanted, name="bench", kind=ScannerKind.SERIAL)
        reader = Reader(
            settings, self.events.put_nowait, me=myself("T1"), opener=self.ports, roots=self.machine.roots
        )
        task = asyncio.create_task(reader.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])
            self.ports.close()

    async def state(self) -> State:
        event = await asyncio.wait_for(self.events.get(), TIMEOUT)
        assert isinstance(event, Status), event
        return event.state

    def unplug(self, node: Path) -> None:
        self.machine.unplug(node)
        self.ports.unplug(node)

    def opened(self, node: Path) -> int:
        return self.ports.logs.get(node, []).count("open")


@pytest.fixture
def reading(machine: Machine) -> Reading:
    return Reading(machine)


@pytest.mark.parametrize(
    "other", [{"model": "04b8:0202"}, {"serial": "S2"}, {"serial": ""}], ids=["model", "serial", "nothing"]
)
async def test_another_device_at_the_path_is_left_alone(reading: Reading, other: dict[str, str]) -> None:
    node = reading.machine.serial_port("ttyUSB0")
    async with reading.of(str(node)):
        assert await reading.state() is State.READY
        reading.unplug(node)
        assert await reading.state() is State.UNPLUGGED
        reading.machine.serial_port("ttyUSB0", **other)
        assert await reading.state() is State.REPLACED
        assert reading.opened(node) == 1
        reading.unplug(node)
        reading.machine.serial_port("ttyUSB0")
        assert await reading.state() is State.READY
    assert reading.opened(node) == 2


async def test_by_its_id_it_is_found_at_another_path(reading: Reading) -> None:
    node = reading.machine.serial_port("ttyUSB0")
    async with reading.of("usb:0c2e:090a:S1"):
        assert await reading.state() is State.READY
        reading.unplug(node)
        assert await reading.state() is State.UNPLUGGED
        other = reading.machine.serial_port("ttyUSB0", serial="S2")
        again = reading.machine.serial_port("ttyUSB1")
        assert await reading.state() is State.READY
    assert (reading.opened(other), reading.opened(again)) == (1, 1)


async def test_the_name_that_udev_gives_late_is_seen(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: asyncio.Queue[int] = asyncio.Queue()

    def looking(*arguments: Any) -> list[Device]:
        found = find(*arguments)
        looks.put_nowait(len(found))
        return found

    monkeypatch.setattr("scanners.reader.find", looking)
    async with reading.of("by-id:usb-Scanner_S1-if00"):
        assert await reading.state() is State.MISSING
        assert await looks.get() == 0
        node = reading.machine.serial_port("ttyACM0")
        assert await looks.get() == 0, "it was looked at before udev had named it"
        reading.machine.link(reading.machine.roots.dev / "serial/by-id/usb-Scanner_S1-if00", node)
        assert await reading.state() is State.READY


def test_without_a_serial_the_socket_tells_adapters_apart(machine: Machine) -> None:
    def at(port: str, wanted: str) -> Identity | None:
        node = machine.serial_port("ttyUSB0", serial="", port=port)
        (device,) = find(wanted, ScannerKind.SERIAL, machine.roots)
        found = identify(device, wanted, machine.roots)
        machine.unplug(node)
        return found

    path = str(machine.roots.dev / "ttyUSB0")
    assert at("1-1:1.0", path) == at("1-1:1.0", path) != at("1-2:1.0", path)
    model = "usb:0c2e:090a"
    assert at("1-1:1.0", model) == at("1-2:1.0", model)


def test_what_is_gone_has_no_identity(machine: Machine, tmp_path: Path) -> None:
    port = tmp_path / "ttyS0"
    port.touch()
    (device,) = find(str(port), ScannerKind.SERIAL, machine.roots)
    assert identify(device, str(port), machine.roots) is not None
    port.unlink()
    assert identify(device, str(port), machine.roots) is None


def test_a_bluetooth_port_is_known_by_its_address(machine: Machine) -> None:
    node = machine.roots.dev / "rfcomm0"
    about = machine.roots.sys / "tty/rfcomm0"
    about.mkdir()

    def bound_to(address: str) -> Identity | None:
        (about / "address").write_text(address + "\n")
        node.unlink(missing_ok=True)
        node.touch()
        (device,) = find(str(node), ScannerKind.SERIAL, machine.roots)
        return identify(device, str(node), machine.roots)

    first = bound_to("AA:BB:CC:DD:EE:FF")
    assert first == bound_to("AA:BB:CC:DD:EE:FF") != bound_to("11:22:33:44:55:66")


async def reused(path: str) -> SerialScanner:
    """Wait until a path is free, and open a terminal that gets it."""
    found: list[SerialScanner] = []

    def is_found() -> bool:
        with ExitStack() as others:
            # The kernel gives the lowest number that is free: those below are held meanwhile.
            for _other in range(MOST_TERMINALS):
                scanner = others.enter_context(serial_scanner())
                if scanner.path == path:
                    found.append(SerialScanner(scanner.master, path))
                    scanner.master = -1
                    return True
        return False

    await wait_until(is_found)
    return found[0]


async def test_a_terminal_that_gets_the_path_of_the_scanner_is_left_alone() -> None:
    with serial_scanner() as scanner:
        settings = ScannerSettings(id=scanner.path, name="bench", kind=ScannerKind.SERIAL)
        async with ScannerClient([settings]) as client:
            events = client.events()
            await until(events, State.READY)
            scanner.unplug()
            somebody = await reused(scanner.path)
            try:
                await until(events, State.UNPLUGGED)
                await until(events, State.REPLACED)
                descriptor = os.open(somebody.path, os.O_RDWR | os.O_NOCTTY)
                somebody.send("theirs\r")
                assert os.read(descriptor, 100) == b"theirs\r"
                os.close(descriptor)
            finally:
                somebody.unplug()


async def test_an_agent_that_is_started_again_knows_what_was_read_before() -> None:
    with serial_scanner() as scanner:
        settings = ScannerSettings(id=scanner.path, name="bench", kind=ScannerKind.SERIAL)
        async with ScannerClient([settings]) as client:
            events = client.events()
            await until(events, State.READY)
            assert client.pid is not None
            os.kill(client.pid, 9)
            scanner.unplug()
            somebody = await reused(scanner.path)
            try:
                await until(events, State.AGENT_LOST)
                await until(events, State.REPLACED)
            finally:
                somebody.unplug()


async def test_a_link_that_is_made_anew_names_another_terminal(tmp_path: Path) -> None:
    link = tmp_path / "scanner"
    settings = ScannerSettings(id=str(link), name="bench", kind=ScannerKind.SERIAL)
    with serial_scanner() as scanner:
        link.symlink_to(scanner.path)
        async with ScannerClient([settings]) as client:
            events = client.events()
            await until(events, State.READY)
            scanner.unplug()
            somebody = await reused(scanner.path)
            await until(events, State.REPLACED)
            link.unlink()
            link.symlink_to(somebody.path)
            await until(events, State.READY)
            somebody.send("SN-1\r")
            event = await next_of(events)
            assert isinstance(event, Scanned)
            assert event.scan.text == "SN-1"
            somebody.unplug()
