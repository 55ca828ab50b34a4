"""init, migrate, check and backup on each database: the exit code, and one line for whatever is wrong."""

import gzip
import os
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import psycopg2
import pytest

from store.database import open_database
from store.demo.build import build
from store.migrate import migrate
from tests.store.company import found_company
from tests.store.damage import damage_an_index
from tests.store.servers import Server, programs
from tests.system.program import command, settings
from tests.system.terminal import running
from tests.tui.cli.conftest import Sztuka
from tests.tui.cli.test_load import FOUNDING, ROOT

OLDEST = ROOT / "tests/store/oldest"
DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def postgres_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump of the server that the tests use, as an older one refuses a newer server."""
    monkeypatch.setenv("PATH", f"{programs()}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty store of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    server: Server = request.getfixturevalue("postgres")
    server.execute("DROP DATABASE IF EXISTS on_both")
    server.execute("CREATE DATABASE on_both")
    return server.url("on_both")


@pytest.fixture(scope="session")
def demo_database(postgres: Server) -> str:
    """A small demo company on PostgreSQL, to be copied."""
    postgres.execute("CREATE DATABASE demo_template")
    database = open_database(postgres.url("demo_template"))
    with database.connection_context():
        migrate(database)
        build(database, units=60, today=DAY)
    return "demo_template"


@pytest.fixture
def demo(url: str, request: pytest.FixtureRequest) -> str:
    """A small demo company on each database."""
    if not url.startswith("postgresql"):
        shutil.copy(request.getfixturevalue("demo_template"), url)
        return url
    server: Server = request.getfixturevalue("postgres")
    template = request.getfixturevalue("demo_database")
    server.execute("DROP DATABASE on_both")
    server.execute(f"CREATE DATABASE on_both TEMPLATE {template}")
    return url


def execute(url: str, statement: str) -> None:
    """Do to a store what only somebody at the database itself can."""
    database = open_database(url)
    with database.connection_context():
        database.execute_sql(statement)


def make_oldest(url: str) -> None:
    """Put the store that the first program left behind where `url` says."""
    if not url.startswith("postgresql"):
        Path(url).write_bytes(gzip.decompress((OLDEST / "store.db.gz").read_bytes()))
        return
    statements = gzip.decompress((OLDEST / "store.sql.gz").read_bytes()).decode()
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statements)


def test_a_company_is_founded_once(url: str, sztuka: Sztuka, environ: dict[str, str]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tui", "--store", url, "init", *FOUNDING],
        cwd=ROOT, env=environ, input="4711\n", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    assert sztuka("check", "--store", url).stderr == "The store is sound.\n"
    again = sztuka("--store", url, "init", *FOUNDING)
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == "sztuka: the store has a company already; there is nothing to do\n"


def test_the_oldest_store_is_migrated_after_a_backup(url: str, sztuka: Sztuka, home: Path) -> None:
    make_oldest(url)
    before = sztuka("check", "--store", url)
    assert (before.returncode, before.stdout) == (1, "")
    assert before.stderr == "sztuka: the store needs `sztuka migrate` before it can be checked\n"
    planned = sztuka("migrate", "--dry-run", "--store", url)
    run = sztuka("migrate", "--store", url)
    assert (run.returncode, run.stdout, run.stderr) == (0, planned.stdout, "Migrated.\n")
    assert len([*home.rglob("backups/sztuka-*")]) == 1
    assert sztuka("check", "--store", url).stderr == "The store is sound.\n"
    again = sztuka("migrate", "--store", url)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "The store is up to date.\n")


def test_a_store_of_a_newer_program_is_opened_by_nobody(
    demo: str, sztuka: Sztuka, home: Path, tmp_path: Path
) -> None:
    execute(demo, "INSERT INTO schema_migration (name, applied) VALUES ('9999_new', '2030-01-01 00:00:00')")
    told = "sztuka: the store was written by a newer Sztuka (it has 9999_new)"
    for words in (("check",), ("migrate",), ("migrate", "--dry-run"), ("init", *FOUNDING)):
        run = sztuka("--store", demo, *words)
        assert (run.returncode, run.stdout) == (1, "")
        assert run.stderr.startswith(told)
        assert len(run.stderr.splitlines()) == 1
    with running(command(demo), size=(200, 24), environ=settings(tmp_path)) as screen:
        assert screen.exit_code() == 1
        assert screen.text().strip().startswith(told)
    assert [*home.rglob("backups/*"), *tmp_path.rglob("backups/*")] == []


def test_check_counts_what_is_off(demo: str, sztuka: Sztuka) -> None:
    execute(
        demo, "UPDATE unit SET terms = 'sold' WHERE id = (SELECT min(id) FROM unit WHERE terms = 'stock')"
    )
    run = sztuka("check", "--store", demo)
    assert run.returncode == 1
    off = run.stdout.splitlines()
    assert any(line.startswith("unit ") for line in off)
    assert run.stderr == (f"{len(off)} things are off.\n" if len(off) > 1 else "1 thing is off.\n")


def test_a_damaged_file_is_off(sztuka: Sztuka, tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    database = open_database(str(store))
    database.connect()
    migrate(database)
    damage_an_index(found_company(database))
    database.close()
    run = sztuka("check", "--store", str(store))
    assert run.returncode == 1
    assert run.stdout
    assert "Traceback" not in run.stderr
    copy = sztuka("backup", str(tmp_path / "copy.db"), "--store", str(store))
    assert (copy.returncode, copy.stdout) == (1, "")
    assert "the copy is damaged" in copy.stderr
    assert not (tmp_path / "copy.db").exists()


def test_a_backup_overwrites_nothing(demo: str, sztuka: Sztuka, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    run = sztuka("backup", str(copy), "--store", demo)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", f"Copied to {copy}.\n")
    kept = copy.read_bytes()
    assert kept
    again = sztuka("backup", str(copy), "--store", demo)
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == f"sztuka: {copy}: exists already; a backup overwrites nothing\n"
    assert copy.read_bytes() == kept
    nowhere = sztuka("backup", str(tmp_path / "none" / "copy"), "--store", demo)
    assert (nowhere.returncode, len(nowhere.stderr.splitlines())) == (1, 1)
