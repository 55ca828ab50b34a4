"""A backup is a whole store of one moment, made while others scan, and overwrites nothing."""

import os
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.backup import backup, backup_into
from store.check.run import check_store
from store.database import open_database
from store.domain.documents import NewLine
from store.domain.errors import StoreError
from store.models.sql import select
from tests.store.company import Company, found_company
from tests.store.damage import damage_an_index
from tests.store.processes import scanning_process
from tests.store.servers import Server, programs

MOMENT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def postgres_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump of the server that the tests use, as an older one refuses a newer server."""
    monkeypatch.setenv("PATH", f"{programs()}{os.pathsep}{os.environ['PATH']}")


@contextmanager
def opened(copy: Path, server: Server | None) -> Iterator[None]:
    """Open a backup as a store."""
    url = str(copy)
    if server is not None:
        server.execute("DROP DATABASE IF EXISTS restored")
        server.execute("CREATE DATABASE restored")
        url = server.url("restored")
        subprocess.run(["pg_restore", "--no-owner", "--exit-on-error", "-d", url, copy], check=True)
    database = open_database(url)
    with database.connection_context():
        assert list(check_store(database)) == []
        yield
    if server is not None:
        server.execute("DROP DATABASE restored")


def server_of(url: str, request: pytest.FixtureRequest) -> Server | None:
    return request.getfixturevalue("postgres") if url.startswith("postgresql") else None


def test_a_backup_made_while_others_scan_is_a_sound_store(
    store_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    database = open_database(store_url)
    with database.connection_context():
        company = found_company(database)
        delivery = company.delivery(NewLine(product_id=company.printer.id))
    copy = tmp_path / "copy"
    with scanning_process(store_url, delivery.id) as process:
        before = [process.acknowledged() for _scan in range(20)]
        backup(store_url, copy)
        after = [process.acknowledged() for _scan in range(20)]
    with opened(copy, server_of(store_url, request)):
        kept = {row["serial"] for row in select("SELECT serial FROM draft_scan")}
    assert set(before) <= kept
    assert not set(after[-1:]) & kept, "the copy is of one moment, and that one is past"


def test_a_backup_overwrites_nothing(store_url: str, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    target.write_text("an older backup")
    with pytest.raises(StoreError, match="exists already"):
        backup(store_url, target)
    assert target.read_text() == "an older backup"
    assert list(tmp_path.glob(".copy*")) == []


def test_only_its_owner_can_read_a_backup(store_url: str, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    backup(store_url, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_backups_of_one_folder_have_their_moments_in_their_names(store_url: str, tmp_path: Path) -> None:
    kept = backup_into(store_url, tmp_path / "backups", MOMENT)
    assert kept.stem == "sztuka-20260302T080000000000Z"
    assert kept.stat().st_size > 0


def test_a_target_that_cannot_be_written_is_said_so(store_url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere.*No such file or directory"):
        backup(store_url, tmp_path / "nowhere" / "copy")


def test_a_store_that_is_not_there_is_said_so_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such store"):
        backup(str(tmp_path / "none.db"), tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_not_there_is_said_so_and_leaves_no_file(tmp_path: Path, postgres: Server) -> None:
    with pytest.raises(StoreError, match=r"pg_dump failed.*no_such_database"):
        backup(postgres.url("no_such_database"), tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_without_pg_dump_it_says_what_to_install(
    tmp_path: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match=r"pg_dump is not installed.*postgresql-client"):
        backup(postgres.url(), tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_store_is_not_taken_for_backed_up(
    sqlite_company: Company, sqlite_url: str, tmp_path: Path
) -> None:
    damage_an_index(sqlite_company)
    with pytest.raises(StoreError, match="damaged"):
        backup(sqlite_url, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
