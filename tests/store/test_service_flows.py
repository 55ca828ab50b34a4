"""Services in invoices and in documents: they get their days from a sale, and never come to a warehouse."""

from datetime import date, timedelta

import pytest
from peewee import DatabaseError

from store.check.run import check_store
from store.domain.documents import NewLine, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Product
from store.domain.reservations import NewPiece, NewReservation
from store.domain.services import Expiry, Validity
from store.domain.terms import Terms, Tracking
from store.models.sql import execute, select
from store.operations.importing import post_invoice
from store.operations.products import create_product
from store.operations.reservations import reserve
from store.operations.reversing import reopen_invoice, reverse_invoice
from store.queries import units
from store.queries.services import expiring, validity_of
from tests.store.company import START, Company
from tests.store.imports.files import extra, row
from tests.store.invoice_files import buyer, counted, post, sale
from tests.store.services import add, code_of, id_of, licence_of, terms

TODAY = START.astimezone().date()
DAY = timedelta(days=1)


@pytest.fixture
def licence(company: Company) -> Product:
    return licence_of(company)


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def test_an_invoice_makes_services_valid_from_its_day(company: Company, licence: Product) -> None:
    customer = buyer(company)
    rows = (row(1, index="AV-5", quantity=2, unit="usł."), row(2, index="NB-14"))
    extras = extra(1, "Numer seryjny", "LIC-77") + extra(2, "Numer seryjny", "LT000009")
    done = post(company, sale(*rows, extras=extras))
    assert not done.questions
    named, made = id_of(company, "LIC-77"), id_of(company, "FV/2026/7/1")
    for unit_id in (named, made):
        assert terms(company, unit_id) == Validity(
            valid_from=date(2026, 3, 1), valid_until=date(2027, 2, 28), seats=5
        )
        assert company.run(units.card, unit_id).owner_name == customer.name
    assert company.run(validity_of, id_of(company, "LT000009")) is None


def test_a_reversed_invoice_ends_its_services_and_posting_it_again_begins_them(
    company: Company, licence: Product
) -> None:
    buyer(company)
    done = post(company, sale(row(1, index="AV-5", quantity=2)))
    actor = company.actor(company.chief)
    company.run(reverse_invoice, actor, done.invoice.id, reason="nie ta")
    first = id_of(company, "FV/2026/7/1.1")
    assert company.run(units.card, first).terms is Terms.SCRAPPED
    assert terms(company, first).ended_on is not None
    assert company.run(expiring, Expiry.ALL, TODAY + 400 * DAY) == []
    company.run(reopen_invoice, actor, done.invoice.id)
    company.run(post_invoice, company.actor(company.chief), done.invoice.id)
    assert company.run(units.card, first).terms is Terms.SOLD
    assert terms(company, first).ended_on is None
    assert len(company.run(expiring, Expiry.ALL, TODAY + 400 * DAY)) == 2


def test_a_correction_ends_services_and_nothing_comes_to_us(company: Company, licence: Product) -> None:
    buyer(company)
    rows = (row(1, index="AV-5", quantity=3, price=10),)
    post(company, sale(*rows, extras=extra(1, "Numer seryjny", "LIC-1")))
    pair = (
        row(1, index="AV-5", quantity=3, price=10, before=True), row(2, index="AV-5", quantity=1, price=10),
    )  # fmt: skip
    extras = extra(2, "Numer seryjny", "LIC-1")
    done = post(company, sale(*pair, number="KOR/1", kind="KOR", extras=extras))
    assert not done.questions, done.questions
    gone = company.run(units.card, id_of(company, "LIC-1"))
    assert (gone.terms, gone.place) == (Terms.SCRAPPED, None)
    left = company.run(expiring, Expiry.ALL, TODAY + 400 * DAY)
    assert [each.number for each in left] == ["FV/2026/7/1.1"]
    company.run(reverse_invoice, company.actor(company.chief), done.invoice.id, reason="pomyłka")
    assert len(company.run(expiring, Expiry.ALL, TODAY + 400 * DAY)) == 3


def test_a_service_by_quantity_stays_a_count(company: Company, licence: Product) -> None:
    customer = buyer(company)
    hours = company.run(create_product, "GODZ", "Godzina pracy", licence.kind_id, tracking=Tracking.QUANTITY)
    post(company, sale(row(1, index="GODZ", quantity=4, unit="godz.")))
    assert company.run(counted, hours.id, customer) == 4


def test_no_document_takes_a_service_into_a_warehouse(company: Company, licence: Product) -> None:
    add(company, licence, "KEY-1")
    line = NewLine(product_id=licence.id)
    for opening in (company.delivery, company.issue, company.transfer, company.rental):
        with pytest.raises(RefusedError) as error:
            opening(line)
        assert error.value.refusal.code is RefusalCode.IS_SERVICE
    for document in (
        company.issue(),
        company.transfer(),
        company.rental(),
        company.delivery(party=company.customer),
    ):
        for text in ("KEY-1", "AV-5"):
            outcome = company.take(document, text)
            assert isinstance(outcome, Refused), (document, text, outcome)
            wanted = {RefusalCode.IS_SERVICE, RefusalCode.NOT_ON_DOCUMENT}
            assert outcome.refusal.code in wanted, outcome
    promise = NewReservation(
        party_id=company.customer.id, location_id=company.main.id, first=TODAY, last=TODAY,
        pieces=(NewPiece(product_id=licence.id),),
    )  # fmt: skip
    assert code_of(company, reserve, company.actor(), promise, token="p") is RefusalCode.IS_SERVICE


def test_a_sold_service_is_not_bought_back_into_stock(company: Company, licence: Product) -> None:
    add(company, licence, "KEY-1")
    delivery = company.delivery(NewLine(product_id=company.phone.id), party=company.customer)
    outcome = company.take(delivery, "KEY-1")
    # Without a pattern any number may be a serial of the line's product: a person says whether it is.
    assert not isinstance(outcome, Refused) or outcome.refusal.code is RefusalCode.IS_SERVICE
    assert company.run(units.card, id_of(company, "KEY-1")).terms is Terms.SOLD


def test_the_database_keeps_services_out_of_our_locations(company: Company, licence: Product) -> None:
    (unit,) = add(company, licence, "KEY-1")
    place = company.main.place_id
    for deed in (
        lambda: execute("UPDATE unit SET place_id = :p, terms = 'stock' WHERE id = :u", p=place, u=unit),
        lambda: execute(
            "INSERT INTO unit (product_id, serial, serial_key, place_id, owner_id, terms, condition, "
            "version, last_movement_at) SELECT product_id, 'X', 'X', :p, owner_id, 'stock', 'new', 1, "
            "last_movement_at FROM unit WHERE id = :u",
            p=place, u=unit,
        ),
        lambda: execute(
            "INSERT INTO balance (product_id, place_id, owner_id, terms, quantity) "
            "VALUES (:r, :p, :o, 'stock', 1000)",
            r=licence.id, p=place, o=company.us.id,
        ),
        lambda: execute("UPDATE validity SET valid_until = '2000-01-01' WHERE unit_id = :u", u=unit),
        lambda: execute("UPDATE validity SET renewed_id = :u WHERE unit_id = :u", u=unit),
    ):  # fmt: skip
        with pytest.raises(DatabaseError):
            company.run(deed)


def test_the_terms_of_a_service_cannot_be_doubled(company: Company, licence: Product) -> None:
    (unit,) = add(company, licence, "KEY-1")
    assert select("SELECT count(*) AS n FROM validity WHERE unit_id = :u", u=unit)[0]["n"] == 1
    with pytest.raises(DatabaseError):
        company.run(
            execute,
            "INSERT INTO validity (unit_id, valid_from, subject) VALUES (:u, '2026-01-01', '')",
            u=unit,
        )
