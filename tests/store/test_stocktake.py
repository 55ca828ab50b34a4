"""A location is counted by several terminals, compared with the record of each moment, and posted at once."""

from decimal import Decimal

import pytest
from peewee import IntegrityError

from store.check.run import check_store
from store.domain.documents import Accepted, Document, NewDocument, NewLine, Question, QuestionKind, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.papers import PaperRequest
from store.domain.records import Actor, Location
from store.domain.stocktake import DifferenceKind, NoticeCode
from store.domain.terms import Condition, DocumentType, Terms
from store.models.moments import to_store
from store.models.sql import execute, select
from store.operations.closing import close_document
from store.operations.documents import cancel_document, open_document
from store.operations.drafts import remove, undo
from store.operations.entry import take_quantity
from store.operations.events import record_event
from store.operations.scanning import take
from store.operations.stocktakes import compare, give_reason
from store.operations.units import change_condition
from store.queries import units
from store.queries.count_papers import stocktake_record
from store.queries.stocktakes import Cursor, all_differences, differences_page, summary
from tests.store.company import CABLE_GTIN, PRINTER_GTIN, Company
from tests.store.counting import asked
from tests.store.test_races import at_once, scanning

K = DifferenceKind


def count(company: Company, location: Location | None = None) -> Document:
    new = NewDocument(type=DocumentType.STOCKTAKE, location_id=(location or company.main).id)
    return company.run(open_document, company.actor(), new)


def found(company: Company, document: Document) -> set[tuple[DifferenceKind, str]]:
    company.run(compare, document.id)
    return {
        (each.kind, each.serial or f"{each.quantity} {each.product_name}")
        for each in all_differences(document.id)
    }


def post(company: Company, document: Document, reason: str = "policzone") -> Document:
    company.run(compare, document.id)
    company.run(give_reason, company.actor(), document.id, reason)
    return company.close(document)


def cables(company: Company, quantity: int, *, deposit: bool = False) -> None:
    document = company.delivery(NewLine(product_id=company.cable.id), units_of_supplier=deposit)
    tell(company, document, quantity)
    company.close(document)


def tell(company: Company, document: Document, quantity: int) -> None:
    """Scan the box of cables once, and count the others by number."""
    (first,) = company.accept(document, CABLE_GTIN)
    if quantity > 1:
        outcome = company.run(
            take_quantity, company.actor(), document.id, first.line.id, Decimal(quantity - 1),
            token=next(company.tokens),
        )  # fmt: skip
        assert isinstance(outcome, Accepted), outcome


def issue(company: Company, *texts: str) -> Document:
    document = company.issue()
    company.accept(document, *texts)
    return company.close(document)


def state(serial: str) -> tuple[Terms, str, str]:
    card = units.card(units.by_number(serial)[0].id)
    return card.terms, card.place.name if card.place else "", card.owner_name


def sound(company: Company) -> bool:
    return list(check_store(company.database)) == []


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


def test_what_comes_and_goes_while_it_is_counted_is_no_difference(company: Company) -> None:
    company.stock(company.laptop, *(f"LT00000{n}" for n in range(1, 6)))
    company.stock(company.laptop, "LT000008", location=company.van)
    document = count(company)
    # Counted and then issued; issued before anybody came to it; delivered and seen; delivered and not seen.
    company.accept(document, "LT000001", "LT000003")
    issue(company, "LT000001", "LT000002")
    company.stock(company.laptop, "LT000006", "LT000007")
    company.accept(document, "LT000006")
    # Seen on the ramp before its transfer is closed; went to the van after it was counted; came back unseen.
    company.accept(document, "LT000008")
    came = company.transfer(location=company.van, target=company.main)
    company.accept(came, "LT000008")
    company.close(came)
    company.run(
        change_condition, company.actor(), units.by_number("LT000004")[0].id, Condition.USED, reason="x"
    )
    for source, target in ((company.main, company.van), (company.van, company.main)):
        move = company.transfer(location=source, target=target)
        company.accept(move, "LT000005", *(("LT000003",) if source is company.main else ()))
        company.close(move)
    # The only one that lay here all the time and that nobody saw; its condition changed, it did not move.
    assert found(company, document) == {(K.MISSING, "LT000004")}
    post(company, document)
    assert sound(company)


def test_a_serial_that_is_delivered_after_it_was_counted_is_not_too_many(company: Company) -> None:
    document = count(company)
    company.take(document, PRINTER_GTIN)
    line = select("SELECT max(id) AS id FROM document_line")[0]["id"]
    company.accept(document, "D-1", line_id=line, confirmed=frozenset({QuestionKind.SURPLUS}))
    assert found(company, document) == {(K.SURPLUS, "D-1")}
    company.stock(company.printer, "D-1")
    assert found(company, document) == set()
    company.close(document)
    assert sound(company)


def test_pieces_are_compared_with_the_record_of_their_moment(company: Company) -> None:
    cables(company, 20)
    document = count(company)
    issue(company, *([CABLE_GTIN] * 3))
    tell(company, document, 15)
    assert found(company, document) == {(K.LESS, "2 Kabel 2 m")}
    issue(company, *([CABLE_GTIN] * 4))
    cables(company, 6)
    assert found(company, document) == {(K.LESS, "2 Kabel 2 m")}
    post(company, document)
    assert select("SELECT sum(quantity) AS n FROM balance WHERE terms = 'stock'")[0]["n"] == 17_000
    assert sound(company)


def test_pieces_that_move_between_two_scans_may_have_been_seen_or_not(company: Company) -> None:
    cables(company, 20)
    document = count(company)
    tell(company, document, 10)
    issue(company, *([CABLE_GTIN] * 3))
    tell(company, document, 7)
    assert found(company, document) == set()
    company.run(undo, company.actor(), document.id)
    assert found(company, document) == {(K.LESS, "6 Kabel 2 m")}
    tell(company, document, 10)
    assert found(company, document) == {(K.MORE, "1 Kabel 2 m")}
    post(company, document)
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


def test_a_unit_that_both_scan_is_counted_once_and_told(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    document = count(company)
    company.accept(document, "LT000001", actor=company.actor(company.chief, company.gate))
    outcome = company.take(document, "LT000001")
    assert isinstance(outcome, Refused)
    assert outcome.refusal.code is RefusalCode.ALREADY_HERE
    assert outcome.refusal.data["operator"] == company.chief.name
    assert summary(document.id).counted == 1


def test_a_scan_that_is_sent_again_counts_once(company: Company) -> None:
    cables(company, 2)
    document = count(company)
    company.take(document, CABLE_GTIN, token="first")
    again = company.take(document, CABLE_GTIN, token="first")
    assert isinstance(again, Accepted)
    assert again.scanned == 1


def test_what_is_counted_may_be_issued_meanwhile_and_what_is_packed_is_not_missing(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    order = company.issue(reference="ZAM 7")
    company.accept(order, "LT000002")
    document = count(company)
    company.accept(document, "LT000001")
    company.accept(order, "LT000001")
    assert found(company, document) == {(K.PACKED, "LT000002")}
    assert all_differences(document.id)[0].where == "ZAM 7, Magazynier"
    (told,) = company.accept(document, "LT000002")
    assert [each.code for each in told.told] == [NoticeCode.PACKED]
    company.close(order)
    assert found(company, document) == set()
    company.close(document)
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


def test_two_terminals_count_one_place_at_once(company: Company) -> None:
    serials = [f"LT{number:06}" for number in range(24)]
    company.stock(company.laptop, *serials[:20])
    company.stock(company.laptop, *serials[20:], location=company.van)
    opened = at_once(company, lambda: count_here(company), lambda: count_here(company))
    (document,) = [each for each in opened if isinstance(each, Document)]
    (refused,) = [each for each in opened if isinstance(each, RefusedError)]
    assert refused.refusal.code is RefusalCode.COUNTED_TWICE
    worker, chief = company.actor(company.worker, company.desk), company.actor(company.chief, company.gate)
    taken = 0
    for one, other in zip(serials[:14], serials[9:23], strict=True):
        outcomes = at_once(
            company, scanning(company, document, one, worker), scanning(company, document, other, chief)
        )
        taken += sum(isinstance(each, Accepted) for each in outcomes)
        told = [each for each in outcomes if isinstance(each, Refused)]
        assert {each.refusal.code for each in told} <= {RefusalCode.ALREADY_HERE}
    both = at_once(company, *(scanning(company, document, serials[23], who) for who in (worker, chief)))
    (late,) = [each for each in both if isinstance(each, Refused)]
    assert late.refusal.code is RefusalCode.ALREADY_HERE
    assert taken == 23
    assert summary(document.id).counted == 24
    assert {kind for kind, _serial in found(company, document)} == {K.ELSEWHERE}
    company.run(give_reason, company.actor(), document.id, "przełożone")
    closed = at_once(
        company,
        lambda: close_document(chief, document.id, token="close"),
        lambda: take(worker, document.id, company.scan(serials[0]), token="late"),
    )
    assert [each.number for each in closed if isinstance(each, Document)] == ["INW/2026/000001"]
    assert sound(company)


def count_here(company: Company) -> Document:
    new = NewDocument(type=DocumentType.STOCKTAKE, location_id=company.main.id)
    return open_document(Actor(operator=company.worker, terminal=company.desk, at=company.now), new)


def test_a_unit_that_is_issued_while_the_count_is_posted_is_written_off_or_issued_and_never_both(
    company: Company,
) -> None:
    for number in range(6):
        serial = f"LT{number:06}"
        company.stock(company.laptop, serial)
        order, document = company.issue(), count(company)
        company.run(compare, document.id)
        company.run(give_reason, company.actor(), document.id, "zguba")
        company.accept(order, serial)
        chief, worker = company.actor(company.chief), company.actor(company.chief, company.gate)
        done = at_once(
            company,
            lambda order=order, who=worker: close_document(who, order.id, token=f"order {order.id}"),
            lambda document=document, who=chief: close_document(who, document.id, token=f"c {document.id}"),
        )
        assert all(isinstance(each, Document) for each in done), done
        assert state(serial)[0] is Terms.SOLD
    assert sound(company)


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
