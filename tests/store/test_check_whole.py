"""Every rule of `sztuka check` is known to find something: no code is without a damage that it finds."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from peewee import Database

from store.database import open_database
from store.domain.findings import FindingCode
from store.operations.attachments import attach
from store.operations.deposits import change_due
from store.operations.recurring import make_due_tasks
from store.queries.units import by_number
from tests.store import (
    test_attachments,
    test_check,
    test_events,
    test_fields,
    test_loan_check,
    test_reminding,
    test_service_check,
    test_tasks_and_costs,
)
from tests.store.company import Company
from tests.store.conftest import opened_company
from tests.store.servers import Server
from tests.store.services import add, licence_of
from tests.store.test_check import codes, corrupt, found
from tests.store.test_installing import build_in
from tests.store.test_recurring import every
from tests.store.test_recurring import sell as sell_laptops
from tests.store.test_repairs import hand_out, intake, sell
from tests.store.wide import widen

MAIN = "(SELECT place_id FROM location WHERE code = 'MAIN')"
ISSUE = "(SELECT min(id) FROM document WHERE type = 'issue')"
PLACED = "(SELECT min(id) FROM deal WHERE state = 'done')"

DAMAGES: list[tuple[FindingCode, str]] = [
    (FindingCode.TARGET, f"UPDATE document SET target_id = location_id WHERE id = {ISSUE}"),
    (FindingCode.DUE_BACK, "UPDATE unit SET due_back = '2030-01-01' WHERE serial = 'D-1'"),
    (FindingCode.DUE_BACK, "DELETE FROM due_back_change"),
    (FindingCode.DUE_BACK_CHAIN, "UPDATE due_back_change SET old_due = '2030-01-01'"),
    (FindingCode.DUE_BACK_CHAIN, "DELETE FROM due_back_change WHERE old_due IS NULL"),
    (FindingCode.DEPOSIT, f"INSERT INTO deposit (document_id, due) VALUES ({ISSUE}, '2026-05-05')"),
    (FindingCode.PENDING_FILLED, "DELETE FROM pending_fill WHERE id > 0"),
    (FindingCode.PENDING_DROPPED, "UPDATE pending_serial SET dropped = 1000 WHERE filled < quantity"),
    (FindingCode.FILLED_BY, "DELETE FROM pending_fill WHERE id > 0"),
    (FindingCode.FILLED_BY, "UPDATE pending_fill SET quantity = quantity + 9000"),
    (FindingCode.FILLED_BY, "UPDATE pending_serial SET party_id = (SELECT id FROM party WHERE code = 'SUP')"),
    (FindingCode.INVOICE_COVER, f"UPDATE document SET status = 'cancelled' WHERE id = {ISSUE}"),
    (FindingCode.DEAL_NUMBER, f"UPDATE deal SET number = 'TR/26/1' WHERE id = {PLACED}"),
    (FindingCode.DEAL_LINE, "UPDATE deal_line SET delivered = delivered - 1000 WHERE delivered > 0"),
    (FindingCode.DEAL_LINE, "UPDATE deal_line SET planned = planned + 1000"),
    (FindingCode.DEAL_LINE, "DELETE FROM deal_billed"),
    (FindingCode.DEAL_LINE, "DELETE FROM deal_part"),
    (FindingCode.DEAL_STATE, f"UPDATE deal SET state = 'partly' WHERE id = {PLACED}"),
    (FindingCode.DEAL_STATE, "UPDATE deal SET state = 'done' WHERE state = 'open'"),
    (FindingCode.DEAL_PART, "UPDATE deal_line SET product_id = product_id + 1"),
    (FindingCode.DEAL_PART, "UPDATE deal SET party_id = (SELECT id FROM party WHERE code = 'SUP')"),
    (FindingCode.DEAL_PART, "DELETE FROM deal_document"),
    (FindingCode.DEAL_COVER, "UPDATE deal_cover SET quantity = quantity + 9000"),
    (FindingCode.ATTACHMENT_UNUSED, "DELETE FROM attachment"),
    (FindingCode.REPAIR_OPEN, "DELETE FROM repair WHERE ended_at IS NULL"),
    (FindingCode.REPAIR_OPEN, "UPDATE unit SET terms = 'sold' WHERE terms = 'service'"),
    (FindingCode.REPAIR_FACTS, "UPDATE repair SET back_terms = 'rented'"),
    (FindingCode.REPAIR_FACTS, "UPDATE repair SET since = '2026-01-01T00:00:00+00:00'"),
    (FindingCode.PART, f"UPDATE unit SET place_id = {MAIN} WHERE serial = 'PART'"),
    (FindingCode.CARRIED, "UPDATE movement SET to_terms = 'rented' WHERE carrier_id IS NOT NULL"),
    (FindingCode.PLAN_MISSING, "DELETE FROM service_plan"),
    (FindingCode.PLAN_TASK, "UPDATE task SET token = 'x' WHERE token LIKE 'service %'"),
    (FindingCode.SERVICE_HERE, f"UPDATE unit SET place_id = {MAIN} WHERE serial = 'KEY-1'"),
]  # fmt: skip

PARAMETRISED = (
    test_check.test_what_was_changed_behind_the_programs_back_is_found,
    test_loan_check.test_what_is_off_with_a_loan_is_found,
    test_loan_check.test_what_is_off_with_a_return_is_found,
    test_fields.test_a_value_changed_behind_the_programs_back_is_found,
    test_events.test_events_changed_behind_the_programs_back_are_found,
)
"""Tests that do one damage after the other, each with the code that finds it."""
ALONE = {
    FindingCode.SCAN_TWICE: test_check.test_a_serial_scanned_twice_is_found,
    FindingCode.SERIAL_TWICE: test_check.test_a_unit_that_is_there_twice_is_found,
    FindingCode.DATABASE: test_check.test_a_damaged_file_is_found,
    FindingCode.GUARD: test_check.test_a_guard_that_was_taken_off_is_missed,
}
"""Codes that a test of its own is for, because the damage is no statement."""
IN_MODULES = {
    FindingCode.ATTACHMENT_FILE: test_attachments,
    FindingCode.COST: test_tasks_and_costs,
    FindingCode.REMINDER: test_reminding,
    FindingCode.REMINDER_LETTER: test_reminding,
    FindingCode.SERVICE_DAYS: test_service_check,
    FindingCode.SERVICE_RENEWED: test_service_check,
    FindingCode.SERVICE_TERMS: test_service_check,
}
"""Codes that are found among other things in the tests of what they are about."""


def fill(company: Company) -> None:
    """Let everything happen that the damages are done to."""
    widen(company, 6)
    sell(company, "REP-1", "REP-2")
    intake(company, "REP-1", "REP-2")
    hand_out(company, "REP-1")
    company.stock(company.printer, "BOX", "PART")
    build_in(company, "PART", "BOX")
    issue = company.issue()
    company.accept(issue, "BOX")
    company.close(issue)
    company.deposit(company.phone, "D-1")
    (theirs,) = company.run(by_number, "D-1")
    for number, days in enumerate((30, 60)):
        due = company.now.date() + timedelta(days=days)
        company.run(
            change_due, company.actor(company.chief), [theirs.id], due, reason="umowa", token=f"due {number}"
        )
    company.run(attach, company.actor(), [theirs.id], "a.txt", b"abc")
    add(company, licence_of(company), "KEY-1")
    every(company, service_months="1")
    sell_laptops(company, "LT000001")
    company.now += timedelta(days=31)
    assert company.run(make_due_tasks, company.actor()) == 1


@pytest.fixture(scope="session")
def filled_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "store.db"
    shutil.copy(migrated_file, path)
    with opened_company(str(path)) as company:
        fill(company)
        company.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def filled_template(postgres: Server, migrated_template: str) -> str:
    postgres.execute(f"CREATE DATABASE filled TEMPLATE {migrated_template}")
    with opened_company(postgres.url("filled")) as company:
        fill(company)
    return "filled"


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A store in which all of it happened, on each database."""
    if request.param == "sqlite":
        url = str(tmp_path / "store.db")
        shutil.copy(request.getfixturevalue("filled_file"), url)
    else:
        server, template = (request.getfixturevalue(name) for name in ("postgres", "filled_template"))
        name = f"damaged_{abs(hash(request.node.name))}"
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        url = server.url(name)
    database = open_database(url)
    with database.connection_context():
        yield database


def test_before_it_is_damaged_it_is_sound(filled: Database) -> None:
    assert found(filled) == []


@pytest.mark.parametrize(
    ("code", "statement"), DAMAGES, ids=[f"{code}-{number}" for number, (code, _sql) in enumerate(DAMAGES)]
)
def test_the_damage_is_found(filled: Database, code: FindingCode, statement: str) -> None:
    corrupt(filled, statement)
    assert code in codes(filled)
    assert all("{" not in finding.sentence() for finding in found(filled))


def shown() -> set[FindingCode]:
    """Return the codes that some test finds."""
    in_parameters = {
        value
        for test in PARAMETRISED
        for mark in test.pytestmark  # type: ignore[attr-defined]
        if mark.name == "parametrize"
        for values in mark.args[1]
        for value in (values if isinstance(values, tuple) else (values,))
        if isinstance(value, FindingCode)
    }
    named = {
        code
        for code, module in IN_MODULES.items()
        if f"FindingCode.{code.name}" in Path(str(module.__file__)).read_text()
    }
    return in_parameters | named | set(ALONE) | {code for code, _statement in DAMAGES}


@pytest.mark.parametrize("code", FindingCode)
def test_no_rule_is_without_a_damage_that_it_finds(code: FindingCode) -> None:
    assert code in shown()
