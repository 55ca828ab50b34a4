"""demo, migrate, check and backup, as a person or a script calls them, on both databases."""

import gzip
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.servers import Server
from tests.tui.cli.conftest import Sztuka

OLDEST = Path(__file__).parents[2] / "store/oldest/store.db.gz"
DEMO = ("demo", "--units", "60", "--today", "2026-11-24")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty store of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    name = f"cli_{tmp_path.name}".lower().replace("-", "_")
    server: Server = request.getfixturevalue("postgres")
    server.execute(f'CREATE DATABASE "{name}"')
    return server.url(name)


def dump(path: Path) -> list[str]:
    """Return everything in an SQLite store but the salted hashes of PINs and when it was made."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE operator SET pin_hash = NULL")
        return [line for line in connection.iterdump() if "schema_migration" not in line]


def test_demo_builds_a_sound_company_once(url: str, sztuka: Sztuka) -> None:
    run = sztuka("--store", url, *DEMO)
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    assert run.stderr == "Building a demo company of 60 units...\nDone.\n"
    check = sztuka("check", "--store", url)
    assert (check.returncode, check.stdout, check.stderr) == (0, "", "The store is sound.\n")
    again = sztuka("--store", url, *DEMO)
    assert again.returncode == 1
    assert "needs an empty store" in again.stderr
    assert sztuka("check", "--store", url).returncode == 0


def test_the_same_seed_and_day_make_the_same_company(sztuka: Sztuka, tmp_path: Path) -> None:
    first, second, other = (tmp_path / name for name in ("1.db", "2.db", "3.db"))
    assert sztuka("--store", str(first), *DEMO).returncode == 0
    assert sztuka("--store", str(second), *DEMO).returncode == 0
    assert sztuka("--store", str(other), *DEMO, "--seed", "2").returncode == 0
    assert dump(first) == dump(second)
    assert dump(first) != dump(other)


@pytest.mark.parametrize("words", [("--units", "0"), ("--seed", "x"), ("--today", "24.11.2026")])
def test_a_wrong_option_of_demo_is_a_mistake_of_usage(words: tuple[str, str], sztuka: Sztuka) -> None:
    run = sztuka("demo", *words)
    assert (run.returncode, run.stdout) == (2, "")
    assert words[1] in run.stderr


def test_check_says_what_is_off(sztuka: Sztuka, tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    assert sztuka("--store", str(store), *DEMO).returncode == 0
    with closing(sqlite3.connect(store)) as connection, connection:
        unit = connection.execute("SELECT min(id) FROM unit WHERE terms = 'stock'").fetchone()[0]
        connection.execute("UPDATE unit SET terms = 'sold' WHERE id = ?", (unit,))
    run = sztuka("check", "--store", str(store))
    assert run.returncode == 1
    assert f"unit {unit} " in run.stdout
    count = len(run.stdout.splitlines())
    assert run.stderr == (f"{count} things are off.\n" if count > 1 else "1 thing is off.\n")


def test_migrate_names_what_it_does_and_keeps_a_copy(sztuka: Sztuka, tmp_path: Path, home: Path) -> None:
    store = tmp_path / "store.db"
    with gzip.open(OLDEST) as old, store.open("wb") as new:
        shutil.copyfileobj(old, new)
    planned = sztuka("migrate", "--dry-run", "--store", str(store))
    assert planned.returncode == 0
    assert planned.stdout.splitlines()[0].startswith("0006_")
    assert sztuka("migrate", "--dry-run", "--store", str(store)).stdout == planned.stdout
    too_old = sztuka("check", "--store", str(store))
    assert (too_old.returncode, too_old.stdout) == (1, "")
    assert "sztuka migrate" in too_old.stderr
    run = sztuka("migrate", "--store", str(store))
    assert (run.returncode, run.stdout, run.stderr) == (0, planned.stdout, "Migrated.\n")
    assert len(list(home.rglob("backups/sztuka-*.db"))) == 1
    assert sztuka("check", "--store", str(store)).returncode == 0
    again = sztuka("migrate", "--store", str(store))
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "The store is up to date.\n")


def test_a_store_of_a_newer_program_is_left_alone(sztuka: Sztuka, tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    assert sztuka("--store", str(store), *DEMO).returncode == 0
    with closing(sqlite3.connect(store)) as connection, connection:
        [table] = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%migrat%'"
        ).fetchone()
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        newest = connection.execute(f"SELECT * FROM {table} ORDER BY name DESC LIMIT 1").fetchone()
        values = dict(zip(columns, newest, strict=True)) | {"name": "9999_future"}
        values.pop("id", None)
        marks = ", ".join("?" for _ in values)
        connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", [*values.values()])
    for command in ("migrate", "check"):
        run = sztuka(command, "--store", str(store))
        assert (run.returncode, run.stdout) == (1, "")
        assert "newer Sztuka (it has 9999_future)" in run.stderr
        assert len(run.stderr.splitlines()) == 1


def test_backup_is_a_store_and_overwrites_nothing(sztuka: Sztuka, tmp_path: Path) -> None:
    store, copy = tmp_path / "store.db", tmp_path / "copy.db"
    assert sztuka("--store", str(store), *DEMO).returncode == 0
    run = sztuka("backup", str(copy), "--store", str(store))
    assert (run.returncode, run.stdout, run.stderr) == (0, "", f"Copied to {copy}.\n")
    assert sztuka("check", "--store", str(copy)).stderr == "The store is sound.\n"
    kept = copy.read_bytes()
    again = sztuka("backup", str(copy), "--store", str(store))
    assert again.returncode == 1
    assert "overwrites nothing" in again.stderr
    assert copy.read_bytes() == kept


def test_a_store_that_cannot_be_used_is_told_in_a_line(sztuka: Sztuka, tmp_path: Path) -> None:
    no_store = tmp_path / "letter.db"
    no_store.write_text("Dear Sir or Madam, " * 100)
    for url in (str(no_store), "postgresql://sztuka:geheim@127.0.0.1:1/none"):
        run = sztuka("check", "--store", url)
        assert (run.returncode, run.stdout) == (1, "")
        assert run.stderr.startswith("sztuka: ")
        assert "unexpected" not in run.stderr
        assert "geheim" not in run.stderr


@pytest.mark.parametrize("command", ["check", "migrate"])
def test_a_store_that_is_not_there_is_not_made(command: str, sztuka: Sztuka, tmp_path: Path) -> None:
    store = tmp_path / "misspelt" / "store.db"
    run = sztuka(command, "--store", str(store))
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == f"sztuka: {store}: there is no such store\n"
    assert not store.parent.exists()


def test_a_misspelt_path_does_not_become_a_store(tmp_path: Path, sztuka: Sztuka) -> None:
    store = tmp_path / "stroe.db"
    for words in (("find", "NV14"), ("export", "parties"), ("unreturned",)):
        run = sztuka("--store", str(store), *words)
        assert run.returncode == 1
        assert f"{store}: there is no such store; `sztuka init` begins yours" in run.stderr
        assert not store.exists()


def test_every_command_works_on_the_demo_company_too(sztuka: Sztuka, home: Path) -> None:
    assert "`sztuka --demo` opens one" in sztuka("--demo", "find", "NV14").stderr
    assert sztuka(*DEMO).returncode == 0
    found = sztuka("--demo", "find", "NV14")
    assert (found.returncode, found.stderr) == (0, "")
    assert "NV14" in found.stdout
    both = sztuka("--demo", "find", "NV14", "--store", str(home / "other.db"))
    assert both.returncode == 2
    assert "leave --store out" in both.stderr
