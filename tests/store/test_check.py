"""`sztuka check` finds whatever breaks an invariant of the store, and nothing in a sound one."""

from datetime import date
from decimal import Decimal

import pytest
from peewee import Database

from store.check.run import check_store
from store.database import open_database
from store.demo.build import build
from store.domain.documents import NewDocument, NewLine
from store.domain.errors import StoreTooOldError
from store.domain.findings import Finding, FindingCode
from store.domain.kept_papers import NewPaper
from store.domain.papers import PaperCode, PaperLanguage
from store.domain.printing import Printed, PrintState
from store.domain.received import InvoiceState
from store.domain.reservations import NewPiece, NewReservation
from store.domain.terms import Condition, DocumentType
from store.models.sql import execute, is_postgres, select
from store.operations.documents import open_document
from store.operations.entry import take_quantity
from store.operations.papers import keep_paper, note_print
from store.operations.reservations import reserve
from store.operations.stocktakes import compare, give_reason
from store.operations.units import change_condition
from store.queries import documents, units
from tests.store.company import Company
from tests.store.damage import damage_an_index
from tests.store.imports import files
from tests.store.invoice_files import buyer, post, sale


def found(database: Database) -> list[Finding]:
    return list(check_store(database))


def codes(database: Database) -> set[FindingCode]:
    return {finding.code for finding in found(database)}


@pytest.fixture
def busy(company: Company) -> Company:
    """A company in which everything has happened once: each invariant has something to hold for."""
    laptops = company.delivery(
        NewLine(product_id=company.laptop.id, expected=Decimal(3), serials=("LT000001", "LT000002")),
        NewLine(product_id=company.cable.id, expected=Decimal(50)),
    )
    company.accept(laptops, "LT000001", "LT000002")
    company.take(laptops, "LT000003", rejected="szyba")
    cables = documents.lines(laptops.id)[1]
    company.run(take_quantity, company.actor(), laptops.id, cables.id, Decimal(50), token="cables")
    company.close(laptops, reason="uszkodzony")
    issue = company.issue()
    company.accept(issue, "LT000001", "CB-2")
    company.close(issue)
    company.stock(company.laptop, "LT000008")
    unit = units.by_number("LT000002")[0]
    company.run(change_condition, company.actor(), unit.id, Condition.USED, reason="pokaz")
    company.run(change_condition, company.actor(), unit.id, Condition.NEW, reason="pomyłka")
    promise = NewReservation(
        party_id=company.customer.id, location_id=company.main.id, first=company.now.date(),
        last=company.now.date(), pieces=(NewPiece(product_id=company.laptop.id, unit_id=unit.id),),
    )  # fmt: skip
    company.run(reserve, company.actor(), promise, token="promise")
    party = buyer(company)
    sold = company.issue(party=party)
    company.accept(sold, "CB-2", "LT000008")
    number = company.close(sold).number
    rows = (files.row(1, index="CB-2", quantity=4), files.row(2, index="PR-1", quantity=2))
    done = post(company, sale(*rows, delivery_notes=[number]))
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    new = NewPaper(code=PaperCode.NOTE, language=PaperLanguage.PL, pdf=b"%PDF-1.4", number="PZ/2026/000001")
    paper = company.run(keep_paper, company.actor(), new, token="paper")
    printed = Printed(state=PrintState.PRINTED, queue="office")
    company.run(note_print, company.actor(), paper.id, printed, copies=1, is_copy=False, token="print")
    company.stock(company.laptop, "LT000009")
    count = company.run(
        open_document,
        company.actor(),
        NewDocument(type=DocumentType.STOCKTAKE, location_id=company.main.id),
    )
    # One is not found, one is with a customer on record, and of the pieces some are gone.
    company.accept(count, "LT000002", "LT000008", "CB-2")
    company.run(compare, count.id)
    company.run(give_reason, company.actor(), count.id, "spis")
    company.close(count)
    still_open = company.delivery(NewLine(product_id=company.printer.id, expected=Decimal(3)))
    company.accept(still_open, "P1")
    return company


def unguarded(database: Database, *tables: str) -> None:
    """Take the guards off, as only somebody at the database itself can."""
    if is_postgres():
        for table in tables:
            execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        return
    database.execute_sql("PRAGMA foreign_keys = OFF")
    database.execute_sql("PRAGMA ignore_check_constraints = ON")
    for row in select("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"):
        if row["tbl_name"] in tables:
            execute(f"DROP TRIGGER {row['name']}")


def unconstrained(table: str) -> None:
    if is_postgres():
        for row in select(
            "SELECT conname FROM pg_constraint WHERE conrelid = CAST(:table AS regclass) AND contype = 'c'",
            table=table,
        ):
            execute(f"ALTER TABLE {table} DROP CONSTRAINT {row['conname']}")


def corrupt(database: Database, statement: str, **values: object) -> None:
    words = statement.split()
    table = words[1] if words[0] == "UPDATE" else words[2]
    unguarded(database, table)
    unconstrained(table)
    assert execute(statement, **values) > 0, "nothing was corrupted"


def test_a_store_in_which_everything_happened_is_sound(busy: Company) -> None:
    assert found(busy.database) == []


def test_the_demo_company_is_sound(store_url: str) -> None:
    database = open_database(store_url)
    with database.connection_context():
        build(database, units=400, today=date(2026, 3, 2))
        assert found(database) == []


def test_a_new_store_is_sound(store_url: str) -> None:
    database = open_database(store_url)
    with database.connection_context():
        assert found(database) == []


UNIT = "(SELECT id FROM unit WHERE serial = 'LT000001')"
OTHER = "(SELECT id FROM unit WHERE serial = 'LT000008')"
NEWEST = f"(SELECT max(id) FROM movement WHERE unit_id = {UNIT})"
OLDEST = f"(SELECT min(id) FROM movement WHERE unit_id = {UNIT})"
POSTED = "(SELECT min(id) FROM document)"
MAIN = "(SELECT place_id FROM location WHERE code = 'MAIN')"
BALANCE = "(SELECT min(id) FROM balance)"

EARLY = "'2026-01-01T00:00:00+00:00'"

CORRUPTIONS: list[tuple[FindingCode, str]] = [
    (FindingCode.NO_MOVEMENT, f"DELETE FROM movement WHERE unit_id = {UNIT}"),
    (FindingCode.PROJECTION, f"UPDATE unit SET place_id = {MAIN} WHERE serial = 'LT000001'"),
    (FindingCode.PROJECTION, "UPDATE unit SET terms = 'stock' WHERE serial = 'LT000001'"),
    (FindingCode.PROJECTION, "UPDATE unit SET owner_id = (SELECT id FROM party WHERE code = 'SUP')"),
    (FindingCode.PROJECTION, "UPDATE unit SET last_movement_at = '2026-03-02T07:00:00+00:00'"),
    (FindingCode.CHAIN, f"UPDATE movement SET from_terms = 'held' WHERE id = {NEWEST}"),
    (FindingCode.CHAIN, f"DELETE FROM movement WHERE id = {OLDEST}"),
    (FindingCode.ORDER, f"UPDATE movement SET effective_at = {EARLY} WHERE id = {NEWEST}"),
    (FindingCode.TRANSITION, f"UPDATE movement SET to_terms = 'rented' WHERE id = {NEWEST}"),
    (FindingCode.TRANSITION, f"UPDATE document SET type = 'issue' WHERE id = {POSTED}"),
    (FindingCode.PLACE_KIND, f"UPDATE unit SET place_id = {MAIN} WHERE serial = 'LT000001'"),
    (FindingCode.PLACE_KIND, "UPDATE unit SET place_id = NULL WHERE serial = 'LT000001'"),
    (FindingCode.OWNER, "UPDATE unit SET owner_id = (SELECT id FROM party WHERE code = 'SUP')"),
    (FindingCode.CONDITION, "UPDATE unit SET condition = 'blocked' WHERE serial = 'LT000001'"),
    (FindingCode.CONDITION_CHAIN, "UPDATE condition_change SET from_condition = 'damaged'"),
    (FindingCode.WARRANTY, "UPDATE unit SET warranty_until = '2020-01-01' WHERE serial = 'LT000001'"),
    (FindingCode.WARRANTY, "UPDATE unit SET warranty_from = NULL WHERE serial = 'LT000001'"),
    (FindingCode.MOVEMENT_PRODUCT, f"UPDATE movement SET product_id = product_id + 1 WHERE id = {NEWEST}"),
    (FindingCode.BALANCE, f"UPDATE balance SET quantity = quantity + 1 WHERE id = {BALANCE}"),
    (FindingCode.BALANCE, f"DELETE FROM balance WHERE id = {BALANCE}"),
    (FindingCode.BALANCE, "DELETE FROM movement WHERE unit_id IS NULL"),
    (FindingCode.BALANCE_NEGATIVE, f"UPDATE balance SET quantity = -1 WHERE id = {BALANCE}"),
    (FindingCode.NOT_POSTED, f"UPDATE document SET status = 'open' WHERE id = {POSTED}"),
    (FindingCode.MOMENT, f"UPDATE document SET effective_at = opened_at WHERE id = {POSTED}"),
    (FindingCode.SCAN_NOT_MOVED, f"DELETE FROM movement WHERE id = {NEWEST}"),
    (FindingCode.MOVED_NOT_SCANNED, "DELETE FROM draft_scan WHERE serial = 'LT000001'"),
    (FindingCode.LINE_MOVED, "DELETE FROM movement WHERE unit_id IS NULL"),
    (FindingCode.LINE_COUNT, "UPDATE document_line SET scanned = scanned + 1000"),
    (FindingCode.LINE_COUNT, "UPDATE document_line SET rejected = rejected + 1000"),
    (FindingCode.LINE_COUNT, "DELETE FROM draft_scan WHERE serial = 'P1'"),
    (FindingCode.ANNOUNCED, "DELETE FROM expected_serial WHERE serial = 'LT000001'"),
    (FindingCode.SCAN_STATE, "UPDATE draft_scan SET state = 'posted' WHERE serial = 'P1'"),
    (FindingCode.SCAN_STATE, "UPDATE draft_scan SET state = 'draft' WHERE serial = 'LT000002'"),
    (FindingCode.SCAN_LINE, "UPDATE draft_scan SET line_id = line_id + 1 WHERE serial = 'LT000002'"),
    (FindingCode.SCAN_LINE, f"UPDATE draft_scan SET unit_id = {UNIT} WHERE serial = 'LT000002'"),
    (FindingCode.NUMBER, "UPDATE document SET number = 'PZ/2026/1' WHERE number = 'PZ/2026/000001'"),
    (FindingCode.NUMBER, "UPDATE document SET number = 'WZ/2026/000009' WHERE number = 'PZ/2026/000001'"),
    (FindingCode.NUMBER_GAP, "UPDATE document SET number = 'PZ/2026/000008' WHERE number = 'PZ/2026/000001'"),
    (FindingCode.COUNTER, "UPDATE counter SET last = last + 1"),
    (FindingCode.COUNTER, "DELETE FROM counter WHERE series = 'WZ'"),
    (FindingCode.INVOICE_MOVED, "UPDATE invoice_line SET placed = placed + 1000"),
    (FindingCode.INVOICE_MOVED, "UPDATE invoice SET state = 'waiting'"),
    (FindingCode.INVOICE_COVER, "UPDATE invoice_cover SET quantity = quantity + 1000"),
    (FindingCode.INVOICE_LINES, "UPDATE invoice SET line_count = 9"),
    (FindingCode.INVOICE_LINES, "DELETE FROM invoice_file WHERE id > 0"),
    (FindingCode.PENDING_TRACKING, "UPDATE product SET tracking = 'quantity' WHERE sku = 'PR-1'"),
    (FindingCode.KEY, "UPDATE unit SET serial_key = 'lt000001' WHERE serial = 'LT000001'"),
    (FindingCode.KEY, "UPDATE product SET sku = 'other'"),
    (FindingCode.PAPER_FILE, "UPDATE paper_file SET size = size + 1"),
    (FindingCode.PAPER_FILE, f"UPDATE paper_file SET sha256 = '{'0' * 64}'"),
    (FindingCode.PAPER_NOT_POSTED, "UPDATE paper SET number = 'PZ/2026/000002'"),
    (FindingCode.PAPER_UNIT, f"UPDATE paper_unit SET unit_id = {OTHER} WHERE unit_id = {UNIT}"),
    (FindingCode.PAPER_UNUSED, "DELETE FROM paper"),
    (FindingCode.REFERENCE, f"UPDATE paper SET sha256 = '{'0' * 64}'"),
    (FindingCode.REFERENCE, f"UPDATE paper_unit SET unit_id = 999999 WHERE unit_id = {UNIT}"),
    (FindingCode.PLACE, "INSERT INTO place (kind) VALUES ('party')"),
    (FindingCode.PLACE, f"UPDATE place SET kind = 'party' WHERE id = {MAIN}"),
    (FindingCode.OWN_COMPANY, "UPDATE party SET is_own = (1 = 0)"),
    (FindingCode.STOCKTAKE, "DELETE FROM stocktake WHERE document_id > 0"),
    (FindingCode.COUNTED, "UPDATE draft_scan SET counted = (1 = 0) WHERE serial = 'LT000008'"),
    (FindingCode.COUNT_MOVED, "UPDATE stocktake_difference SET kind = 'missing' WHERE kind = 'away'"),
    (FindingCode.MOVED_UNCOUNTED, "DELETE FROM stocktake_difference WHERE kind = 'missing'"),
    (FindingCode.COUNT_PIECES, "UPDATE stocktake_difference SET quantity = 9000 WHERE kind = 'less'"),
    (FindingCode.COUNT_REASON, "UPDATE stocktake_difference SET reason = '' WHERE kind = 'missing'"),
    (FindingCode.RESERVED_DAYS, "DELETE FROM reserved_day"),
    (FindingCode.RESERVED_DAYS, "UPDATE reservation SET status = 'cancelled'"),
    (FindingCode.REFERENCE, "UPDATE unit SET place_id = 999999 WHERE serial = 'LT000001'"),
    (FindingCode.REFERENCE, "DELETE FROM place WHERE kind = 'location'"),
    (FindingCode.REFERENCE, f"UPDATE movement SET document_id = 999999 WHERE id = {NEWEST}"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "statement"), CORRUPTIONS, ids=[f"{code}-{n}" for n, (code, _sql) in enumerate(CORRUPTIONS)]
)
def test_what_was_changed_behind_the_programs_back_is_found(
    busy: Company, code: FindingCode, statement: str
) -> None:
    corrupt(busy.database, statement)
    findings = found(busy.database)
    assert code in {finding.code for finding in findings}
    for finding in findings:
        assert "{" not in finding.sentence()


@pytest.mark.parametrize(
    "guard",
    [
        "movement",
        "condition_change",
        "paper_file",
        "paper_unit",
        "paper_print",
        "draft_scan_once",
        "draft_scan_taken",
        "identifier_inventory",
    ],
)
def test_a_guard_that_was_taken_off_is_missed(busy: Company, guard: str) -> None:
    if guard.startswith(("draft", "identifier")):
        execute(f"DROP INDEX {guard}")
    else:
        unguarded(busy.database, guard)
    missed = [finding.data["guard"] for finding in found(busy.database)]
    assert missed
    # A movement also marks the plans of recurring service.
    assert all(str(name).startswith(guard) or name == "service_plan_moved" for name in missed), missed


def test_a_serial_scanned_twice_is_found(busy: Company) -> None:
    execute("DROP INDEX draft_scan_once")
    execute("DROP INDEX draft_scan_taken")
    row = "document_id, line_id, product_id, serial, serial_key, quantity, rejected, reason, announced, state"
    rest = "text, scanned_at, operator_id, operator_name, terminal_id, terminal_name"
    execute(
        f"INSERT INTO draft_scan ({row}, {rest}, token) "
        f"SELECT {row}, {rest}, 'again' FROM draft_scan WHERE serial = 'P1'"
    )
    assert FindingCode.SCAN_TWICE in codes(busy.database)


def test_a_unit_that_is_there_twice_is_found(postgresql_company: Company) -> None:
    """On SQLite this index is part of the table, and cannot be dropped."""
    postgresql_company.stock(postgresql_company.laptop, "LT000001")
    execute("ALTER TABLE unit DROP CONSTRAINT unit_product_id_serial_key_key")
    columns = (
        "product_id, serial, serial_key, place_id, owner_id, terms, condition, version, last_movement_at"
    )
    execute(f"INSERT INTO unit ({columns}) SELECT {columns} FROM unit WHERE serial = 'LT000001'")
    findings = codes(postgresql_company.database)
    assert {FindingCode.SERIAL_TWICE, FindingCode.GUARD, FindingCode.NO_MOVEMENT} <= findings


def test_a_damaged_file_is_found(sqlite_company: Company) -> None:
    damage_an_index(sqlite_company)
    assert FindingCode.DATABASE in codes(sqlite_company.database)


def test_a_store_that_waits_for_a_migration_is_not_checked(empty_url: str) -> None:
    database = open_database(empty_url)
    with database.connection_context(), pytest.raises(StoreTooOldError):
        found(database)
