"""A location is counted by several terminals, compared with the record of each moment, and posted at once."""

from decimal import Decimal

import pytest
from peewee import IntegrityError

from store.domain.documents import Document, Question, QuestionKind, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.papers import PaperRequest
from store.domain.stocktake import DifferenceKind, NoticeCode
from store.domain.terms import Terms
from store.models.moments import to_store
from store.models.sql import execute, select
from store.operations.documents import cancel_document
from store.operations.drafts import remove
from store.operations.events import record_event
from store.operations.stocktakes import compare, give_reason
from store.queries import units
from store.queries.count_papers import stocktake_record
from store.queries.stocktakes import Cursor, all_differences, differences_page
from tests.store.company import CABLE_GTIN, PRINTER_GTIN, Company
from tests.store.counting import asked
from tests.store.counts import cables, count, found, issue, post, sound, state, tell

K = DifferenceKind


def test_what_is_all_there_differs_in_nothing_and_moves_nothing(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    cables(company, 3)
    document = count(company)
    company.accept(document, "LT000001", "LT000002")
    tell(company, document, 3)
    assert found(company, document) == set()
    posted = company.close(document, actor=company.actor())
    assert posted.number == "INW/2026/000001"
    assert not select("SELECT 1 FROM movement WHERE document_id = :id", id=document.id)
    assert sound(company)


def test_missing_surplus_and_what_is_elsewhere_are_posted_in_one_document(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    company.deposit(company.laptop, "LT000003")
    company.stock(company.laptop, "LT000009", location=company.van)
    document = count(company)
    company.accept(document, "LT000001")
    (other,) = company.accept(document, "LT000009")
    assert [(each.code, each.data["place"]) for each in other.told] == [
        (NoticeCode.ELSEWHERE, company.van.name)
    ]
    company.take(document, PRINTER_GTIN)
    line = select("SELECT max(id) AS id FROM document_line")[0]["id"]
    asked_ = company.take(document, "D-77", line_id=line)
    assert isinstance(asked_, Question)
    assert asked_.kind is QuestionKind.SURPLUS
    (new,) = company.accept(document, "D-77", line_id=line, confirmed=frozenset({QuestionKind.SURPLUS}))
    assert [each.code for each in new.told] == [NoticeCode.SURPLUS]
    assert found(company, document) == {
        (K.MISSING, "LT000002"), (K.MISSING, "LT000003"), (K.ELSEWHERE, "LT000009"), (K.SURPLUS, "D-77"),
    }  # fmt: skip
    with pytest.raises(RefusedError) as refused:
        company.close(document)
    assert refused.value.refusal.code is RefusalCode.REASONS_NEEDED
    post(company, document)
    assert state("LT000001") == (Terms.STOCK, company.main.name, company.us.name)
    assert state("LT000002") == (Terms.SCRAPPED, "", company.us.name)
    assert state("LT000003") == (Terms.SCRAPPED, "", company.supplier.name)
    assert state("LT000009") == (Terms.STOCK, company.main.name, company.us.name)
    assert state("D-77") == (Terms.STOCK, company.main.name, company.us.name)
    assert sound(company)


def test_what_was_lost_and_is_found_again_is_what_it_was_and_whose_it_was(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    company.deposit(company.laptop, "LT000003")
    post(company, count(company))
    assert state("LT000003")[0] is Terms.SCRAPPED
    again = count(company, company.van)
    taken = company.accept(again, "LT000001", "LT000003")
    assert {each.told[0].code for each in taken} == {NoticeCode.WRITTEN_OFF}
    assert {kind for kind, _serial in found(company, again)} == {K.WRITTEN_OFF}
    post(company, again)
    assert state("LT000001") == (Terms.STOCK, company.van.name, company.us.name)
    assert state("LT000003") == (Terms.HELD, company.van.name, company.supplier.name)
    assert sound(company)


def test_what_a_customer_has_on_record_is_told_and_stays_theirs(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    company.lend("LT000002")
    issue(company, "LT000001")
    document = count(company)
    taken = company.accept(document, "LT000001", "LT000002")
    assert {each.told[0].code for each in taken} == {NoticeCode.AWAY}
    assert found(company, document) == {(K.AWAY, "LT000001"), (K.AWAY, "LT000002")}
    company.close(document, actor=company.actor())
    assert state("LT000001")[0] is Terms.SOLD
    assert state("LT000002")[0] is Terms.RENTED
    assert sound(company)


def test_pieces_that_nobody_counted_are_all_too_few_but_those_that_went(company: Company) -> None:
    cables(company, 5)
    cables(company, 4, deposit=True)
    document = count(company)
    issue(company, CABLE_GTIN)
    cables(company, 2)
    assert found(company, document) == {(K.LESS, "8 Kabel 2 m")}
    post(company, document)
    rows = select("SELECT terms, quantity FROM balance WHERE quantity > 0 AND terms <> 'sold'")
    assert [(row["terms"], row["quantity"]) for row in rows] == [("held", 2_000)]
    assert sound(company)


def test_a_place_is_counted_by_one_document_at_a_time(company: Company) -> None:
    first = count(company)
    with pytest.raises(RefusedError) as refused:
        count(company)
    assert refused.value.refusal.code is RefusalCode.COUNTED_TWICE
    count(company, company.van)
    company.run(cancel_document, company.actor(), first.id)
    count(company)
    assert sound(company)


def test_a_cancelled_count_gives_everything_back(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    document = count(company)
    company.accept(document, "LT000001")
    found(company, document)
    company.run(cancel_document, company.actor(company.chief), document.id)
    assert not select("SELECT 1 FROM stocktake")
    assert sound(company)


def test_reasons_stay_with_what_still_differs_and_go_with_what_does_not(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    document = count(company)
    assert len(found(company, document)) == 2
    one, two = all_differences(document.id)
    company.run(give_reason, company.actor(), document.id, "zguba", difference_id=one.id)
    assert company.run(give_reason, company.actor(), document.id, "kradzież", kind=K.MISSING) == 1
    company.accept(document, "LT000002")
    assert found(company, document) == {(K.MISSING, "LT000001")}
    assert all_differences(document.id)[0].reason == "zguba"
    assert two.needs_reason


def test_who_may_not_write_off_counts_and_leaves_the_rest_to_who_may(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    document = count(company)
    company.run(compare, document.id)
    company.run(give_reason, company.actor(), document.id, "zguba")
    with pytest.raises(RefusedError) as refused:
        company.close(document, actor=company.actor(company.worker))
    assert refused.value.refusal.code is RefusalCode.NOT_ALLOWED
    company.close(document)
    assert sound(company)


def test_a_scan_that_was_taken_back_counts_no_more(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    document = count(company)
    (taken,) = company.accept(document, "LT000001")
    company.run(remove, company.actor(), taken.row.id)
    assert found(company, document) == {(K.MISSING, "LT000001")}
    company.accept(document, "LT000001")
    assert found(company, document) == set()


def test_what_is_no_serial_is_not_counted_as_one(company: Company) -> None:
    document = count(company)
    for text, code in (("XYZ", RefusalCode.UNKNOWN_SERIAL), ("VAN", RefusalCode.NOT_A_SERIAL)):
        outcome = company.take(document, text)
        assert isinstance(outcome, Refused)
        assert outcome.refusal.code is code
    company.take(document, "NB-14")
    line = select("SELECT max(id) AS id FROM document_line")[0]["id"]
    outcome = company.take(document, "XYZ", line_id=line)
    assert isinstance(outcome, Refused)
    assert outcome.refusal.code is RefusalCode.WRONG_PATTERN


def test_the_database_lets_nothing_be_posted_without_a_reason_nor_changed_after(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    document = count(company)
    company.run(compare, document.id)
    statement = "UPDATE document SET status = 'posted', number = 'X', posted_at = opened_at WHERE id = :id"
    with pytest.raises(IntegrityError):
        company.run(execute, statement, id=document.id)
    post(company, document)
    for statement in ("UPDATE stocktake_difference SET reason = ''", "DELETE FROM stocktake_difference"):
        with pytest.raises(IntegrityError):
            company.run(execute, statement)


def test_pages_of_differences_go_kind_by_kind_and_leave_none_out(company: Company) -> None:
    company.stock(company.laptop, *(f"LT{n:06}" for n in range(1, 8)))
    company.stock(company.laptop, "LT000008", location=company.van)
    document = count(company)
    company.accept(document, "LT000008")
    company.run(compare, document.id)
    seen: list[str] = []
    after: Cursor | None = None
    while True:
        page = differences_page(document.id, after=after, limit=3)
        seen += [each.serial for each in page.rows]
        after = page.after
        if after is None:
            break
    assert seen == [f"LT{n:06}" for n in range(1, 9)]
    assert [each.serial for each in differences_page(document.id, kind=K.ELSEWHERE).rows] == ["LT000008"]


def test_opening_comparing_and_posting_take_the_same_statements_for_any_number(company: Company) -> None:
    counts: list[tuple[int, int, int]] = []
    documents: list[Document] = []
    for first, pieces in ((1, 4), (1000, 60)):
        serials = [f"LT{number:06}" for number in range(first, first + pieces)]
        company.stock(company.laptop, *serials)
        opened = asked(company.database, lambda: documents.append(count(company)))
        document = documents[-1]
        company.accept(document, *serials[: pieces // 2])
        compared = asked(company.database, lambda document=document: company.run(compare, document.id))
        company.run(give_reason, company.actor(), document.id, "zguba")
        posted = asked(company.database, lambda document=document: company.close(document))
        counts.append((opened, compared, posted))
    assert counts[0] == counts[1]


def test_the_protocol_adds_up(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    company.stock(company.laptop, "LT000009", location=company.van)
    cables(company, 5)
    document = count(company)
    company.accept(document, "LT000001", "LT000009")
    tell(company, document, 4)
    posted = post(company, document, "spis roczny")
    record = company.run(stocktake_record, PaperRequest(number=posted.number or ""))
    assert [(line.sku, line.on_record, line.counted, line.difference) for line in record.lines] == [
        ("CB-2", Decimal(5), Decimal(4), Decimal(-1)),
        ("NB-14", Decimal(2), Decimal(2), Decimal(0)),
    ]
    assert [(row.kind, row.serial, row.where, row.reason) for row in record.rows] == [
        (K.MISSING, "LT000002", "", "spis roczny"),
        (K.ELSEWHERE, "LT000009", company.van.name, "spis roczny"),
        (K.LESS, "", "", "spis roczny"),
    ]
    assert (record.counters, record.posted_by) == ((company.worker.name,), company.chief.name)


def test_what_is_built_in_is_counted_with_what_it_is_in_and_goes_with_it(company: Company) -> None:
    company.stock(company.printer, "P1", "P2")
    company.stock(company.laptop, "LT000001", "LT000002")
    build_in(company, "P1", "LT000001")
    build_in(company, "P2", "LT000002")
    document = count(company)
    company.accept(document, "LT000001")
    assert found(company, document) == {(K.MISSING, "LT000002")}
    post(company, document)
    assert state("P1")[:2] == (Terms.STOCK, company.main.name)
    assert state("P2")[:2] == (Terms.SCRAPPED, "")
    other = count(company, company.van)
    company.accept(other, "LT000001", "P1", "LT000002")
    assert found(company, other) == {(K.ELSEWHERE, "LT000001"), (K.WRITTEN_OFF, "LT000002")}
    post(company, other)
    assert {state(serial)[:2] for serial in ("P1", "P2")} == {(Terms.STOCK, company.van.name)}
    assert sound(company)


def build_in(company: Company, part: str, carrier: str) -> None:
    ids = [units.by_number(serial)[0].id for serial in (part, carrier)]
    event = company.run(record_event, company.actor(), ids[0], "upgrade", "Montaż", token=part)
    company.run(
        execute,
        "INSERT INTO unit_link (kind, unit_id, other_id, event_id, begun_at) "
        "VALUES ('installed', :part, :carrier, :event, :at)",
        part=ids[0], carrier=ids[1], event=event.id, at=to_store(company.now),
    )  # fmt: skip
