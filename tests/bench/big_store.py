"""A company with 1,000,000 units and open documents of 2,000 scans, kept between runs."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from peewee import Database

from store.database import open_database
from store.demo.build import build
from store.demo.drafts import scan_serials, scan_units
from store.domain.documents import Document, NewDocument, NewLine
from store.domain.records import Actor
from store.domain.terms import DocumentType, Terms
from store.migrate import migrate
from store.operations.documents import open_document
from store.queries import documents, operators, parties, products, terminals
from store.transaction import run_write
from tests.kept import digest
from tests.kept import kept as kept_file

ROOT = Path(__file__).parent.parent.parent
CACHE = ROOT / ".cache" / "bench"
UNITS = 1_000_000
SCANS, FEW = 2_000, 2
"""Scans in each of the open documents of the big store, and of a small one."""
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
PRODUCT = "LX-P3"
"""A product of the demo company whose serials follow no pattern."""
ISSUED = "OR-24"
DELIVERY, ISSUE = "BENCH-IN", "BENCH-OUT"
"""The references of the two open documents."""


def copy(folder: Path, *, units: int = UNITS) -> Path:
    """Return a copy of the store with `units` units, which is built once and kept for later runs."""
    target = folder / "store.db"
    shutil.copyfile(kept(units), target)
    return target


@contextmanager
def opened(path: Path | str) -> Iterator[Database]:
    """Open a store in this process, by its file or its URL."""
    database = open_database(str(path))
    with database.connection_context():
        yield database


def actor() -> Actor:
    """Return who scans in the benches: a supervisor of the demo company at its first terminal."""
    operator, terminal = operators.by_code("201"), terminals.by_code("T1")
    assert operator is not None
    assert terminal is not None
    return Actor(operator=operator, terminal=terminal, at=NOW)


def open_for(kind: DocumentType, sku: str, reference: str) -> Document:
    """Open a document with one line of many pieces of a product."""
    is_delivery = kind is DocumentType.DELIVERY
    party = parties.search("", suppliers=is_delivery, customers=not is_delivery)[0]
    product = next(found for found in products.search(sku) if found.sku == sku)
    who = actor()
    new = NewDocument(
        type=kind, party_id=party.id, location_id=who.terminal.location.id, reference=reference,
        lines=(NewLine(product_id=product.id, expected=Decimal(20_000)),),
    )  # fmt: skip
    return open_document(who, new)


def kept(units: int = UNITS) -> Path:
    """Return the store with `units` units that later runs use as well: to be copied, never written to."""
    # Another schema or another way to build is another store.
    path = CACHE / f"{units}-{digest(*sorted((ROOT / 'store').rglob('*.py')), Path(__file__))}.db"
    return kept_file(path, lambda unfinished: _build(unfinished, units), outdated=f"{units}-*.db")


def _build(path: Path, units: int) -> None:
    with opened(path) as database:
        migrate(database)
        build(database, units=units, today=TODAY)
        run_write(database, partial(_open_documents, SCANS if units == UNITS else FEW))
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _open_documents(scans: int) -> None:
    who = actor()
    delivery = open_for(DocumentType.DELIVERY, PRODUCT, DELIVERY)
    scan_serials(who, documents.lines(delivery.id)[0].id, [f"BENCH-{number:06}" for number in range(scans)])
    issue = open_for(DocumentType.ISSUE, ISSUED, ISSUE)
    line = documents.lines(issue.id)[0]
    scan_units(who, line.id, place_id=who.terminal.location.place_id, terms=Terms.STOCK, count=scans)
