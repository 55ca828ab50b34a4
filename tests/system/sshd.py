"""A real sshd of the test's own on loopback, which opens the program for whoever signs in."""

import getpass
import os
import shlex
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.system.needs import need
from tests.system.terminal import PATIENCE, Terminal, environment, running

# As root sshd separates its privileges and wants this folder; its package makes it at boot.
PRIVILEGE_FOLDER = Path("/run/sshd")


@dataclass(frozen=True)
class Server:
    """Where sshd listens, and the key that opens it."""

    port: int
    key: Path

    @contextmanager
    def client(self, port: int, size: tuple[int, int]) -> Iterator[Terminal]:
        """Sign in at `port` (this server's own, or that of a link to it) from a terminal of `size`."""
        command = [
            need("ssh"), "-tt", "-p", str(port), "-i", str(self.key), "-F", "none",
            "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
            "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", f"{getpass.getuser()}@127.0.0.1",
        ]  # fmt: skip
        with running(command, size=size, environ=environment()) as screen:
            yield screen


@contextmanager
def sshd(folder: Path, command: Sequence[str], variables: Mapping[str, str]) -> Iterator[Server]:
    """Run an sshd that opens `command` with some `variables` in its environment, keeping all in `folder`."""
    program = need("sshd")
    folder.mkdir(parents=True)
    host, key = folder / "host", folder / "key"
    for path in (host, key):
        subprocess.run([need("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    if os.getuid() == 0:
        PRIVILEGE_FOLDER.mkdir(mode=0o755, exist_ok=True)
    port = _free_port()
    config = folder / "config"
    config.write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {host}\nPidFile none\nAuthorizedKeysFile {key}.pub\n"
        "StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin prohibit-password\n"
        f"PrintMotd no\nForceCommand exec {shlex.join(command)}\n"
        "SetEnv " + " ".join(f'"{name}={value}"' for name, value in variables.items()) + "\n"
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program, "-D", "-e", "-f", config], stdin=subprocess.DEVNULL, stderr=log)
    try:
        _wait_until_listening(process, port, folder / "log")
        yield Server(port, key)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _wait_until_listening(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise AssertionError(f"sshd does not listen:\n{log.read_text()}")
