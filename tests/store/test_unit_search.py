"""Units are found by any part of any of their numbers, by their product, and by who has them."""

import re
from datetime import date

import pytest

from store.domain.documents import NewLine
from store.domain.records import Identifier, Party, Product
from store.domain.terms import IdentifierType
from store.domain.unit_filters import Position, UnitFilter
from store.domain.units import UnitSummary
from store.models.sql import execute, is_postgres, select
from store.operations.parties import create_party
from store.operations.units import add_identifier
from store.queries import unit_search
from store.queries.resolve import resolve
from store.queries.units import by_number, card, movements
from tests.store.company import Company
from tests.store.counting import statements


@pytest.fixture
def stocked(company: Company) -> Company:
    company.stock(company.laptop, *(f"LT{number:06}" for number in range(1, 31)))
    company.stock(company.printer, "AB_100%X", "ABC100YX", "SN-9")
    return company


def serials(company: Company, text: str, **options: int) -> list[str]:
    found = company.run(unit_search.search, text, **options)
    return [hit.serial for hit in found if isinstance(hit, UnitSummary)]


def test_any_part_of_a_serial_finds_it(stocked: Company) -> None:
    assert serials(stocked, "000030") == ["LT000030"]
    assert serials(stocked, "t00001") == [f"LT{number:06}" for number in range(19, 9, -1)]
    assert serials(stocked, "lt 000 007") == ["LT000007"]
    assert serials(stocked, "0999") == []


def test_signs_that_a_pattern_could_take_for_its_own_mean_themselves(stocked: Company) -> None:
    assert serials(stocked, "b_1") == ["AB_100%X"]
    assert serials(stocked, "00%X") == ["AB_100%X"]
    assert serials(stocked, '"AB') == []


def test_fewer_than_three_characters_find_exact_numbers_only(stocked: Company) -> None:
    stocked.stock(stocked.printer, "S1")
    assert serials(stocked, "s1") == ["S1"]
    assert serials(stocked, "LT") == []


def test_the_exact_number_comes_first_and_once(stocked: Company) -> None:
    stocked.stock(stocked.printer, "SN-99", "SN-999")
    assert serials(stocked, "sn-9") == ["SN-9", "SN-999", "SN-99"]


def test_any_part_of_a_further_number_finds_the_unit(stocked: Company) -> None:
    (unit,) = stocked.run(by_number, "LT000004")
    stocked.run(add_identifier, unit.id, Identifier(type=IdentifierType.IMEI, text="356938035643809"))
    assert serials(stocked, "80356") == ["LT000004"]
    assert serials(stocked, "356938035643809") == ["LT000004"]


def test_pages_follow_each_other_without_a_gap(stocked: Company) -> None:
    everything = serials(stocked, "LT0", limit=100)
    paged: list[str] = []
    position: Position | None = unit_search.START
    while position is not None:
        wanted = UnitFilter(text="LT0")
        page = stocked.run(unit_search.find, wanted, today=date.max, position=position, limit=7)
        paged += [hit.serial for hit in page.hits if isinstance(hit, UnitSummary)]
        position = page.following
    assert len(everything) == 30
    assert paged == everything


def test_a_product_and_a_party_stand_for_their_units(stocked: Company) -> None:
    line = NewLine(product_id=stocked.laptop.id)
    issue = stocked.issue(line)
    stocked.accept(issue, "LT000001", "LT000002")
    stocked.close(issue)
    (product,) = stocked.run(unit_search.search, "aptop")
    (party,) = stocked.run(unit_search.search, "odbior")
    assert isinstance(product, Product)
    assert isinstance(party, Party)
    of_product = stocked.run(unit_search.of_product, product.id, after="lt000001", limit=3)
    assert [unit.serial for unit in of_product] == ["LT000002", "LT000003", "LT000004"]


def test_the_units_of_a_product_are_paged_along_their_serials(stocked: Company) -> None:
    found = stocked.run(unit_search.of_product, stocked.laptop.id, limit=1_000)
    whole = [unit.serial for unit in found]
    assert len(whole) > 20
    paged: list[str] = []
    while page := stocked.run(
        unit_search.of_product, stocked.laptop.id, after=paged[-1] if paged else None, limit=7
    ):
        paged += [unit.serial for unit in page]
    assert paged == whole
    part = stocked.run(unit_search.of_product, stocked.laptop.id, "1", after=whole[3], limit=1_000)
    assert [unit.serial for unit in part] == [serial for serial in whole[4:] if "1" in serial]


def test_a_page_of_a_products_units_is_read_by_its_index_alone(sqlite_company: Company) -> None:
    company = sqlite_company
    with statements(company.database) as seen:
        company.run(unit_search.of_product, company.laptop.id, after="LT000001", limit=7)
    plan = [
        row[3]
        for sql, params in seen
        for row in company.database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", params).fetchall()
    ]
    assert any("product_id=? AND serial_key>?" in step for step in plan)
    assert not any("TEMP B-TREE FOR ORDER BY" in step for step in plan)


def test_few_digits_are_no_gtin_and_no_nip(stocked: Company) -> None:
    stocked.run(create_party, "N1", "Nowak", tax_id="5260001246", is_customer=True)
    assert stocked.run(unit_search.search, "5260") == []
    (party,) = stocked.run(unit_search.search, "5260001246")
    assert isinstance(party, Party)


def test_a_part_is_found_by_index(stocked: Company) -> None:
    options = {"key": "XYZ", "limit": 9, "before": 2**62, "most": 29, "phrase": '"XYZ"'}

    def check() -> None:
        if is_postgres():
            # A store of 33 units is read faster without its index; one of a million is not.
            stocked.database.execute_sql("SET LOCAL enable_seqscan = off")
            plan = str(select("EXPLAIN " + unit_search.containing_statement(), **options))
            assert "Bitmap Index Scan on unit_parts" in plan
            assert "Bitmap Index Scan on identifier_parts" in plan
        else:
            plan = str(select("EXPLAIN QUERY PLAN " + unit_search.containing_statement(), **options))
            assert "unit_search VIRTUAL TABLE INDEX" in plan
            assert not re.search(r"SCAN (u|unit|i|identifier)\b", plan)

    stocked.run(check)


def test_the_newest_come_first_however_far_their_ids_are_apart(postgresql_company: Company) -> None:
    company = postgresql_company
    company.stock(company.printer, "KX-0001", "KX-0002")
    for skipped in (40_000, 100_000):
        company.run(execute, f"ALTER TABLE unit ALTER COLUMN id RESTART WITH {skipped}")
        company.stock(company.printer, f"KX-{skipped}1", f"KX-{skipped}2")
    everything = ["KX-1000002", "KX-1000001", "KX-400002", "KX-400001", "KX-0002", "KX-0001"]
    assert serials(company, "KX-") == everything
    assert serials(company, "KX-", limit=3) == everything[:3]
    assert serials(company, "00002") == ["KX-1000002", "KX-400002"]
    wanted, position = UnitFilter(text="KX-"), unit_search.START
    paged = []
    while position is not None:
        page = company.run(unit_search.find, wanted, today=date.max, position=position, limit=1)
        paged += [hit.serial for hit in page.hits if isinstance(hit, UnitSummary)]
        position = page.following
    assert paged == everything


def test_a_scan_at_no_document_reads_no_growing_table_from_end_to_end(stocked: Company) -> None:
    def check() -> None:
        if is_postgres():
            stocked.database.execute_sql("SET LOCAL enable_seqscan = off")
        word = "EXPLAIN" if is_postgres() else "EXPLAIN QUERY PLAN"
        with statements(stocked.database) as seen:
            resolve("LT000001")
        ((sql, values),) = seen
        plan = str(stocked.database.execute_sql(f"{word} {sql}", values).fetchall())
        assert not re.search(r"Seq Scan on (unit|identifier|document)\b|SCAN (u|unit|identifier|d)\b", plan)

    stocked.run(check)


def test_a_card_has_the_newest_movements_and_the_older_ones_are_asked_for(company: Company) -> None:
    company.stock(company.printer, "R1")
    issue = company.issue()
    company.accept(issue, "R1")
    company.close(issue)
    back = company.delivery(NewLine(product_id=company.printer.id), party=company.customer)
    company.accept(back, "R1")
    company.close(back)
    (unit,) = company.run(by_number, "R1")
    newest = company.run(movements, unit.id, limit=2)
    assert [m.to_name for m in newest] == [company.main.name, company.customer.name]
    assert [m.to_name for m in company.run(card, unit.id).movements[:2]] == [m.to_name for m in newest]
    (oldest,) = company.run(movements, unit.id, before_id=newest[-1].id)
    assert oldest.from_name == company.supplier.name
