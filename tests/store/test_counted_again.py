"""What an invoice had left to an issue is open again when that does not move it; answers may change."""

from decimal import Decimal
from functools import partial

import pytest
from peewee import IntegrityError

from store.check.run import check_store
from store.domain.deals import Deal, DealState
from store.domain.documents import Document, NewLine
from store.domain.received import InvoiceState, Receipt
from store.domain.records import Party
from store.domain.same_goods import LinkWhy
from store.domain.terms import DocumentStatus, DocumentType
from store.imports.options import ReadOptions
from store.models.sql import execute
from store.operations.assessing import assess
from store.operations.deals import change_deal_line, end_deal
from store.operations.delivering import finalise, place_deal
from store.operations.documents import cancel_document
from store.operations.importing import post_invoice
from store.operations.linking import link_deal, link_document
from store.operations.on_site import add_turnable, open_on_site
from store.operations.reversing import reverse_invoice
from store.queries import documents
from store.queries.invoices import invoice_lines, made_documents
from tests.store.company import Company
from tests.store.counting import asked
from tests.store.imports.files import extra, row
from tests.store.invoice_files import arrive, buyer, counted, post, sale
from tests.store.test_counted_once import issued, waiting
from tests.store.test_deals import again, cables, issue, make, scan_cables


@pytest.fixture
def customer(company: Company) -> Party:
    party = buyer(company)
    company.customer = party
    return party


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def done(invoice_id: int) -> list[tuple[int, int, int, int]]:
    lines = invoice_lines(invoice_id)
    return [tuple(map(int, (each.covered, each.placed, each.returned, each.pending))) for each in lines]


def linked_while_open(company: Company, printers: int = 2, pieces: int = 4) -> tuple[Document, Receipt]:
    """An issue that is still open, and the invoice that a person has linked with it."""
    company.stock(company.printer, "P1", "P2", "P3")
    cables(company, 9)
    document = company.issue(
        NewLine(product_id=company.printer.id, expected=Decimal(printers)),
        NewLine(product_id=company.cable.id, expected=Decimal(pieces)),
    )
    rows = row(1, index="PR-1", quantity=printers), row(2, index="CB-2", quantity=pieces)
    found = arrive(company, sale(*rows))
    (same,) = assess(found.invoice.id).same_goods
    company.run(link_document, company.actor(), found.invoice.id, same.id, same=True)
    receipt = company.run(post_invoice, company.actor(), found.invoice.id)
    assert done(found.invoice.id) == [(printers, 0, 0, 0), (pieces, 0, 0, 0)]
    return document, receipt


def test_what_a_cancelled_issue_was_to_move_is_the_invoices_own_again(
    company: Company, customer: Party
) -> None:
    document, receipt = linked_while_open(company)
    company.run(cancel_document, company.actor(), document.id)
    assert done(receipt.invoice.id) == [(0, 0, 0, 2), (0, 4, 0, 0)]
    assert waiting() == [(2, 0, 0)]
    assert counted(company.cable.id, customer) == 4
    assert [made.role for made in made_documents(receipt.invoice.id)] == ["placed"]
    # The goods lie in the stock in fact: the next issue of them counts once again.
    issued(company, "P1", "P2", pieces=4)
    assert waiting() == [(2, 2, 0)]
    assert counted(company.cable.id, customer) == 4
    assert done(receipt.invoice.id) == [(0, 0, 0, 2), (4, 4, 4, 0)]


def test_what_a_short_issue_did_not_move_is_open_again_and_no_more(company: Company, customer: Party) -> None:
    document, receipt = linked_while_open(company)
    company.accept(document, "P1")
    scan_cables(company, document, 2, 3)
    company.close(document, reason="The rest follows")
    assert done(receipt.invoice.id) == [(1, 0, 0, 1), (3, 1, 0, 0)]
    assert waiting() == [(1, 0, 0)]
    assert counted(company.cable.id, customer) == 4


def test_an_invoice_that_had_its_goods_back_is_reversed_as_any_other(
    company: Company, customer: Party
) -> None:
    document, receipt = linked_while_open(company)
    company.run(cancel_document, company.actor(), document.id)
    company.run(reverse_invoice, company.actor(company.chief), receipt.invoice.id, reason="By mistake")
    assert waiting() == [(2, 0, 2)]
    assert counted(company.cable.id, customer) == 0


def test_an_invoice_that_waits_forgets_the_cancelled_issue(company: Company, customer: Party) -> None:
    company.stock(company.printer, "P1")
    document = company.issue(NewLine(product_id=company.printer.id, expected=Decimal(1)))
    found = arrive(company, sale(row(1, index="PR-1")))
    company.run(link_document, company.actor(), found.invoice.id, document.id, same=True)
    company.run(cancel_document, company.actor(), document.id)
    company.run(post_invoice, company.actor(), found.invoice.id)
    assert done(found.invoice.id) == [(0, 0, 0, 1)]


def test_the_database_forbids_to_cancel_what_an_invoice_counts_on(company: Company, customer: Party) -> None:
    document, _receipt = linked_while_open(company)
    with pytest.raises(IntegrityError), company.database.atomic():
        execute("UPDATE document SET status = 'cancelled' WHERE id = :id", id=document.id)
    head = documents.head(document.id)
    assert head is not None
    assert head.status is DocumentStatus.OPEN


def test_the_statements_do_not_depend_on_the_lines_that_are_freed(company: Company, customer: Party) -> None:
    counts = []
    for lines in (1, 20):
        document = company.issue(
            *(NewLine(product_id=company.cable.id, expected=Decimal(1)) for _line in range(lines))
        )
        rows = [row(number, index="CB-2") for number in range(1, lines + 1)]
        found = arrive(company, sale(*rows, number=f"FV/{lines}"))
        company.run(link_document, company.actor(), found.invoice.id, document.id, same=True)
        company.run(post_invoice, company.actor(), found.invoice.id)
        deed = partial(company.run, cancel_document, company.actor(), document.id)
        counts.append(asked(company.database, deed))
    assert counts[0] == counts[1]
    assert counted(company.cable.id, customer) == 21


def scan_there(company: Company, customer: Party, *serials: str) -> None:
    document = company.run(open_on_site, company.actor(), customer)
    company.accept(document, *serials)
    company.close(document)


def test_a_serial_that_was_scanned_there_is_still_the_deals_that_has_the_invoice(
    company: Company, customer: Party
) -> None:
    post(company, sale(row(1, index="PR-1", quantity=5)))
    deal = make(company, (company.printer, 2))
    company.run(place_deal, company.actor(), deal.head.id, token="p")
    scan_there(company, customer, "A-1", "A-2")
    # Three of the five are neither the deal's nor scanned yet: an issue of three fills them all.
    company.stock(company.printer, "P1", "P2", "P3")
    issued(company, "P1", "P2", "P3")
    assert waiting() == [(5, 5, 0)]


def test_a_deal_does_not_put_there_again_what_was_scanned_there(company: Company, customer: Party) -> None:
    post(company, sale(row(1, index="PR-1", quantity=3), row(2, index="CB-2", quantity=3)))
    scan_there(company, customer, "A-1", "A-2", "A-3")
    document = company.run(open_on_site, company.actor(), customer)
    line = company.run(add_turnable, document.id, company.cable.id)
    company.accept(document, "C-1", "C-2", line_id=line.id)
    company.close(document)
    deal = make(company, (company.printer, 3), (company.cable, 3))
    company.run(place_deal, company.actor(), deal.head.id, token="p")
    assert again(deal).head.state is DealState.DONE
    assert [each.invoiced for each in again(deal).lines] == [3, 3]
    assert waiting() == [(3, 3, 0)]
    assert counted(company.cable.id, customer) == 1


def promised(company: Company) -> tuple[Deal, Receipt]:
    """A deal of which nothing is delivered, and the invoice about it."""
    deal = make(company, (company.printer, 2), (company.cable, 5))
    company.run(finalise, company.actor(), deal.head.id)
    rows = row(1, index="PR-1", quantity=2), row(2, index="CB-2", quantity=5)
    receipt = post(company, sale(*rows, orders=[deal.head.number]))
    assert done(receipt.invoice.id) == [(2, 0, 0, 0), (5, 0, 0, 0)]
    return deal, receipt


def test_what_an_ended_deal_does_not_deliver_is_the_invoices_own_again(
    company: Company, customer: Party
) -> None:
    deal, receipt = promised(company)
    cables(company, 3)
    document = issue(company, deal)
    scan_cables(company, document, 2, 3)
    company.close(document, reason="The rest follows")
    company.run(end_deal, company.actor(company.chief), deal.head.id, reason="Not made any more")
    assert done(receipt.invoice.id) == [(0, 0, 0, 2), (3, 2, 0, 0)]
    assert counted(company.cable.id, customer) == 5
    assert waiting() == [(2, 0, 0)]
    assert [each.invoiced for each in again(deal).lines] == [0, 3]


def test_a_deal_called_off_is_no_more_about_the_invoice(company: Company, customer: Party) -> None:
    deal, receipt = promised(company)
    company.run(end_deal, company.actor(company.chief), deal.head.id, reason="They went elsewhere")
    assert done(receipt.invoice.id) == [(0, 0, 0, 2), (0, 5, 0, 0)]
    assert again(deal).documents == ()


def test_a_line_of_a_deal_that_becomes_less_gives_the_rest_back(company: Company, customer: Party) -> None:
    deal, receipt = promised(company)
    change = {"quantity": Decimal(4), "unit_price": None, "note": ""}
    company.run(change_deal_line, company.actor(), deal.lines[1].id, **change)
    assert done(receipt.invoice.id) == [(2, 0, 0, 0), (4, 1, 0, 0)]


def test_what_an_invoice_had_put_there_before_the_deal_stays_when_it_ends(
    company: Company, customer: Party
) -> None:
    first = post(company, sale(row(1, index="CB-2", quantity=2)))
    deal = make(company, (company.printer, 1), (company.cable, 2))
    company.run(place_deal, company.actor(), deal.head.id, token="p")
    assert again(deal).head.state is DealState.DONE
    assert done(first.invoice.id) == [(0, 2, 0, 0)]
    assert counted(company.cable.id, customer) == 2


def test_the_database_forbids_a_deal_less_than_its_invoices(company: Company, customer: Party) -> None:
    deal, _receipt = promised(company)
    with pytest.raises(IntegrityError), company.database.atomic():
        execute("UPDATE deal_line SET dropped = 1000 WHERE deal_id = :id", id=deal.head.id)


def test_an_answer_about_an_issue_is_changed(company: Company, customer: Party) -> None:
    cables(company, 9)
    number = issued(company, pieces=3)
    found = arrive(company, sale(row(1, index="CB-2", quantity=3)))
    (linked,) = assess(found.invoice.id).linked
    company.run(link_document, company.actor(), found.invoice.id, linked.id, same=False)
    other = assess(found.invoice.id)
    assert (other.linked, other.same_goods, [each.name for each in other.apart]) == ((), (), [number])
    company.run(link_document, company.actor(), found.invoice.id, other.apart[0].id, same=True)
    back = assess(found.invoice.id)
    assert ([each.why for each in back.linked], back.apart) == ([LinkWhy.SAID], ())
    company.run(post_invoice, company.actor(), found.invoice.id)
    assert counted(company.cable.id, customer) == 3


def test_an_answer_about_a_deal_is_changed(company: Company, customer: Party) -> None:
    deal = make(company, (company.cable, 5))
    company.run(finalise, company.actor(), deal.head.id)
    found = arrive(company, sale(row(1, index="CB-2", quantity=5)))
    for same, expected in ((False, ([], [deal.head.number])), (True, ([deal.head.number], []))):
        company.run(link_deal, company.actor(), found.invoice.id, deal.head.id, same=same)
        now = assess(found.invoice.id)
        assert ([each.name for each in now.linked], [each.name for each in now.apart]) == expected


def test_a_receipt_says_with_what_an_invoice_is_counted_once_and_why(
    company: Company, customer: Party
) -> None:
    cables(company, 20)
    company.stock(company.printer, "P1")
    company.stock(company.laptop, "LT000001")
    near, named = issued(company, pieces=3), issued(company, "P1")
    laptops = company.issue(NewLine(product_id=company.laptop.id))
    company.accept(laptops, "LT000001")
    serial = str(company.close(laptops).number)
    rows = (
        row(1, index="CB-2", quantity=3),
        row(2, index="PR-1"),
        row(3, index="NB-14"),
    )
    extras = extra(3, "Numer seryjny", "LT000001")
    receipt = post(company, sale(*rows, delivery_notes=[named], extras=extras))
    assert receipt.invoice.state is InvoiceState.IMPORTED, receipt.questions
    assert {each.name: (each.quantity, each.why) for each in receipt.links} == {
        named: (1, LinkWhy.NAMED),
        near: (3, LinkWhy.NEAR),
        serial: (1, LinkWhy.SERIALS),
    }
    assert {each.type for each in receipt.links} == {DocumentType.ISSUE}


def test_without_a_sure_sign_an_invoice_waits_when_that_is_wanted(company: Company, customer: Party) -> None:
    cables(company, 9)
    number = issued(company, pieces=3)
    receipt = post(company, sale(row(1, index="CB-2", quantity=3)), options=ReadOptions(link_days=0))
    assert receipt.invoice.state is InvoiceState.WAITING
    assert receipt.questions == (f"{number}: are these the same goods?",)
    assert receipt.links == ()


def test_a_deal_is_linked_by_name_in_the_receipt(company: Company, customer: Party) -> None:
    deal = make(company, (company.cable, 2))
    company.run(place_deal, company.actor(), deal.head.id, token="p")
    receipt = post(company, sale(row(1, index="CB-2", quantity=2), orders=[deal.head.number]))
    assert [(each.type, each.name, each.quantity, each.why) for each in receipt.links] == [
        (DocumentType.DEAL, deal.head.number, 2, LinkWhy.NAMED)
    ]
