"""The goods of a deal leave from the location that the deal says, whoever delivers it from wherever."""

from decimal import Decimal

import pytest

from store.check.run import check_store
from store.domain.deals import Deal, NewDeal, NewDealLine
from store.domain.documents import NewLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Location
from store.models.sql import select
from store.operations.deals import make_deal, move_deal
from store.operations.delivering import issue_deal, place_deal
from tests.store.company import CABLE_GTIN, Company
from tests.store.invoice_files import counted
from tests.store.test_deals import again


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def deal_from(company: Company, location: Location) -> Deal:
    lines = (
        NewDealLine(product_id=company.laptop.id, quantity=Decimal(1)),
        NewDealLine(product_id=company.cable.id, quantity=Decimal(2)),
    )
    new = NewDeal(party_id=company.customer.id, location_id=location.id, lines=lines)
    return company.run(make_deal, company.actor(), new, token=next(company.tokens))


def test_the_issue_is_opened_where_the_goods_are(company: Company) -> None:
    company.stock(company.laptop, "LT000001", location=company.van)
    deal = deal_from(company, company.van)
    document = company.run(issue_deal, company.actor(), deal.head.id, token="t")
    assert document.location == company.van
    company.accept(document, "LT000001")
    company.close(document, reason="The rest follows")
    assert again(deal).lines[0].delivered == 1


def test_pieces_without_serials_come_from_the_deals_location(company: Company) -> None:
    for location in (company.main, company.van):
        document = company.delivery(NewLine(product_id=company.cable.id), location=location)
        company.accept(document, *[CABLE_GTIN] * 5)
        company.close(document)
    deal = deal_from(company, company.van)
    company.run(place_deal, company.actor(), deal.head.id, token="p")
    assert counted(company.cable.id, company.customer) == 2
    rows = select("SELECT quantity FROM balance WHERE terms = 'stock' ORDER BY place_id")
    assert sorted(row["quantity"] for row in rows) == [3000, 5000]
    assert select("SELECT location_id FROM pending_serial") == [{"location_id": company.van.id}]


def test_the_rest_may_leave_from_another_location(company: Company) -> None:
    deal = deal_from(company, company.main)
    company.run(move_deal, company.actor(), deal.head.id, company.van.id)
    document = company.run(issue_deal, company.actor(), deal.head.id, token="t")
    assert document.location == company.van


def test_a_deal_that_has_ended_leaves_from_nowhere_else(company: Company) -> None:
    deal = deal_from(company, company.main)
    company.run(place_deal, company.actor(), deal.head.id, token="p")
    with pytest.raises(RefusedError) as refused:
        company.run(move_deal, company.actor(), deal.head.id, company.van.id)
    assert refused.value.refusal.code is RefusalCode.WRONG_STATE
