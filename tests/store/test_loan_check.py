"""`sztuka check` finds a loan that is not what the ledger says."""

import pytest

from store.domain.findings import FindingCode
from store.operations.extending import extend
from store.queries import loans
from tests.store.company import Company
from tests.store.test_check import codes, corrupt
from tests.store.test_rental import in_days

LAST = "(SELECT max(id) FROM loan)"
SUPPLIER = "(SELECT id FROM party WHERE code = 'SUP')"
CORRUPTIONS = [
    (FindingCode.RENTAL, "DELETE FROM rental"),
    (FindingCode.LOAN_LENT, f"DELETE FROM loan WHERE id = {LAST}"),
    (FindingCode.LOAN_OPEN, f"DELETE FROM loan WHERE id = {LAST}"),
    (FindingCode.LOAN_FACTS, f"UPDATE loan SET party_id = {SUPPLIER} WHERE id = {LAST}"),
    (FindingCode.LOAN_FACTS, f"UPDATE loan SET since = '2026-03-01T08:00:00+00:00' WHERE id = {LAST}"),
    (FindingCode.LOAN_DAY, f"UPDATE loan SET due = '2026-09-09' WHERE id = {LAST}"),
    (FindingCode.LOAN_DAY, "UPDATE rental SET due = '2026-09-09'"),
    (FindingCode.LOAN_DAY, "DELETE FROM loan_extension"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "statement"), CORRUPTIONS)
def test_what_is_off_with_a_loan_is_found(company: Company, code: FindingCode, statement: str) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    rental = company.lend("LT000001", "LT000002")
    first = loans.loans_of(rental.id)[0]
    company.run(extend, company.actor(), [first.id], in_days(21), reason="prosi", token="x")
    assert codes(company.database) == set()
    corrupt(company.database, statement)
    assert code in codes(company.database)
