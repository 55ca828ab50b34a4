"""Who has a scanner: its holder answers at an abstract UNIX socket named after the device.

Unlike a lock file such a socket is gone with its process, however that died, and needs no folder that
several users may write to.
"""

import asyncio
import json
import os
import pwd
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

_PATIENCE_SECONDS = 0.5
_LONGEST = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A process that has a device open."""

    pid: int
    user: str
    terminal: str = ""
    """The name of the terminal, where the holder is this program."""
    program: str = ""


def myself(terminal: str) -> Holder:
    """Return this process as a holder, at the terminal named `terminal`."""
    return Holder(pid=os.getpid(), user=_user(os.getuid()), terminal=terminal, program="sztuka")


async def announce(device: int, holder: Holder) -> asyncio.Server | None:
    """Answer for `holder` who asks about the device number `device`, until the server is closed.

    None when another process answers already.
    """

    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(json.dumps(asdict(holder)).encode())
        writer.close()

    try:
        return await asyncio.start_unix_server(answer, _address(device))
    except OSError:
        return None


def holder_of(path: Path) -> Holder | None:
    """Return who has the device at `path` open, as far as this user may see it. Takes up to 0.5 s."""
    try:
        device = path.stat().st_rdev
    except OSError:
        return None
    return _asked(device) or _seen(device)


def _address(device: int) -> str:
    return f"\0sztuka/scanner/{os.major(device)}:{os.minor(device)}"


def _asked(device: int) -> Holder | None:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_PATIENCE_SECONDS)
        try:
            connection.connect(_address(device))
            answer = b"".join(iter(lambda: connection.recv(_LONGEST), b""))
            return Holder(**json.loads(answer))
        except (OSError, ValueError, TypeError):
            return None  # nobody answers, or somebody else does


def _seen(device: int) -> Holder | None:
    """Look through the open files of the processes that this user may look into."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if int(process.name) == os.getpid():
                continue
            for descriptor in (process / "fd").iterdir():
                if descriptor.stat().st_rdev == device:
                    user = _user(process.stat().st_uid)
                    return Holder(
                        pid=int(process.name), user=user, program=(process / "comm").read_text().strip()
                    )
        except OSError:
            continue  # gone meanwhile, or another user's
    return None


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
