"""What is promised to one cannot be promised to another."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest

from store.domain.documents import NewLine, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Party
from store.domain.reservations import NewPiece, NewReservation, Promise, Reservation, ReservationStatus, peak
from store.domain.terms import Condition, DocumentType
from store.models.sql import select
from store.operations.documents import cancel_document
from store.operations.parties import create_party
from store.operations.reservation_end import cancel_reservation
from store.operations.reservations import hand_out, reserve
from store.operations.units import change_condition
from store.queries.documents import lines
from store.queries.reservations import open_reservations, reservation_by_id
from store.queries.units import by_number
from tests.store.company import CABLE_GTIN, START, Company
from tests.store.test_races import at_once

TODAY = START.date()


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def unit_of(company: Company, serial: str) -> NewPiece:
    (unit,) = company.run(by_number, serial)
    product = company.laptop if serial.startswith("LT") else company.printer
    return NewPiece(product_id=product.id, unit_id=unit.id)


def promise(company: Company, first: int, last: int, *pieces: NewPiece, **options: object) -> Reservation:
    new = NewReservation(
        party_id=getattr(options.get("party"), "id", company.customer.id),
        location_id=company.main.id,
        first=day(first),
        last=day(last),
        pieces=pieces,
    )
    token = str(options.get("token") or next(company.tokens))
    return company.run(reserve, company.actor(), new, token=token)


@pytest.fixture
def stocked(company: Company) -> Company:
    company.stock(company.laptop, "LT000001", "LT000002", "LT000003")
    return company


def test_a_unit_is_promised_once_for_a_day_and_the_refusal_names_who_has_it(stocked: Company) -> None:
    promise(stocked, 2, 5, unit_of(stocked, "LT000001"))
    with pytest.raises(RefusedError) as refused:
        promise(stocked, 5, 9, unit_of(stocked, "LT000001"))
    assert refused.value.refusal.code is RefusalCode.RESERVED
    assert dict(refused.value.refusal.data) == {
        "serial": "LT000001",
        "party": stocked.customer.name,
        "begins": day(2),
        "ends": day(5),
    }
    promise(stocked, 6, 9, unit_of(stocked, "LT000001"))
    promise(stocked, 2, 5, unit_of(stocked, "LT000002"))


def test_pieces_are_promised_up_to_what_lies_here_on_the_fullest_day(stocked: Company) -> None:
    promise(stocked, 1, 4, NewPiece(product_id=stocked.laptop.id, quantity=Decimal(2)))
    promise(stocked, 6, 9, NewPiece(product_id=stocked.laptop.id, quantity=Decimal(2)))
    # Between the two there are three; over both of them there is one.
    promise(stocked, 5, 5, NewPiece(product_id=stocked.laptop.id, quantity=Decimal(3)))
    with pytest.raises(RefusedError) as refused:
        promise(stocked, 4, 6, NewPiece(product_id=stocked.laptop.id, quantity=Decimal(2)))
    assert refused.value.refusal.code is RefusalCode.PROMISED
    assert refused.value.refusal.data["available"] == 0
    assert refused.value.refusal.data["party"] == stocked.customer.name


def test_a_promised_unit_counts_among_the_promised_pieces(stocked: Company) -> None:
    promise(stocked, 1, 2, unit_of(stocked, "LT000001"))
    with pytest.raises(RefusedError) as refused:
        promise(stocked, 1, 2, NewPiece(product_id=stocked.laptop.id, quantity=Decimal(3)))
    assert refused.value.refusal.data["available"] == 2


def test_more_than_there_is_cannot_be_promised(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.cable.id, expected=Decimal(1)))
    company.accept(delivery, CABLE_GTIN)
    company.close(delivery)
    with pytest.raises(RefusedError) as refused:
        promise(company, 1, 1, NewPiece(product_id=company.cable.id, quantity=Decimal(2)))
    promise(company, 0, 0, NewPiece(product_id=company.cable.id, quantity=Decimal(1)))
    assert refused.value.refusal.code is RefusalCode.TOO_FEW


@pytest.mark.parametrize(("first", "last"), [(-1, 2), (3, 2), (0, 366)])
def test_days_that_are_no_period_are_refused(stocked: Company, first: int, last: int) -> None:
    with pytest.raises(RefusedError) as refused:
        promise(stocked, first, last, unit_of(stocked, "LT000001"))
    assert refused.value.refusal.code is RefusalCode.BAD_PERIOD
    assert stocked.run(open_reservations) == []


def test_a_cancelled_reservation_promises_nothing(stocked: Company) -> None:
    made = promise(stocked, 1, 3, unit_of(stocked, "LT000001"))
    assert stocked.run(cancel_reservation, made.id).status is ReservationStatus.CANCELLED
    promise(stocked, 1, 3, unit_of(stocked, "LT000001"))
    with pytest.raises(RefusedError) as refused:
        stocked.run(cancel_reservation, made.id)
    assert refused.value.refusal.code is RefusalCode.NOT_OPEN


def test_the_same_call_promises_once(stocked: Company) -> None:
    first = promise(stocked, 1, 3, unit_of(stocked, "LT000001"), token="same")
    assert promise(stocked, 1, 3, unit_of(stocked, "LT000001"), token="same") == first


def test_what_was_reserved_is_handed_out_by_an_issue_that_keeps_the_promise(stocked: Company) -> None:
    made = promise(
        stocked,
        0,
        3,
        unit_of(stocked, "LT000001"),
        NewPiece(product_id=stocked.laptop.id, quantity=Decimal(1)),
    )
    issue = stocked.run(hand_out, stocked.actor(), made.id, DocumentType.ISSUE, token="hand-out")
    assert stocked.run(hand_out, stocked.actor(), made.id, DocumentType.ISSUE, token="again").id == issue.id
    assert [(line.product.name, line.expected) for line in stocked.run(lines, issue.id)] == [("Laptop 14", 2)]
    stocked.accept(issue, "LT000001", "LT000002")
    stocked.close(issue)
    assert stocked.run(reservation_by_id, made.id).status is ReservationStatus.FULFILLED
    assert stocked.run(lambda: select("SELECT count(*) AS n FROM reserved_day")) == [{"n": 0}]


def test_a_cancelled_issue_leaves_its_reservation_open(stocked: Company) -> None:
    made = promise(stocked, 0, 3, unit_of(stocked, "LT000001"))
    issue = stocked.run(hand_out, stocked.actor(), made.id, DocumentType.ISSUE, token="hand-out")
    stocked.run(cancel_document, stocked.actor(stocked.chief), issue.id)
    found = stocked.run(reservation_by_id, made.id)
    assert (found.status, found.document_id) == (ReservationStatus.OPEN, None)


def test_a_unit_promised_to_another_customer_is_not_issued(stocked: Company) -> None:
    promise(stocked, 3, 4, unit_of(stocked, "LT000001"))
    other = stocked.issue(party=stocked.supplier)
    refused = stocked.take(other, "LT000001")
    assert refused.refusal.code is RefusalCode.RESERVED  # type: ignore[union-attr]
    assert refused.refusal.data["party"] == stocked.customer.name  # type: ignore[union-attr]
    stocked.accept(stocked.issue(), "LT000001")


def test_the_last_pieces_stay_for_those_who_were_promised_some(stocked: Company) -> None:
    promise(stocked, 3, 4, NewPiece(product_id=stocked.laptop.id, quantity=Decimal(2)))
    other = stocked.issue(party=stocked.supplier)
    stocked.accept(other, "LT000001")
    refused = stocked.take(other, "LT000002")
    assert refused.refusal.code is RefusalCode.PROMISED  # type: ignore[union-attr]


def test_a_promise_of_the_past_binds_nobody(stocked: Company) -> None:
    promise(stocked, 0, 1, unit_of(stocked, "LT000001"))
    stocked.now += timedelta(days=3)
    stocked.accept(stocked.issue(party=stocked.supplier), "LT000001")


def test_two_terminals_cannot_promise_the_same_last_pieces(stocked: Company) -> None:
    pieces = NewPiece(product_id=stocked.laptop.id, quantity=Decimal(2))
    new = NewReservation(
        party_id=stocked.customer.id, location_id=stocked.main.id, first=day(1), last=day(1), pieces=(pieces,)
    )
    actor = stocked.actor()
    for number in range(5):
        outcomes = at_once(
            stocked, *(partial(reserve, actor, new, token=f"{terminal}{number}") for terminal in "ab")
        )
        (made,) = [found for found in outcomes if isinstance(found, Reservation)]
        (error,) = [found for found in outcomes if isinstance(found, RefusedError)]
        assert error.refusal.code is RefusalCode.PROMISED
        stocked.run(cancel_reservation, made.id)


def test_the_fullest_day_counts_only_what_overlaps() -> None:
    def made(first: int, last: int, quantity: int) -> Promise:
        return Promise(party_name="", first=day(first), last=day(last), quantity=Decimal(quantity))

    found = [made(1, 3, 2), made(3, 5, 4), made(5, 9, 1), made(20, 30, 50)]
    assert peak(found, day(0), day(10)) == 6
    assert peak(found, day(4), day(4)) == 4
    assert peak(found, day(10), day(15)) == 0


def cables(company: Company, pieces: int) -> None:
    delivery = company.delivery(NewLine(product_id=company.cable.id))
    company.accept(delivery, *[CABLE_GTIN] * pieces)
    company.close(delivery)


def consigned(company: Company, *texts: str) -> None:
    document = company.open(DocumentType.CONSIGNMENT, company.customer)
    company.accept(document, *texts)
    company.close(document)


def pieces_of(company: Company, count: int) -> NewPiece:
    return NewPiece(product_id=company.cable.id, quantity=Decimal(count))


@pytest.fixture
def other(company: Company) -> Party:
    return company.run(create_party, "CUS2", "Drugi odbiorca", is_customer=True)


def test_what_is_scanned_back_or_sold_elsewhere_is_not_missing_here(company: Company) -> None:
    cables(company, 6)
    consigned(company, *[CABLE_GTIN] * 3)
    for kind in (DocumentType.CONSIGNMENT_RETURN, DocumentType.CONSIGNMENT_SALE):
        company.accept(company.open(kind, company.customer), CABLE_GTIN)
    assert promise(company, 1, 1, pieces_of(company, 3)).status is ReservationStatus.OPEN


def test_a_consignment_is_sold_though_what_lies_here_is_promised(stocked: Company, other: Party) -> None:
    consigned(stocked, "LT000001")
    promise(stocked, 1, 1, NewPiece(product_id=stocked.laptop.id, quantity=Decimal(2)), party=other)
    stocked.accept(stocked.open(DocumentType.CONSIGNMENT_SALE, stocked.customer), "LT000001")


def test_a_suppliers_unit_is_lent_though_all_of_ours_are_promised(stocked: Company, other: Party) -> None:
    stocked.deposit(stocked.laptop, "LT000009")
    promise(stocked, 1, 1, NewPiece(product_id=stocked.laptop.id, quantity=Decimal(3)), party=other)
    stocked.accept(stocked.rental(), "LT000009")


def test_a_blocked_unit_goes_back_to_the_supplier_though_the_others_are_promised(stocked: Company) -> None:
    (unit,) = by_number("LT000001")
    stocked.run(change_condition, stocked.actor(), unit.id, Condition.BLOCKED, reason="Wada")
    promise(stocked, 1, 1, NewPiece(product_id=stocked.laptop.id, quantity=Decimal(2)))
    stocked.accept(stocked.open(DocumentType.SUPPLIER_RETURN, stocked.supplier), "LT000001")


def test_what_is_handed_out_already_is_not_given_to_the_same_customer_twice(
    company: Company, other: Party
) -> None:
    cables(company, 5)
    promise(company, 0, 1, pieces_of(company, 2), party=other)
    mine = promise(company, 0, 1, pieces_of(company, 3))
    handed = company.run(hand_out, company.actor(company.chief), mine.id, DocumentType.ISSUE, token="hand")
    company.accept(handed, *[CABLE_GTIN] * 3)
    outcome = company.take(company.issue(), CABLE_GTIN)
    assert isinstance(outcome, Refused)
    assert outcome.refusal.code is RefusalCode.PROMISED


def test_a_promise_taken_back_does_not_stop_the_document_that_was_to_keep_it(stocked: Company) -> None:
    mine = promise(stocked, 0, 1, unit_of(stocked, "LT000001"))
    handed = stocked.run(hand_out, stocked.actor(stocked.chief), mine.id, DocumentType.ISSUE, token="hand")
    stocked.accept(handed, "LT000001")
    stocked.run(cancel_reservation, mine.id)
    assert stocked.close(handed).number is not None
    assert reservation_by_id(mine.id).status is ReservationStatus.CANCELLED
