"""Pieces without serials that come back from a rental: in parts, from whom, under which one."""

from datetime import timedelta
from decimal import Decimal

import pytest

from store.domain.documents import (
    Accepted,
    Document,
    GiverPicked,
    NewLine,
    Outcome,
    Question,
)
from store.domain.errors import RefusalCode
from store.domain.loans import Giver
from store.domain.records import Party
from store.domain.terms import Terms
from store.models.sql import select
from store.operations.entry import take_quantity
from store.operations.extending import extend
from store.queries import documents, loans
from store.queries.givers import giver_of
from store.queries.scans import scan_count
from tests.store.company import CABLE_GTIN, Company
from tests.store.lending import code_of, in_days, is_sound, lend_cables, refused


def give_back(company: Company, document: Document, pieces: int, giver: Giver | None = None) -> Outcome:
    (line,) = documents.lines(document.id)
    return company.run(
        take_quantity, company.actor(), document.id, line.id, Decimal(pieces),
        token=next(company.tokens), giver=giver,
    )  # fmt: skip


@pytest.fixture
def cables(company: Company) -> Company:
    """Twenty cables in stock."""
    delivery = company.delivery(NewLine(product_id=company.cable.id))
    (line,) = documents.lines(delivery.id)
    company.run(take_quantity, company.actor(), delivery.id, line.id, Decimal(20), token="in")
    company.close(delivery)
    return company


def still_out(rental: Document) -> Decimal:
    return sum((loan.quantity for loan in loans.loans_of(rental.id, only_open=True)), Decimal(0))


def test_pieces_without_serials_come_back_in_parts(cables: Company) -> None:
    rental = lend_cables(cables, 5)
    returned = cables.returning()
    cables.accept(returned, CABLE_GTIN)
    assert isinstance(give_back(cables, returned, 2), Accepted)
    assert code_of(give_back(cables, returned, 3)) is RefusalCode.TOO_FEW_OUT
    posted = cables.close(returned)
    assert still_out(rental) == 2
    assert [loan.quantity for loan in loans.returned_by(posted.id)] == [3]
    is_sound(cables)
    cables.accept(last := cables.returning(), CABLE_GTIN)
    give_back(cables, last, 1)
    cables.close(last)
    assert still_out(rental) == 0
    (stock,) = select("SELECT quantity FROM balance WHERE terms = 'stock'")
    assert stock["quantity"] == 20_000
    is_sound(cables)


def test_pieces_that_were_extended_come_back_in_parts(cables: Company) -> None:
    lend_cables(cables, 5)
    (loan,) = select("SELECT id FROM loan")
    cables.run(extend, cables.actor(), [loan["id"]], in_days(20), reason="Dłużej", token="longer")
    document = cables.returning()
    cables.accept(document, CABLE_GTIN)
    give_back(cables, document, 2)
    cables.close(document)
    is_sound(cables)


def test_pieces_that_several_have_need_the_customer_or_the_rental(cables: Company, other: Party) -> None:
    first, second = lend_cables(cables, 5), lend_cables(cables, 4, party=other)
    returned = cables.returning()
    outcome = cables.take(returned, CABLE_GTIN)
    assert isinstance(outcome, Question)
    assert [(each.party_name, each.left) for each in outcome.holdings] == [
        (first.party.name, 5), (other.name, 4),
    ]  # fmt: skip
    assert documents.lines(returned.id) == ()
    picked = cables.take(returned, "CUS2")
    assert isinstance(picked, GiverPicked)
    cables.accept(returned, CABLE_GTIN, giver=picked.giver)
    assert code_of(give_back(cables, returned, 4, picked.giver)) is RefusalCode.TOO_FEW_OUT
    by_number = cables.take(returned, first.number or "")
    assert isinstance(by_number, GiverPicked)
    assert by_number.giver.document_id == first.id
    give_back(cables, returned, 5, by_number.giver)
    cables.close(returned)
    assert (still_out(first), still_out(second)) == (0, 3)
    is_sound(cables)


def test_pieces_of_several_rentals_of_one_customer_end_what_is_due_first(cables: Company) -> None:
    late, soon = lend_cables(cables, 5, until=in_days(30)), lend_cables(cables, 4, until=in_days(7))
    returned = cables.returning()
    cables.accept(returned, CABLE_GTIN)
    outcome = give_back(cables, returned, 6)
    assert isinstance(outcome, Accepted)
    assert outcome.scanned == 7
    rows = select("SELECT quantity FROM draft_scan WHERE document_id = :id ORDER BY id", id=returned.id)
    assert [row["quantity"] for row in rows] == [1000, 3000, 3000]
    cables.close(returned)
    assert (still_out(soon), still_out(late)) == (0, 2)
    is_sound(cables)


def test_pieces_that_nobody_or_not_this_customer_has_are_refused(cables: Company, other: Party) -> None:
    returned = cables.returning()
    assert code_of(cables.take(returned, CABLE_GTIN)) is RefusalCode.NOBODY_HAS
    lend_cables(cables, 5)
    giver = cables.run(giver_of, other.code)
    assert code_of(cables.take(returned, CABLE_GTIN, giver=giver)) is RefusalCode.GIVER_HAS_NONE
    assert cables.run(giver_of, "US") is None


def test_pieces_scanned_twice_into_open_returns_are_counted_once(cables: Company) -> None:
    lend_cables(cables, 2)
    first, second = cables.returning(), cables.returning()
    cables.accept(first, CABLE_GTIN)
    cables.accept(second, CABLE_GTIN)
    assert code_of(cables.take(first, CABLE_GTIN)) is RefusalCode.NOBODY_HAS


def test_a_suppliers_pieces_come_back_as_held(company: Company) -> None:
    deposit = company.delivery(NewLine(product_id=company.cable.id), units_of_supplier=True)
    company.accept(deposit, CABLE_GTIN, CABLE_GTIN)
    company.close(deposit)
    lend_cables(company, 2)
    company.accept(returned := company.returning(), CABLE_GTIN, CABLE_GTIN)
    company.close(returned)
    rows = select("SELECT terms, owner_id FROM balance WHERE quantity > 0")
    assert [(row["terms"], row["owner_id"]) for row in rows] == [(Terms.HELD, company.supplier.id)]
    is_sound(company)


def test_a_scan_that_is_repeated_after_a_lost_answer_is_taken_once(cables: Company) -> None:
    lend_cables(cables, 3)
    returned = cables.returning()
    again = [cables.take(returned, CABLE_GTIN, token="same") for _ in range(2)]
    assert [isinstance(outcome, Accepted) for outcome in again] == [True, True]
    assert scan_count(returned.id) == 1


def test_pieces_returned_before_their_rental_are_refused(cables: Company) -> None:
    lend_cables(cables, 3)
    cables.accept(returned := cables.returning(), CABLE_GTIN)
    refused(RefusalCode.TOO_EARLY, cables.close, returned, effective_at=cables.now - timedelta(days=1))
