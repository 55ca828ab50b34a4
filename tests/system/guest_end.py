"""The tests' hands inside the guest: does what it is told by JSON lines over the virtio port `calls`.

Standard library only, so that it runs at once. It waits by poll(): the kernel tells when the text of a
console changes (vcs(4)), when a device comes or goes (uevent) and when a process is gone (pidfd), so nothing
here sleeps.
"""

import fcntl
import json
import os
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import termios
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

COLUMNS = 80
PATIENCE = 300.0
"""Seconds after which a wait has failed. Long: emulated machines are slow, on busy ones the more."""
NETLINK_KOBJECT_UEVENT = 15
_COOKED = {}


def start(argv: Sequence[str], env: dict[str, str], tty: int = 1) -> int:
    """Start a program as the owner of a console that looks as if just switched on; return its process id."""
    fd = os.open(f"/dev/tty{tty}", os.O_RDWR | os.O_NOCTTY)
    attributes = _COOKED.setdefault(tty, termios.tcgetattr(fd))
    termios.tcsetattr(fd, termios.TCSANOW, attributes)
    os.write(fd, b"\033c")

    def own() -> None:
        fcntl.ioctl(fd, termios.TIOCSCTTY, 1)

    try:
        process = subprocess.Popen(
            argv, stdin=fd, stdout=fd, stderr=fd, env=os.environ | env, start_new_session=True, preexec_fn=own
        )
    finally:
        os.close(fd)
    return process.pid


def screen(tty: int = 1) -> str:
    """Return the text of a console."""
    with Path(f"/dev/vcsu{tty}").open("rb", buffering=0) as file:
        return _text(file.read())


def wait_screen(
    has: Sequence[str], lacks: Sequence[str] = (), tty: int = 1, seconds: float = PATIENCE
) -> Any:
    """Return the text of a console, and the time, once it shows all of `has` and nothing of `lacks`."""
    until = time.monotonic() + seconds
    with Path(f"/dev/vcsu{tty}").open("rb", buffering=0) as file:
        poll = select.poll()
        poll.register(file, select.POLLPRI)
        while True:
            file.seek(0)
            text = _text(file.read())
            if all(each in text for each in has) and not any(each in text for each in lacks):
                return {"text": text, "at": time.time()}
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"tty{tty} does not show {has} without {lacks}, but\n{text}")
            poll.poll(left * 1000)


def _text(cells: bytes) -> str:
    chars = cells.decode("utf-32-le", "replace")
    return "\n".join(chars[at : at + COLUMNS].rstrip() for at in range(0, len(chars), COLUMNS)).rstrip()


def holders(path: str) -> list[int]:
    """Return the processes that have a device open."""
    wanted, found = Path(path).stat().st_rdev, []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(each.stat().st_rdev == wanted for each in (process / "fd").iterdir()):
                found.append(int(process.name))
        except OSError:
            continue  # gone meanwhile
    return found


def device_of(serial: str) -> Any:
    """Return the path of the input device with this serial and when the kernel made it; None without one."""
    for entry in Path("/sys/class/input").glob("event*"):
        node = Path("/dev/input") / entry.name
        try:
            if (entry / "device/uniq").read_text().strip() == serial:
                return {"path": str(node), "at": node.stat().st_ctime}
        except OSError:
            continue  # unplugged meanwhile
    return None


def wait_device(serial: str, present: bool = True, seconds: float = PATIENCE) -> Any:
    """Return `device_of(serial)` once it is there, or gone: the kernel tells of each change (uevent)."""
    until = time.monotonic() + seconds
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_KOBJECT_UEVENT) as news:
        news.bind((0, 1))
        while ((found := device_of(serial)) is not None) is not present:
            news.settimeout(max(until - time.monotonic(), 0.01))
            news.recv(65536)
        return found


def kill(pid: int, number: int = signal.SIGTERM) -> float:
    """Send a signal; return when."""
    os.kill(pid, number)
    return time.time()


def wait_gone(pid: int, seconds: float = PATIENCE) -> float:
    """Return the time once a process is gone. Raises TimeoutError."""
    try:
        fd = os.pidfd_open(pid)
    except ProcessLookupError:
        return time.time()
    try:
        poll = select.poll()
        poll.register(fd, select.POLLIN)
        if not poll.poll(seconds * 1000):
            raise TimeoutError(f"process {pid} is still there")
        return time.time()
    finally:
        os.close(fd)


def run(argv: Sequence[str], env: dict[str, str], seconds: float = PATIENCE) -> Any:
    """Run a program to its end; return its exit status and what it said."""
    done = subprocess.run(
        argv, env=os.environ | env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False, timeout=seconds,
    )  # fmt: skip
    return {"status": done.returncode, "out": done.stdout, "err": done.stderr}


def query(path: str, statement: str) -> list[Any]:
    """Return the rows of a statement on an SQLite file."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


CALLS: dict[str, Callable[..., Any]] = {
    each.__name__: each
    for each in (start, screen, wait_screen, holders, device_of, wait_device, kill, wait_gone, run, query)
}


def answer(line: bytes) -> bytes:
    """Do what one line says; return the line to answer."""
    try:
        call = json.loads(line)
        said = {"result": CALLS[call["call"]](**call["with"])}
    except Exception as error:  # noqa: BLE001 - told to the test, which fails by it
        traceback.print_exc()
        said = {"error": f"{type(error).__name__}: {error}"}
    return json.dumps(said).encode() + b"\n"


def port(name: str) -> Path:
    """Return the device of the virtio port `name`."""
    entry = next(
        each for each in Path("/sys/class/virtio-ports").iterdir()
        if (each / "name").exists() and (each / "name").read_text().strip() == name
    )  # fmt: skip
    return Path("/dev") / entry.name


def main() -> None:
    """Say that the guest is up, then answer until told to end."""
    with port("calls").open("r+b", buffering=0) as calls:
        calls.write(b'{"result": "up"}\n')
        rest = b""
        while True:
            *lines, rest = (rest + calls.read(65536)).split(b"\n")
            for line in lines:
                if json.loads(line)["call"] == "end":
                    return
                calls.write(answer(line))


if __name__ == "__main__":
    sys.exit(main())
