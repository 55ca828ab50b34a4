"""A count while others work: what moves between its scans, and two terminals at once."""

from store.domain.documents import Accepted, Document, NewDocument, QuestionKind, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Actor
from store.domain.stocktake import DifferenceKind, NoticeCode
from store.domain.terms import Condition, DocumentType, Terms
from store.models.sql import select
from store.operations.closing import close_document
from store.operations.documents import open_document
from store.operations.drafts import undo
from store.operations.scanning import take
from store.operations.stocktakes import compare, give_reason
from store.operations.units import change_condition
from store.queries import units
from store.queries.stocktakes import all_differences, summary
from tests.store.company import CABLE_GTIN, PRINTER_GTIN, Company
from tests.store.counts import cables, count, found, issue, post, sound, state, tell
from tests.store.test_races import at_once, scanning

K = DifferenceKind


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
