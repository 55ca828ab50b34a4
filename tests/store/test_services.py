"""Services as products: numbers and days of their own, and what follows when they end."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from store.check.run import check_store
from store.domain.documents import Refused
from store.domain.errors import RefusalCode
from store.domain.loans import BackAs
from store.domain.records import Product
from store.domain.services import Expiry, NewService, Renewal, Validity
from store.domain.terms import DocumentType, Terms
from store.operations.begin_return import begin_return
from store.operations.products import create_product
from store.operations.service_ending import amend_service, end_services
from store.operations.services import add_services, renew
from store.queries import units
from store.queries.events import events
from store.queries.services import all_expiring, counts, expiring, services_of
from tests.store.company import START, Company
from tests.store.counting import asked
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


def test_a_customer_gets_services_with_numbers_and_days(company: Company, licence: Product) -> None:
    first, second = add(company, licence, "KEY-1", " ", "KEY-2", "key-1", token="t")
    assert add(company, licence, "KEY-1", "KEY-2", token="t") == [first, second]
    card = company.run(units.card, first)
    assert (card.serial, card.terms, card.owner_name) == ("KEY-1", Terms.SOLD, company.customer.name)
    assert card.movements[0].document_type is DocumentType.SERVICES
    year = date(TODAY.year + 1, TODAY.month, TODAY.day) - DAY
    assert terms(company, first) == Validity(valid_from=TODAY, valid_until=year, seats=5)
    (other,) = add(
        company, licence, "KEY-3", valid_from=date(2026, 1, 1), valid_until=date(2026, 6, 30), seats=1,
        subject="serwerownia",
    )  # fmt: skip
    assert terms(company, other) == Validity(
        valid_from=date(2026, 1, 1), valid_until=date(2026, 6, 30), seats=1, subject="serwerownia"
    )


def test_a_service_is_about_a_unit(company: Company, licence: Product) -> None:
    company.stock(company.laptop, "LT000001")
    laptop = id_of(company, "LT000001")
    (policy,) = add(company, licence, "P-1", subject_id=laptop)
    assert terms(company, policy).subject == "LT000001"
    assert [each.number for each in company.run(services_of, laptop)] == ["P-1"]


def test_what_cannot_be_a_service_is_refused(company: Company, licence: Product) -> None:
    add(company, licence, "KEY-1")

    def refused(product: Product = licence, *numbers: str, **options: object) -> RefusalCode:
        options = {"party_id": company.customer.id} | options
        new = NewService(product_id=product.id, numbers=numbers or ("N",), **options)  # type: ignore[arg-type]
        return code_of(company, add_services, company.actor(), new, token=next(company.tokens))

    assert refused(company.laptop) is RefusalCode.NOT_SERVICE
    assert refused(licence, " ") is RefusalCode.EMPTY
    assert refused(licence, "key-1") is RefusalCode.EXISTS
    assert refused(seats=0) is RefusalCode.BAD_QUANTITY
    assert refused(subject_id=10**6) is RefusalCode.UNKNOWN
    assert refused(party_id=company.us.id) is RefusalCode.UNKNOWN
    assert refused(valid_from=TODAY, valid_until=TODAY - DAY) is RefusalCode.BAD_SPAN


def test_a_service_never_comes_back_to_a_warehouse(company: Company, licence: Product) -> None:
    (key,) = add(company, licence, "KEY-1")
    company.stock(company.laptop, "LT000001")
    company.accept(issue := company.issue(), "LT000001")
    company.close(issue)
    outcome = company.take(company.returning(), "KEY-1")
    assert isinstance(outcome, Refused)
    assert outcome.refusal.code is RefusalCode.IS_SERVICE
    begin = partial(begin_return, back_as=BackAs.WITHDRAWAL, token="begun")
    assert code_of(company, begin, company.actor(), [key]) is RefusalCode.IS_SERVICE
    begun = company.run(begin, company.actor(), [key, id_of(company, "LT000001")])
    assert (begun.taken, begun.left) == (1, 1)


def test_a_renewal_is_a_successor_and_its_predecessor_stays(company: Company, licence: Product) -> None:
    (old,) = add(company, licence, "KEY-1", valid_from=date(2025, 4, 1), valid_until=date(2026, 3, 31))
    before = terms(company, old)
    (new,) = company.run(renew, company.actor(), [Renewal(unit_id=old)], token="r")
    assert company.run(renew, company.actor(), [Renewal(unit_id=old)], token="r") == [new]
    after = terms(company, new)
    assert (after.valid_from, after.valid_until, after.seats) == (date(2026, 4, 1), date(2027, 3, 31), 5)
    assert (after.renews_id, after.renews) == (old, "KEY-1")
    assert terms(company, old) == replace(before, renewed_id=new, renewed="KEY-1/2")
    (told,) = company.run(events, old)
    assert (told.kind, told.text) == ("renewal", "KEY-1 -> KEY-1/2: 2026-04-01 - 2027-03-31, x 5")
    assert (
        code_of(company, renew, company.actor(), [Renewal(unit_id=old)], token="s")
        is RefusalCode.SERVICE_OVER
    )
    (third,) = company.run(renew, company.actor(), [Renewal(unit_id=new, number="KEY-9", seats=7)], token="x")
    assert terms(company, third).seats == 7
    assert company.run(units.card, third).serial == "KEY-9"


def test_one_that_ended_goes_on_today_and_without_months_as_long_as_before(
    company: Company, licence: Product
) -> None:
    kind = licence.kind_id
    care = company.run(create_product, "CARE", "Opieka", kind)
    (old,) = add(company, care, "C-1", valid_from=date(2026, 1, 1), valid_until=date(2026, 1, 30))
    (new,) = company.run(renew, company.actor(), [Renewal(unit_id=old)], token="r")
    assert (terms(company, new).valid_from, terms(company, new).valid_until) == (TODAY, TODAY + 29 * DAY)
    (for_good,) = add(company, care, "C-2")
    assert terms(company, for_good).valid_until is None
    given = Renewal(unit_id=for_good, valid_from=TODAY, valid_until=TODAY + DAY)
    (last,) = company.run(renew, company.actor(), [given], token="g")
    assert terms(company, last).valid_until == TODAY + DAY


def test_many_are_renewed_at_once_in_as_many_statements(company: Company, licence: Product) -> None:
    few = add(company, licence, *(f"F-{n}" for n in range(3)))
    many = add(company, licence, *(f"M-{n}" for n in range(60)))

    def statements(ids: list[int], token: str) -> int:
        chosen = [Renewal(unit_id=unit_id) for unit_id in ids]
        return asked(company.database, lambda: company.run(renew, company.actor(), chosen, token=token))

    assert statements(few, "few") == statements(many, "many")
    assert len(company.run(lambda: list(all_expiring(Expiry.ALL, TODAY + 800 * DAY)))) == 63


def test_a_batch_with_one_that_is_over_renews_nothing(company: Company, licence: Product) -> None:
    first, second = add(company, licence, "KEY-1", "KEY-2")
    company.run(end_services, company.actor(), [second], TODAY, reason="rezygnacja", token="e")
    chosen = [Renewal(unit_id=first), Renewal(unit_id=second)]
    assert code_of(company, renew, company.actor(), chosen, token="r") is RefusalCode.SERVICE_OVER
    assert terms(company, first).renewed_id is None
    assert company.run(units.by_number, "KEY-1/2") == []


def test_services_end_early_once_and_with_a_reason(company: Company, licence: Product) -> None:
    first, second = add(company, licence, "KEY-1", "KEY-2", valid_from=date(2026, 1, 1))
    actor = company.actor()
    assert (
        code_of(company, end_services, actor, [first], TODAY, reason=" ", token="e")
        is RefusalCode.REASON_NEEDED
    )
    early = date(2025, 12, 31)
    assert (
        code_of(company, end_services, actor, [first], early, reason="x", token="e") is RefusalCode.BAD_SPAN
    )
    for _again in range(2):
        done = company.run(end_services, actor, [first, second], TODAY, reason="zamknięty oddział", token="e")
        assert done == 2
    assert terms(company, first).ended_on == TODAY
    (told,) = company.run(events, second)
    assert (told.kind, told.text) == ("ending", f"{TODAY}: zamknięty oddział")
    assert (
        code_of(company, end_services, actor, [first], TODAY, reason="x", token="f")
        is RefusalCode.SERVICE_OVER
    )


def test_an_expired_one_that_is_given_up_ended_when_it_expired(company: Company, licence: Product) -> None:
    (old,) = add(company, licence, "K", valid_from=date(2025, 1, 1), valid_until=date(2025, 12, 31))
    assert company.run(counts, TODAY).expired == 1
    company.run(end_services, company.actor(), [old], TODAY, reason="klient nie chce", token="e")
    assert terms(company, old).ended_on == date(2025, 12, 31)
    assert company.run(counts, TODAY).expired == 0


def test_terms_are_put_right_with_a_reason_and_a_history(company: Company, licence: Product) -> None:
    (unit,) = add(company, licence, "KEY-1", valid_from=TODAY, valid_until=TODAY + DAY)
    right = Validity(valid_from=TODAY, valid_until=TODAY + 9 * DAY, seats=9, subject="biuro")
    for _again in range(2):
        found = company.run(amend_service, company.actor(), unit, right, reason="pomyłka", token="a")
        assert found == right
    (told,) = company.run(events, unit)
    assert told.text == (f"{TODAY} - {TODAY + DAY}, x 5 -> {TODAY} - {TODAY + 9 * DAY}, x 9, biuro: pomyłka")
    wrong = replace(right, valid_until=TODAY - DAY)
    code = code_of(company, amend_service, company.actor(), unit, wrong, reason="x", token="b")
    assert code is RefusalCode.BAD_SPAN


def test_expiring_ones_are_listed_by_their_day_in_pages(company: Company, licence: Product) -> None:
    ends = {"GONE": -1, "TODAY": 0, "D30": 30, "D31": 31, "D60": 60, "D61": 61, "D90": 90, "D91": 91}
    for number, days in ends.items():
        add(company, licence, number, valid_from=date(2025, 1, 1), valid_until=TODAY + days * DAY)
    (care,) = add(company, licence, "RENEWED", valid_until=TODAY + DAY)
    company.run(renew, company.actor(), [Renewal(unit_id=care)], token="r")

    def numbers(which: Expiry) -> list[str]:
        found = company.run(expiring, which, TODAY)
        assert company.run(lambda: list(all_expiring(which, TODAY))) == found
        return [each.number for each in found]

    assert numbers(Expiry.EXPIRED) == ["GONE"]
    assert numbers(Expiry.DAYS_30) == ["TODAY", "D30"]
    assert numbers(Expiry.DAYS_60) == ["TODAY", "D30", "D31", "D60"]
    assert numbers(Expiry.DAYS_90) == ["TODAY", "D30", "D31", "D60", "D61", "D90"]
    assert numbers(Expiry.ALL) == ["GONE", "TODAY", "D30", "D31", "D60", "D61", "D90"]
    first = company.run(expiring, Expiry.ALL, TODAY, limit=3)
    rest = company.run(expiring, Expiry.ALL, TODAY, after=first[-1].key)
    assert [each.number for each in (*first, *rest)] == numbers(Expiry.ALL)
    found = company.run(expiring, Expiry.ALL, TODAY, party_id=company.customer.id)
    assert len(found) == 7
    assert company.run(expiring, Expiry.ALL, TODAY, party_id=company.supplier.id) == []
    counted_ = company.run(counts, TODAY)
    assert (counted_.expired, counted_.soon) == (1, 2)
