"""A store in trouble says so in words and keeps nothing half."""

import asyncio
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from store.check.run import check_store
from store.database import open_database
from store.domain.documents import Accepted, Document, NewLine
from store.domain.errors import StoreError, StoreLostError
from store.lane import Lane
from store.operations.closing import close_document
from store.operations.scanning import take
from store.queries import documents, scans
from tests.store.company import Company, found_company


class Opened:
    """A lane on an SQLite file with an open delivery in it."""

    def __init__(self, url: str, **options: float) -> None:
        self.told: list[bool] = []
        self.waits = asyncio.Event()
        self.lane = Lane(open_database(url), on_waiting=self._tell, **options)
        self.company: Company
        self.delivery: Document

    def _tell(self, waiting: bool) -> None:
        self.told.append(waiting)
        self.waits.set()

    async def start(self) -> None:
        await self.lane.start()
        self.company = await self.lane.read(found_company, self.lane.database)
        line = NewLine(product_id=self.company.printer.id)
        self.delivery = await self.lane.read(self.company.delivery, line)

    async def scan(self, serial: str) -> Accepted:
        actor, scan = self.company.actor(), self.company.scan(serial)
        outcome = await self.lane.write(take, actor, self.delivery.id, scan, token=serial)
        assert isinstance(outcome, Accepted)
        return outcome

    async def scan_until_full(self) -> list[str]:
        """Scan until the store says that its disk is full, and return what it acknowledged before."""
        acknowledged: list[str] = []
        for number in range(5000):
            try:
                await self.scan(f"S{number:05}")
            except StoreError as error:
                if str(error) != "the disk of the store is full: nothing was saved":
                    raise
                return acknowledged
            acknowledged.append(f"S{number:05}")
        pytest.fail("the disk was never full")

    async def pragma(self, words: str) -> int:
        """Run a PRAGMA on the lane's connection and return what it says."""
        rows = await self.lane.read(lambda: self.lane.database.execute_sql(f"PRAGMA {words}").fetchall())
        return int(rows[0][0]) if rows else 0

    async def kept(self) -> list[str]:
        rows = await self.lane.read(scans.scans, self.delivery.id, limit=100_000)
        (line,) = await self.lane.read(documents.lines, self.delivery.id)
        assert line.scanned == len(rows), "the count and the scans are one"
        return [row.serial or "" for row in reversed(rows)]

    async def is_sound(self) -> bool:
        return await self.lane.read(lambda: list(check_store(self.lane.database))) == []


@pytest.fixture
async def opened(sqlite_url: str) -> AsyncIterator[Opened]:
    opened = Opened(sqlite_url)
    await opened.start()
    try:
        yield opened
    finally:
        await opened.lane.close()


async def test_a_full_disk_is_said_and_nothing_half_is_kept(opened: Opened) -> None:
    """The limit of pages is what SQLite itself reports a full disk by."""
    pages = await opened.pragma("page_count")
    await opened.pragma(f"max_page_count = {pages}")
    acknowledged = await opened.scan_until_full()
    assert await opened.kept() == acknowledged
    actor = opened.company.actor(opened.company.chief)
    with pytest.raises(StoreError, match="full"):
        await opened.lane.write(close_document, actor, opened.delivery.id, token="close")
    document = await opened.lane.read(documents.head, opened.delivery.id)
    assert document is not None
    assert document.number is None
    # Room was made.
    await opened.pragma("max_page_count = 100000")
    await opened.scan("after")
    posted = await opened.lane.write(close_document, actor, opened.delivery.id, token="close")
    assert posted.number == "PZ/2026/000001"
    assert await opened.is_sound()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of four megabytes, where the machine lets us have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("only root can mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


async def test_a_disk_that_is_really_full(small_disk: Path, migrated_file: Path) -> None:
    path = small_disk / "store.db"
    shutil.copy(migrated_file, path)
    opened = Opened(str(path))
    await opened.start()
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file:
        while file.write(b"x" * 4096) == 4096:
            if shutil.disk_usage(small_disk).free < 100_000:
                break
    acknowledged = await opened.scan_until_full()
    assert acknowledged
    filler.unlink()
    assert await opened.kept() == acknowledged
    await opened.scan("after")
    assert await opened.is_sound()
    await opened.lane.close()


async def test_a_store_that_may_not_be_written_is_said(sqlite_url: str) -> None:
    opened = Opened(sqlite_url)
    await opened.start()
    await opened.scan("S1")
    # What a read-only file answers, also to root.
    await opened.pragma("query_only = ON")
    with pytest.raises(StoreError, match="may not be written by this user: nothing was saved"):
        await opened.scan("S2")
    assert await opened.kept() == ["S1"]
    await opened.lane.close()


async def test_a_file_that_is_no_store_is_said(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0" * 4096)
    lane = Lane(open_database(str(path)))
    with pytest.raises(StoreError, match="the file is no store"):
        await lane.start()
    await lane.close()
    assert path.read_bytes() == b"\xff\xd8\xff\xe0" * 4096


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        open_database(str(tmp_path / "file" / "store.db"))


async def test_a_store_locked_by_somebody_is_waited_for(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.database.BUSY_SECONDS", 0.05)
    opened = Opened(sqlite_url)
    await opened.start()
    with closing(sqlite3.connect(sqlite_url, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(opened.scan("S1"))
        async with asyncio.timeout(20):
            await opened.waits.wait()
        assert opened.told == [True]
        assert not waiting.done()
        other.execute("ROLLBACK")
        await waiting
    await asyncio.sleep(0)
    assert opened.told == [True, False]
    assert await opened.kept() == ["S1"]
    await opened.lane.close()


async def test_a_store_locked_for_too_long_is_given_up_and_nothing_is_kept(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.database.BUSY_SECONDS", 0.05)
    opened = Opened(sqlite_url, patience=0.1)
    await opened.start()
    with closing(sqlite3.connect(sqlite_url, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLostError, match="locked"):
            await opened.scan("S1")
        other.execute("ROLLBACK")
    assert await opened.kept() == []
    await opened.scan("S1")
    assert await opened.kept() == ["S1"]
    await opened.lane.close()
