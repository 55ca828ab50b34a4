"""Stores of older programs are brought up to date after a backup; those of newer programs are left alone."""

import gzip
import hashlib
import os
import subprocess
import threading
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
import pytest
from peewee import Database

from store.backup import backup_into
from store.check.run import check_store
from store.database import open_database
from store.domain.documents import Accepted
from store.domain.errors import StoreError, StoreTooNewError
from store.domain.records import Actor
from store.domain.scan import Scan, Source
from store.domain.terms import Condition, DocumentType, Terms
from store.migrate import FOLDER, migrate, pending
from store.models.people import OperatorRow
from store.models.sql import execute, select
from store.operations.closing import close_document
from store.operations.scanning import take
from store.queries import documents, scans, terminals, units
from store.queries.operators import operator_of
from store.transaction import run_write
from tests.store.servers import programs

OLDEST = Path(__file__).parent / "oldest"
MOMENT = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)

RELEASED = {
    "0001_master_data": "cf3b2dd0a5fa2e39",
    "0002_units": "b8a764bb42b9fd8a",
    "0003_documents": "9e24dbe601a27196",
    "0004_ledger": "09641eba2f48ab3d",
    "0005_search": "9dddbcffe6058aff",
    "0006_guards": "ae68fa461a59767a",
    "0007_cancelled": "d2557c9c8914468c",
    "0008_target": "48e8c7d15018a63d",
    "0010_paper": "62cf83f6875a2bfe",
    "0009_rentals": "c2bb1b406dd73ee3",
    "0011_mail": "6e79970679b07020",
    "0012_fields": "8381044926637017",
    "0013_events": "90c3b9ec8d0b50f8",
    "0014_holdings": "744ce192020245db",
    "0015_invoices": "3a38cebcda4a6a77",
    "0017_reservations": "39283fb672865a54",
    "0034_attachments": "c33ad4d751d4f7fd",
    "0040_returns": "b38db5440e4276de",
    "0045_deals": "a3e441a8c0d4c9c3",
    "0041_stocktakes": "39b94a74fa5acdd3",
    "0042_deposits": "34add5bd0375242a",
    "0046_later_serials": "6dc0e68e33ed9ccc",
    "0047_finding": "1817a80f95ac3bf2",
    "0067_cost_report": "99d462acd089c6d9",
    "0077_replaced_again": "043d7977090ab7c5",
    "0044_services": "7a3e6b0fa346ff8b",
    "0066_price_currency": "a062abbae4c4daae",
    "0043_repairs": "074e8b8eda4d4241",
    "0064_recurring": "e9668d42f343566b",
    "0070_pieces_back": "bba03e49d5175ba0",
    "0071_repairs_count_not": "7724a2c938dabede",
    "0065_billed_deals": "a320ef348e3bfcad",
    "0087_kept_letters": "a164283a9e476c3a",
    "0088_deal_papers": "9b0b23225681ff79",
    "0089_counts_everywhere": "108c80e0958e1c9d",
    "0090_dropped_serials": "d869185976491e43",
    "0073_lines": "2161e6d9ed778046",
    "0080_renewed_services": "a1e05dbd6fd587c2",
    "0083_number_parts": "642cd60022cd725a",
    "0084_short_pending": "089d6a9f23191547",
    "0075_ended_deals": "87ff9ed7cf91ee54",
    "0074_cancelled_issues": "6a7995688c273c9b",
}
"""Migrations that stores have gone through, by the SHA-256 of their files: a change goes into a new one."""


@pytest.fixture
def oldest_url(empty_url: str, request: pytest.FixtureRequest) -> str:
    """A store as the first program wrote it, with documents, units and a ledger in it."""
    if not empty_url.startswith("postgresql"):
        Path(empty_url).write_bytes(gzip.decompress((OLDEST / "store.db.gz").read_bytes()))
        return empty_url
    statements = gzip.decompress((OLDEST / "store.sql.gz").read_bytes()).decode()
    with closing(psycopg2.connect(empty_url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statements)
    return empty_url


@pytest.fixture
def oldest(oldest_url: str) -> Iterator[Database]:
    database = open_database(oldest_url)
    with database.connection_context():
        yield database


@pytest.fixture(autouse=True)
def postgres_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{programs()}{os.pathsep}{os.environ['PATH']}")


def history(columns: Collection[str] = ()) -> list[list[tuple[object, ...]]]:
    """Everything that must be the same after a migration; of the movements these `columns`, or all."""
    statements = (
        "SELECT * FROM movement ORDER BY id",
        (
            "SELECT id, product_id, serial, serial_key, place_id, owner_id, terms, condition, version, "
            "last_movement_at, warranty_from, warranty_until, purchase_price FROM unit ORDER BY id"
        ),
        "SELECT * FROM balance ORDER BY id",
        "SELECT * FROM condition_change ORDER BY id",
        "SELECT id, type, status, number, reference, opened_at, posted_at FROM document ORDER BY id",
        "SELECT id, document_id, serial, state, removed_at, token FROM draft_scan ORDER BY id",
        "SELECT * FROM refused_scan ORDER BY id",
    )
    found = [select(statement) for statement in statements]
    if columns:
        found[0] = [{name: row[name] for name in row if name in columns} for row in found[0]]
    return [[tuple(row.values()) for row in rows] for rows in found]


def test_the_oldest_store_keeps_everything(oldest: Database) -> None:
    before = history()
    assert all(before)
    columns = set(select("SELECT * FROM movement LIMIT 1")[0])
    assert migrate(oldest) == sorted(RELEASED)[5:]
    assert history(columns) == before
    assert list(check_store(oldest)) == []
    assert migrate(oldest) == []


def test_the_oldest_store_can_be_worked_on(oldest: Database) -> None:
    migrate(oldest)
    (summary,) = documents.listing(DocumentType.DELIVERY, 1)
    assert [scan.serial for scan in scans.scans(summary.id, limit=10)] == ["P2", "P1"]
    terminal = terminals.by_code("T1")
    assert terminal is not None
    actor = Actor(
        operator=operator_of(OperatorRow.get(OperatorRow.code == "C1")), terminal=terminal, at=MOMENT
    )
    scan = Scan(text="P3", raw="P3", source=Source.DEVICE, at=MOMENT)
    taken = run_write(oldest, lambda: take(actor, summary.id, scan, token="P3"))
    assert isinstance(taken, Accepted)
    posted = run_write(oldest, lambda: close_document(actor, summary.id, token="close"))
    assert posted.number == "PZ/2026/000004"
    card = units.card(units.by_number("EW/0042")[0].id)
    assert (card.serial, card.condition, card.terms) == ("LT000002", Condition.BLOCKED, Terms.STOCK)
    bought_back = units.card(units.by_number("LT000001")[0].id)
    assert [movement.to_terms for movement in bought_back.movements] == [
        Terms.STOCK, Terms.SOLD, Terms.STOCK,
    ]  # fmt: skip
    assert list(check_store(oldest)) == []


def test_an_older_store_is_migrated_after_a_backup(oldest_url: str, oldest: Database, tmp_path: Path) -> None:
    kept: list[Path] = []
    waiting = pending(oldest)
    migrate(oldest, before=lambda: kept.append(backup_into(oldest_url, tmp_path / "backups", MOMENT)))
    assert waiting
    assert pending(oldest) == []
    (copy,) = kept
    if copy.suffix == ".db":
        older = open_database(str(copy))
        with older.connection_context():
            assert pending(older) == waiting
    else:
        listed = subprocess.run(["pg_restore", "--list", copy], check=True, capture_output=True, text=True)
        assert "TABLE DATA public movement" in listed.stdout


def test_without_a_backup_nothing_is_migrated(oldest: Database) -> None:
    waiting = pending(oldest)

    def fail() -> None:
        message = "no room"
        raise StoreError(message)

    with pytest.raises(StoreError, match="no room"):
        migrate(oldest, before=fail)
    assert pending(oldest) == waiting


def test_an_empty_store_needs_no_backup(empty_url: str) -> None:
    database = open_database(empty_url)
    with database.connection_context():
        assert migrate(database, before=lambda: pytest.fail("there was nothing to keep")) == sorted(RELEASED)


def test_two_terminals_that_start_at_once_migrate_once(oldest_url: str, oldest: Database) -> None:
    start = threading.Barrier(2)
    backups: list[int] = []

    def start_terminal(number: int) -> list[str]:
        with oldest.connection_context():
            start.wait(10)
            return migrate(oldest, before=lambda: backups.append(number))

    with ThreadPoolExecutor(2) as terminals_:
        applied = list(terminals_.map(start_terminal, range(2)))
    assert sorted(applied, key=len) == [[], sorted(RELEASED)[5:]]
    assert len(backups) == 1


@pytest.mark.parametrize("oldness", ["a new store", "an old store"])
def test_a_store_of_a_newer_program_is_refused_and_left_alone(oldest: Database, oldness: str) -> None:
    if oldness == "a new store":
        migrate(oldest)
    execute("INSERT INTO schema_migration (name, applied) VALUES ('0999_robots', '2030-01-01 00:00:00')")
    tables = sorted(oldest.get_tables())
    before = history()
    with pytest.raises(StoreTooNewError, match=r"newer Sztuka \(it has 0999_robots\)"):
        migrate(oldest, before=lambda: pytest.fail("nothing is to be kept"))
    assert sorted(oldest.get_tables()) == tables
    assert history() == before


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    oldest: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in FOLDER.glob("0*.py"):
        (tmp_path / path.name).write_text(path.read_text())
    (tmp_path / "0998_wrong.py").write_text(
        "def up(_migrator, db):\n"
        "    db.execute_sql('ALTER TABLE unit ADD COLUMN wrong TEXT')\n"
        "    db.execute_sql('SELECT 1 FROM nowhere')\n"
    )
    monkeypatch.setattr("store.migrate.FOLDER", tmp_path)
    waiting = pending(oldest)
    before = history()
    with pytest.raises(Exception, match="nowhere"):
        migrate(oldest)
    assert pending(oldest) == waiting
    assert history() == before


def test_released_migrations_are_never_changed() -> None:
    found = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in FOLDER.glob("0*.py")}
    assert found == RELEASED
