"""`sztuka check` finds a loan that is not what the ledger says."""

from dataclasses import replace

import pytest

from store.domain.documents import NewLine, QuestionKind
from store.domain.findings import FindingCode
from store.domain.loans import Giver
from store.domain.terms import Terms
from store.operations.extending import extend
from store.queries import loans
from tests.store.company import CABLE_GTIN, Company
from tests.store.lending import in_days
from tests.store.test_check import codes, corrupt

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


RETURN = "(SELECT max(id) FROM document)"


@pytest.mark.parametrize(
    ("code", "statement"),
    [
        (FindingCode.LOAN_PIECES, "UPDATE loan SET quantity = 1000 WHERE unit_id IS NULL"),
        (FindingCode.LOAN_RETURNED, "UPDATE loan SET returned_movement_id = 1 WHERE returned_at IS NOT NULL"),
        (FindingCode.LOAN_FACTS, "UPDATE loan SET returned_movement_id = 1 WHERE returned_at IS NOT NULL"),
        (FindingCode.BACK_AS, "UPDATE draft_scan SET back_as = 'service' WHERE back_as = 'withdrawal'"),
        (FindingCode.BACK_AS, "UPDATE draft_scan SET back_as = NULL WHERE back_as = 'withdrawal'"),
        (FindingCode.BACK_AS, "UPDATE draft_scan SET back_as = 'service' WHERE serial = 'LT000001'"),
        (FindingCode.BACK_AS, "UPDATE draft_scan SET loan_id = NULL WHERE loan_id IS NOT NULL"),
        (FindingCode.BACK_AS, "UPDATE draft_scan SET giver_id = NULL WHERE giver_id IS NOT NULL"),
        (FindingCode.BACK_AS, "UPDATE draft_scan SET back_as = NULL WHERE giver_terms = 'sold'"),
        (FindingCode.BACK_PIECES, "UPDATE draft_scan SET quantity = 2000 WHERE giver_id IS NOT NULL"),
        (FindingCode.BACK_PIECES, "UPDATE movement SET from_terms = 'consigned' WHERE from_terms = 'sold'"),
        (FindingCode.TRANSITION, f"UPDATE movement SET to_terms = 'held' WHERE document_id = {RETURN}"),
    ],
)
def test_what_is_off_with_a_return_is_found(company: Company, code: FindingCode, statement: str) -> None:
    company.stock(company.laptop, "LT000001", "LT000002", "LT000003")
    company.accept(delivery := company.delivery(NewLine(product_id=company.cable.id)), *[CABLE_GTIN] * 6)
    company.close(delivery)
    company.lend("LT000001", "LT000002")
    company.accept(cables := company.rental(), *[CABLE_GTIN] * 4)
    company.close(cables)
    company.accept(issue := company.issue(), "LT000003", CABLE_GTIN)
    company.close(issue)
    returned = company.returning()
    lent = Giver(party_id=company.customer.id, name="", terms=Terms.RENTED)
    company.accept(returned, "LT000001", CABLE_GTIN, CABLE_GTIN, giver=lent)
    withdrawn = frozenset({QuestionKind.AS_WITHDRAWAL})
    company.accept(
        returned, "LT000003", CABLE_GTIN, confirmed=withdrawn, giver=replace(lent, terms=Terms.SOLD)
    )
    company.close(returned)
    assert codes(company.database) == set()
    corrupt(company.database, statement)
    assert code in codes(company.database)
