"""Numbers that are mistaken for others are found, marked, after those that are meant, and by index."""

import re
from datetime import date

import pytest

from store.domain.near import LOOK, look_of, slips, variants
from store.domain.records import Identifier
from store.domain.serials import key_of
from store.domain.terms import IdentifierType
from store.domain.unit_filters import Position, UnitFilter
from store.domain.units import UnitSummary
from store.models.sql import is_postgres, select
from store.operations.units import add_identifier
from store.queries.near import look_expression, near, near_part
from store.queries.unit_search import START, UnitHit, find, search
from store.queries.units import by_number
from tests.store.company import Company
from tests.store.counting import asked, statements


@pytest.fixture
def stocked(company: Company) -> Company:
    company.stock(company.printer, "SN-10B5", "SNO0123", "QX7714Z", "AAAA-1")
    company.stock(company.laptop, "LT100200")
    return company


def found(company: Company, text: str) -> list[tuple[str, bool]]:
    hits = company.run(search, text)
    return [(hit.serial, hit.is_near) for hit in hits if isinstance(hit, UnitSummary)]


@pytest.mark.parametrize("text", ["SN1OB5", "sn-1o85", "SNIOBS", "5N-10B5"])
def test_signs_that_look_alike_are_forgiven(stocked: Company, text: str) -> None:
    assert [unit.serial for unit in stocked.run(near, text)] == ["SN-10B5"]


@pytest.mark.parametrize("text", ["QX7741Z", "QX774Z", "QX77714Z", "QX7714", "QX7715Z", "WX7714Z"])
def test_one_slip_of_a_finger_is_forgiven(stocked: Company, text: str) -> None:
    assert [unit.serial for unit in stocked.run(near, text)] == ["QX7714Z"]


def test_two_slips_are_another_number(stocked: Company) -> None:
    assert stocked.run(near, "QX7799Z") == []
    assert stocked.run(near, "") == []


def test_a_further_number_is_mistaken_as_well(stocked: Company) -> None:
    (unit,) = stocked.run(by_number, "QX7714Z")
    stocked.run(add_identifier, unit.id, Identifier(type=IdentifierType.INVENTORY, text="INV-0070"))
    assert [each.serial for each in stocked.run(near, "INV-OO7O")] == ["QX7714Z"]


def test_what_is_meant_comes_alone_and_what_is_mistaken_is_marked(stocked: Company) -> None:
    assert found(stocked, "SN-10B5") == [("SN-10B5", False)]
    assert found(stocked, "SN-1OB5") == [("SN-10B5", True)]
    assert found(stocked, "QX771A") == []
    assert found(stocked, "NO-SUCH-THING") == []


def test_a_part_that_looks_alike_finds_the_unit_after_those_that_have_it(stocked: Company) -> None:
    stocked.stock(stocked.printer, "7TIOO2")
    assert found(stocked, "T1OO2") == [("7TIOO2", True), ("LT100200", True)]
    assert [unit.serial for unit in stocked.run(near_part, "T1OO2")] == ["7TIOO2", "LT100200"]


def test_pages_follow_each_other_to_the_last_near_one(company: Company) -> None:
    company.stock(company.printer, *(f"AB0X{number}" for number in range(1, 8)), "ABOX8")
    whole = company.run(search, "B0X", limit=50)
    paged: list[UnitHit] = []
    position: Position | None = START
    while position is not None:
        page = company.run(find, UnitFilter(text="B0X"), today=date.max, position=position, limit=2)
        paged += page.hits
        position = page.following
    assert paged == whole
    assert len(whole) == 8


def test_looks_are_the_same_in_the_store_and_in_the_program(company: Company) -> None:
    key = key_of("".join(LOOK) + "0123456789ACDEFGHJKMNPQRTUVWXY ÓŁ*")
    expression = look_expression("t.text")
    row = company.run(
        select, f"SELECT {expression} AS look FROM (SELECT CAST(:text AS TEXT) AS text) AS t", text=key
    )
    assert row[0]["look"] == look_of(key)


def test_slips_and_variants_leave_out_the_text_itself() -> None:
    assert "AB1" not in slips("AB1")
    assert {"A1", "BA1", "AB01", "AC1"} <= slips("AB1")
    assert variants("LTO001")[0] == "1T0001"
    assert "LT0001" in variants("LTO001")
    assert variants("XYW") == []


def test_near_numbers_are_found_by_index_in_one_statement(stocked: Company) -> None:
    assert asked(stocked.database, lambda: stocked.run(near, "QX7741Z")) == 1
    assert asked(stocked.database, lambda: stocked.run(near_part, "T1OO2")) == 1
    with statements(stocked.database) as seen:
        stocked.run(near, "QX7741Z")
    (statement,) = seen

    def plan() -> str:
        if is_postgres():
            stocked.database.execute_sql("SET LOCAL enable_seqscan = off")
        word = "EXPLAIN" if is_postgres() else "EXPLAIN QUERY PLAN"
        return str(stocked.database.execute_sql(f"{word} {statement[0]}", statement[1]).fetchall())

    text = stocked.run(plan)
    assert "unit_look" in text
    # The planner of PostgreSQL takes another index of a table without rows.
    assert is_postgres() or "identifier_look" in text
    assert not re.search(r"SCAN (u|unit|identifier)\b", text)
