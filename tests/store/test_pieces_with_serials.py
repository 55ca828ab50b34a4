"""Units of a product that is followed by quantity: each counts as a unit and takes no piece away."""

from dataclasses import replace
from decimal import Decimal

import pytest

from store.check.run import check_store
from store.domain.documents import Accepted, Document, NewDocument, NewLine, QuestionKind, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.loans import Giver
from store.domain.records import Party
from store.domain.scan import Gs1Item
from store.domain.stocktake import DifferenceKind
from store.domain.terms import DocumentType, Terms
from store.operations.documents import open_document
from store.operations.entry import take_quantity
from store.operations.on_site import add_turnable, open_on_site
from store.operations.stocktakes import compare, give_reason
from store.queries.balances import available, takeable
from store.queries.documents import lines
from store.queries.givers import pieces_out
from store.queries.invoice_facts import in_stock
from store.queries.reservations import pieces_here
from store.queries.stocktakes import all_differences
from store.queries.units import by_number
from tests.store.company import CABLE_GTIN, Company
from tests.store.imports.files import row
from tests.store.invoice_files import buyer, counted, post, sale, whereabouts

WITHDRAWN = frozenset({QuestionKind.AS_WITHDRAWAL})


@pytest.fixture
def customer(company: Company) -> Party:
    """A customer with one cable without a serial, and C-1 and C-2 with; three cables lie in our stock."""
    customer = buyer(company)
    post(company, sale(row(1, index="CB-2", quantity=3)))
    document = company.run(open_on_site, company.actor(), customer)
    line = company.run(add_turnable, document.id, company.cable.id)
    company.accept(document, "C-1", "C-2", line_id=line.id)
    company.close(document)
    delivery = company.delivery(NewLine(product_id=company.cable.id))
    company.accept(delivery, CABLE_GTIN, CABLE_GTIN, CABLE_GTIN)
    company.close(delivery)
    return customer


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def come_back(company: Company, *serials: str) -> None:
    back = company.open(DocumentType.RETURN, company.customer)
    company.accept(back, *serials, confirmed=WITHDRAWN)
    company.close(back, reason="changed their mind")


def issued(company: Company, party: Party) -> Document:
    return company.issue(NewLine(product_id=company.cable.id), party=party)


def in_our_stock(company: Company) -> Decimal:
    return available(company.cable.id, company.main.place_id)


def count(company: Company, document: Document, pieces: int) -> object:
    line = lines(document.id)[0].id
    return company.run(
        take_quantity, company.actor(), document.id, line, Decimal(pieces), token=next(company.tokens)
    )


def test_a_unit_that_another_issue_takes_leaves_all_pieces(company: Company, customer: Party) -> None:
    come_back(company, "C-1", "C-2")
    assert in_our_stock(company) == 3
    company.accept(issued(company, customer), "C-1", "C-2")
    other = issued(company, company.customer)
    assert takeable(other, company.cable.id) == 3
    assert in_stock([company.cable.id], company.main.place_id) == {company.cable.id: 3}
    assert pieces_here(company.cable.id, company.main.place_id) == 3
    assert isinstance(count(company, other, 3), Accepted)
    company.close(other)
    assert in_our_stock(company) == 0


def test_pieces_and_units_leave_together_by_one_issue(company: Company, customer: Party) -> None:
    come_back(company, "C-1")
    issue = issued(company, company.customer)
    company.accept(issue, "C-1")
    assert isinstance(count(company, issue, 3), Accepted)
    refused = count(company, issue, 1)
    assert isinstance(refused, Refused)
    assert refused.refusal.code is RefusalCode.TOO_FEW
    assert refused.refusal.data["available"] == 0
    company.close(issue)
    assert whereabouts("C-1") == ("sold", company.customer.name)
    assert counted(company.cable.id, company.customer) == 3


def test_pieces_that_another_issue_takes_are_taken(company: Company, customer: Party) -> None:
    come_back(company, "C-1")
    first = issued(company, customer)
    company.accept(first, "C-1", CABLE_GTIN)
    other = issued(company, company.customer)
    assert takeable(other, company.cable.id) == 2
    assert in_stock([company.cable.id], company.main.place_id) == {company.cable.id: 2}
    assert pieces_here(company.cable.id, company.main.place_id) == 2


def test_serials_that_are_scanned_on_site_take_nothing_from_our_stock(
    company: Company, customer: Party
) -> None:
    document = company.run(open_on_site, company.actor(), customer)
    line = company.run(add_turnable, document.id, company.cable.id)
    company.accept(document, "C-3", line_id=line.id)
    issue = issued(company, company.customer)
    assert takeable(issue, company.cable.id) == 3
    assert in_stock([company.cable.id], company.main.place_id) == {company.cable.id: 3}
    assert pieces_here(company.cable.id, company.main.place_id) == 3
    assert isinstance(count(company, issue, 3), Accepted)
    company.close(issue)
    company.close(document)
    assert whereabouts("C-3") == ("sold", customer.name)
    assert counted(company.cable.id, customer) == 0


def test_a_piece_that_came_back_meanwhile_gets_no_serial_on_site(company: Company, customer: Party) -> None:
    document = company.run(open_on_site, company.actor(), customer)
    line = company.run(add_turnable, document.id, company.cable.id)
    company.accept(document, "C-3", line_id=line.id)
    back = company.open(DocumentType.RETURN, company.customer)
    company.accept(back, CABLE_GTIN, confirmed=WITHDRAWN)
    company.close(back, reason="changed their mind")
    with pytest.raises(RefusedError) as stopped:
        company.close(document)
    assert stopped.value.refusal.code is RefusalCode.TOO_FEW
    assert by_number("C-3") == []


def test_a_unit_comes_back_as_the_unit_and_not_as_a_piece(company: Company, customer: Party) -> None:
    come_back(company, "C-1")
    assert whereabouts("C-1") == ("stock", company.us.name)
    assert in_our_stock(company) == 3
    assert counted(company.cable.id, customer) == 1


@pytest.mark.parametrize("is_picked", [True, False])
def test_a_unit_is_bought_back_by_a_delivery(company: Company, customer: Party, is_picked: bool) -> None:
    delivery = company.delivery(NewLine(product_id=company.cable.id), party=customer)
    line = lines(delivery.id)[0]
    company.accept(delivery, "C-1", line_id=line.id if is_picked else None)
    company.accept(delivery, CABLE_GTIN)
    company.close(delivery)
    assert whereabouts("C-1") == ("stock", company.us.name)
    assert len(by_number("C-1")) == 1
    assert in_our_stock(company) == 4


def test_a_code_on_the_box_buys_the_very_unit_back(company: Company, customer: Party) -> None:
    delivery = company.delivery(NewLine(product_id=company.cable.id), party=customer)
    for serial in ("C-1", "C-99"):
        text = f"01{CABLE_GTIN}21{serial}"
        item = Gs1Item(gtin=CABLE_GTIN, serial=serial)
        company.accept(delivery, replace(company.scan(text), gs1=item))
    company.close(delivery)
    assert whereabouts("C-1") == ("stock", company.us.name)
    assert by_number("C-99") == []
    assert in_our_stock(company) == 4


def test_a_unit_goes_to_its_line_beside_one_that_has_serials(company: Company, customer: Party) -> None:
    delivery = company.delivery(
        NewLine(product_id=company.laptop.id), NewLine(product_id=company.cable.id), party=customer
    )
    (taken,) = company.accept(delivery, "C-1")
    assert taken.line.product.id == company.cable.id
    (other,) = company.accept(delivery, "LT000001")
    assert other.line.product.id == company.laptop.id


def test_consigned_units_are_no_consigned_pieces(company: Company, customer: Party) -> None:
    come_back(company, "C-1")
    out = company.open(DocumentType.CONSIGNMENT, company.customer, NewLine(product_id=company.cable.id))
    company.accept(out, "C-1", CABLE_GTIN)
    company.close(out)
    sold = company.open(DocumentType.CONSIGNMENT_SALE, company.customer, NewLine(product_id=company.cable.id))
    company.accept(sold, "C-1")
    giver = Giver(party_id=company.customer.id, name=company.customer.name)
    (there,) = [each for each in pieces_out(company.cable.id, giver) if each.terms is Terms.CONSIGNED]
    assert there.left == 1
    company.accept(sold, CABLE_GTIN)
    company.close(sold)
    assert counted(company.cable.id, company.customer) == 1


def test_a_delivery_of_pieces_still_takes_no_serial_of_nobody(company: Company, customer: Party) -> None:
    delivery = company.delivery(NewLine(product_id=company.cable.id), party=customer)
    taken = company.take(delivery, "C-99")
    assert isinstance(taken, Refused)
    assert taken.refusal.code is RefusalCode.UNKNOWN_SERIAL


def test_a_unit_that_is_not_with_the_seller_is_not_bought_back(company: Company, customer: Party) -> None:
    delivery = company.delivery(NewLine(product_id=company.cable.id), party=company.supplier)
    taken = company.take(delivery, "C-1")
    assert isinstance(taken, Refused)
    assert taken.refusal.code is RefusalCode.WITH_PARTY


@pytest.mark.parametrize("pieces", [0, 2, 3])
def test_a_stocktake_counts_units_and_pieces_apart(company: Company, customer: Party, pieces: int) -> None:
    come_back(company, "C-1", "C-2")
    new = NewDocument(type=DocumentType.STOCKTAKE, location_id=company.main.id)
    stocktake = company.run(open_document, company.actor(), new)
    company.accept(stocktake, "C-1")
    if pieces:
        assert isinstance(count(company, stocktake, pieces), Accepted)
    company.run(compare, stocktake.id)
    differences = {(each.kind, each.serial, each.quantity) for each in all_differences(stocktake.id)}
    less = {(DifferenceKind.LESS, "", Decimal(3 - pieces))} if pieces < 3 else set()
    assert differences == {(DifferenceKind.MISSING, "C-2", Decimal(1))} | less
    company.run(give_reason, company.actor(), stocktake.id, "lost")
    company.close(stocktake)
    assert whereabouts("C-1")[0] == "stock"
    assert whereabouts("C-2")[0] == "scrapped"
    assert in_our_stock(company) == pieces
