"""A deal, an issue and an invoice about the same goods count once, whichever of them comes first."""

from datetime import timedelta

import pytest

from store.check.run import check_store
from store.domain.deals import DealState
from store.domain.documents import NewLine
from store.domain.received import Ask, InvoiceState, Receipt
from store.domain.records import Party
from store.domain.terms import DocumentType
from store.imports.options import ReadOptions
from store.models.sql import select
from store.operations.assessing import assess
from store.operations.delivering import finalise, place_deal
from store.operations.importing import post_invoice
from store.operations.linking import link_deal, link_document
from store.operations.reversing import reopen_invoice, reverse_invoice
from store.queries import documents
from store.queries.deals import deal as deal_by_id
from store.queries.invoices import invoice_lines
from tests.store.company import Company
from tests.store.imports.files import extra, row
from tests.store.invoice_files import arrive, buyer, counted, post, sale, whereabouts
from tests.store.test_deals import again, cables, issue, line_of, make, scan_cables

DAYS = timedelta(days=40)


@pytest.fixture
def customer(company: Company) -> Party:
    party = buyer(company)
    company.customer = party
    return party


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def sold_movements() -> int:
    return int(
        select("SELECT count(*) AS n FROM movement WHERE to_terms = 'sold' AND unit_id IS NOT NULL")[0]["n"]
    )


def waiting() -> list[tuple[int, int, int]]:
    rows = select("SELECT quantity, filled, dropped FROM pending_serial ORDER BY id")
    return [tuple(int(each[name]) // 1000 for name in ("quantity", "filled", "dropped")) for each in rows]


def issued(company: Company, *serials: str, pieces: int = 0, reference: str = "") -> str:
    """A plain issue to the customer; its number."""
    document = company.issue(
        NewLine(product_id=company.cable.id), NewLine(product_id=company.printer.id), reference=reference
    )
    company.accept(document, *serials, line_id=documents.lines(document.id)[1].id)
    if pieces:
        scan_cables(company, document, 1, pieces)
    return str(company.close(document).number)


def test_an_invoice_that_names_the_deal_is_about_its_goods(company: Company, customer: Party) -> None:
    company.stock(company.printer, "P1", "P2")
    cables(company, 9)
    deal = make(company, (company.printer, 2), (company.cable, 4))
    document = issue(company, deal)
    lines = documents.lines(document.id)
    company.accept(document, "P1", line_id=lines[0].id)
    scan_cables(company, document, 2, 4)
    company.close(document, reason="The rest follows")
    rows = row(1, index="PR-1", quantity=2), row(2, index="CB-2", quantity=4)
    done = post(company, sale(*rows, orders=[deal.head.number]))
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    assert [(each.covered, each.placed, each.pending) for each in invoice_lines(done.invoice.id)] == [
        (2, 0, 0),
        (4, 0, 0),
    ]
    assert counted(company.cable.id, customer) == 4
    assert [each.invoiced for each in again(deal).lines] == [2, 4]
    assert [each.kind for each in again(deal).documents] == ["issue", "sales_invoice"]
    # The rest of the deal is still to be delivered, and no invoice counts it again.
    rest = issue(company, deal)
    company.accept(rest, "P2")
    company.close(rest)
    assert again(deal).head.state is DealState.DONE
    assert waiting() == []


@pytest.mark.parametrize("named", ["their order", "the number of the issue"])
def test_the_order_of_the_customer_and_the_number_of_the_issue_name_the_deal_as_well(
    company: Company, customer: Party, named: str
) -> None:
    cables(company, 5)
    deal = make(company, (company.cable, 5), their_order="ZAM/7")
    document = issue(company, deal)
    scan_cables(company, document, 1, 5)
    number = str(company.close(document).number)
    options = {"orders": ["ZAM/7"]} if named == "their order" else {"delivery_notes": [number]}
    done = post(company, sale(row(1, index="CB-2", quantity=5), **options))
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    assert counted(company.cable.id, customer) == 5
    assert line_of(deal).invoiced == 5


def test_a_serial_of_our_stock_leaves_by_the_issue_of_the_deal_that_the_invoice_names(
    company: Company, customer: Party
) -> None:
    company.stock(company.laptop, "LT000001")
    deal = make(company, (company.laptop, 1))
    document = issue(company, deal)
    serials = extra(1, "Numer seryjny", "LT000001")
    done = post(company, sale(row(1, index="NB-14"), extras=serials, orders=[deal.head.number]))
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    assert whereabouts("LT000001")[0] == "stock"
    company.accept(document, "LT000001")
    company.close(document)
    assert whereabouts("LT000001") == ("sold", customer.name)
    assert sold_movements() == 1


def test_without_a_name_what_went_there_lately_is_taken_for_it_the_oldest_first(
    company: Company, customer: Party
) -> None:
    cables(company, 20)
    first, second = issued(company, pieces=3), issued(company, pieces=4)
    found = arrive(company, sale(row(1, index="CB-2", quantity=5)))
    assert found.questions == ()
    assert [each.name for each in assess(found.invoice.id).linked] == [first, second]
    done = company.run(post_invoice, company.actor(), found.invoice.id)
    assert [made.name for made in done.made] == [first, second]
    assert counted(company.cable.id, customer) == 7
    # Two pieces of the second issue are on no invoice yet, the third is new.
    more = post(company, sale(row(1, index="CB-2", quantity=3), number="FV/2"))
    assert [(each.covered, each.placed) for each in invoice_lines(more.invoice.id)] == [(2, 1)]
    assert counted(company.cable.id, customer) == 8


def test_a_person_may_say_that_an_issue_was_about_other_goods(company: Company, customer: Party) -> None:
    cables(company, 20)
    issued(company, pieces=3)
    found = arrive(company, sale(row(1, index="CB-2", quantity=3)))
    (linked,) = assess(found.invoice.id).linked
    company.run(link_document, company.actor(), found.invoice.id, linked.id, same=False)
    company.run(post_invoice, company.actor(), found.invoice.id)
    assert counted(company.cable.id, customer) == 6


def test_what_is_older_than_the_days_is_asked_about(company: Company, customer: Party) -> None:
    cables(company, 5)
    number = issued(company, pieces=3)
    options = ReadOptions(link_days=0)
    found = arrive(company, sale(row(1, index="CB-2", quantity=3)), options=options)
    assert found.questions == (f"{number}: are these the same goods?",)
    assert counted(company.cable.id, customer) == 3


def test_a_deal_on_the_holdings_is_not_put_there_again(company: Company, customer: Party) -> None:
    deal = make(company, (company.printer, 2), (company.cable, 5))
    company.run(place_deal, company.actor(), deal.head.id, token="p")
    rows = row(1, index="PR-1", quantity=2), row(2, index="CB-2", quantity=5)
    done = post(company, sale(*rows))
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    assert counted(company.cable.id, customer) == 5
    assert waiting() == [(2, 0, 0)]
    assert [each.invoiced for each in again(deal).lines] == [2, 5]


def test_what_is_promised_and_not_delivered_is_asked_about(company: Company, customer: Party) -> None:
    deal = make(company, (company.cable, 5))
    company.run(finalise, company.actor(), deal.head.id)
    found = arrive(company, sale(row(1, index="CB-2", quantity=5)))
    assert found.questions == (f"{deal.head.number}: are these the same goods?",)
    assert assess(found.invoice.id).asks == (Ask.SAME_GOODS,)
    company.run(link_deal, company.actor(), found.invoice.id, deal.head.id, same=True)
    company.run(post_invoice, company.actor(), found.invoice.id)
    assert counted(company.cable.id, customer) == 0
    assert line_of(deal).invoiced == 5
    cables(company, 5)
    document = issue(company, deal)
    scan_cables(company, document, 1, 5)
    company.close(document)
    assert counted(company.cable.id, customer) == 5


def invoice_first(company: Company) -> Receipt:
    company.stock(company.printer, "P1", "P2", "P3")
    cables(company, 6)
    rows = row(1, index="PR-1", quantity=2), row(2, index="CB-2", quantity=8)
    done = post(company, sale(*rows))
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    return done


def test_an_issue_after_its_invoice_brings_the_serials_and_counts_nothing_again(
    company: Company, customer: Party
) -> None:
    done = invoice_first(company)
    assert (waiting(), counted(company.cable.id, customer)) == ([(2, 0, 0)], 8)
    # Six of the eight lay in our stock, and lie there still: the invoice moved them in the books alone.
    issued(company, "P1", "P2", "P3", pieces=6)
    assert waiting() == [(2, 2, 0)]
    assert counted(company.cable.id, customer) == 8
    assert sold_movements() == 3
    (stock,) = select("SELECT quantity FROM balance WHERE terms = 'stock'")
    assert stock["quantity"] == 0
    assert [(each.placed, each.returned, each.covered) for each in invoice_lines(done.invoice.id)] == [
        (0, 0, 0),
        (8, 6, 6),
    ]
    # The third printer is on no invoice yet.
    more = post(company, sale(row(1, index="PR-1", quantity=1), number="FV/2"))
    assert invoice_lines(more.invoice.id)[0].covered == 1


def test_the_issue_of_a_deal_after_its_invoice_counts_once_and_the_deal_is_invoiced(
    company: Company, customer: Party
) -> None:
    invoice_first(company)
    deal = make(company, (company.printer, 2), (company.cable, 6))
    document = issue(company, deal)
    company.accept(document, "P1", "P2", line_id=documents.lines(document.id)[0].id)
    scan_cables(company, document, 2, 6)
    company.close(document)
    assert (waiting(), counted(company.cable.id, customer)) == ([(2, 2, 0)], 8)
    assert [each.invoiced for each in again(deal).lines] == [2, 6]
    assert [each.kind for each in again(deal).documents] == ["issue", "sales_invoice"]


def test_an_old_invoice_waits_on_unless_the_issue_names_it(company: Company, customer: Party) -> None:
    done = invoice_first(company)
    company.now += DAYS
    issued(company, "P1")
    assert waiting() == [(2, 0, 0)]
    issued(company, "P2", reference=done.invoice.number)
    assert waiting() == [(2, 1, 0)]


def test_a_reversed_invoice_leaves_what_was_issued_and_is_linked_when_it_comes_again(
    company: Company, customer: Party
) -> None:
    done = invoice_first(company)
    issued(company, "P1", "P2", pieces=6)
    chief = company.actor(company.chief)
    company.run(reverse_invoice, chief, done.invoice.id, reason="By mistake")
    assert counted(company.cable.id, customer) == 6
    assert [whereabouts(serial)[0] for serial in ("P1", "P2")] == ["sold", "sold"]
    assert waiting() == [(2, 2, 0)]
    assert select("SELECT 1 FROM invoice_cover") == []
    company.run(reopen_invoice, company.actor(company.chief), done.invoice.id)
    company.run(post_invoice, company.actor(company.chief), done.invoice.id)
    assert [(each.covered, each.placed) for each in invoice_lines(done.invoice.id)] == [(2, 0), (6, 2)]
    assert counted(company.cable.id, customer) == 8


def test_the_reversal_frees_the_deal_for_another_invoice(company: Company, customer: Party) -> None:
    deal = make(company, (company.cable, 5))
    company.run(place_deal, company.actor(), deal.head.id, token="p")
    done = post(company, sale(row(1, index="CB-2", quantity=5), orders=[deal.head.number]))
    company.run(reverse_invoice, company.actor(company.chief), done.invoice.id, reason="By mistake")
    assert line_of(deal).invoiced == 0
    assert counted(company.cable.id, customer) == 5
    found = deal_by_id(deal.head.id)
    assert found is not None
    assert [each.kind for each in found.documents] == [DocumentType.DEAL]
    post(company, sale(row(1, index="CB-2", quantity=5), number="FV/2"))
    assert line_of(deal).invoiced == 5


def test_a_deal_put_onto_the_holdings_after_its_invoice_puts_only_the_rest_there(
    company: Company, customer: Party
) -> None:
    invoice = invoice_first(company)
    deal = make(company, (company.printer, 3), (company.cable, 8))
    company.run(place_deal, company.actor(), deal.head.id, token="p")
    assert counted(company.cable.id, customer) == 8
    assert waiting() == [(2, 0, 0), (1, 0, 0)]
    done = again(deal)
    assert done.head.state is DealState.DONE
    assert [(each.delivered, each.invoiced) for each in done.lines] == [(3, 2), (8, 8)]
    # Another deal about more of the same does not have these pieces as well.
    other = make(company, (company.printer, 1), (company.cable, 1))
    company.run(place_deal, company.actor(), other.head.id, token="q")
    assert counted(company.cable.id, customer) == 9
    assert waiting() == [(2, 0, 0), (1, 0, 0), (1, 0, 0)]
    company.run(reverse_invoice, company.actor(company.chief), invoice.invoice.id, reason="By mistake")
    opened = again(deal)
    assert opened.head.state is DealState.PARTLY
    assert [(each.delivered, each.open, each.invoiced) for each in opened.lines] == [(1, 2, 0), (0, 8, 0)]
    assert counted(company.cable.id, customer) == 1
