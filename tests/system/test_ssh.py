"""A handheld over a real sshd: the connection breaks, and nothing acknowledged is lost or doubled."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from screens.commands import PREFIX
from tests.system.link import Link, link
from tests.system.program import command, make_demo, open_document, scan_all, settings, sign_in
from tests.system.sshd import Server, sshd
from tests.system.terminal import PATIENCE

pytestmark = pytest.mark.ssh

SIZE = (40, 16)
REFERENCE = "WX-2210"
"""A delivery of the demo company: 15 access points, none scanned yet."""
SERIALS = [f"WXA69{number:07}" for number in range(15)]
CUT = "WXA697777777"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A demo company."""
    path = tmp_path / "demo.db"
    make_demo(path, tmp_path, units=400)
    return path


@pytest.fixture
def server(tmp_path: Path, store: Path) -> Iterator[Server]:
    """An sshd that opens the program on that company; which terminal it is, nothing says."""
    homes = {name: value for name, value in settings(tmp_path).items() if name.startswith("XDG_")}
    variables = homes | {"SZTUKA_LANGUAGE": "en", "LANG": "C.UTF-8"}
    with sshd(tmp_path / "sshd", command(store), variables) as running_server:
        yield running_server


@pytest.fixture
def way(server: Server) -> Iterator[Link]:
    """The network between the handheld and the server."""
    with link(server.port) as made:
        yield made


def taken(store: Path) -> list[str]:
    """Return the serials that the store has for the delivery, in their order."""
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute(
            "SELECT s.serial FROM draft_scan s JOIN document d ON d.id = s.document_id"
            " WHERE d.reference = ? AND s.state <> 'removed' ORDER BY s.id",
            (REFERENCE,),
        )
        return [row[0] for row in rows]


def programs(store: Path) -> list[str]:
    """Return the processes of the program that work on the store."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue  # ended meanwhile
        if str(store).encode() in words and any(word.endswith(b"/sztuka") for word in words):
            found.append(entry.name)
    return found


def gone(store: Path, seconds: float) -> None:
    """Wait until no program works on the store any more."""
    deadline = time.monotonic() + seconds
    while programs(store):
        assert time.monotonic() < deadline, f"still running after {seconds} s"


def test_a_cut_connection_loses_nothing_that_was_acknowledged(server: Server, way: Link, store: Path) -> None:
    with server.client(way.port, SIZE) as screen:
        screen.shows("Which terminal is this?")
        screen.settle()
        screen.send("T1\r")
        screen.shows("Scan your badge")
        screen.settle()
        sign_in(screen)
        open_document(screen, "1", REFERENCE)
        scan_all(screen, SERIALS[:5])
        way.cut()
        gone(store, 10.0)
    assert taken(store) == SERIALS[:5]

    with server.client(way.port, SIZE) as screen:
        # The address is known now: nobody asks for the terminal again.
        screen.shows("Scan your badge")
        screen.settle()
        sign_in(screen)
        open_document(screen, "1", REFERENCE)
        screen.shows("5/15", *SERIALS[:5])
        scan_all(screen, SERIALS[5:9])
        before = way.carried
        screen.send(CUT[:-2])
        deadline = time.monotonic() + PATIENCE
        while way.carried == before:
            assert time.monotonic() < deadline
        way.cut()
        gone(store, 10.0)
    assert taken(store) == SERIALS[:9]

    with server.client(way.port, SIZE) as screen:
        screen.shows("Scan your badge")
        screen.settle()
        sign_in(screen)
        open_document(screen, "1", REFERENCE)
        screen.shows("9/15")
        assert CUT[:6] not in screen.text()
        scan_all(screen, SERIALS[9:])
        screen.scan(PREFIX + "CLOSE")
        screen.shows("are they due back?")
        screen.settle()
        screen.scan(PREFIX + "2")
        screen.shows("Close with 15/15?")
        screen.settle()
        screen.scan(PREFIX + "1")
        screen.shows("PZ/", "Closed: 15 pieces.")
        screen.settle()
        screen.scan(PREFIX + "OK")
        screen.hides("Closed: 15 pieces.")
    assert taken(store) == SERIALS
    gone(store, 10.0)
    check = subprocess.run(
        [sys.executable, "-m", "tui", "--store", str(store), "check"],
        env=settings(store.parent), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (check.returncode, check.stdout) == (0, "")
    with closing(sqlite3.connect(store)) as connection:
        moved = connection.execute(
            "SELECT count(*), count(DISTINCT u.id) FROM movement m JOIN unit u ON u.id = m.unit_id"
            " WHERE u.serial LIKE 'WXA69%'"
        ).fetchone()
    assert moved == (15, 15)
