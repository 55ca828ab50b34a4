"""A deal is made, delivered in parts or at once, changed and ended; never more than was agreed."""

from decimal import Decimal

import pytest
from peewee import IntegrityError

from store.check.run import check_store
from store.domain.deals import Deal, DealLine, DealState, NewDeal, NewDealLine
from store.domain.documents import Document, NewLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Product
from store.domain.terms import DocumentStatus, DocumentType, Nature, Tracking
from store.models.deals import DealLineRow, DealRow
from store.models.sql import select
from store.operations.deals import (
    add_deal_line,
    change_deal_line,
    end_deal,
    make_deal,
    remove_deal_line,
)
from store.operations.delivering import finalise, issue_deal, place_deal
from store.operations.documents import cancel_document
from store.operations.entry import take_quantity
from store.operations.products import create_kind, create_product
from store.queries import deals as queries
from store.queries import documents
from tests.store.company import Company
from tests.store.counting import statements
from tests.store.invoice_files import counted, whereabouts


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def make(company: Company, *lines: tuple[Product, int], **options: object) -> Deal:
    new = NewDeal(
        party_id=company.customer.id,
        location_id=company.main.id,
        lines=tuple(
            NewDealLine(product_id=product.id, quantity=Decimal(count), unit_price=Decimal("12.50"))
            for product, count in lines
        ),
        **options,  # type: ignore[arg-type]
    )
    return company.run(make_deal, company.actor(company.chief), new, token=next(company.tokens))


def again(deal: Deal) -> Deal:
    found = queries.deal(deal.head.id)
    assert found is not None
    return found


def line_of(deal: Deal, position: int = 1) -> DealLine:
    return again(deal).lines[position - 1]


def issue(company: Company, deal: Deal) -> Document:
    document = company.run(issue_deal, company.actor(company.chief), deal.head.id, token=next(company.tokens))
    assert document is not None
    return document


def cables(company: Company, pieces: int) -> None:
    delivery = company.delivery(NewLine(product_id=company.cable.id))
    line = documents.lines(delivery.id)[0]
    company.run(take_quantity, company.actor(), delivery.id, line.id, Decimal(pieces), token=str(delivery.id))
    company.close(delivery)


def scan_cables(company: Company, document: Document, position: int, pieces: int) -> None:
    line = documents.lines(document.id)[position - 1]
    token = next(company.tokens)
    company.run(take_quantity, company.actor(), document.id, line.id, Decimal(pieces), token=token)


def refusal(company: Company, function: object, *args: object, **options: object) -> RefusalCode:
    with pytest.raises(RefusedError) as refused:
        company.run(function, company.actor(company.chief), *args, **options)  # type: ignore[arg-type]
    return refused.value.refusal.code


def test_a_deal_has_a_number_of_its_own_and_is_made_once(company: Company) -> None:
    new = NewDeal(
        party_id=company.customer.id, location_id=company.main.id, their_order=" Z-1 ", currency="eur"
    )
    first = company.run(make_deal, company.actor(), new, token="same")
    assert company.run(make_deal, company.actor(), new, token="same") == first
    assert (first.head.number, first.head.their_order, first.head.currency) == (
        "TR/2026/000001",
        "Z-1",
        "EUR",
    )
    assert make(company).head.number == "TR/2026/000002"
    assert queries.deal_by_number("tr/2026/000001") == first.head.id


def test_a_part_is_issued_and_the_rest_stays_open(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002", "LT000003")
    deal = make(company, (company.laptop, 3))
    first = issue(company, deal)
    assert (first.reference, first.party.id) == (deal.head.number, company.customer.id)
    assert (line_of(deal).planned, line_of(deal).open) == (3, 0)
    company.accept(first, "LT000001", "LT000002")
    company.close(first, reason="The rest follows")
    assert again(deal).head.state is DealState.PARTLY
    line = line_of(deal)
    assert (line.planned, line.delivered, line.open) == (0, 2, 1)
    second = issue(company, deal)
    assert [each.expected for each in documents.lines(second.id)] == [1]
    company.accept(second, "LT000003")
    company.close(second)
    done = again(deal)
    assert (done.head.state, done.lines[0].delivered) == (DealState.DONE, 3)
    assert [(each.kind, each.status) for each in done.documents] == [("issue", "posted")] * 2
    assert refusal(company, issue_deal, deal.head.id, token="x") is RefusalCode.WRONG_STATE


def test_two_issues_never_have_more_than_was_agreed(company: Company) -> None:
    deal = make(company, (company.laptop, 2))
    issue(company, deal)
    assert refusal(company, issue_deal, deal.head.id, token="x") is RefusalCode.NOTHING_OPEN
    with pytest.raises(IntegrityError):
        company.run(lambda: DealLineRow.update(delivered=1).execute())


def test_opening_the_issue_again_after_a_lost_connection_opens_no_second_one(company: Company) -> None:
    deal = make(company, (company.cable, 2))
    actor = company.actor()
    first = company.run(issue_deal, actor, deal.head.id, token="once")
    assert company.run(issue_deal, actor, deal.head.id, token="once") == first
    assert queries.open_issue(deal.head.id) == first.id


def test_a_cancelled_issue_gives_its_part_back(company: Company) -> None:
    deal = make(company, (company.laptop, 2))
    document = issue(company, deal)
    company.run(cancel_document, company.actor(), document.id)
    assert (line_of(deal).open, again(deal).head.state) == (2, DealState.OPEN)


def test_a_deal_goes_onto_the_holdings_at_once(company: Company) -> None:
    cables(company, 3)
    deal = make(company, (company.printer, 2), (company.cable, 5))
    actor = company.actor()
    head = company.run(place_deal, actor, deal.head.id, token="once")
    assert company.run(place_deal, actor, deal.head.id, token="once") == head
    assert head.state is DealState.DONE
    assert counted(company.cable.id, company.customer) == 5
    waiting = select("SELECT party_id, product_id, quantity, source FROM pending_serial")
    assert waiting == [
        {
            "party_id": company.customer.id,
            "product_id": company.printer.id,
            "quantity": 2000,
            "source": deal.head.number,
        }
    ]
    (made,) = again(deal).documents
    assert (made.kind, made.name) == (DocumentType.DEAL, "RT/2026/000001")
    (left,) = select("SELECT quantity FROM balance WHERE terms = 'stock'")
    assert left["quantity"] == 0


def test_services_lie_in_no_warehouse_and_go_onto_the_holdings_when_the_goods_are_issued(
    company: Company,
) -> None:
    kind = company.run(create_kind, "SRV", "Usługi", nature=Nature.SERVICE)
    service = company.run(create_product, "S-1", "Przegląd", kind, tracking=Tracking.QUANTITY)
    company.stock(company.laptop, "LT000001")
    deal = make(company, (service, 2), (company.laptop, 1))
    document = issue(company, deal)
    assert [line.product.sku for line in documents.lines(document.id)] == ["NB-14"]
    assert counted(service.id, company.customer) == 2
    assert again(deal).head.state is DealState.PARTLY
    only = make(company, (service, 1))
    actor = company.actor()
    assert company.run(issue_deal, actor, only.head.id, token="services") is None
    assert company.run(issue_deal, actor, only.head.id, token="services") is None
    assert again(only).head.state is DealState.DONE
    assert counted(service.id, company.customer) == 3


def test_a_draft_is_promised_to_nobody_and_can_be_changed_freely(company: Company) -> None:
    deal = make(company, (company.laptop, 2), (company.cable, 4))
    assert deal.head.state is DealState.DRAFT
    assert deal.total == Decimal("75")
    company.run(remove_deal_line, company.actor(), deal.lines[0].id)
    company.run(
        add_deal_line,
        company.actor(),
        deal.head.id,
        NewDealLine(product_id=company.phone.id, quantity=Decimal(1)),
    )
    assert [line.product.sku for line in again(deal).lines] == ["CB-2", "PH-5"]
    empty = make(company)
    assert refusal(company, finalise, empty.head.id) is RefusalCode.NO_LINES
    ended = company.run(end_deal, company.actor(), empty.head.id, reason="")
    assert ended.head.state is DealState.CANCELLED


def test_an_open_deal_is_changed_as_far_as_it_is_not_delivered(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    deal = make(company, (company.laptop, 3))
    document = issue(company, deal)
    company.accept(document, "LT000001")
    company.close(document, reason="The rest follows")
    line = line_of(deal)
    change = {"unit_price": Decimal(10), "note": "cheaper"}
    code = refusal(company, change_deal_line, line.id, quantity=Decimal("0.5"), **change)
    assert code is RefusalCode.BAD_QUANTITY
    changed = company.run(change_deal_line, company.actor(), line.id, quantity=Decimal(2), **change)
    assert (changed.head.state, changed.lines[0].open) == (DealState.PARTLY, 1)
    assert (changed.lines[0].unit_price, changed.lines[0].note) == (10, "cheaper")
    less = company.run(change_deal_line, company.actor(), line.id, quantity=Decimal(1), **change)
    assert less.head.state is DealState.DONE
    assert refusal(company, remove_deal_line, line.id) is RefusalCode.WRONG_STATE


def test_no_line_says_less_than_is_in_open_documents(company: Company) -> None:
    deal = make(company, (company.laptop, 3))
    issue(company, deal)
    change = {"quantity": Decimal(2), "unit_price": None, "note": ""}
    assert refusal(company, change_deal_line, deal.lines[0].id, **change) is RefusalCode.LESS_THAN_TAKEN


def test_the_rest_is_ended_with_a_reason_and_never_while_it_is_being_issued(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    deal = make(company, (company.laptop, 3))
    document = issue(company, deal)
    assert refusal(company, end_deal, deal.head.id, reason="x") is RefusalCode.IN_DOCUMENT
    company.accept(document, "LT000001")
    company.close(document, reason="Not enough in stock")
    assert refusal(company, end_deal, deal.head.id, reason=" ") is RefusalCode.REASON_NEEDED
    ended = company.run(end_deal, company.actor(company.chief), deal.head.id, reason="Not made any more")
    assert (ended.head.state, ended.head.reason) == (DealState.DONE, "Not made any more")
    assert (ended.lines[0].delivered, ended.lines[0].dropped, ended.lines[0].open) == (1, 2, 0)
    assert company.run(end_deal, company.actor(company.chief), deal.head.id, reason="y") == ended
    cancelled = make(company, (company.laptop, 1))
    company.run(finalise, company.actor(), cancelled.head.id)
    assert refusal_of_worker(company, cancelled) is RefusalCode.NOT_ALLOWED
    company.run(end_deal, company.actor(company.chief), cancelled.head.id, reason="They went elsewhere")
    assert again(cancelled).head.state is DealState.CANCELLED


def refusal_of_worker(company: Company, deal: Deal) -> RefusalCode:
    with pytest.raises(RefusedError) as refused:
        company.run(end_deal, company.actor(), deal.head.id, reason="x")
    return refused.value.refusal.code


@pytest.mark.parametrize(
    ("quantity", "price", "code"),
    [
        ("0", None, RefusalCode.BAD_QUANTITY),
        ("-1", None, RefusalCode.BAD_QUANTITY),
        ("1.5", None, RefusalCode.BAD_QUANTITY),
        ("NaN", None, RefusalCode.BAD_QUANTITY),
        ("1", "-0.01", RefusalCode.BAD_PRICE),
        ("1", "0.00001", RefusalCode.BAD_PRICE),
    ],
)
def test_nonsense_is_refused_and_nothing_is_kept(
    company: Company, quantity: str, price: str | None, code: RefusalCode
) -> None:
    line = NewDealLine(
        product_id=company.laptop.id,
        quantity=Decimal(quantity),
        unit_price=None if price is None else Decimal(price),
    )
    new = NewDeal(party_id=company.customer.id, location_id=company.main.id, lines=(line,))
    assert refusal(company, make_deal, new, token="t") is code
    assert select("SELECT 1 FROM deal") == []


def test_the_database_keeps_deals_and_what_ended(company: Company) -> None:
    deal = make(company, (company.cable, 2))
    company.run(place_deal, company.actor(), deal.head.id, token="p")
    for forbidden in (
        lambda: DealRow.delete().execute(),
        lambda: DealLineRow.delete().execute(),
        lambda: DealLineRow.update(note="x").execute(),
    ):
        with pytest.raises(IntegrityError):
            company.run(forbidden)


def test_open_deals_come_first_and_are_found_by_what_is_written_on_them(company: Company) -> None:
    done = make(company, (company.cable, 1))
    company.run(place_deal, company.actor(), done.head.id, token="p")
    opened = [make(company, (company.laptop, 1), their_order=f"ZAM-{number}") for number in range(3)]
    assert [each.id for each in queries.deals()] == [deal.head.id for deal in reversed(opened)]
    page = queries.deals(limit=2)
    rest = queries.deals(limit=2, before_id=page[-1].id)
    assert [each.id for each in (*page, *rest)] == [deal.head.id for deal in reversed(opened)]
    assert [each.id for each in queries.deals(queries.ENDED)] == [done.head.id]
    everything = (*queries.OPEN, *queries.ENDED)
    assert [each.id for each in queries.deals(everything, text="zam-1")] == [opened[1].head.id]
    assert len(queries.deals(everything, text="odbiorca")) == 4
    assert queries.deals(everything, party_id=company.supplier.id) == []


def test_the_number_of_statements_does_not_depend_on_the_lines(company: Company) -> None:
    def cost(lines: int) -> int:
        products = [
            company.run(
                create_product, f"X-{lines}-{number}", f"Część {number}", company.cable.kind_id,
                tracking=(Tracking.QUANTITY, Tracking.SERIAL)[number % 2],
            )
            for number in range(lines)
        ]  # fmt: skip
        with statements(company.database) as seen:
            deal = make(company, *((product, 2) for product in products))
            document = issue(company, deal)
            company.run(cancel_document, company.actor(), document.id)
            company.run(place_deal, company.actor(), deal.head.id, token=f"p{lines}")
        assert again(deal).head.state is DealState.DONE
        assert document.status is DocumentStatus.OPEN
        return len(seen)

    assert cost(2) == cost(30)


def test_a_unit_that_a_deal_issued_is_sold(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    document = issue(company, make(company, (company.laptop, 1)))
    company.accept(document, "LT000001")
    company.close(document)
    assert whereabouts("LT000001") == ("sold", company.customer.name)
