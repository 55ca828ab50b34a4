"""Quantities, ranges and lists are typed, pasted or loaded; each serial is judged as if it were scanned."""

from decimal import Decimal

import pytest

from store.domain.documents import Accepted, NewLine, Outcome, Question, QuestionKind, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.operations.documents import add_line, cancel_document
from store.operations.drafts import remove, undo
from store.operations.entry import enter_list, enter_range, take_quantity
from store.queries import documents, scans, units
from store.queries.balances import available
from tests.store.company import Company


def count(company: Company, document_id: int, quantity: str, **options: object) -> Outcome:
    line = documents.lines(document_id)[-1]
    token = options.pop("token", next(company.tokens))
    return company.run(
        take_quantity, company.actor(), document_id, line.id, Decimal(quantity), token=token, **options
    )


def refusal(error: pytest.ExceptionInfo[RefusedError]) -> RefusalCode:
    return error.value.refusal.code


def test_a_range_takes_each_serial_of_it(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.laptop.id))
    line = documents.lines(delivery.id)[0]
    outcomes = company.run(
        enter_range, company.actor(), delivery.id, line.id, "LT000098", last="LT000102", token="range"
    )
    assert all(isinstance(outcome, Accepted) for outcome in outcomes)
    company.close(delivery)
    assert [bool(units.by_number(f"LT{n:06}")) for n in range(97, 104)] == [False, *[True] * 5, False]


def test_a_wrong_serial_of_a_list_refuses_itself_and_no_other(company: Company) -> None:
    company.stock(company.laptop, "LT000002")
    delivery = company.delivery(NewLine(product_id=company.laptop.id))
    texts = ["LT000001", "", "  ", "LT000002", "nonsense", "LT000003", "LT000001"]
    outcomes = company.run(enter_list, company.actor(), delivery.id, texts, None, token="list")
    said = [o.refusal.code if isinstance(o, Refused) else type(o) for o in outcomes]
    assert said == [
        Accepted, RefusalCode.ALREADY_IN_STOCK, RefusalCode.WRONG_PATTERN, Accepted, RefusalCode.ALREADY_HERE,
    ]  # fmt: skip


def test_a_list_entered_again_after_a_lost_answer_is_entered_once(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.laptop.id))
    for _try in range(2):
        outcomes = company.run(
            enter_list, company.actor(), delivery.id, ["LT000001", "LT000002"], None, token="list"
        )
        assert all(isinstance(outcome, Accepted) for outcome in outcomes)
    assert documents.lines(delivery.id)[0].scanned == 2


def test_a_range_into_a_full_line_asks_and_is_taken_on_a_yes(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.laptop.id, expected=Decimal(1)))
    line = documents.lines(delivery.id)[0]
    taken, asked = company.run(
        enter_range, company.actor(), delivery.id, line.id, "LT000001", count=2, token="range"
    )
    assert isinstance(taken, Accepted)
    assert isinstance(asked, Question)
    confirmed = frozenset({asked.kind})
    again = company.run(
        enter_range, company.actor(), delivery.id, line.id, "LT000001", count=2, token="range",
        confirmed=confirmed,
    )  # fmt: skip
    assert all(isinstance(outcome, Accepted) for outcome in again)
    assert documents.lines(delivery.id)[0].scanned == 2


@pytest.mark.parametrize("quantity", ["0", "-1", "1.0001"])
def test_what_is_no_quantity_is_refused(company: Company, quantity: str) -> None:
    delivery = company.delivery(NewLine(product_id=company.cable.id))
    with pytest.raises(RefusedError) as refused:
        count(company, delivery.id, quantity)
    assert refusal(refused) is RefusalCode.BAD_QUANTITY


def test_products_with_serials_are_not_counted(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.laptop.id))
    with pytest.raises(RefusedError) as refused:
        count(company, delivery.id, "5")
    assert refusal(refused) is RefusalCode.SERIALS_NEEDED


def test_parts_of_a_measure_are_counted_without_rounding(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.cable.id))
    for quantity in ("0.1", "0.2", "2.505"):
        count(company, delivery.id, quantity)
    assert documents.lines(delivery.id)[0].scanned == Decimal("2.805")
    company.close(delivery)
    assert available(company.cable.id, company.main.place_id) == Decimal("2.805")


def test_a_quantity_counted_again_after_a_lost_answer_counts_once(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.cable.id))
    for _try in range(2):
        assert isinstance(count(company, delivery.id, "7", token="same"), Accepted)
    assert documents.lines(delivery.id)[0].scanned == 7


def test_more_pieces_than_expected_need_a_yes(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.cable.id, expected=Decimal(5)))
    asked = count(company, delivery.id, "6")
    assert isinstance(asked, Question)
    assert asked.kind is QuestionKind.OVER_EXPECTED
    taken = count(company, delivery.id, "6", confirmed=frozenset({asked.kind}))
    assert isinstance(taken, Accepted)


def test_any_scan_can_be_taken_back_and_leaves_its_trace(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.laptop.id), NewLine(product_id=company.cable.id))
    company.accept(delivery, "LT000001", "LT000002", "LT000003")
    count(company, delivery.id, "4")
    middle = next(scan for scan in scans.scans(delivery.id, limit=9) if scan.serial == "LT000002")
    removed = company.run(remove, company.actor(company.chief, company.gate), middle.id)
    assert removed == middle
    assert [line.scanned for line in documents.lines(delivery.id)] == [2, 4]
    rows = company.database.execute_sql(
        "SELECT s.serial, o.code FROM draft_scan s JOIN operator o ON o.id = s.removed_by_id"
    ).fetchall()
    assert [tuple(row) for row in rows] == [("LT000002", "C1")]
    with pytest.raises(RefusedError):
        company.run(remove, company.actor(), middle.id)
    company.run(undo, company.actor(), delivery.id)
    assert [line.scanned for line in documents.lines(delivery.id)] == [2, 0]
    company.accept(delivery, "LT000002")
    company.close(delivery)
    with pytest.raises(RefusedError) as refused:
        company.run(remove, company.actor(), scans.scans(delivery.id, limit=1)[0].id)
    assert refusal(refused) is RefusalCode.NOT_OPEN


def test_a_line_is_added_by_a_role_that_may(company: Company) -> None:
    delivery = company.delivery(NewLine(product_id=company.laptop.id))
    new = NewLine(product_id=company.printer.id, expected=Decimal(2), serials=("P1", "p1 ", "P2"))
    with pytest.raises(RefusedError) as refused:
        company.run(add_line, company.actor(company.worker), delivery.id, new)
    assert refusal(refused) is RefusalCode.NOT_ALLOWED
    line = company.run(add_line, company.actor(company.chief), delivery.id, new)
    assert (line.position, line.product, line.expected, line.announced) == (2, company.printer, 2, 2)
    assert company.accept(delivery, "P1")[0].row.announced


def test_a_cancelled_document_gives_its_pieces_back(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    issue = company.issue()
    company.accept(issue, "LT000001")
    with pytest.raises(RefusedError) as refused:
        company.run(cancel_document, company.actor(company.worker), issue.id)
    assert refusal(refused) is RefusalCode.NOT_ALLOWED
    company.run(cancel_document, company.actor(company.chief), issue.id)
    company.accept(company.issue(), "LT000001")
    with pytest.raises(RefusedError) as refused:
        company.close(issue)
    assert refusal(refused) is RefusalCode.NOT_OPEN


def test_announced_serials_that_are_missing_are_named_at_closing(company: Company) -> None:
    delivery = company.delivery(
        NewLine(product_id=company.printer.id, expected=Decimal(2), serials=("P1", "P2"))
    )
    company.accept(delivery, "P1")
    company.accept(delivery, "P9", confirmed=frozenset({QuestionKind.UNEXPECTED_SERIAL}))
    (found,) = scans.differences(delivery.id)
    assert (found.missing_serials, found.unexpected_serials, found.difference) == (("P2",), ("P9",), 0)
    with pytest.raises(RefusedError) as refused:
        company.close(delivery)
    assert refusal(refused) is RefusalCode.REASON_NEEDED
    assert company.close(delivery, reason="zamiana").reason == "zamiana"
