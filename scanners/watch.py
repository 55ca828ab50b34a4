"""Listens to all keyboards and serial ports at once, to learn which of them is the scanner.

Nothing is grabbed: what is typed meanwhile goes where it always goes, and no device is kept from anybody.
"""

import asyncio
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from scanners.devices import REAL, Device, Roots, devices
from scanners.holder import Holder, holder_of
from scanners.learning import Burst
from scanners.ports import Opener, Port, open_port
from scanners.settings import ScannerKind, ScannerSettings

PAUSE_SECONDS = 0.3
"""So long nothing comes: the code is over."""
POLL_SECONDS = 0.5
"""How often devices are looked for that were plugged in meanwhile."""
CHUNK = 64 * 1024
LONGEST = 1024 * 1024
"""Bytes of a burst; a device that never pauses is no scanner."""
OUR_PROGRAM = "sztuka"


class Watch:
    """All readable devices, open while it is entered."""

    def __init__(self, *, baud: int = 9600, opener: Opener = open_port, roots: Roots = REAL) -> None:
        """Listen below `roots`; to real serial ports with `baud` bits a second."""
        self._baud, self._opener, self._roots = baud, opener, roots
        self._ears: dict[Path, _Ear] = {}
        self._bursts: asyncio.Queue[Burst] = asyncio.Queue()
        self.unreadable: dict[Path, OSError] = {}
        """Devices that could not be opened, and why."""
        self.held: dict[Path, Holder] = {}
        """Devices that others use, which were therefore left alone."""

    @property
    def heard(self) -> list[Device]:
        """The devices that are listened to."""
        return [ear.device for ear in self._ears.values()]

    async def __aenter__(self) -> Self:
        await self.look()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for ear in list(self._ears.values()):
            ear.close()

    async def look(self) -> None:
        """Open what is there now and was not open before."""
        for device in devices(self._roots):
            if device.path in self._ears or device.path in self.held:
                continue
            holder = await asyncio.to_thread(holder_of, device.path)
            # A desktop has every keyboard open and grabs none. A serial port that somebody uses we would
            # disturb by setting its speed.
            if holder and (device.kind is ScannerKind.SERIAL or holder.program == OUR_PROGRAM):
                self.held[device.path] = holder
                continue
            settings = ScannerSettings(id=str(device.path), kind=device.kind, baud=self._baud)
            try:
                port = self._opener(settings, device.path)
            except OSError as error:
                self.unreadable[device.path] = error
                continue
            self.unreadable.pop(device.path, None)
            self._ears[device.path] = _Ear(device, port, self._bursts, self._ears)

    async def burst(self) -> Burst:
        """Wait for the next burst, of whichever device; look for new devices meanwhile."""
        while True:
            try:
                return await asyncio.wait_for(self._bursts.get(), POLL_SECONDS)
            except TimeoutError:
                await self.look()


class _Ear:
    """One open device: collects what comes until a pause."""

    def __init__(
        self, device: Device, port: Port, bursts: "asyncio.Queue[Burst]", ears: "dict[Path, _Ear]"
    ) -> None:
        self.device, self._port, self._bursts, self._ears = device, port, bursts, ears
        self._data = bytearray()
        self._timer: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(port.fileno(), self._read)

    def _read(self) -> None:
        try:
            data = os.read(self._port.fileno(), CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""  # unplugged
        if not data:
            self.close()
            return
        if len(self._data) < LONGEST:
            self._data += data
        self._stop()
        self._timer = self._loop.call_later(PAUSE_SECONDS, self._end)

    def _end(self) -> None:
        self._bursts.put_nowait(Burst(device=self.device, data=bytes(self._data)))
        self._data.clear()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def close(self) -> None:
        self._stop()
        self._loop.remove_reader(self._port.fileno())
        self._port.close()
        self._ears.pop(self.device.path, None)
