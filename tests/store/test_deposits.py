"""What belongs to suppliers and is with us: where, since when, due back when; and giving it back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from peewee import IntegrityError

from store.check.run import check_store
from store.domain.deposits import Held, HeldCursor, HeldWhich
from store.domain.documents import Document, NewLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Product
from store.domain.terms import DocumentType, Terms
from store.models.sql import execute
from store.operations.deposits import change_due, open_giving_back, set_due
from store.queries import documents, units
from store.queries.deposits import due_counts, everything, page, suppliers_held
from tests.store.company import CABLE_GTIN, Company
from tests.store.counting import asked, statements

TODAY = date(2026, 3, 2)


def day(count: int) -> date:
    return TODAY + timedelta(days=count)


def deposit(company: Company, product: Product, *texts: str, due: date | None = None) -> Document:
    document = company.delivery(NewLine(product_id=product.id), units_of_supplier=True)
    company.accept(document, *texts)
    company.run(set_due, company.actor(), document.id, due)
    return company.close(document)


def held(company: Company, today: date = TODAY, **options: HeldWhich) -> list[Held]:
    return list(everything(company.supplier.id, today, **options))


def ids(*serials: str) -> list[int]:
    return [units.by_number(serial)[0].id for serial in serials]


def sound(company: Company) -> bool:
    return list(check_store(company.database)) == []


def test_what_a_supplier_has_with_us_stands_by_its_day_wherever_it_is(company: Company) -> None:
    deposit(company, company.laptop, "LT000001", "LT000002", due=day(20))
    number = deposit(company, company.laptop, "LT000003", due=day(5)).number
    deposit(company, company.printer, "D-1")
    deposit(company, company.cable, CABLE_GTIN, CABLE_GTIN)
    company.stock(company.laptop, "LT000009")
    company.lend("LT000001")
    found = held(company)
    assert [(row.serial, row.due, row.place, row.terms) for row in found] == [
        ("LT000003", day(5), company.main.name, Terms.HELD),
        ("LT000001", day(20), company.customer.name, Terms.RENTED),
        ("LT000002", day(20), company.main.name, Terms.HELD),
        ("D-1", None, company.main.name, Terms.HELD),
        ("", None, company.main.name, Terms.HELD),
    ]
    assert found[0].number == number
    assert found[1].since is not None
    assert found[1].since.date() == TODAY
    assert found[4].quantity == 2
    (supplier,) = suppliers_held(day(8))
    assert (supplier.code, supplier.pieces, supplier.overdue, supplier.week) == ("SUP", Decimal(6), 1, 0)
    assert suppliers_held(day(8), text="nobody") == []
    assert due_counts(day(14)) == (1, 2)
    assert [row.serial for row in held(company, day(6), which=HeldWhich.OVERDUE)] == ["LT000003"]
    assert [row.serial for row in held(company, day(14), which=HeldWhich.WEEK)] == ["LT000001", "LT000002"]
    assert held(company, day(8))[0].days_late(day(8)) == 3
    assert sound(company)


def test_what_we_bought_or_gave_back_is_theirs_no_more(company: Company) -> None:
    deposit(company, company.laptop, "LT000001", "LT000002", "LT000003", due=day(3))
    back = company.open(DocumentType.SUPPLIER_RETURN, company.supplier)
    company.accept(back, "LT000001")
    company.close(back, reason="koniec depozytu")
    assert [row.serial for row in held(company)] == ["LT000002", "LT000003"]
    assert due_counts(day(0)) == (0, 2)
    # It comes again, and nobody says until when.
    deposit(company, company.laptop, "LT000001")
    assert [(row.serial, row.due) for row in held(company)][-1] == ("LT000001", None)
    assert sound(company)


def test_another_day_needs_a_reason_and_is_kept_with_who_gave_it(company: Company) -> None:
    deposit(company, company.laptop, "LT000001", "LT000002", due=day(3))
    chosen = ids("LT000001", "LT000002")
    for due, reason, code in (
        (day(9), " ", RefusalCode.REASON_NEEDED),
        (day(-9), "pomyłka", RefusalCode.DUE_PAST),
    ):
        with pytest.raises(RefusedError) as refused:
            company.run(change_due, company.actor(), chosen, due, reason=reason, token="t")
        assert refused.value.refusal.code is code
    for _again in range(2):
        assert company.run(
            change_due, company.actor(), chosen[:1], day(9), reason="umowa", token="first"
        ) == 1  # fmt: skip
    company.run(change_due, company.actor(), chosen, None, reason="bezterminowo", token="second")
    assert [row.due for row in held(company)] == [None, None]
    company.stock(company.laptop, "LT000009")
    with pytest.raises(RefusedError) as refused:
        company.run(change_due, company.actor(), ids("LT000009"), day(9), reason="x", token="third")
    assert refused.value.refusal.code is RefusalCode.NOT_THEIRS
    with pytest.raises(IntegrityError):
        company.run(execute, "UPDATE due_back_change SET reason = 'y'")
    assert sound(company)


def test_a_day_of_the_past_is_no_day_of_a_deposit(company: Company) -> None:
    document = company.delivery(NewLine(product_id=company.laptop.id), units_of_supplier=True)
    with pytest.raises(RefusedError) as refused:
        company.run(set_due, company.actor(), document.id, day(-2))
    assert refused.value.refusal.code is RefusalCode.DUE_PAST


def test_giving_back_expects_what_of_theirs_lies_here(company: Company) -> None:
    deposit(company, company.laptop, "LT000001", "LT000002", due=day(3))
    deposit(company, company.cable, CABLE_GTIN, due=day(3))
    company.lend("LT000001")
    company.stock(company.laptop, "LT000009")
    document = company.run(
        open_giving_back, company.actor(), company.supplier.id, DocumentType.SUPPLIER_RETURN, token="back"
    )
    assert [(line.product.sku, line.expected) for line in documents.lines(document.id)] == [
        ("NB-14", Decimal(1)), ("CB-2", Decimal(1)),
    ]  # fmt: skip
    company.accept(document, "LT000002", CABLE_GTIN)
    company.close(document, reason="koniec depozytu")
    with pytest.raises(RefusedError) as refused:
        company.run(
            open_giving_back, company.actor(), company.supplier.id, DocumentType.BORROWING_END, token="none"
        )
    assert refused.value.refusal.code is RefusalCode.NOTHING_THEIRS
    assert sound(company)


def test_what_is_lost_is_owed_to_its_supplier(company: Company) -> None:
    from tests.store.counts import count, post

    deposit(company, company.laptop, "LT000001", due=day(3))
    post(company, count(company))
    assert [(row.serial, row.terms, row.place) for row in held(company)] == [
        ("LT000001", Terms.SCRAPPED, "")
    ]  # fmt: skip
    assert sound(company)


def test_pages_follow_each_other_and_leave_nothing_out(company: Company) -> None:
    deposit(company, company.laptop, "LT000001", "LT000002", "LT000003", due=day(3))
    deposit(company, company.printer, "D-1", "D-2")
    deposit(company, company.cable, CABLE_GTIN)
    seen: list[str] = []
    after: HeldCursor | None = None
    while True:
        found = page(company.supplier.id, TODAY, limit=2, after=after)
        seen += [row.serial for row in found.rows]
        after = found.after
        if after is None:
            break
    assert seen == ["LT000001", "LT000002", "LT000003", "D-1", "D-2", ""]


def test_a_page_is_read_along_the_index(sqlite_company: Company) -> None:
    deposit(sqlite_company, sqlite_company.laptop, "LT000001", due=day(3))
    with statements(sqlite_company.database) as seen:
        page(sqlite_company.supplier.id, TODAY)
        due_counts(TODAY)
    plans = [
        row[3]
        for sql, params in seen
        if "FROM unit u" in sql
        for row in sqlite_company.database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", params).fetchall()
    ]
    assert any("unit_theirs" in plan for plan in plans)
    assert any("unit_due_back" in plan for plan in plans)
    assert not any("TEMP B-TREE FOR ORDER BY" in plan or plan == "SCAN u" for plan in plans)


def test_closing_a_deposit_takes_the_same_statements_for_any_number(company: Company) -> None:
    counts = []
    for first, pieces in ((1, 3), (1000, 40)):
        document = company.delivery(NewLine(product_id=company.laptop.id), units_of_supplier=True)
        company.accept(document, *(f"LT{number:06}" for number in range(first, first + pieces)))
        company.run(set_due, company.actor(), document.id, day(9))
        counts.append(asked(company.database, lambda document=document: company.close(document)))
    assert counts[0] == counts[1]
