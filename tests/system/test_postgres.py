"""The real program on a PostgreSQL that loses its connections, stops and comes back in mid-series."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from tests.store.servers import Server, running_server
from tests.system.program import command, make_demo, open_document, scan_all, settings, sign_in
from tests.system.terminal import running

REFERENCE = "WX-2210"
SERIALS = [f"WXA69{number:07}" for number in range(12)]


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of this test's own, whose commits wait for the disk."""
    folder = Path(tempfile.mkdtemp(prefix="sztuka-postgres-"))
    try:
        with running_server(folder, durable=True) as started:
            yield started
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def store(server: Server, tmp_path: Path) -> str:
    """A demo company on it."""
    server.execute("CREATE DATABASE shop")
    url = server.url("shop")
    make_demo(url, tmp_path, units=60)
    return url


def taken(url: str) -> list[str]:
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT s.serial FROM draft_scan s JOIN document d ON d.id = s.document_id"
                " WHERE d.reference = %s AND s.state = 'draft' ORDER BY s.id",
                (REFERENCE,),
            )
            return [row[0] for row in cursor.fetchall()]
    finally:
        connection.close()


def test_a_series_of_scans_outlives_the_server(server: Server, store: str, tmp_path: Path) -> None:
    with running(command(store), size=(40, 24), environ=settings(tmp_path)) as screen:
        screen.shows("Scan your badge")
        screen.settle()
        sign_in(screen)
        open_document(screen, "1", REFERENCE)
        scan_all(screen, SERIALS[:3])

        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shop'")
        scan_all(screen, SERIALS[3:6])

        server.stop()
        for serial in SERIALS[6:9]:
            screen.scan(serial)
        screen.shows("Waiting for the store...")
        assert SERIALS[6] not in screen.text()
        server.start()
        screen.shows(*SERIALS[6:9])
        screen.shows("9/15")
        scan_all(screen, SERIALS[9:])
    assert taken(store) == SERIALS
    check = subprocess.run(
        [sys.executable, "-m", "tui", "--store", store, "check"],
        env=settings(tmp_path), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (check.returncode, check.stdout) == (0, "")


def test_two_terminals_scan_one_delivery(store: str, tmp_path: Path) -> None:
    with (
        running(command(store), size=(40, 24), environ=settings(tmp_path / "1", "T1")) as first,
        running(command(store), size=(20, 16), environ=settings(tmp_path / "2", "T2")) as second,
    ):
        for screen in (first, second):
            screen.shows("Scan your badge")
            screen.settle()
            sign_in(screen)
            open_document(screen, "1", REFERENCE)
        scan_all(first, SERIALS[:2])
        scan_all(second, SERIALS[2:4])
        second.shows("4/15")
        first.shows("4/15", SERIALS[3])
        second.scan(SERIALS[0])
        second.shows("scanned already")
    assert taken(store) == SERIALS[:4]
