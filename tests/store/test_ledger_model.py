"""Whatever is scanned, undone, closed and cancelled, in whatever order: the store and a plain model agree."""

import os
import shutil
from collections.abc import Callable
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from store.check.run import check_store
from store.database import open_database
from store.domain.documents import Accepted, Document, NewLine, Outcome
from store.domain.terms import DocumentType
from store.models.sql import select
from store.operations.documents import cancel_document
from store.operations.drafts import undo
from store.operations.entry import take_quantity
from store.queries import documents
from tests.store.company import Company, found_company
from tests.store.servers import Server

SERIALS = [f"LT00000{number}" for number in range(1, 6)]
NOWHERE, OURS, THEIRS = "nowhere", "main", "customer"


class Ledger(RuleBasedStateMachine):
    """One company, a few serials, and at most one open document of each kind."""

    new_url: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        self.database = open_database(type(self).new_url())
        self.database.connect()
        self.company: Company = found_company(self.database)
        self.where = dict.fromkeys(SERIALS, NOWHERE)
        self.cables = Decimal(0)
        self.open: dict[str, Document] = {}
        self.scanned: dict[str, list[str | Decimal]] = {}
        self.posted = {DocumentType.DELIVERY: 0, DocumentType.ISSUE: 0}

    def teardown(self) -> None:
        try:
            assert list(check_store(self.database)) == []
        finally:
            self.database.close()

    def taken(self) -> set[str]:
        return {str(scan) for scans in self.scanned.values() for scan in scans if scan in SERIALS}

    def may_take(self, kind: str, serial: str) -> bool:
        start = {"delivery": NOWHERE, "buy-back": THEIRS, "issue": OURS}[kind]
        born = kind == "buy-back" and self.where[serial] == NOWHERE
        return serial not in self.taken() and (self.where[serial] == start or born)

    @rule(kind=st.sampled_from(["delivery", "buy-back", "issue"]))
    def open_document(self, kind: str) -> None:
        if kind in self.open:
            return
        company = self.company
        lines = NewLine(product_id=company.laptop.id), NewLine(product_id=company.cable.id)
        party = company.supplier if kind == "delivery" else company.customer
        opening = company.issue if kind == "issue" else company.delivery
        self.open[kind] = opening(*lines, party=party)
        self.scanned[kind] = []

    @precondition(lambda self: self.open)
    @rule(data=st.data(), serial=st.sampled_from(SERIALS))
    def scan(self, data: st.DataObject, serial: str) -> None:
        kind = data.draw(st.sampled_from(sorted(self.open)))
        outcome = self.company.take(self.open[kind], serial)
        assert isinstance(outcome, Accepted) == self.may_take(kind, serial), outcome
        if isinstance(outcome, Accepted):
            self.scanned[kind].append(serial)

    @precondition(lambda self: self.open)
    @rule(data=st.data(), quantity=st.integers(1, 5))
    def count_cables(self, data: st.DataObject, quantity: int) -> None:
        kind = data.draw(st.sampled_from(sorted(self.open)))
        line = documents.lines(self.open[kind].id)[1]
        counted = sum((scan for scan in self.scanned[kind] if isinstance(scan, Decimal)), Decimal(0))
        outcome: Outcome = self.company.run(
            take_quantity, self.company.actor(), self.open[kind].id, line.id, Decimal(quantity),
            token=next(self.company.tokens),
        )  # fmt: skip
        enough = kind != "issue" or counted + quantity <= self.cables
        assert isinstance(outcome, Accepted) == enough, outcome
        if enough:
            self.scanned[kind].append(Decimal(quantity))

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def undo_last(self, data: st.DataObject) -> None:
        kind = data.draw(st.sampled_from(sorted(self.open)))
        removed = self.company.run(undo, self.company.actor(), self.open[kind].id)
        expected = self.scanned[kind].pop() if self.scanned[kind] else None
        assert (removed and (removed.serial or removed.quantity)) == expected

    @precondition(lambda self: any(self.scanned.values()))
    @rule(data=st.data())
    def close(self, data: st.DataObject) -> None:
        kind = data.draw(st.sampled_from(sorted(kind for kind, scans in self.scanned.items() if scans)))
        posted = self.company.close(self.open.pop(kind))
        self.posted[posted.type] += 1
        assert posted.number is not None
        assert int(posted.number.rpartition("/")[2]) == self.posted[posted.type]
        for scan in self.scanned.pop(kind):
            if isinstance(scan, Decimal):
                self.cables += -scan if kind == "issue" else scan
            else:
                self.where[scan] = THEIRS if kind == "issue" else OURS

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        kind = data.draw(st.sampled_from(sorted(self.open)))
        actor = self.company.actor(self.company.chief)
        self.company.run(cancel_document, actor, self.open.pop(kind).id)
        del self.scanned[kind]

    @invariant()
    def units_are_where_the_model_says(self) -> None:
        places = {self.company.main.place_id: OURS, self.company.customer.place_id: THEIRS}
        rows = select("SELECT serial, place_id FROM unit")
        known = {row["serial"]: places[row["place_id"]] for row in rows}
        assert known == {serial: place for serial, place in self.where.items() if place != NOWHERE}

    @invariant()
    def drafts_are_what_was_accepted(self) -> None:
        for kind, document in self.open.items():
            laptops, cables = documents.lines(document.id)
            serials = [scan for scan in self.scanned[kind] if not isinstance(scan, Decimal)]
            pieces = sum((scan for scan in self.scanned[kind] if isinstance(scan, Decimal)), Decimal(0))
            assert (laptops.scanned, cables.scanned) == (len(serials), pieces)


def run(new_url: Callable[[], str], *, examples: int) -> None:
    machine = type("LedgerOnDatabase", (Ledger,), {"new_url": staticmethod(new_url)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=int(os.environ.get("SZTUKA_EXAMPLES", examples)),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        ),
    )


def test_the_ledger_on_sqlite(migrated_file: Path, tmp_path: Path) -> None:
    numbers = count()

    def new_url() -> str:
        return str(shutil.copy(migrated_file, tmp_path / f"{next(numbers)}.db"))

    run(new_url, examples=60)


@pytest.mark.usefixtures("migrated_template")
def test_the_ledger_on_postgresql(postgres: Server) -> None:
    def new_url() -> str:
        postgres.execute("DROP DATABASE IF EXISTS ledger_model")
        postgres.execute("CREATE DATABASE ledger_model TEMPLATE sztuka_template")
        return postgres.url("ledger_model")

    run(new_url, examples=15)
