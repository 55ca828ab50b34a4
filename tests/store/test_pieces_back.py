"""Pieces without serials come back by a return: lent, consigned or sold, from whoever has them."""

from decimal import Decimal

import pytest
from peewee import DatabaseError

from store.domain.documents import Accepted, Document, NewLine, Outcome, Question, QuestionKind, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.loan_papers import ReturnProtocol
from store.domain.loans import BackAs, Giver
from store.domain.papers import PaperRequest
from store.domain.records import Party
from store.domain.terms import Condition, DocumentStatus, DocumentType, Terms
from store.models.sql import execute, select
from store.operations.documents import cancel_document
from store.operations.drafts import undo
from store.operations.entry import take_quantity
from store.operations.noting import note_scan
from store.operations.parties import create_party
from store.queries import documents, loans
from store.queries.protocols import protocol_record
from tests.store.company import CABLE_GTIN, Company
from tests.store.counting import asked, statements
from tests.store.lending import is_sound
from tests.store.test_query_counts import read_whole

WITHDRAWN = frozenset({QuestionKind.AS_WITHDRAWAL})
COMPLAINED = frozenset({QuestionKind.AS_COMPLAINT})


@pytest.fixture
def cables(company: Company) -> Company:
    """Forty cables in stock."""
    delivery = company.delivery(NewLine(product_id=company.cable.id))
    count(company, delivery, 40)
    company.close(delivery)
    return company


def count(company: Company, document: Document, pieces: int, **options: object) -> Outcome:
    line = next(line for line in documents.lines(document.id) if line.product.id == company.cable.id)
    return company.run(
        take_quantity, company.actor(), document.id, line.id, Decimal(pieces),
        token=next(company.tokens), **options,
    )  # fmt: skip


def give(company: Company, kind: DocumentType, pieces: int, party: Party | None = None) -> Document:
    """Let a customer have cables, on the terms of a document."""
    line = NewLine(product_id=company.cable.id)
    if kind is DocumentType.RENTAL:
        document = company.rental(line, party=party or company.customer)
    else:
        document = company.open(kind, party or company.customer, line)
    count(company, document, pieces)
    return company.close(document)


def theirs(party: Party, terms: Terms | None = None) -> Giver:
    return Giver(party_id=party.id, name=party.name, terms=terms)


def lying(terms: Terms) -> Decimal:
    rows = select("SELECT sum(quantity) AS n FROM balance WHERE terms = :terms", terms=terms.value)
    return Decimal(rows[0]["n"] or 0) / 1000


def code_of(outcome: Outcome) -> RefusalCode:
    assert isinstance(outcome, Refused), outcome
    return outcome.refusal.code


def test_consigned_pieces_come_back_into_our_stock(cables: Company) -> None:
    give(cables, DocumentType.CONSIGNMENT, 5)
    returned = cables.returning()
    (scan,) = cables.accept(returned, CABLE_GTIN)
    back = loans.coming_back(scan.row.id)
    assert (back.holder, back.terms, back.has_serial) == (cables.customer.name, Terms.CONSIGNED, False)
    assert isinstance(count(cables, returned, 2), Accepted)
    assert code_of(count(cables, returned, 3)) is RefusalCode.TOO_FEW_OUT
    posted = cables.close(returned)
    assert (lying(Terms.CONSIGNED), lying(Terms.STOCK)) == (2, 38)
    (row,) = select(
        "SELECT from_terms, to_terms, quantity FROM movement WHERE document_id = :id", id=posted.id
    )
    assert (row["from_terms"], row["to_terms"], row["quantity"]) == ("consigned", "stock", 3000)
    is_sound(cables)


@pytest.mark.parametrize("why", [WITHDRAWN, COMPLAINED])
def test_sold_pieces_come_back_as_ours_with_the_answer_why(
    cables: Company, why: frozenset[QuestionKind]
) -> None:
    give(cables, DocumentType.ISSUE, 5)
    returned = cables.returning()
    asking = cables.take(returned, CABLE_GTIN)
    assert isinstance(asking, Question)
    assert (asking.kind, asking.party) == (QuestionKind.BACK_AS, cables.customer.name)
    assert documents.lines(returned.id) == ()
    cables.accept(returned, CABLE_GTIN, confirmed=why)
    assert isinstance(count(cables, returned, 3, confirmed=why), Accepted)
    posted = cables.close(returned)
    assert (lying(Terms.SOLD), lying(Terms.STOCK)) == (1, 39)
    (row,) = select("SELECT from_owner_id, to_owner_id FROM movement WHERE document_id = :id", id=posted.id)
    assert (row["from_owner_id"], row["to_owner_id"]) == (cables.customer.id, cables.us.id)
    is_sound(cables)


def test_pieces_are_not_followed_in_service(cables: Company) -> None:
    give(cables, DocumentType.ISSUE, 5)
    returned = cables.returning()
    refused = cables.take(returned, CABLE_GTIN, confirmed=frozenset({QuestionKind.AS_SERVICE}))
    assert code_of(refused) is RefusalCode.PIECES_IN_SERVICE


def test_whose_they_are_is_asked_when_several_have_some_or_one_on_several_terms(
    cables: Company, other: Party
) -> None:
    rental = give(cables, DocumentType.RENTAL, 2)
    give(cables, DocumentType.CONSIGNMENT, 3, other)
    give(cables, DocumentType.ISSUE, 4)
    returned = cables.returning()
    asking = cables.take(returned, CABLE_GTIN)
    assert isinstance(asking, Question)
    assert asking.kind is QuestionKind.WHOSE
    assert [(each.party_name, each.terms, each.left) for each in asking.holdings] == [
        (cables.customer.name, Terms.RENTED, 2),
        (other.name, Terms.CONSIGNED, 3),
        (cables.customer.name, Terms.SOLD, 4),
    ]
    # The customer alone leaves open on which terms; another customer has it on one.
    narrowed = cables.take(returned, CABLE_GTIN, giver=theirs(cables.customer))
    assert isinstance(narrowed, Question)
    assert [each.terms for each in narrowed.holdings] == [Terms.RENTED, Terms.SOLD]
    cables.accept(returned, CABLE_GTIN, giver=theirs(other))
    cables.accept(returned, CABLE_GTIN, giver=theirs(cables.customer, Terms.RENTED))
    sold = theirs(cables.customer, Terms.SOLD)
    assert isinstance(count(cables, returned, 2, giver=sold, confirmed=WITHDRAWN), Accepted)
    assert code_of(count(cables, returned, 3, giver=sold, confirmed=WITHDRAWN)) is RefusalCode.TOO_FEW_OUT
    cables.close(returned)
    assert [lying(terms) for terms in (Terms.RENTED, Terms.CONSIGNED, Terms.SOLD)] == [1, 2, 2]
    assert sum(loan.quantity for loan in loans.loans_of(rental.id, only_open=True)) == 1
    is_sound(cables)


def test_a_rentals_number_means_what_was_lent_by_it(cables: Company) -> None:
    rental = give(cables, DocumentType.RENTAL, 2)
    give(cables, DocumentType.ISSUE, 4)
    giver = Giver(party_id=cables.customer.id, document_id=rental.id, name=rental.number or "")
    returned = cables.returning()
    cables.accept(returned, CABLE_GTIN, CABLE_GTIN, giver=giver)
    assert code_of(cables.take(returned, CABLE_GTIN, giver=giver)) is RefusalCode.GIVER_HAS_NONE
    cables.close(returned)
    assert lying(Terms.RENTED) == 0
    is_sound(cables)


def test_what_nobody_or_not_this_customer_has_is_refused(cables: Company, other: Party) -> None:
    returned = cables.returning()
    assert code_of(cables.take(returned, CABLE_GTIN)) is RefusalCode.NOBODY_HAS
    give(cables, DocumentType.CONSIGNMENT, 3)
    refused = cables.take(returned, CABLE_GTIN, giver=theirs(other))
    assert code_of(refused) is RefusalCode.GIVER_HAS_NONE


def test_what_open_documents_have_scanned_is_not_there_any_more(cables: Company) -> None:
    give(cables, DocumentType.CONSIGNMENT, 3)
    first, second = cables.returning(), cables.returning()
    cables.accept(first, CABLE_GTIN, CABLE_GTIN)
    own_list = cables.open(
        DocumentType.CONSIGNMENT_RETURN, cables.customer, NewLine(product_id=cables.cable.id)
    )
    assert code_of(count(cables, own_list, 2)) is RefusalCode.TOO_FEW
    count(cables, own_list, 1)
    assert code_of(cables.take(second, CABLE_GTIN)) is RefusalCode.NOBODY_HAS
    cables.run(undo, cables.actor(), first.id)
    cables.accept(second, CABLE_GTIN)
    for document in (first, second, own_list):
        cables.close(document)
    assert lying(Terms.CONSIGNED) == 0
    is_sound(cables)


def test_a_cancelled_return_leaves_everything_with_the_customer(cables: Company) -> None:
    give(cables, DocumentType.ISSUE, 3)
    returned = cables.returning()
    cables.accept(returned, CABLE_GTIN, CABLE_GTIN, confirmed=WITHDRAWN)
    (open_one,) = cables.run(documents.listing, DocumentType.RETURN, cables.main.id)
    assert open_one.other_side == cables.customer.name
    cables.run(cancel_document, cables.actor(cables.chief), returned.id)
    assert lying(Terms.SOLD) == 3
    cables.accept(cables.returning(), CABLE_GTIN, confirmed=WITHDRAWN)
    is_sound(cables)


def test_pieces_that_went_elsewhere_meanwhile_keep_the_return_open(cables: Company) -> None:
    give(cables, DocumentType.CONSIGNMENT, 2)
    returned = cables.returning()
    cables.accept(returned, CABLE_GTIN, CABLE_GTIN)
    # Nothing but a hand in the store does this.
    execute("UPDATE balance SET quantity = 1000 WHERE terms = 'consigned'")
    with pytest.raises(RefusedError) as refused:
        cables.close(returned)
    assert refused.value.refusal.code is RefusalCode.TOO_FEW_OUT
    head = documents.head(returned.id)
    assert head is not None
    assert head.status is DocumentStatus.OPEN


def test_how_pieces_were_found_and_why_they_came_stands_on_the_protocol(
    cables: Company, other: Party
) -> None:
    rental = give(cables, DocumentType.RENTAL, 4)
    give(cables, DocumentType.CONSIGNMENT, 3, other)
    give(cables, DocumentType.ISSUE, 5, other)
    returned = cables.returning()
    lent = theirs(cables.customer)
    (broken,) = cables.accept(returned, CABLE_GTIN, giver=lent)
    cables.run(note_scan, broken.row.id, condition=Condition.DAMAGED, note="zagięty wtyk")
    assert isinstance(count(cables, returned, 3, giver=lent), Accepted)
    cables.accept(returned, CABLE_GTIN, giver=theirs(other, Terms.CONSIGNED))
    sold = theirs(other, Terms.SOLD)
    (faulty,) = cables.accept(returned, CABLE_GTIN, giver=sold, confirmed=COMPLAINED)
    cables.run(note_scan, faulty.row.id, condition=Condition.USED, note="nie łączy")
    assert isinstance(count(cables, returned, 2, giver=sold, confirmed=WITHDRAWN), Accepted)
    posted = cables.close(returned)
    found = cables.run(protocol_record, PaperRequest(number=posted.number or ""))
    assert isinstance(found, ReturnProtocol)
    assert [
        (
            giver.party.name,
            line.quantity,
            line.rental,
            line.back_as,
            line.is_consigned,
            line.condition,
            line.note,
        )
        for giver in found.givers
        for line in sorted(giver.lines, key=lambda line: (line.quantity, line.note))
    ] == [
        (other.name, 1, "", None, True, None, ""),
        (other.name, 1, "", BackAs.COMPLAINT, False, Condition.USED, "nie łączy"),
        (other.name, 2, "", BackAs.WITHDRAWAL, False, None, ""),
        (cables.customer.name, 1, rental.number, None, False, Condition.DAMAGED, "zagięty wtyk"),
        (cables.customer.name, 3, rental.number, None, False, None, ""),
    ]
    is_sound(cables)


def test_what_is_noted_of_a_count_holds_for_all_rentals_that_it_ends(cables: Company) -> None:
    give(cables, DocumentType.RENTAL, 2)
    give(cables, DocumentType.RENTAL, 2)
    returned = cables.returning()
    cables.accept(returned, CABLE_GTIN)
    both = count(cables, returned, 3)
    assert isinstance(both, Accepted)
    cables.run(note_scan, both.row.id, condition=Condition.DAMAGED, note="")
    posted = cables.close(returned)
    closed = {(loan.quantity, loan.returned_condition) for loan in loans.returned_by(posted.id)}
    assert closed == {(1, None), (1, Condition.DAMAGED), (2, Condition.DAMAGED)}
    is_sound(cables)


@pytest.mark.parametrize(
    "change",
    [
        "giver_terms = NULL",
        "giver_terms = 'rented'",
        "back_as = NULL",
        "back_as = 'service'",
        "giver_terms = 'consigned'",
        "loan_id = 1",
    ],
)
def test_the_database_itself_keeps_what_comes_back_apart(cables: Company, change: str) -> None:
    give(cables, DocumentType.ISSUE, 2)
    returned = cables.returning()
    (scan,) = cables.accept(returned, CABLE_GTIN, confirmed=WITHDRAWN)
    with pytest.raises(DatabaseError):
        cables.run(execute, f"UPDATE draft_scan SET {change} WHERE id = {scan.row.id}")


def test_a_scan_of_pieces_takes_few_statements_and_reads_no_growing_table(sqlite_company: Company) -> None:
    company = sqlite_company
    delivery = company.delivery(NewLine(product_id=company.cable.id))
    count(company, delivery, 200)
    company.close(delivery)
    for number in range(30):
        party = company.run(create_party, f"K{number}", f"Klient {number}", is_customer=True)
        give(company, DocumentType.ISSUE, 2, party)
    give(company, DocumentType.CONSIGNMENT, 2)
    returned = company.returning()
    giver = theirs(company.customer)
    company.accept(returned, CABLE_GTIN, giver=giver)
    with statements(company.database) as seen:
        assert isinstance(company.take(returned, CABLE_GTIN), Question)
        (scan,) = company.accept(returned, CABLE_GTIN, giver=giver)
        loans.coming_back(scan.row.id)
        number = company.close(returned).number
        company.run(protocol_record, PaperRequest(number=number or ""))
    assert read_whole(company, seen) == []
    again = company.returning()
    assert asked(company.database, lambda: company.take(again, CABLE_GTIN)) <= 6
