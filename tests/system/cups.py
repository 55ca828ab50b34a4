"""A real CUPS server of the test's own, with queues whose printers do what a test says.

It listens on a socket in its folder, knows nothing of the machine's own CUPS, and needs no root. Its printers
are backends: programs that a queue hands each job.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tests.system.needs import missing, need
from tests.system.terminal import PATIENCE

PROGRAMS = Path("/usr/lib/cups")
"""Where Debian keeps what cupsd starts."""
BACKEND = """#!/bin/sh
# test:/BEHAVIOUR/FOLDER: what a printer does with job $1, $4 copies of file $6 (or stdin)
[ $# -eq 0 ] && { echo 'direct test "Unknown" "a printer of the tests"'; exit 0; }
rest=${DEVICE_URI#test:/}; folder=/${rest#*/}
case ${rest%%/*} in
  empty) echo "STATE: +media-empty-error" >&2; echo "ERROR: Load paper into tray 1" >&2; exit 1 ;;
  offline) echo "STATE: +offline-report" >&2; echo "INFO: The printer is not responding" >&2
    while [ ! -e "$folder/on" ]; do sleep 0.05; done; echo "STATE: -offline-report" >&2 ;;
  busy) while [ ! -e "$folder/go" ]; do sleep 0.05; done ;;
esac
cat ${6:--} > "$folder/$1.part" && echo "$4" > "$folder/$1.copies" && mv "$folder/$1.part" "$folder/$1.pdf"
"""
FILES = """ServerRoot {folder}/etc
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
StateDir {folder}/run
AccessLog {folder}/log/access
ErrorLog {folder}/log/error
PageLog {folder}/log/page
ServerBin {folder}/bin
DataDir /usr/share/cups
DocumentRoot /usr/share/cups/doc-root
"""
AS_ROOT = "SystemGroup root lpadmin\nUser lp\nGroup lp\n"
SERVER = """Listen {socket}
Browsing Off
WebInterface No
DefaultAuthType None
ErrorPolicy stop-printer
PreserveJobHistory Yes
<Location />
  Order allow,deny
  Allow from all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""


class Behaviour(StrEnum):
    """What a printer does."""

    PRINTS = "prints"
    EMPTY = "empty"
    """It is out of paper, and its queue stops."""
    OFFLINE = "offline"
    """It is off, and its queue tries on until it is on."""
    BUSY = "busy"
    """It prints until it is told that it is done."""


@dataclass
class Cups:
    """A running server."""

    folder: Path
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def socket(self) -> Path:
        """Where it listens: the value of CUPS_SERVER."""
        return self.folder / "cups.sock"

    def queue(self, name: str, behaviour: Behaviour = Behaviour.PRINTS) -> None:
        """Make a queue whose printer behaves so."""
        papers = self.papers(name)
        papers.mkdir(mode=0o777)
        papers.chmod(0o777)
        self.admin("lpadmin", "-p", name, "-E", "-v", f"test:/{behaviour}{papers}")

    def papers(self, queue: str) -> Path:
        """Return the folder in which a queue's printer puts what it prints."""
        return self.folder / f"papers-{queue}"

    def printed(self, queue: str) -> list[tuple[bytes, int]]:
        """Return what came out of a printer in order: each paper and the number of its copies."""
        files = sorted(self.papers(queue).glob("*.pdf"), key=lambda path: int(path.stem))
        return [(path.read_bytes(), int(path.with_suffix(".copies").read_text())) for path in files]

    def admin(self, program: str, *arguments: str) -> str:
        """Run one of CUPS's own programs on this server and return what it said."""
        run = subprocess.run(
            [need(program), *arguments],
            env={**os.environ, "CUPS_SERVER": str(self.socket), "LC_ALL": "C"},
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert run.returncode == 0, (program, arguments, run.stderr, self.log())
        return run.stdout

    def log(self) -> str:
        """Return what the server wrote into its log."""
        path = self.folder / "log" / "error"
        return path.read_text(errors="replace") if path.exists() else ""

    def start(self) -> None:
        """Start it and wait until it answers."""
        etc = self.folder / "etc"
        command = [need("cupsd"), "-f", "-c", etc / "cupsd.conf", "-s", etc / "cups-files.conf"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        asked = {**os.environ, "CUPS_SERVER": str(self.socket), "LC_ALL": "C"}
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            run = subprocess.run(
                [need("lpstat"), "-r"], env=asked, capture_output=True, text=True, check=False
            )
            if "is running" in run.stdout:
                return
        raise AssertionError(f"cupsd does not answer:\n{self.log()}")

    def stop(self) -> None:
        """End it."""
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            self.process.wait(PATIENCE)
            self.process = None

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Let it take connections and answer nothing inside the block."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@contextmanager
def cups(folder: Path) -> Iterator[Cups]:
    """Run a server that keeps everything in `folder`: a short path, for the sake of its socket."""
    need("cupsd")
    need("lp")
    if not (PROGRAMS / "daemon").is_dir():
        missing(f"{PROGRAMS} has no daemons of CUPS: cups-daemon is not installed whole")
    for name in ("etc", "spool/tmp", "cache", "run", "log", "bin/backend"):
        (folder / name).mkdir(parents=True)
    # As root the server prints as a user of its own, who must get through.
    folder.chmod(0o755)
    for program in PROGRAMS.iterdir():
        if program.name != "backend":
            (folder / "bin" / program.name).symlink_to(program)
    backend = folder / "bin" / "backend" / "test"
    backend.write_text(BACKEND)
    backend.chmod(0o755)
    server = Cups(folder)
    files = FILES.format(folder=folder) + (AS_ROOT if os.getuid() == 0 else "")
    (folder / "etc" / "cups-files.conf").write_text(files)
    (folder / "etc" / "cupsd.conf").write_text(SERVER.format(socket=server.socket))
    server.start()
    try:
        yield server
    finally:
        server.stop()
