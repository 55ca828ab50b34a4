"""One scanner through plugging, other holders, no permission and lost events, over pipes of key events."""

import asyncio
import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from scanners import keys
from scanners.assembler import Problem, Read, Spoiled
from scanners.holder import Holder, myself
from scanners.reader import POLL_SECONDS, QUIET_SECONDS, Reader
from scanners.settings import ScannerSettings
from scanners.status import State, Status
from tests.scanners.keyboard import type_text
from tests.scanners.pipes import PipeKeyboards, PipePort
from tests.scanners.sysfs import Machine
from tests.scanners.waiting import TIMEOUT

SETTINGS = ScannerSettings(id="usb:0c2e:0901", name="bench")
Event = Read | Spoiled | Status


class Bench:
    """A machine, its keyboards, and what the reader of one scanner says."""

    def __init__(self, root: Path) -> None:
        self.machine, self.keyboards = Machine(root), PipeKeyboards()
        self.events: asyncio.Queue[Event] = asyncio.Queue()

    @asynccontextmanager
    async def reading(self, settings: ScannerSettings = SETTINGS) -> AsyncIterator[None]:
        reader = Reader(
            settings, self.events.put_nowait, me=myself("T1"), opener=self.keyboards, roots=self.machine.roots
        )
        task = asyncio.create_task(reader.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])
            assert task.cancelled(), task

    async def next(self) -> Event:
        return await asyncio.wait_for(self.events.get(), TIMEOUT)

    async def state(self) -> State:
        event = await self.next()
        assert isinstance(event, Status), event
        assert event.device == "bench"
        return event.state

    def plug(self, number: int = 1, **changes: str) -> Path:
        return self.machine.keyboard(number, **changes)  # type: ignore[arg-type]

    def unplug(self, node: Path) -> None:
        self.machine.unplug(node)
        self.keyboards.unplug(node)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


async def test_it_is_grabbed_read_and_given_back(bench: Bench) -> None:
    node = bench.plug()
    async with bench.reading():
        data = {"path": str(node), "id": "usb:0c2e:0901", "identity": "usb:0c2e:0901", "link": ""}
        assert await bench.next() == Status(state=State.READY, device="bench", data=data)
        assert bench.keyboards.logs[node] == ["open", "grab"]
        bench.keyboards.scan(node, "SN-1\rSN-2\r")
        assert [await bench.next(), await bench.next()] == [Read("SN-1"), Read("SN-2")]
    assert bench.keyboards.logs[node] == ["open", "grab", "close"]


def test_a_scanner_is_taken_within_a_second() -> None:
    """It is seen at the next look, or the one after if it has no permissions yet, and must be quiet twice."""
    assert 2 * POLL_SECONDS + 4 * QUIET_SECONDS < 1.0


async def test_unplugged_and_plugged_in_again_it_is_taken(bench: Bench) -> None:
    node = bench.plug()
    async with bench.reading():
        assert await bench.state() is State.READY
        bench.keyboards.scan(node, "HALF")
        bench.unplug(node)
        assert await bench.state() is State.UNPLUGGED
        again = bench.plug(7)
        assert await bench.state() is State.READY
        bench.keyboards.scan(again, "SN-2\r")
        assert await bench.next() == Read("SN-2")
    assert bench.keyboards.logs[node][-1] == "close"


async def test_no_other_keyboard_is_opened(bench: Bench) -> None:
    other = bench.plug(3, name="Own keyboard", model="1111:2222")
    async with bench.reading():
        assert await bench.state() is State.MISSING
        scanner = bench.plug(4)
        assert await bench.state() is State.READY
    assert bench.keyboards.logs.keys() == {scanner}
    assert other not in bench.keyboards.logs


async def test_the_grab_waits_until_no_key_is_down(bench: Bench) -> None:
    node = bench.machine.roots.dev / "input/event1"
    bench.keyboards.held[node] = [True, True, False, False]
    bench.plug()
    async with bench.reading():
        assert await bench.state() is State.READY
    assert bench.keyboards.held[node] == [], "asked until nothing was held"


async def test_a_key_that_goes_down_as_it_is_grabbed_is_let_go_of(bench: Bench) -> None:
    node = bench.machine.roots.dev / "input/event1"
    bench.keyboards.held[node] = [False, False, True]
    bench.plug()
    async with bench.reading():
        assert await bench.state() is State.READY
        assert bench.keyboards.logs[node] == ["open", "grab", "close", "open", "grab"]


async def test_what_began_before_the_grab_is_no_scan(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its first keys went to the console; the kernel hides them from whoever asks which keys are down."""
    node = bench.plug()
    grab = PipePort.grab

    def with_a_scan_under_way(port: PipePort) -> None:
        grab(port)
        bench.keyboards.scan(node, "ND-2\r")

    monkeypatch.setattr(PipePort, "grab", with_a_scan_under_way)
    async with bench.reading():
        assert await bench.state() is State.READY
        bench.keyboards.scan(node, "SN-1\r", start=2.0)
        assert await bench.next() == Read("SN-1")


async def test_a_node_without_permissions_yet_is_tried_again_silently(bench: Bench) -> None:
    node = bench.machine.roots.dev / "input/event1"
    bench.keyboards.open_errors[node] = [errno.EACCES, errno.ENOENT, errno.EACCES]
    bench.plug()
    async with bench.reading():
        assert await bench.state() is State.READY
    assert bench.keyboards.logs[node][:4] == ["open"] * 4


async def test_lasting_lack_of_permission_comes_with_the_rule(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scanners.reader.RETRY_SECONDS", POLL_SECONDS)
    node = bench.machine.roots.dev / "input/event1"
    bench.keyboards.open_errors[node] = [errno.EACCES] * 100
    bench.plug()
    async with bench.reading():
        event = await bench.next()
    assert isinstance(event, Status)
    assert event.state is State.NO_PERMISSION
    assert 'ATTRS{idVendor}=="0c2e"' in event.data["rule"]


async def test_who_has_it_is_told_and_it_is_taken_when_it_is_free(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = Holder(pid=4711, user="ola", terminal="Packing 2", program="sztuka")
    monkeypatch.setattr("scanners.reader.holder_of", lambda _path: who)
    monkeypatch.setattr("scanners.reader.SLOW_SECONDS", POLL_SECONDS)
    node = bench.machine.roots.dev / "input/event1"
    bench.keyboards.grab_errors[node] = [errno.EBUSY, errno.EBUSY]
    bench.plug()
    async with bench.reading():
        event = await bench.next()
        assert isinstance(event, Status)
        assert event.state is State.BUSY
        assert dict(event.data) == {
            "path": str(node), "pid": "4711", "user": "ola", "terminal": "Packing 2", "program": "sztuka",
        }  # fmt: skip
        # Told once, however often it is tried.
        assert await bench.state() is State.READY
    assert bench.keyboards.logs[node] == ["open", "close", "open", "close", "open", "grab", "close"]


async def test_twins_are_not_guessed(bench: Bench) -> None:
    first, second = bench.plug(1, port="usb-1/input0"), bench.plug(2, port="usb-2/input0")
    async with bench.reading():
        event = await bench.next()
        assert isinstance(event, Status)
        assert event.state is State.AMBIGUOUS
        assert event.data["paths"] == f"{first}, {second}"
        assert bench.keyboards.logs == {}
        bench.unplug(second)
        assert await bench.state() is State.READY
    assert bench.keyboards.logs.keys() == {first}


async def test_dropped_events_spoil_one_scan_and_no_more(bench: Bench) -> None:
    node = bench.plug()
    async with bench.reading():
        assert await bench.state() is State.READY
        events = type_text("SN-1\rSN-2\r", start=1.0)
        middle = len(events) // 4
        dropped = (keys.EV_SYN, keys.SYN_DROPPED, 0, events[middle][3])
        bench.keyboards.send(node, [*events[:middle], dropped, *events[middle:]])
        spoiled = await bench.next()
        assert isinstance(spoiled, Spoiled)
        assert spoiled.problem is Problem.DROPPED
        assert await bench.next() == Read("SN-2")


async def test_half_a_scan_is_given_up_after_a_pause(bench: Bench) -> None:
    node = bench.plug()
    async with bench.reading():
        assert await bench.state() is State.READY
        bench.keyboards.scan(node, "HALF", start=1.0)
        assert await bench.next() == Spoiled(Problem.INCOMPLETE, "HALF")
        bench.keyboards.scan(node, "SN-1\r", start=9.0)
        assert await bench.next() == Read("SN-1")


async def test_a_device_that_fails_otherwise_says_why(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanners.reader.SLOW_SECONDS", POLL_SECONDS)
    node = bench.machine.roots.dev / "input/event1"
    bench.keyboards.open_errors[node] = [errno.ENOMEM]
    bench.plug()
    async with bench.reading():
        event = await bench.next()
        assert isinstance(event, Status)
        assert (event.state, event.data["reason"]) == (State.FAILED, "Cannot allocate memory")
        assert await bench.state() is State.READY
