"""Lending: what leaves stays ours (or the supplier's), until a day, and every extension is kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from peewee import IntegrityError

from store.check.run import check_store
from store.domain.documents import NewDocument, NewLine, Refused
from store.domain.errors import RefusalCode
from store.domain.loans import RentalTerms, Until
from store.domain.terms import Condition, DocumentType, Terms
from store.models.sql import execute, select
from store.operations.documents import open_document
from store.operations.entry import take_quantity
from store.operations.extending import extend
from store.operations.noting import note_scan
from store.queries import documents, loans
from tests.store.company import Company
from tests.store.lending import TODAY, card_of, in_days, refused


def test_a_lent_unit_is_with_the_customer_and_stays_ours(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    rental = company.lend("LT000001", until=in_days(7))
    assert rental.number == "WYP/2026/000001"
    card = card_of("LT000001")
    assert card.place is not None
    assert (card.place.name, card.owner_name, card.terms) == (
        company.customer.name, company.us.name, Terms.RENTED,
    )  # fmt: skip
    assert card.warranty_from is None
    (loan,) = loans.loans_of(rental.id)
    assert (loan.serial, loan.party_name, loan.until) == ("LT000001", company.customer.name, in_days(7))
    assert (loan.quantity, loan.condition, loan.returned_at) == (1, Condition.NEW, None)
    assert loan.since == rental.effective_at
    assert list(check_store(company.database)) == []


def test_a_suppliers_unit_is_lent_on_and_stays_the_suppliers(company: Company) -> None:
    deposit = company.delivery(NewLine(product_id=company.laptop.id), units_of_supplier=True)
    company.accept(deposit, "LT000001")
    company.close(deposit)
    company.lend("LT000001")
    card = card_of("LT000001")
    assert (card.owner_name, card.terms) == (company.supplier.name, Terms.RENTED)
    assert list(check_store(company.database)) == []


def test_a_rental_with_lines_refuses_the_wrong_model(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    company.stock(company.printer, "P1")
    rental = company.rental(NewLine(product_id=company.laptop.id, expected=Decimal(1)))
    outcome = company.take(rental, "P1")
    assert isinstance(outcome, Refused)
    assert outcome.refusal.code is RefusalCode.WRONG_MODEL


@pytest.mark.parametrize("gone", ["lent", "sold", "elsewhere", "blocked"])
def test_what_is_not_here_to_lend_is_refused(company: Company, gone: str) -> None:
    company.stock(company.laptop, "LT000001", location=company.van if gone == "elsewhere" else company.main)
    if gone == "lent":
        company.lend("LT000001")
    elif gone == "sold":
        issue = company.issue()
        company.accept(issue, "LT000001")
        company.close(issue)
    elif gone == "blocked":
        with_note = company.rental()
        scan = company.accept(with_note, "LT000001")[0].row
        company.run(note_scan, scan.id, condition=Condition.BLOCKED, note="")
        company.close(with_note)
    outcome = company.take(company.rental(), "LT000001")
    assert isinstance(outcome, Refused)


def test_a_rental_says_how_long(company: Company) -> None:
    def opening(rental: RentalTerms | None) -> object:
        new = NewDocument(
            type=DocumentType.RENTAL, party_id=company.customer.id, location_id=company.main.id, rental=rental
        )
        return company.run(open_document, company.actor(), new)

    refused(RefusalCode.DUE_NEEDED, opening, None)
    refused(RefusalCode.DUE_NEEDED, opening, RentalTerms(until=Until()))
    refused(RefusalCode.DUE_PAST, opening, RentalTerms(until=in_days(-1)))
    opening(RentalTerms(until=in_days(0)))


def test_the_head_keeps_purpose_deposit_and_rate(company: Company) -> None:
    terms = RentalTerms(
        until=Until(ask_again=date(2026, 4, 1)), purpose="Pokaz", deposit=Decimal("500"),
        daily_rate=Decimal("12.5"),
    )  # fmt: skip
    new = NewDocument(
        type=DocumentType.RENTAL, party_id=company.customer.id, location_id=company.main.id, rental=terms
    )
    rental = company.run(open_document, company.actor(), new)
    assert loans.rental_terms(rental.id) == terms
    assert loans.rental_terms(company.delivery().id) is None


def test_what_is_noted_of_a_unit_goes_with_its_loan(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    rental = company.rental()
    first, second = company.accept(rental, "LT000001", "LT000002")
    noted = company.run(note_scan, first.row.id, condition=Condition.USED, note=" zasilacz, torba ")
    assert (noted.condition, noted.note) == (Condition.USED, "zasilacz, torba")
    posted = company.close(rental)
    worn, new = loans.loans_of(posted.id)
    assert (worn.condition, worn.accessories) == (Condition.USED, "zasilacz, torba")
    assert (new.condition, new.accessories) == (Condition.NEW, "")
    assert card_of("LT000001").condition is Condition.USED
    (change,) = select("SELECT reason FROM condition_change")
    assert change["reason"] == "WYP/2026/000001: zasilacz, torba"
    assert list(check_store(company.database)) == []
    refused(RefusalCode.NOT_OPEN, company.run, note_scan, second.row.id, condition=Condition.DAMAGED, note="")


def test_pieces_without_serials_are_lent_as_well(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.cable.id))
    line = documents.lines(delivery.id)[0]
    company.run(take_quantity, company.actor(), delivery.id, line.id, Decimal(10), token="in")
    company.close(delivery)
    rental = company.rental(NewLine(product_id=company.cable.id))
    line = documents.lines(rental.id)[0]
    company.run(take_quantity, company.actor(), rental.id, line.id, Decimal(4), token="out")
    company.close(rental)
    (loan,) = loans.loans_of(rental.id)
    assert (loan.serial, loan.quantity, loan.condition) == (None, 4, None)
    (lent,) = select("SELECT quantity, owner_id FROM balance WHERE terms = 'rented'")
    assert (lent["quantity"], lent["owner_id"]) == (4000, company.us.id)
    assert list(check_store(company.database)) == []


def test_some_units_are_extended_with_a_reason(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    rental = company.lend("LT000001", "LT000002", until=in_days(7))
    first, second = loans.loans_of(rental.id)
    count = company.run(extend, company.actor(), [first.id], in_days(21), reason="prosi", token="x")
    assert count == 1
    # The answer was lost, and it is asked for again.
    assert company.run(extend, company.actor(), [first.id], in_days(21), reason="prosi", token="x") == 1
    assert [loan.until for loan in loans.loans_of(rental.id)] == [in_days(21), in_days(7)]
    (extension,) = loans.extensions_of(rental.id)
    assert (extension.serial, extension.before, extension.after) == ("LT000001", in_days(7), in_days(21))
    assert (extension.reason, extension.operator) == ("prosi", company.worker.name)
    open_ended = Until(ask_again=TODAY + timedelta(days=30))
    company.run(extend, company.actor(), [first.id, second.id], open_ended, reason="bezterminowo", token="y")
    assert [loan.until for loan in loans.loans_of(rental.id)] == [open_ended, open_ended]
    assert list(check_store(company.database)) == []


def test_an_extension_that_makes_no_sense_changes_nothing(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    rental = company.lend("LT000001")
    (loan,) = loans.loans_of(rental.id)

    def extending(ids: list[int], until: Until, reason: str = "r") -> object:
        return company.run(extend, company.actor(), ids, until, reason=reason, token="t")

    refused(RefusalCode.REASON_NEEDED, extending, [loan.id], in_days(9), " ")
    refused(RefusalCode.DUE_PAST, extending, [loan.id], in_days(-1))
    refused(RefusalCode.DUE_NEEDED, extending, [loan.id], Until())
    refused(RefusalCode.NOT_LENT, extending, [loan.id, loan.id + 1], in_days(9))
    refused(RefusalCode.NOT_LENT, extending, [], in_days(9))
    assert loans.loans_of(rental.id) == [loan]
    assert loans.extensions_of(rental.id) == []


def test_the_database_itself_lends_a_unit_once_and_keeps_what_was_lent(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    rental = company.lend("LT000001")
    (loan,) = loans.loans_of(rental.id)
    company.run(extend, company.actor(), [loan.id], in_days(9), reason="prosi", token="x")
    copied = (
        "INSERT INTO loan (document_id, movement_id, product_id, unit_id, party_id, quantity, since, due, "
        "condition, accessories, returned_note) SELECT document_id, movement_id, product_id, unit_id, "
        "party_id, quantity, since, due, condition, accessories, returned_note FROM loan"
    )
    for statement in (
        copied,
        "DELETE FROM loan",
        "UPDATE loan SET due = NULL",
        "UPDATE loan SET quantity = 2000",
        "DELETE FROM loan_extension",
        "UPDATE loan_extension SET reason = 'inny'",
        "INSERT INTO rental (document_id, purpose) SELECT document_id + 1, '' FROM rental",
    ):
        with pytest.raises(IntegrityError):
            company.run(execute, statement)
    assert len(loans.loans_of(rental.id)) == 1


def test_closing_a_rental_takes_the_same_statements_for_any_number_of_units(company: Company) -> None:
    from tests.store.counting import asked

    counts = []
    for first, pieces in ((1, 3), (100, 60)):
        serials = [f"LT{number:06}" for number in range(first, first + pieces)]
        company.stock(company.laptop, *serials)
        rental = company.rental()
        scans = company.accept(rental, *serials)
        company.run(note_scan, scans[0].row.id, condition=Condition.USED, note="torba")
        counts.append(asked(company.database, lambda rental=rental: company.close(rental)))
    assert counts[0] == counts[1]
    assert counts[0] <= 30
