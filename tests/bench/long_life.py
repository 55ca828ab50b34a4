"""The company of 1,000,000 units after years of work: 5,000,000 movements and events, and what they cost.

The rows are made by the database itself, with the facts of the units that were sold: what a technician writes
is the same everywhere, and nothing here reads it.
"""

import os
import shutil
from pathlib import Path

from peewee import Database

from store.models.sql import execute, select
from store.transaction import run_write
from tests.bench import big_store
from tests.kept import digest

ROWS = 5_000_000
"""Movements and events together."""
COSTLY = 3
"""Every so manieth event has a cost."""
DAYS = 900
_EVENTS = """
    INSERT INTO event (kind_id, kind_code, kind_name, unit_id, product_id, product_name,
        holder_id, holder_name, text, outcome, meter_unit, parts, technician_id, technician_name, operator_id,
        operator_name, effective_at, recorded_at, closed_name, token)
    SELECT k.id, k.code, k.name, u.id, p.id, p.name, q.id, q.name, 'przegląd', '', '', '', o.id, o.name, o.id,
           o.name, strftime('%Y-%m-%dT%H:00:00.000000+00:00', '2026-03-01',
                            printf('-%d hours', (u.id * 7919 + :turn * 104729) % (24 * :days))),
           '2026-03-01T23:00:00.000000+00:00', '', 'bench-' || :turn || '-' || u.id
    FROM unit u JOIN product p ON p.id = u.product_id JOIN party q ON q.place_id = u.place_id
         JOIN event_kind k ON k.code = 'service' JOIN operator o ON o.id = 1
    WHERE u.terms = 'sold' ORDER BY u.id LIMIT :most
"""
_COSTS = """
    INSERT INTO cost (event_id, unit_id, product_id, product_name, holder_id, holder_name, kind, text, amount,
        currency, borne, day, operator_id, operator_name, recorded_at, token)
    SELECT e.id, e.unit_id, e.product_id, e.product_name, e.holder_id, e.holder_name, 'parts', '',
           (1 + (e.id * 7919) % 5000) * 100, 'PLN',
           CASE e.id % 4 WHEN 0 THEN 'charged' WHEN 1 THEN 'own' ELSE 'warranty' END,
           substr(e.effective_at, 1, 10), e.operator_id, e.operator_name, e.recorded_at, e.token
    FROM event e WHERE e.token LIKE 'bench-%' AND e.id % :costly = 0
"""


def kept() -> Path:
    """Return the store that later runs use as well, an SQLite file: to be copied, never written to."""
    sources = (*sorted((big_store.ROOT / "store").rglob("*.py")), Path(big_store.__file__), Path(__file__))
    path = big_store.CACHE / f"long-{digest(*sources)}.db"
    if not path.exists():
        before = big_store.kept()
        for old in big_store.CACHE.glob("long-*.db"):
            old.unlink()
        unfinished = big_store.CACHE / f"unfinished-long-{os.getpid()}.db"
        try:
            shutil.copyfile(before, unfinished)
            with big_store.opened(unfinished) as database:
                _live_on(database)
            unfinished.rename(path)
        finally:
            for left in big_store.CACHE.glob(f"{unfinished.name}*"):
                left.unlink()
    return path


def copy(folder: Path) -> Path:
    """Return a copy of the store, to be written to."""
    target = folder / "long.db"
    shutil.copyfile(kept(), target)
    return target


def _live_on(database: Database) -> None:
    run_write(database, _fill)
    database.execute_sql("ANALYZE")
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _fill() -> None:
    # Over rows that are there already an index is built in one go.
    indexes = select(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('event', 'cost') "
        "AND sql IS NOT NULL"
    )
    for index in indexes:
        execute(f"DROP INDEX {index['name']}")
    left = ROWS - int(select("SELECT count(*) AS n FROM movement")[0]["n"])
    turn = 0
    while left > 0:
        left -= execute(_EVENTS, turn=turn, days=DAYS, most=left)
        turn += 1
    execute(_COSTS, costly=COSTLY)
    for index in indexes:
        execute(index["sql"])
