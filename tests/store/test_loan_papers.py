"""What was lent and what is out, as it goes on paper; and what letters say of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from store.domain.documents import NewLine, QuestionKind
from store.domain.errors import StoreError
from store.domain.loan_papers import RentalProtocol, ReturnProtocol
from store.domain.loans import BackAs, Until
from store.domain.papers import PaperRequest
from store.domain.terms import Condition, Terms
from store.models.parties import PartyRow
from store.models.sql import execute
from store.operations.entry import take_quantity
from store.operations.noting import note_scan
from store.operations.parties import create_party
from store.operations.units import change_condition
from store.queries import documents, units
from store.queries.letters import LetterAbout, letter_facts
from store.queries.loan_papers import rental_record, unreturned_record
from store.queries.overdue import late, reminder_letter
from store.queries.protocols import protocol_record
from store.queries.return_papers import deposits_of, return_record
from tests.store.company import CABLE_GTIN, START, Company
from tests.store.counting import asked

DUE = START.date() + timedelta(days=2)
TODAY = START.date() + timedelta(days=10)


def lend(company: Company, *serials: str, cables: int = 0) -> str:
    lines = [NewLine(product_id=company.laptop.id)] + (
        [NewLine(product_id=company.cable.id)] if cables else []
    )
    delivery = company.delivery(*lines)
    rental = company.rental(*lines, until=Until(due=DUE), reference="ZAM/1")
    for document in (delivery, rental):
        company.accept(document, *serials)
        if cables:
            line = documents.lines(document.id)[1].id
            company.run(
                take_quantity, company.actor(), document.id, line, Decimal(cables), token=f"{document.id}"
            )
        closed = company.close(document)
    return closed.number or ""


def test_a_rental_is_on_paper_as_it_was_handed_over(company: Company) -> None:
    number = lend(company, "LT000002", "LT000001", cables=3)
    company.run(lambda: PartyRow.update(name="Other").where(PartyRow.id == company.customer.id).execute())
    found = company.run(rental_record, PaperRequest(number=f" {number}"))
    assert (found.number, found.day, found.due, found.reference) == (number, date(2026, 3, 2), DUE, "ZAM/1")
    assert (found.lender.name, found.borrower.name, found.place) == (
        company.us.name, company.customer.name, company.main.name,
    )  # fmt: skip
    assert found.handed_over_by == company.chief.name
    assert [(line.sku, line.serial, line.quantity, line.condition) for line in found.lines] == [
        ("NB-14", "LT000002", Decimal(1), Condition.NEW),
        ("NB-14", "LT000001", Decimal(1), Condition.NEW),
        ("CB-2", "", Decimal(3), None),
    ]


@pytest.mark.parametrize("number", ["", "WYP/2026/000009", "PZ/2026/000001"])
def test_what_is_no_posted_rental_has_no_protocol(company: Company, number: str) -> None:
    company.stock(company.laptop, "LT000001")
    company.rental()
    with pytest.raises(StoreError, match="no posted rental"):
        company.run(rental_record, PaperRequest(number=number))


def test_a_return_is_on_paper_by_who_gave_something_back(company: Company) -> None:
    company.stock(company.laptop, "LT000009")
    company.accept(issue := company.issue(), "LT000009")
    company.close(issue)
    number = lend(company, "LT000001", "LT000002", cables=3)
    other = company.run(create_party, "AAA", "A first one", is_customer=True, tax_id="5260250274")
    company.stock(company.laptop, "LT000003")
    company.lend("LT000003", until=Until(ask_again=DUE), party=other)
    returned = company.returning()
    scans = company.accept(returned, "LT000001", "LT000003", CABLE_GTIN, CABLE_GTIN)
    company.run(note_scan, scans[0].row.id, condition=Condition.DAMAGED, note="ekran")
    company.run(note_scan, scans[2].row.id, condition=None, note="bez opakowania")
    company.accept(returned, "LT000009", confirmed=frozenset({QuestionKind.AS_COMPLAINT}))
    company.now += timedelta(days=5)
    posted = company.close(returned)
    company.run(lambda: PartyRow.update(name="Other").where(PartyRow.id == company.customer.id).execute())
    # What happens to a unit later changes nothing of the paper.
    unit = units.by_number("LT000009")[0]
    company.run(change_condition, company.actor(), unit.id, Condition.BLOCKED, reason="później")
    found = company.run(protocol_record, PaperRequest(number=posted.number or ""))
    assert isinstance(found, ReturnProtocol)
    assert (found.number, found.receiver.name, found.received_by) == (
        "ZW/2026/000001", company.us.name, company.chief.name,
    )  # fmt: skip
    assert [(giver.party.name, giver.party.tax_id) for giver in found.givers] == [
        ("A first one", "5260250274"), (company.customer.name, ""),
    ]  # fmt: skip
    ((open_ended,), theirs) = (giver.lines for giver in found.givers)
    assert (open_ended.serial, open_ended.due, open_ended.days_late) == ("LT000003", None, 0)
    assert [
        (line.serial, line.quantity, line.rental, line.days_late, line.condition, line.note, line.back_as)
        for line in theirs
    ] == [
        ("LT000001", 1, number, 3, Condition.DAMAGED, "ekran", None),
        ("LT000009", 1, "", 0, Condition.NEW, "", BackAs.COMPLAINT),
        ("", 2, number, 3, None, "bez opakowania", None),
    ]


def test_a_deposit_is_given_back_with_the_last_of_its_rental(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002", "LT000003")
    rental = company.rental()
    execute("UPDATE rental SET deposit = 5000000")
    company.accept(rental, "LT000001", "LT000002")
    number = company.close(rental).number
    company.lend("LT000003")
    told = []
    for serials in (("LT000001",), ("LT000002", "LT000003")):
        company.accept(returned := company.returning(), *serials)
        posted = company.close(returned)
        told.append([(each.number, each.amount) for each in company.run(deposits_of, posted.id)])
    assert told == [[], [(number, Decimal(500))]]
    found = company.run(return_record, PaperRequest(number="ZW/2026/000002"))
    assert [each.amount for each in found.givers[0].deposits] == [Decimal(500)]
    # The first protocol stays as it was.
    first = company.run(return_record, PaperRequest(number="ZW/2026/000001"))
    assert first.givers[0].deposits == ()


def test_the_protocol_of_a_number_is_that_of_its_document(company: Company) -> None:
    number = lend(company, "LT000001")
    assert isinstance(company.run(protocol_record, PaperRequest(number=number)), RentalProtocol)
    with pytest.raises(StoreError, match="no posted return"):
        company.run(return_record, PaperRequest(number=number))


def test_a_return_on_paper_takes_the_same_few_questions_whatever_came_back(company: Company) -> None:
    counts = []
    for first, pieces in ((1, 2), (100, 40)):
        serials = [f"LT{number:06}" for number in range(first, first + pieces)]
        lend(company, *serials)
        company.accept(returned := company.returning(), *serials)
        asking = PaperRequest(number=company.close(returned).number or "")
        counts.append(asked(company.database, lambda asking=asking: company.run(protocol_record, asking)))
    assert counts[0] == counts[1] <= 6


def test_what_is_out_is_listed_by_customer(company: Company) -> None:
    number = lend(company, "LT000001", cables=2)
    other = company.run(create_party, "AAA", "A first one", is_customer=True)
    company.stock(company.laptop, "LT000003")
    company.lend("LT000003", until=Until(ask_again=DUE), party=other)
    found = company.run(unreturned_record, PaperRequest(day=TODAY))
    assert [(each.code, [line.serial for line in each.lines]) for each in found.customers] == [
        ("AAA", ["LT000003"]),
        ("CUS", ["LT000001", ""]),
    ]
    line = found.customers[1].lines[0]
    assert (line.document, line.due, line.days_late) == (number, DUE, 8)
    assert found.customers[0].lines[0].due is None
    one = company.run(unreturned_record, PaperRequest(number="CUS", day=TODAY))
    assert one.customers == found.customers[1:]
    for code, told in (("NOBODY", "no party"), ("SUP", "nothing is out")):
        with pytest.raises(StoreError, match=told):
            company.run(unreturned_record, PaperRequest(number=code, day=TODAY))


def test_letters_say_until_when_something_is_lent(company: Company) -> None:
    number = lend(company, "LT000001")
    for about in (LetterAbout(document=number), LetterAbout(party="CUS"), LetterAbout(units=("LT000001",))):
        said = company.run(letter_facts, about, today=TODAY)
        assert [(unit.serial, unit.due, unit.document) for unit in said.units] == [("LT000001", DUE, number)]
        assert said.party
        assert said.party.code == "CUS"
    assert company.run(letter_facts, LetterAbout(document=number), today=TODAY).document.due == DUE  # type: ignore[union-attr]


def test_a_reminder_names_what_is_late_and_nothing_else(company: Company) -> None:
    number = lend(company, "LT000001", cables=2)
    company.stock(company.laptop, "LT000003", "LT000004")
    company.lend("LT000003", until=Until(due=TODAY))
    company.lend("LT000004", until=Until(ask_again=DUE))
    (who,) = company.run(late, TODAY)
    assert (who.code, who.pieces, who.first) == ("CUS", Decimal(3), DUE)
    said = company.run(reminder_letter, who.party_id, today=TODAY, operator="Ja")
    assert said is not None
    assert [
        (unit.serial, unit.quantity, unit.document, unit.days_late(TODAY)) for unit in said.facts.units
    ] == [
        ("LT000001", Decimal(1), number, 8),
        ("", Decimal(2), number, 8),
    ]
    assert said.facts.units[0].terms is Terms.RENTED
    assert len(said.unit_ids) == 1
    assert company.run(late, DUE) == []
    assert company.run(reminder_letter, who.party_id, today=DUE, operator="Ja") is None


def test_papers_take_the_same_few_questions_whatever_was_lent(company: Company) -> None:
    one = lend(company, "LT000001")
    few = asked(company.database, lambda: company.run(rental_record, PaperRequest(number=one)))
    many = lend(company, *(f"LT{number:06}" for number in range(100, 140)))
    assert asked(company.database, lambda: company.run(rental_record, PaperRequest(number=many))) == few <= 6
