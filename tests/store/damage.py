"""Damage to a store's file, as a failing disk does it."""

from pathlib import Path

from store.models.sql import select
from tests.store.company import Company


def damage_an_index(company: Company) -> None:
    """Let an index of an SQLite store say another serial than its table."""
    company.stock(company.laptop, "LT000001", "LT000002")
    root = select("SELECT rootpage FROM sqlite_master WHERE name = 'unit_serial_key'")[0]["rootpage"]
    size = select("PRAGMA page_size")[0]["page_size"]
    company.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    company.database.close()
    with Path(company.database.database).open("r+b") as file:
        file.seek((root - 1) * size)
        page = file.read(size)
        assert b"LT000002" in page
        file.seek((root - 1) * size)
        file.write(page.replace(b"LT000002", b"LT000003"))
    company.database.connect()
