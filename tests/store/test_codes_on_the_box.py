"""A box has many codes; only the serial becomes one."""

from dataclasses import replace

import pytest

from store.domain.documents import Accepted, LinePicked, NewLine, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.scan import Gs1Item
from store.operations.products import create_product
from store.queries import documents, scans, units
from tests.store.company import LAPTOP_GTIN, PRINTER_GTIN, Company


def code(outcome: object) -> RefusalCode:
    assert isinstance(outcome, Refused), outcome
    return outcome.refusal.code


@pytest.mark.parametrize(
    ("symbology", "text"),
    [
        ("]C1", "00059012345000000012"),
        ("]C1", "10LOT77"),
        ("]d2", "3725\x1d10LOT77"),
        ("]E0", "5901234123458"),
    ],
)
def test_other_data_in_a_code_of_its_own_is_no_serial(company: Company, symbology: str, text: str) -> None:
    delivery = company.delivery(NewLine(product_id=company.printer.id))
    line = documents.lines(delivery.id)[0]
    scan = replace(company.scan(text), symbology=symbology)
    assert code(company.take(delivery, scan)) is RefusalCode.NOT_A_SERIAL
    assert code(company.take(delivery, scan, line_id=line.id)) is not RefusalCode.ALREADY_HERE
    assert scans.scan_count(delivery.id) == 0


def test_a_serial_in_a_gs1_code_without_its_gtin_is_taken_without_its_prefix(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.printer.id))
    scan = replace(company.scan("21AB-77\x1d10LOT"), symbology="]C1")
    outcome = company.take(delivery, scan)
    assert isinstance(outcome, Accepted)
    assert outcome.row.serial == "AB-77"


def test_the_makers_part_number_picks_the_line(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.phone.id), NewLine(product_id=company.printer.id))
    outcome = company.take(delivery, "1PPR-1")
    assert isinstance(outcome, LinePicked)
    assert outcome.line.product == company.printer


@pytest.mark.parametrize("text", ["MAIN", "T2", "PZ/2026/000001"])
def test_a_code_of_our_own_is_no_serial(company: Company, text: str) -> None:
    company.stock(company.laptop, "LT000001")
    delivery = company.delivery(NewLine(product_id=company.printer.id))
    outcome = company.take(delivery, text)
    assert code(outcome) is RefusalCode.NOT_A_SERIAL
    assert isinstance(outcome, Refused)
    assert outcome.refusal.data["name"]


def test_a_gs1_code_of_another_model_does_not_become_this_ones_serial(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.laptop.id))
    line = documents.lines(delivery.id)[0]
    of_printer = company.scan("x", Gs1Item(gtin=PRINTER_GTIN, serial="LT000001"))
    assert code(company.take(delivery, of_printer, line_id=line.id)) is RefusalCode.NOT_ON_DOCUMENT
    of_nobody = company.scan("x", Gs1Item(gtin="04006381333948", serial="LT000001"))
    assert code(company.take(delivery, of_nobody, line_id=line.id)) is RefusalCode.OTHER_PRODUCT


def test_the_gtin_of_another_line_does_not_become_the_picked_ones_serial(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.phone.id), NewLine(product_id=company.laptop.id))
    phones = documents.lines(delivery.id)[0]
    assert isinstance(company.take(delivery, LAPTOP_GTIN, line_id=phones.id), LinePicked)


def test_a_piece_is_rejected_for_a_reason(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.printer.id))
    with pytest.raises(RefusedError) as refused:
        company.take(delivery, "P1", rejected=" ")
    assert refused.value.refusal.code is RefusalCode.REASON_NEEDED
    company.accept(delivery, "P1", rejected="zgnieciony karton")
    company.accept(delivery, "P2")
    company.close(delivery, reason="jedna uszkodzona")
    assert units.by_number("P1") == []
    assert [scan.reason for scan in scans.scans(delivery.id, limit=9)] == ["", "zgnieciony karton"]


def test_every_refused_scan_is_kept_with_its_own_reason(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.laptop.id))
    company.accept(delivery, "LT000001")
    for text in ("LT000001", "wrong", PRINTER_GTIN):
        company.take(delivery, text)
    kept = [(scan.text, scan.refusal.code) for scan in scans.refused(delivery.id)]
    assert kept == [
        (PRINTER_GTIN, RefusalCode.NOT_ON_DOCUMENT),
        ("wrong", RefusalCode.WRONG_PATTERN),
        ("LT000001", RefusalCode.ALREADY_HERE),
    ]


def test_a_unit_that_we_know_is_no_misread_code(company: Company) -> None:
    """It is looked up first: 'no serial of a monitor' would have the operator look for another code."""
    company.stock(company.laptop, "LT000001")
    patterned = create_product("MON-1", "Monitor", company.laptop.kind_id, serial_pattern="MN[0-9]{6}")
    outcome = company.take(company.delivery(NewLine(product_id=patterned.id)), "LT000001")
    assert isinstance(outcome, Refused)
    assert outcome.refusal.code is RefusalCode.ALREADY_IN_STOCK
