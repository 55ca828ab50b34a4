"""The confirmation of a deal is read as it stands, kept with it, and never made of a draft."""

from decimal import Decimal

import pytest
from peewee import DatabaseError

from store.check.run import check_store
from store.domain.errors import StoreError
from store.domain.findings import FindingCode
from store.domain.kept_papers import NewPaper
from store.domain.papers import PaperCode, PaperLanguage, PaperRequest
from store.operations.delivering import finalise
from store.operations.papers import keep_paper
from store.queries.deal_papers import deal_record
from store.queries.kept_papers import newest_paper, papers_of_deal
from tests.store.company import Company
from tests.store.test_check import corrupt
from tests.store.test_deals import issue, make


def confirmation(number: str) -> NewPaper:
    return NewPaper(code=PaperCode.DEAL, language=PaperLanguage.PL, pdf=b"%PDF", deal_number=number)


def test_it_says_what_is_agreed_delivered_and_to_follow(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    deal = make(company, (company.laptop, 3), their_order="ZAM/7", note="rano")
    document = issue(company, deal)
    company.accept(document, "LT000001")
    company.close(document, reason="rest follows")
    found = company.run(deal_record, PaperRequest(number=deal.head.number))
    (line,) = found.lines
    assert (found.their_order, found.note, found.state) == ("ZAM/7", "rano", "partly delivered")
    assert (line.quantity, line.unit_price, line.value) == (3, Decimal("12.50"), Decimal("37.50"))
    assert (line.delivered, line.open, found.total) == (1, 2, Decimal("37.50"))
    assert (found.seller.name, found.customer.name) == (company.us.name, company.customer.name)
    kept = company.run(keep_paper, company.actor(), confirmation(deal.head.number), token="a")
    assert company.run(papers_of_deal, deal.head.id) == [kept]
    assert company.run(newest_paper, deal.head.number, PaperCode.DEAL, PaperLanguage.PL) == kept
    assert list(check_store(company.database)) == []
    corrupt(company.database, "UPDATE paper SET number = 'TR/1999/000001'")
    assert FindingCode.PAPER_NOT_POSTED in {finding.code for finding in check_store(company.database)}


def test_a_draft_has_none(company: Company) -> None:
    deal = make(company, (company.laptop, 1))
    request = PaperRequest(number=deal.head.number)
    with pytest.raises(StoreError, match="make it final first"):
        company.run(deal_record, request)
    with pytest.raises(DatabaseError), company.database.atomic():
        keep_paper(company.actor(), confirmation(deal.head.number), token="a")
    company.run(finalise, company.actor(company.chief), deal.head.id)
    assert company.run(deal_record, request).state == "to be delivered"
    with pytest.raises(StoreError, match="no deal has the number"):
        company.run(deal_record, PaperRequest(number="TR/1999/1"))
