"""Keeps one scanner open, grabbed and read, through unplugging, other holders and missing permission."""

import asyncio
import errno
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict

from scanners.assembler import Read, Spoiled
from scanners.devices import REAL, Device, Roots, find
from scanners.holder import Holder, announce, holder_of
from scanners.identity import Identity, identify
from scanners.permission import rule_for
from scanners.ports import Opener, Port, open_port
from scanners.settings import ScannerSettings
from scanners.status import State, Status
from scanners.streams import Stream, stream_for

POLL_SECONDS = 0.2
"""How often a missing scanner is looked for: listing two folders of the kernel costs some 20 microseconds,
needs neither udev nor inotify, and leaves four fifths of a second for the grab."""
RETRY_SECONDS = 2.0
"""So long after plugging in the node may have no permissions yet, or not be there: no news until then."""
SLOW_SECONDS = 2.0
"""How often a scanner is tried again that somebody else has, or that we may not read."""
QUIET_SECONDS = 0.05
"""So long nothing must come before the grab: the rest of a scan would pass for a whole one."""
CHUNK = 64 * 1024

_EARLY = frozenset({errno.EACCES, errno.EPERM, errno.ENOENT, errno.ENODEV, errno.ENXIO})
_GONE = frozenset({errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO})

Send = Callable[[Read | Spoiled | Status], None]


class Reader:
    """Reads one scanner until it is cancelled; what it reads and what happens goes to `send`."""

    def __init__(
        self,
        settings: ScannerSettings,
        send: Send,
        *,
        me: Holder,
        known: Identity | None = None,
        opener: Opener = open_port,
        roots: Roots = REAL,
    ) -> None:
        """Read the scanner of `settings`, if `known` the one that was read before and no other.

        Others who ask are told that `me` has it.
        """
        self._settings, self._send, self._me, self._known = settings, send, me, known
        self._opener, self._roots = opener, roots
        self._told: Status | None = None

    async def run(self) -> None:
        """Read for ever: find, open, grab, read until it is unplugged, and again."""
        loop = asyncio.get_running_loop()
        tried, since = None, 0.0
        while True:
            device, identity = await self._find()
            if device.path != tried:
                tried, since = device.path, loop.time()
            try:
                port = await self._open(device, identity)
            except OSError as error:
                is_early = error.errno in _EARLY and loop.time() < since + RETRY_SECONDS
                if not is_early:
                    await self._explain(device, error)
                await asyncio.sleep(POLL_SECONDS if is_early or error.errno in _GONE else SLOW_SECONDS)
                continue
            tried, self._known = None, identity
            await self._use(device, port, identity)

    async def _use(self, device: Device, port: Port, identity: Identity) -> None:
        path = str(device.path)
        server = None
        try:
            server = await announce(os.fstat(port.fileno()).st_rdev, self._me)
            self._tell(
                State.READY, path=path, id=self._settings.id, identity=identity.device, link=identity.link
            )
            await self._read(port)
            self._known = identity.after_loss()
            self._tell(State.UNPLUGGED, path=path)
        except OSError as error:
            self._tell(State.FAILED, path=path, reason=error.strerror or str(error))
            await asyncio.sleep(POLL_SECONDS)
        finally:
            port.close()
            if server is not None:
                server.close()

    def _tell(self, state: State, **data: str) -> None:
        status = Status(state=state, device=self._settings.label, data=data)
        if status != self._told:
            self._told = status
            self._send(status)

    async def _find(self) -> tuple[Device, Identity]:
        """Wait until there is exactly one device with the scanner's id, and it is the scanner."""
        seen: object = None
        while True:
            names = self._listing()
            if names != seen:
                seen = names
                found = find(self._settings.id, self._settings.kind, self._roots)
                if len(found) == 1:
                    identity = identify(found[0], self._settings.id, self._roots)
                    if identity is None:
                        seen = None  # gone meanwhile
                    elif self._known is None or self._known.is_kept_by(identity):
                        return found[0], identity
                    else:
                        self._tell(State.REPLACED, path=str(found[0].path))
                elif found:
                    paths = ", ".join(str(device.path) for device in found)
                    self._tell(State.AMBIGUOUS, id=self._settings.id, paths=paths)
                elif self._told is None:
                    self._tell(State.MISSING, id=self._settings.id)
            await asyncio.sleep(POLL_SECONDS)

    def _listing(self) -> object:
        """Return what changes when a device comes or goes, or udev has given it its names."""
        wanted = self._settings.id
        names: list[object] = []
        if wanted.startswith("/"):
            for look in (os.lstat, os.stat):
                with suppress(OSError):
                    about = look(wanted)
                    names.append((about.st_ino, about.st_rdev, about.st_ctime_ns))
        folders = [self._roots.sys / "input", self._roots.sys / "tty"]
        if wanted.startswith("by-"):
            kind = wanted.partition(":")[0]
            folders += [self._roots.dev / "input" / kind, self._roots.dev / "serial" / kind]
        for folder in folders:
            with suppress(FileNotFoundError):
                names.append(sorted(os.listdir(folder)))  # noqa: PTH208 - pathlib is ten times as slow
        return names

    async def _open(self, device: Device, identity: Identity) -> Port:
        """Open and grab. Raises OSError."""
        while True:
            port = self._opener(self._settings, device.path)
            try:
                self._check(port, device, identity)
                await self._settle(port)
                port.grab()
                if not port.is_held():
                    # What began while it was taken is the end of a scan: its beginning went elsewhere.
                    await self._settle(port)
                    return port
            except BaseException:
                port.close()
                raise
            # A key went down at that very moment: who saw that must see its release as well.
            port.close()

    def _check(self, port: Port, device: Device, identity: Identity) -> None:
        """Raise OSError unless what was opened is what was found."""
        is_same = os.fstat(port.fileno()).st_rdev == device.path.stat().st_rdev
        if not is_same or identify(device, self._settings.id, self._roots) != identity:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))

    async def _explain(self, device: Device, error: OSError) -> None:
        path = str(device.path)
        if error.errno in {errno.EBUSY, errno.EWOULDBLOCK}:
            holder = await asyncio.to_thread(holder_of, device.path)
            who = {} if holder is None else {name: str(value) for name, value in asdict(holder).items()}
            self._tell(State.BUSY, path=path, **who)
        elif error.errno in {errno.EACCES, errno.EPERM}:
            self._tell(State.NO_PERMISSION, path=path, rule=rule_for(device))
        elif error.errno in _GONE:
            self._tell(State.UNPLUGGED, path=path)
        else:
            self._tell(State.FAILED, path=path, reason=error.strerror or str(error))

    async def _settle(self, port: Port) -> None:
        """Wait until no key is down and nothing comes, so that no half scan is taken for a whole one."""
        while True:
            is_quiet = not port.is_held()
            await asyncio.sleep(QUIET_SECONDS)
            with suppress(BlockingIOError):
                is_quiet = not os.read(port.fileno(), CHUNK) and is_quiet
            if is_quiet and not port.is_held():
                return

    async def _read(self, port: Port) -> None:
        """Read until the device is gone."""
        loop = asyncio.get_running_loop()
        gone: asyncio.Future[None] = loop.create_future()
        pump = _Pump(port.fileno(), stream_for(self._settings), self._send, self._settings.timeout_ms, gone)
        loop.add_reader(port.fileno(), pump.read)
        try:
            await gone
        finally:
            # The descriptor is closed by our caller: a closed one that is still watched burns a core.
            loop.remove_reader(port.fileno())
            pump.stop()


class _Pump:
    """Moves what is ready from a descriptor through the decoder."""

    def __init__(
        self, fd: int, stream: Stream, send: Send, timeout_ms: int, gone: "asyncio.Future[None]"
    ) -> None:
        self._fd, self._stream, self._send, self._gone = fd, stream, send, gone
        self._timeout = timeout_ms / 1000
        self._timer: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()

    def read(self) -> None:
        try:
            data = os.read(self._fd, CHUNK)
        except BlockingIOError:
            return
        except OSError as error:
            # ENODEV of a keyboard, EIO of a serial port: both mean unplugged.
            if not self._gone.done():
                is_gone = error.errno in _GONE
                self._gone.set_result(None) if is_gone else self._gone.set_exception(error)
            return
        if not data:
            if not self._gone.done():
                self._gone.set_result(None)
            return
        self.stop()
        self._pass_on(self._stream.feed(data, self._loop.time()))
        if self._stream.is_begun():
            self._timer = self._loop.call_later(self._timeout, self._expire)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _expire(self) -> None:
        self._pass_on(self._stream.expire())

    def _pass_on(self, results: list[Read | Spoiled]) -> None:
        for result in results:
            self._send(result)
