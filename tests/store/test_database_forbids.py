"""What must never happen is forbidden by the database itself, also to whoever writes SQL into it."""

from decimal import Decimal

import pytest
from peewee import DatabaseError

from store.domain.documents import NewLine
from store.domain.kept_papers import NewPaper
from store.domain.papers import PaperCode, PaperLanguage
from store.domain.printing import Printed, PrintState
from store.models.sql import execute, is_postgres, select
from store.operations.entry import take_quantity
from store.operations.papers import keep_paper, note_print
from store.queries import documents
from tests.store.company import Company

UNIT_COLUMNS = (
    "product_id, serial, serial_key, place_id, owner_id, terms, condition, version, last_movement_at"
)
SCAN_COLUMNS = (
    "document_id, line_id, product_id, serial, serial_key, quantity, rejected, reason, announced, state, "
    "text, scanned_at, operator_id, operator_name, terminal_id, terminal_name"
)


@pytest.fixture
def stocked(company: Company) -> Company:
    delivery = company.delivery(NewLine(product_id=company.laptop.id), NewLine(product_id=company.cable.id))
    company.accept(delivery, "LT000001")
    cables = documents.lines(delivery.id)[1]
    company.run(take_quantity, company.actor(), delivery.id, cables.id, Decimal(5), token="cables")
    company.close(delivery)
    company.accept(company.delivery(NewLine(product_id=company.printer.id)), "P1")
    return company


def forbidden(company: Company, statement: str, *, why: str = "") -> None:
    """Run a statement that the database must refuse, and see that it refused it for the right reason."""
    with pytest.raises(DatabaseError, match=f"(?i){why}"), company.database.atomic():
        execute(statement)


def test_a_serial_twice_for_one_product(stocked: Company) -> None:
    forbidden(stocked, f"INSERT INTO unit ({UNIT_COLUMNS}) SELECT {UNIT_COLUMNS} FROM unit", why="unique")
    other_case = UNIT_COLUMNS.replace(" serial,", " lower(serial),")
    forbidden(stocked, f"INSERT INTO unit ({UNIT_COLUMNS}) SELECT {other_case} FROM unit", why="unique")


@pytest.mark.parametrize("table", ["movement", "condition_change"])
def test_a_row_of_the_ledger_changed_or_deleted(stocked: Company, table: str) -> None:
    execute(
        "INSERT INTO condition_change (unit_id, from_condition, to_condition, reason, operator_id, "
        "operator_name, effective_at, recorded_at) SELECT unit_id, 'new', 'new', '-', operator_id, "
        "operator_name, effective_at, recorded_at FROM movement WHERE unit_id IS NOT NULL"
    )
    before = select(f"SELECT * FROM {table}")
    assert before
    forbidden(stocked, f"UPDATE {table} SET operator_name = 'nobody'", why="never changed or deleted")
    forbidden(stocked, f"UPDATE {table} SET id = id + 1000", why="never changed or deleted")
    forbidden(stocked, f"DELETE FROM {table}", why="never changed or deleted")
    if is_postgres():
        forbidden(stocked, f"TRUNCATE {table} CASCADE", why="never changed or deleted")
    else:
        names = ", ".join(before[0])
        forbidden(
            stocked,
            f"REPLACE INTO {table} ({names}) SELECT {names} FROM {table}",
            why="never changed or deleted",
        )
    assert select(f"SELECT * FROM {table}") == before


@pytest.mark.parametrize(
    "projection",
    ["place_id = 999999", "place_id = NULL", "owner_id = 999999", "product_id = 999999", "terms = 'lost'"],
)
def test_a_unit_that_is_nowhere_or_nobodys(stocked: Company, projection: str) -> None:
    forbidden(stocked, f"UPDATE unit SET {projection}", why="foreign key|check")


def test_a_place_that_has_units_deleted(stocked: Company) -> None:
    forbidden(stocked, "DELETE FROM place", why="foreign key")


@pytest.mark.parametrize("state", ["draft", "posted"])
def test_a_serial_scanned_twice_in_one_document(stocked: Company, state: str) -> None:
    columns = SCAN_COLUMNS.replace(" state,", f" '{state}',")
    forbidden(
        stocked,
        f"INSERT INTO draft_scan ({SCAN_COLUMNS}, token) SELECT {columns}, 'other' FROM draft_scan "
        "WHERE serial = 'P1'",
        why="unique",
    )


def test_a_piece_scanned_into_two_open_documents(stocked: Company) -> None:
    other = stocked.delivery(NewLine(product_id=stocked.printer.id))
    columns = SCAN_COLUMNS.replace("document_id,", f"{other.id},")
    forbidden(
        stocked,
        f"INSERT INTO draft_scan ({SCAN_COLUMNS}, token) SELECT {columns}, 'other' FROM draft_scan "
        "WHERE serial = 'P1'",
        why="unique",
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE balance SET quantity = -1",
        "UPDATE document_line SET scanned = -1",
        "UPDATE draft_scan SET quantity = 0",
        "UPDATE draft_scan SET quantity = 2000 WHERE serial IS NOT NULL",
        "UPDATE document SET number = NULL WHERE status = 'posted'",
        "UPDATE counter SET last = 0",
    ],
)
def test_counts_and_states_that_cannot_be(stocked: Company, statement: str) -> None:
    forbidden(stocked, statement, why="check")


def test_two_own_companies(stocked: Company) -> None:
    forbidden(stocked, "UPDATE party SET is_own = (1 = 1)", why="unique")


def test_two_documents_of_one_number(stocked: Company) -> None:
    forbidden(
        stocked,
        "UPDATE document SET status = 'posted', posted_at = opened_at, "
        "number = 'PZ/2026/000001' WHERE status = 'open'",
        why="unique",
    )


KEPT = ("paper_file", "paper", "paper_unit", "paper_print")


@pytest.fixture
def printed(stocked: Company) -> Company:
    new = NewPaper(code=PaperCode.NOTE, language=PaperLanguage.PL, pdf=b"%PDF", number="PZ/2026/000001")
    paper = stocked.run(keep_paper, stocked.actor(), new, token="paper")
    down = Printed(state=PrintState.DOWN)
    stocked.run(note_print, stocked.actor(), paper.id, down, copies=1, is_copy=False, token="print")
    return stocked


@pytest.mark.parametrize("table", KEPT)
def test_a_kept_paper_changed_or_deleted(printed: Company, table: str) -> None:
    before = select(f"SELECT * FROM {table}")
    assert before
    column = next(iter(before[0]))
    forbidden(printed, f"UPDATE {table} SET {column} = {column}", why="never changed or deleted")
    forbidden(printed, f"DELETE FROM {table}", why="never changed or deleted")
    if is_postgres():
        forbidden(printed, f"TRUNCATE {table} CASCADE", why="never changed or deleted")
    else:
        names = ", ".join(before[0])
        forbidden(
            printed,
            f"REPLACE INTO {table} ({names}) SELECT {names} FROM {table}",
            why="never changed or deleted",
        )
    assert select(f"SELECT * FROM {table}") == before
