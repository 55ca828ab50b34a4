"""Reserving, and handing out what was reserved."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from screens.days import parse_day
from screens.issue import Issue
from screens.new_reservation import NewReservationForm
from screens.rental import Rental
from screens.reservation_card import ReservationCard
from screens.reservations import Reservations
from screens.reserved_rental import ReservedRental
from screens.session import Session
from store.domain.loans import Until
from store.domain.reservations import NewPiece, NewReservation, ReservationStatus
from store.operations.reservations import reserve
from store.queries.loans import loans_of, rental_terms
from store.queries.reservations import open_reservations, reservation_by_id
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing
from tests.store.company import LAPTOP_GTIN


@pytest.fixture
def stocked(company: Warehouse) -> Warehouse:
    company.stock(company.laptop, "LT000001", "LT000002", "LT000003")
    return company


async def test_units_and_pieces_are_reserved_and_issued_with_the_scanner_alone(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    async with show(Reservations(session)) as stage:
        await stage.shows("0 reservations")
        await stage.command("NEW")
        await stage.shows("Which customer?")
        await stage.scan("CUS")
        await stage.on_top(NewReservationForm)
        await stage.shows("Customer: Odbiorca")
        await stage.scan("LT000001")
        await stage.shows("LT000001")
        await stage.scan("LT000001")
        await stage.shows("on the list already")
        await stage.command("OK")
        await stage.scan(LAPTOP_GTIN)
        await stage.shows("how many are expected?")
        await stage.command("QTY 1")
        await stage.shows("F10 reserves it")
        await stage.command("CLOSE")
        await stage.on_top(ReservationCard)
        await stage.shows("Odbiorca", "reserved", "LT000001")
        await stage.command("CLOSE")
        await stage.shows("By which document?", "1 Issue", "2 Rental")
        await stage.command("1")
        await stage.on_top(Issue)
        await stage.scan("LT000001")
        await stage.scan("LT000002")
        await stage.shows("2/2")
        await stage.command("CLOSE")
        await stage.shows("Close with 2/2?")
        await stage.command("YES")
        await stage.shows("WZ/2026/000001")
        await stage.command("OK")
        await stage.on_top(ReservationCard)
        await stage.shows("handed out")
        await stage.command("BACK")
        await stage.shows("0 reservations")


async def test_a_reservation_becomes_a_rental_until_its_last_day_with_the_scanner_alone(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    last = today(stocked) + timedelta(days=9)
    promise = NewReservation(
        party_id=stocked.customer.id, location_id=stocked.main.id, first=today(stocked), last=last,
        pieces=(NewPiece(product_id=stocked.laptop.id, quantity=Decimal(2)),), note="targi",
    )  # fmt: skip
    made = stocked.run(reserve, stocked.actor(), promise, token="promise")
    async with show(ReservationCard(session, made.id)) as stage:
        await stage.command("CLOSE")
        await stage.shows("By which document?")
        await stage.command("2")
        await stage.on_top(ReservedRental)
        await stage.shows(f"How long: to {last}", "Purpose: targi", "Deposit: -")
        await stage.command("3")
        await stage.shows("Deposit?")
        await stage.command("QTY 500")
        await stage.shows("Deposit: 500.00")
        await stage.command("OPEN")
        await stage.on_top(Rental)
        await stage.scan("LT000001")
        await stage.shows("1/2")
        # It is left for a while: the same rental is gone on with, and nothing is asked again.
        await stage.command("BACK")
        await stage.on_top(ReservationCard)
        await stage.press("f10")
        await stage.on_top(Rental)
        await stage.scan("LT000002")
        await stage.shows("2/2")
        await stage.command("CLOSE")
        await stage.shows("Close with 2/2?")
        await stage.command("YES")
        await stage.shows("WYP/2026/000001")
        await stage.command("OK")
        await stage.on_top(ReservationCard)
        await stage.shows("handed out")
    ended = stocked.run(reservation_by_id, made.id)
    assert ended.status is ReservationStatus.FULFILLED
    assert ended.document_id is not None
    terms = stocked.run(rental_terms, ended.document_id)
    assert terms is not None
    assert (terms.until, terms.purpose, terms.deposit) == (Until(due=last), "targi", 500)
    assert len(stocked.run(loans_of, ended.document_id)) == 2


async def test_whoever_goes_back_from_the_form_lends_nothing(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    promise = NewReservation(
        party_id=stocked.customer.id, location_id=stocked.main.id, first=today(stocked), last=today(stocked),
        pieces=(NewPiece(product_id=stocked.laptop.id),),
    )  # fmt: skip
    made = stocked.run(reserve, stocked.actor(), promise, token="promise")
    async with show(ReservationCard(session, made.id)) as stage:
        await stage.press("f10")
        await stage.shows("By which document?")
        await stage.press("2")
        await stage.on_top(ReservedRental)
        await stage.press("escape")
        await stage.on_top(ReservationCard)
        await stage.shows("reserved")
    assert stocked.run(reservation_by_id, made.id).document_id is None


async def test_days_are_typed_and_wrong_ones_are_told(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    async with show(NewReservationForm(session)) as stage:
        await stage.shows("Which customer?")
        await stage.scan("CUS")
        await stage.shows("Customer: Odbiorca")
        await stage.scan("LT000002")
        await stage.shows("F10 reserves it")
        await stage.press("2")
        await stage.shows("From which day?")
        await clear(stage, 10)
        await stage.write("+7")
        await stage.press("enter")
        await stage.shows(f"From: {today(stocked) + timedelta(days=7)}")
        await stage.press("3")
        await stage.shows("Until which day?")
        await clear(stage, 10)
        await stage.write("+2")
        await stage.press("enter")
        await stage.shows("is no period")
        await clear(stage, 2)
        await stage.write("+9")
        await stage.press("enter")
        await stage.shows(f"Until: {today(stocked) + timedelta(days=9)}")
        await stage.press("f10")
        await stage.done()
    (made,) = stocked.run(open_reservations)
    assert (made.first - today(stocked)).days == 7
    assert (made.last - today(stocked)).days == 9


async def test_a_unit_that_is_promised_is_refused_by_name_and_the_form_is_kept(
    show: Showing, session: Session, stocked: Warehouse
) -> None:
    for name in ("first", "second"):
        async with show(NewReservationForm(session)) as stage:
            await stage.shows("Which customer?")
            await stage.scan("CUS")
            await stage.shows("Customer: Odbiorca")
            await stage.scan("LT000002")
            await stage.shows("F10 reserves it")
            await stage.command("CLOSE")
            if name == "first":
                await stage.done()
            else:
                await stage.shows("LT000002 is reserved for Odbiorca")
                await stage.command("OK")
                await stage.shows("LT000002")
    assert len(stocked.run(open_reservations)) == 1


async def test_a_reservation_is_cancelled(show: Showing, session: Session, stocked: Warehouse) -> None:
    async with show(NewReservationForm(session)) as stage:
        await stage.shows("Which customer?")
        await stage.scan("CUS")
        await stage.shows("Customer: Odbiorca")
        await stage.scan("LT000002")
        await stage.shows("F10 reserves it")
        await stage.command("CLOSE")
        await stage.done()
    (made,) = stocked.run(open_reservations)
    async with show(ReservationCard(session, made.id)) as stage:
        await stage.command("CANCEL")
        await stage.shows("Cancel this reservation?")
        await stage.command("YES")
        await stage.done()
    assert stocked.run(reservation_by_id, made.id).status is ReservationStatus.CANCELLED


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-09", date(2026, 3, 9)),
        ("9.3.2026", date(2026, 3, 9)),
        (" 09.03.2026 ", date(2026, 3, 9)),
        ("+7", date(2026, 3, 9)),
        ("+0", date(2026, 3, 2)),
        ("31.2.2026", None),
        ("tomorrow", None),
        ("+", None),
        ("", None),
        ("+99999", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date | None) -> None:
    assert parse_day(text, date(2026, 3, 2)) == day


def today(company: Warehouse) -> date:
    return company.now.astimezone().date()


async def clear(stage, characters: int) -> None:  # type: ignore[no-untyped-def]
    await stage.press(*["backspace"] * characters)
