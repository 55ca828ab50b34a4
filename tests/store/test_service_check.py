"""`sztuka check` and services."""

from datetime import timedelta

import pytest

from store.check.run import check_store
from store.domain.findings import FindingCode
from store.domain.records import Product
from tests.store.company import START, Company
from tests.store.services import add, id_of, licence_of
from tests.store.test_check import corrupt

TODAY = START.astimezone().date()
DAY = timedelta(days=1)


@pytest.fixture
def licence(company: Company) -> Product:
    return licence_of(company)


def test_check_finds_what_is_off_with_services(company: Company, licence: Product) -> None:
    first, second = add(company, licence, "KEY-1", "KEY-2")
    company.stock(company.laptop, "LT000001")
    laptop = id_of(company, "LT000001")
    corrupt(company.database, f"UPDATE validity SET renewed_id = {laptop} WHERE unit_id = {first}")
    corrupt(
        company.database, f"UPDATE validity SET subject_id = {laptop}, subject = 'x' WHERE unit_id = {second}"
    )
    corrupt(
        company.database,
        f"INSERT INTO validity (unit_id, valid_from, subject) VALUES ({laptop}, '2026-01-01', '')",
    )
    found = {finding.code for finding in check_store(company.database)}
    assert found >= {FindingCode.SERVICE_RENEWED, FindingCode.SERVICE_DAYS, FindingCode.SERVICE_TERMS}
