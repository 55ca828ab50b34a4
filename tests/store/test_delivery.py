"""A delivery is closed by scanning its units into stock."""

from decimal import Decimal

import pytest

from store.domain.documents import Accepted, LinePicked, NewLine, Question, QuestionKind, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.scan import Gs1Item
from store.domain.terms import Terms
from store.operations.products import create_product
from store.queries import documents, scans, units
from store.queries.products import product_by_id
from tests.store.company import CABLE_GTIN, LAPTOP_GTIN, PRINTER_GTIN, Company


def expect(product_id: int, pieces: int, *serials: str) -> NewLine:
    return NewLine(product_id=product_id, expected=Decimal(pieces), serials=serials)


def code(outcome: object) -> RefusalCode:
    assert isinstance(outcome, Refused), outcome
    return outcome.refusal.code


def kind(outcome: object) -> QuestionKind:
    assert isinstance(outcome, Question), outcome
    return outcome.kind


def test_scanned_units_are_in_stock_after_closing(company: Company) -> None:
    delivery = company.delivery(expect(company.laptop.id, 2))
    company.accept(delivery, "LT000001", "LT000002")
    posted = company.close(delivery)
    assert posted.number == "PZ/2026/000001"
    (unit,) = units.by_number("LT000002")
    card = units.card(unit.id)
    assert (card.terms, card.place.name if card.place else "", card.owner_is_us) == (
        Terms.STOCK, "Magazyn główny", True,
    )  # fmt: skip
    (movement,) = card.movements
    assert (movement.from_name, movement.to_name, movement.document_number) == (
        "Dostawca S.A.", "Magazyn główny", "PZ/2026/000001",
    )  # fmt: skip


def test_a_deposit_stays_the_suppliers(company: Company) -> None:
    delivery = company.delivery(expect(company.laptop.id, 1), units_of_supplier=True)
    company.accept(delivery, "LT000001")
    company.close(delivery)
    card = units.card(units.by_number("LT000001")[0].id)
    assert (card.terms, card.owner_name) == (Terms.HELD, "Dostawca S.A.")


def test_a_serial_goes_to_the_line_whose_pattern_it_fits(company: Company) -> None:
    delivery = company.delivery(expect(company.printer.id, 5), expect(company.laptop.id, 5))
    assert company.accept(delivery, "LT000001")[0].line.product == company.laptop


def test_a_serial_that_fits_several_lines_is_asked_about(company: Company) -> None:
    delivery = company.delivery(expect(company.printer.id, 5), expect(company.phone.id, 5))
    outcome = company.take(delivery, "ABC-1")
    assert kind(outcome) is QuestionKind.WHICH_LINE
    line = documents.lines(delivery.id)[1]
    assert company.accept(delivery, "ABC-1", line_id=line.id)[0].line.product == company.phone


def test_a_gtin_picks_its_line_and_is_never_a_serial(company: Company) -> None:
    delivery = company.delivery(expect(company.phone.id, 5), expect(company.printer.id, 5))
    for text in (PRINTER_GTIN, PRINTER_GTIN.lstrip("0"), "PR-1"):
        outcome = company.take(delivery, text)
        assert isinstance(outcome, LinePicked)
        assert outcome.line.product == company.printer
    assert scans.scan_count(delivery.id) == 0


def test_gtin_and_serial_in_one_read(company: Company) -> None:
    delivery = company.delivery(expect(company.phone.id, 5), expect(company.printer.id, 5))
    scan = company.scan("x", Gs1Item(gtin=PRINTER_GTIN, serial="00077"))
    outcome = company.take(delivery, scan, line_id=documents.lines(delivery.id)[0].id)
    assert isinstance(outcome, Accepted)
    assert (outcome.line.product, outcome.row.serial) == (company.printer, "00077")


def test_the_only_product_learns_its_gtin_without_being_picked(company: Company) -> None:
    kind_id = company.laptop.kind_id
    product = company.run(create_product, "TB-8", "Tablet 8", kind_id, serial_pattern=r"\d{6}")
    delivery = company.delivery(expect(product.id, 5))
    gtin = "04012345678901"
    # The pattern tells that it is no serial, and nobody's GTIN is a code on the box all the same.
    assert kind(company.take(delivery, gtin)) is QuestionKind.LEARN_GTIN
    yes = frozenset({QuestionKind.LEARN_GTIN})
    assert isinstance(company.take(delivery, gtin, confirmed=yes), LinePicked)
    assert company.run(product_by_id, product.id).gtins == (gtin,)


def test_a_product_learns_its_gtin_on_confirmation(company: Company) -> None:
    delivery = company.delivery(expect(company.phone.id, 5), expect(company.printer.id, 5))
    gtin = "04012345678901"
    assert code(company.take(delivery, gtin)) is RefusalCode.UNKNOWN_GTIN
    line = documents.lines(delivery.id)[0]
    assert kind(company.take(delivery, gtin, line_id=line.id)) is QuestionKind.LEARN_GTIN
    yes = frozenset({QuestionKind.LEARN_GTIN})
    assert isinstance(company.take(delivery, gtin, line_id=line.id, confirmed=yes), LinePicked)
    picked = company.take(delivery, gtin)
    assert isinstance(picked, LinePicked)
    assert picked.line.product.id == company.phone.id


def test_a_code_that_looks_like_a_gtin_can_be_the_serial(company: Company) -> None:
    delivery = company.delivery(expect(company.phone.id, 5))
    line = documents.lines(delivery.id)[0]
    yes = frozenset({QuestionKind.KEEP_AS_SERIAL})
    outcome = company.take(delivery, "4012345678901", line_id=line.id, confirmed=yes)
    assert isinstance(outcome, Accepted)
    assert outcome.row.serial == "4012345678901"


def test_the_same_serial_twice_is_refused_with_its_line_and_time(company: Company) -> None:
    delivery = company.delivery(expect(company.laptop.id, 5))
    first = company.accept(delivery, "LT000001")[0]
    again = company.take(delivery, " lt000001 ")
    assert code(again) is RefusalCode.ALREADY_HERE
    assert isinstance(again, Refused)
    assert (again.refusal.data["line"], again.refusal.data["at"]) == (1, first.row.at)
    assert scans.scan_count(delivery.id) == 1


def test_a_serial_in_another_open_delivery_is_refused_with_who(company: Company) -> None:
    one = company.delivery(expect(company.laptop.id, 5), reference="WZ 17")
    other = company.delivery(expect(company.laptop.id, 5))
    company.accept(one, "LT000001")
    outcome = company.take(other, "LT000001")
    assert code(outcome) is RefusalCode.TAKEN
    assert isinstance(outcome, Refused)
    assert outcome.refusal.data["document"] == "WZ 17"


def test_a_unit_in_stock_is_refused_with_its_place(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    outcome = company.take(company.delivery(expect(company.laptop.id, 1)), "LT000001")
    assert code(outcome) is RefusalCode.ALREADY_IN_STOCK
    assert isinstance(outcome, Refused)
    assert outcome.refusal.data["place"] == "Magazyn główny"


def test_a_sold_unit_is_refused_unless_its_customer_sells_it_back(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    issue = company.issue()
    company.accept(issue, "LT000001")
    company.close(issue)
    refused = company.take(company.delivery(expect(company.laptop.id, 1)), "LT000001")
    assert code(refused) is RefusalCode.WITH_PARTY
    back = company.delivery(expect(company.laptop.id, 1), party=company.customer)
    company.accept(back, "LT000001")
    company.close(back)
    again = company.issue()
    company.accept(again, "LT000001")
    company.close(again)
    card = units.card(units.by_number("LT000001")[0].id)
    assert [m.to_terms for m in card.movements] == [Terms.SOLD, Terms.STOCK, Terms.SOLD, Terms.STOCK]


def test_a_serial_against_the_pattern_is_refused(company: Company) -> None:
    delivery = company.delivery(expect(company.laptop.id, 5))
    assert code(company.take(delivery, "00:1B:44:11:3A:B7")) is RefusalCode.WRONG_PATTERN
    assert [found.text for found in scans.refused(delivery.id)] == ["00:1B:44:11:3A:B7"]


def test_a_product_that_is_not_on_the_delivery_may_be_added_by_role(company: Company) -> None:
    delivery = company.delivery(expect(company.laptop.id, 1))
    assert code(company.take(delivery, PRINTER_GTIN)) is RefusalCode.NOT_ON_DOCUMENT
    chief = company.actor(company.chief)
    assert kind(company.take(delivery, PRINTER_GTIN, actor=chief)) is QuestionKind.ADD_LINE
    yes = frozenset({QuestionKind.ADD_LINE})
    outcome = company.take(delivery, PRINTER_GTIN, actor=chief, confirmed=yes)
    assert isinstance(outcome, LinePicked)
    assert outcome.line.product == company.printer


def test_announced_serials_are_ticked_off_and_others_asked_about(company: Company) -> None:
    delivery = company.delivery(expect(company.laptop.id, 2, "LT000001", "LT000002"))
    assert company.accept(delivery, "LT000001")[0].row.announced
    assert kind(company.take(delivery, "LT000009")) is QuestionKind.UNEXPECTED_SERIAL
    yes = frozenset({QuestionKind.UNEXPECTED_SERIAL})
    assert not company.accept(delivery, "LT000009", confirmed=yes)[0].row.announced
    (difference,) = scans.differences(delivery.id)
    assert difference.missing_serials == ("LT000002",)
    assert difference.unexpected_serials == ("LT000009",)


def test_a_number_of_another_products_unit_is_asked_about(company: Company) -> None:
    company.stock(company.printer, "XK-100")
    delivery = company.delivery(expect(company.phone.id, 1))
    assert kind(company.take(delivery, "XK-100")) is QuestionKind.OTHER_UNIT
    yes = frozenset({QuestionKind.OTHER_UNIT})
    assert company.accept(delivery, "XK-100", confirmed=yes)[0].line.product == company.phone


def test_more_than_expected_needs_a_yes(company: Company) -> None:
    delivery = company.delivery(expect(company.laptop.id, 1))
    company.accept(delivery, "LT000001")
    assert kind(company.take(delivery, "LT000002")) is QuestionKind.OVER_EXPECTED
    company.accept(delivery, "LT000002", confirmed=frozenset({QuestionKind.OVER_EXPECTED}))
    with pytest.raises(RefusedError) as refused:
        company.close(delivery)
    assert refused.value.refusal.code is RefusalCode.REASON_NEEDED
    assert company.close(delivery, reason="supplier sent one more").reason == "supplier sent one more"


def test_a_damaged_piece_is_noted_and_not_put_into_stock(company: Company) -> None:
    delivery = company.delivery(expect(company.laptop.id, 2))
    company.accept(delivery, "LT000001")
    rejected = company.accept(delivery, "LT000002", rejected="screen broken")[0]
    assert (rejected.line.scanned, rejected.line.rejected) == (1, 1)
    company.close(delivery, reason="one was broken")
    assert units.by_number("LT000002") == []
    assert [scan.reason for scan in scans.scans(delivery.id, limit=9)] == ["screen broken", ""]


def test_pieces_without_serials_are_counted_by_scans(company: Company) -> None:
    delivery = company.delivery(expect(company.cable.id, 3))
    for expected in (1, 2, 3):
        assert company.accept(delivery, CABLE_GTIN)[0].line.scanned == expected
    company.close(delivery)


def test_the_last_scan_can_be_taken_back_and_made_again(company: Company) -> None:
    from store.operations.drafts import undo

    delivery = company.delivery(expect(company.laptop.id, 2))
    company.accept(delivery, "LT000001", "LT000002")
    removed = company.run(undo, company.actor(), delivery.id)
    assert removed is not None
    assert removed.serial == "LT000002"
    assert documents.lines(delivery.id)[0].scanned == 1
    company.accept(delivery, "LT000002")


def test_undo_leaves_the_scans_of_the_other_terminal(company: Company) -> None:
    from store.operations.drafts import undo

    delivery = company.delivery(expect(company.laptop.id, 2))
    company.accept(delivery, "LT000001")
    company.accept(delivery, "LT000002", actor=company.actor(terminal=company.gate))
    removed = company.run(undo, company.actor(), delivery.id)
    assert removed is not None
    assert removed.serial == "LT000001"


def test_the_same_token_takes_a_scan_once(company: Company) -> None:
    delivery = company.delivery(expect(company.laptop.id, 2))
    first = company.take(delivery, "LT000001", token="once")
    again = company.take(delivery, "LT000001", token="once")
    assert isinstance(first, Accepted)
    assert isinstance(again, Accepted)
    assert again.row == first.row
    assert scans.scan_count(delivery.id) == 1


def test_a_closed_delivery_takes_no_scan_and_closes_once(company: Company) -> None:
    delivery = company.delivery(expect(company.laptop.id, 1))
    company.accept(delivery, "LT000001")
    posted = company.close(delivery, token="close")
    assert company.close(delivery, token="close") == posted
    with pytest.raises(RefusedError) as refused:
        company.take(delivery, "LT000002")
    assert refused.value.refusal.code is RefusalCode.NOT_OPEN


def test_an_empty_delivery_is_not_closed(company: Company) -> None:
    delivery = company.delivery(expect(company.laptop.id, 1))
    with pytest.raises(RefusedError) as refused:
        company.close(delivery, reason="nothing came")
    assert refused.value.refusal.code is RefusalCode.NOTHING_SCANNED


def test_leading_zeros_and_the_text_as_scanned_are_kept(company: Company) -> None:
    company.stock(company.printer, " 000abc ")
    (unit,) = units.by_number("000ABC")
    assert unit.serial == "000abc"


def test_the_same_serial_may_belong_to_two_products(company: Company) -> None:
    company.stock(company.printer, "S1")
    delivery = company.delivery(expect(company.phone.id, 1))
    company.accept(delivery, "S1", confirmed=frozenset({QuestionKind.OTHER_UNIT}))
    company.close(delivery)
    assert len(units.by_number("s1")) == 2


def test_the_gtin_of_the_laptop_is_not_taken_twice(company: Company) -> None:
    from store.operations.products import learn_gtin

    with pytest.raises(RefusedError) as refused:
        company.run(learn_gtin, company.phone.id, LAPTOP_GTIN)
    assert refused.value.refusal.code is RefusalCode.EXISTS
