"""What random walks through all documents have found: parts, replacements, counts and promises together."""

from datetime import timedelta
from decimal import Decimal

import pytest

from store.check.run import check_store
from store.domain.documents import Document, NewDocument, NewLine, QuestionKind, Refused
from store.domain.errors import RefusalCode
from store.domain.received import InvoiceState
from store.domain.repairs import Intake, Settlement
from store.domain.reservations import NewPiece, NewReservation, Reservation
from store.domain.stocktake import DifferenceKind
from store.domain.terms import Condition, DocumentType, Terms
from store.models.sql import select
from store.operations.documents import open_document
from store.operations.installing import install, take_out
from store.operations.on_site import open_on_site
from store.operations.replacing import replace_unit
from store.operations.reservations import reserve
from store.operations.reversing import reverse_invoice
from store.operations.service import say_intake, say_outcome
from store.operations.stocktakes import compare, give_reason
from store.operations.units import change_condition
from store.queries.repairs import scanned_pieces
from store.queries.stocktakes import all_differences
from store.queries.units import by_number
from tests.store.company import Company
from tests.store.imports.files import extra, row
from tests.store.invoice_files import buyer, post, sale, whereabouts
from tests.store.services import add, code_of, licence_of
from tests.store.test_installing import build_in
from tests.store.test_repairs import hand_out, intake, sell, unit

FOUND = ("LT000001", "LT000002")


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def promise(company: Company, serial: str, party_id: int) -> Reservation:
    found = unit(company, serial)
    product = company.laptop if serial in FOUND else company.printer
    day = company.now.date()
    new = NewReservation(
        party_id=party_id, location_id=company.main.id, first=day, last=day + timedelta(days=9),
        pieces=(NewPiece(product_id=product.id, unit_id=found.id),),
    )  # fmt: skip
    return company.run(reserve, company.actor(), new, token=next(company.tokens))


def swap(company: Company, old: str, new: str) -> Document:
    ids = unit(company, old).id, unit(company, new).id
    return company.run(
        replace_unit, company.actor(company.chief), *ids, reason="Wada", token=next(company.tokens)
    )


def refused_swap(company: Company, old: str, new: str) -> RefusalCode:
    ids = unit(company, old).id, unit(company, new).id
    return code_of(company, replace_unit, company.actor(), *ids, reason="Wada", token=next(company.tokens))


def block(company: Company, serial: str) -> None:
    unit_id = unit(company, serial).id
    company.run(change_condition, company.actor(), unit_id, Condition.BLOCKED, reason="Spór")


def count(company: Company) -> Document:
    new = NewDocument(type=DocumentType.STOCKTAKE, location_id=company.main.id)
    return company.run(open_document, company.actor(), new)


def refused_build(company: Company, part: str, carrier: str) -> RefusalCode:
    ids = unit(company, part).id, unit(company, carrier).id
    return code_of(company, install, company.actor(), *ids, token=next(company.tokens))


def test_what_was_promised_is_not_built_in_and_what_is_built_in_not_promised(company: Company) -> None:
    company.stock(company.printer, "P1", "P2", "P3")
    promise(company, "P1", company.customer.id)
    assert refused_build(company, "P1", "P2") is RefusalCode.RESERVED
    build_in(company, "P2", "P3")
    new = NewReservation(
        party_id=company.customer.id, location_id=company.main.id, first=company.now.date(),
        last=company.now.date(),
        pieces=(NewPiece(product_id=company.printer.id, unit_id=unit(company, "P2").id),),
    )  # fmt: skip
    assert code_of(company, reserve, company.actor(), new, token="part") is RefusalCode.INSTALLED
    # Two could go: the third goes with another one only.
    three = NewReservation(
        party_id=company.customer.id, location_id=company.main.id, first=company.now.date(),
        last=company.now.date(), pieces=(NewPiece(product_id=company.printer.id, quantity=Decimal(2)),),
    )  # fmt: skip
    assert code_of(company, reserve, company.actor(), three, token="2") is RefusalCode.PROMISED


def test_neither_a_service_nor_what_is_written_off_is_built_into_anything(company: Company) -> None:
    (policy,) = add(company, licence_of(company), "KEY-1")
    sell(company, "P1")
    ids = policy, unit(company, "P1").id
    for pair in (ids, ids[::-1]):
        assert code_of(company, install, company.actor(), *pair, token="no") is RefusalCode.IS_SERVICE
    company.stock(company.laptop, *FOUND)
    document = count(company)
    company.run(compare, document.id)
    company.run(give_reason, company.actor(), document.id, "zguba")
    company.close(document)
    assert whereabouts(FOUND[0])[0] == Terms.SCRAPPED
    assert refused_build(company, *FOUND) is RefusalCode.NOT_TOGETHER


def test_a_blocked_part_goes_into_use_with_nothing(company: Company) -> None:
    company.stock(company.printer, "P1", "P2")
    build_in(company, "P2", "P1")
    issue = company.issue()
    company.accept(issue, "P1")
    block(company, "P2")
    with pytest.raises(Exception, match="blocked") as refused:
        company.close(issue)
    assert refused.value.refusal.data["serial"] == "P2"  # type: ignore[attr-defined]
    assert whereabouts("P1")[0] == Terms.STOCK


def test_a_sale_of_a_unit_with_parts_is_reversed_as_it_was_built(company: Company) -> None:
    buyer(company)
    company.stock(company.laptop, *FOUND, "LT000003")
    build_in(company, *FOUND)
    extras = extra(1, "Numer seryjny", FOUND[1])
    done = post(company, sale(row(1, index="NB-14"), extras=extras))
    assert not done.questions
    assert whereabouts(FOUND[0])[0] == Terms.SOLD
    company.run(take_out, company.actor(), unit(company, FOUND[0]).id, token="out")
    actor = company.actor(company.chief)
    code = code_of(company, reverse_invoice, actor, done.invoice.id, reason="pomyłka")
    assert code is RefusalCode.MOVED_ON
    build_in(company, *FOUND)
    company.run(reverse_invoice, actor, done.invoice.id, reason="pomyłka")
    assert {whereabouts(serial)[0] for serial in FOUND} == {Terms.STOCK}


def test_an_invoice_of_a_day_before_its_part_came_sells_a_unit_with_that(company: Company) -> None:
    buyer(company)
    company.stock(company.laptop, FOUND[1])
    company.now += timedelta(days=3)
    company.stock(company.laptop, FOUND[0])
    build_in(company, *FOUND)
    done = post(company, sale(row(1, index="NB-14"), extras=extra(1, "Numer seryjny", FOUND[1])))
    assert not done.questions
    assert {whereabouts(serial)[0] for serial in FOUND} == {Terms.SOLD}


def test_what_was_invoiced_is_not_invoiced_again_after_a_repair(company: Company) -> None:
    company.stock(company.laptop, FOUND[0])
    party = buyer(company)
    named = extra(1, "Numer seryjny", FOUND[0])
    assert not post(company, sale(row(1, index="NB-14"), extras=named)).questions
    came = company.open(DocumentType.SERVICE_INTAKE, party)
    company.accept(came, FOUND[0])
    scans = [piece.scan_id for piece in company.run(scanned_pieces, came.id)]
    company.run(say_intake, came.id, scans, Intake(fault="Nie działa"))
    company.close(came)
    went = company.open(DocumentType.SERVICE_HANDOUT, party)
    company.accept(went, FOUND[0])
    scans = [piece.scan_id for piece in company.run(scanned_pieces, went.id)]
    company.run(say_outcome, went.id, scans, Settlement.PAID, "Naprawione")
    company.close(went)
    again = post(company, sale(row(1, index="NB-14"), number="FV/8", extras=named))
    assert again.invoice.state is InvoiceState.WAITING
    assert FOUND[0] in again.questions[0]


def test_a_unit_may_be_replaced_and_replace_more_than_once_in_its_life(company: Company) -> None:
    sell(company, "P1")
    company.stock(company.printer, "P2", "P3")
    swap(company, "P1", "P2")
    for serial, other in (("P1", "P3"), ("P2", "P1")):
        if whereabouts(serial)[0] == Terms.STOCK:
            again = company.issue()
            company.accept(again, serial)
            company.close(again)
        swap(company, serial, other)
    links = select(
        "SELECT u.serial, w.serial AS other FROM unit_link k JOIN unit u ON u.id = k.unit_id "
        "JOIN unit w ON w.id = k.other_id WHERE k.kind = 'replaced' ORDER BY k.id"
    )
    assert [(link["serial"], link["other"]) for link in links] == [("P1", "P2"), ("P1", "P3"), ("P2", "P1")]


def test_what_others_have_or_were_promised_replaces_nothing(company: Company) -> None:
    sell(company, "P1")
    company.stock(company.printer, "P2", "P3")
    transfer = company.transfer()
    company.accept(transfer, "P2")
    assert refused_swap(company, "P1", "P2") is RefusalCode.TAKEN
    promise(company, "P3", company.supplier.id)
    assert refused_swap(company, "P1", "P3") is RefusalCode.RESERVED


def test_a_replaced_unit_stays_blocked(company: Company) -> None:
    sell(company, "P1")
    company.stock(company.printer, "P2")
    block(company, "P1")
    swap(company, "P1", "P2")
    assert unit(company, "P1").condition is Condition.BLOCKED


def test_parts_of_the_unit_that_replaces_a_lent_one_are_lent_with_it(company: Company) -> None:
    company.stock(company.printer, "P1", "P2", "P3")
    company.lend("P1")
    build_in(company, "P3", "P2")
    swap(company, "P1", "P2")
    rows = select(
        "SELECT u.serial FROM loan l JOIN unit u ON u.id = l.unit_id WHERE l.returned_at IS NULL "
        "ORDER BY u.serial"
    )
    assert [each["serial"] for each in rows] == ["P2", "P3"]


def test_what_was_repaired_goes_back_whatever_others_were_promised(company: Company) -> None:
    sell(company, "P1")
    intake(company, "P1")
    company.stock(company.printer, "P2")
    promise(company, "P1", company.supplier.id)
    hand_out(company, "P1")
    assert whereabouts("P1") == (Terms.SOLD, company.customer.name)


def test_what_is_counted_can_still_be_promised(company: Company) -> None:
    company.stock(company.laptop, *FOUND)
    company.accept(count(company), *FOUND)
    for serial in FOUND:
        promise(company, serial, company.customer.id)


def test_what_an_open_document_has_is_not_posted_by_a_count(company: Company) -> None:
    company.stock(company.laptop, FOUND[1], location=company.van)
    delivery = company.delivery(NewLine(product_id=company.laptop.id))
    company.accept(delivery, FOUND[0])
    transfer = company.transfer(location=company.van, target=company.main)
    company.accept(transfer, FOUND[1])
    document = count(company)
    company.take(document, "05901234123457")
    line = select("SELECT max(id) AS id FROM document_line")[0]["id"]
    company.accept(document, *FOUND, line_id=line, confirmed=frozenset({QuestionKind.SURPLUS}))
    company.run(compare, document.id)
    told = [(each.kind, each.serial) for each in all_differences(document.id)]
    assert told == [(DifferenceKind.PACKED, FOUND[1])]
    company.close(document)
    company.close(delivery)
    company.close(transfer)
    assert {unit(company, serial).place.name for serial in FOUND} == {company.main.name}  # type: ignore[union-attr]


def test_what_was_lost_in_service_is_no_new_piece_of_a_customer(company: Company) -> None:
    customer = buyer(company)
    company.stock(company.printer, "P1")
    company.lend("P1")
    intake(company, "P1")
    document = count(company)
    company.run(compare, document.id)
    company.run(give_reason, company.actor(), document.id, "zguba")
    company.close(document)
    post(company, sale(row(1, index="PR-1")))
    listed = company.run(open_on_site, company.actor(), customer)
    outcome = company.take(listed, "P1")
    assert isinstance(outcome, Refused)
    assert outcome.refusal.code is RefusalCode.NOT_ISSUABLE
    assert by_number("P1")
