"""What people say about a waiting invoice, and taking an import back."""

import pytest

from store.check.run import check_store
from store.domain.direction import Direction
from store.domain.errors import RefusalCode, RefusedError
from store.domain.received import Decision, InvoiceState, MatchedBy, Offers
from store.domain.records import Party
from store.domain.terms import Tracking
from store.models.sql import select
from store.operations import mending
from store.operations.importing import post_invoice
from store.operations.reversing import reopen_invoice, reverse_invoice
from store.queries.invoices import invoice_lines, invoices
from store.queries.suggestions import suggestions
from tests.store.company import LAPTOP_GTIN, Company
from tests.store.imports.files import BUYER, SITE, extra, row, third
from tests.store.invoice_files import arrive, buyer, counted, post, sale, seller, whereabouts


@pytest.fixture
def customer(company: Company) -> Party:
    return buyer(company)


@pytest.fixture(autouse=True)
def sound(company: Company):
    yield
    assert list(check_store(company.database)) == []


def test_a_chosen_product_is_remembered_for_the_seller(company: Company) -> None:
    supplier = seller(company)
    rows = (row(1, "Kabelek czarny", index="S-77"), row(2, "Kabelek czarny", index="S-77", quantity=4))
    found = arrive(company, sale(*rows), BUYER)
    assert len(found.questions) == 2
    actor = company.actor(company.chief)
    assessed = company.run(mending.choose_product, actor, found.invoice.id, 1, company.cable.id)
    assert assessed.questions == 0
    assert [line.chosen.by for line in assessed.lines] == [MatchedBy.CHOSEN] * 2
    company.run(post_invoice, company.actor(), found.invoice.id)
    next_one = post(company, sale(row(1, "Inny opis", index="s-77"), number="FV/2"), BUYER)
    assert next_one.invoice.state is InvoiceState.IMPORTED, "a delivery is of one invoice"
    assert invoice_lines(next_one.invoice.id)[0].matched_by is MatchedBy.LEARNED
    assert next_one.invoice.party == supplier


def test_what_is_followed_nowhere_is_remembered_too(company: Company, customer: Party) -> None:
    found = arrive(company, sale(row(1, "wniesienie sprzętu")))
    actor = company.actor(company.chief)
    assert company.run(mending.skip_line, actor, found.invoice.id, 1, remember=True).questions == 0
    again = post(company, sale(row(1, "Wniesienie  sprzętu"), number="FV/2"))
    assert again.invoice.state is InvoiceState.IMPORTED
    assert select("SELECT 1 FROM movement") == []


def test_names_are_suggested_by_whole_words(company: Company) -> None:
    assert [each.sku for each in suggestions("laptop 14 cali")] == ["NB-14"]
    assert suggestions("Odkurzacz") == []
    assert suggestions("Displacement") == []
    assert [each.sku for each in suggestions("KABEL")] == ["CB-2"]


def test_a_party_and_a_product_are_created_from_the_invoice(company: Company) -> None:
    data = sale(
        row(1, "Nowość", index="NEW-1", gtin="5901234123457", quantity=2), thirds=third(2, SITE, "Filia")
    )
    found = arrive(company, data)
    actor = company.actor(company.chief)
    party = company.run(mending.create_named_party, actor, found.invoice.id)
    assert (party.name, party.tax_id, party.is_customer) == ("Filia", SITE, True)
    data = sale(row(1, "Nowość", index="NEW-1", quantity=2), thirds=third(2, SITE, "Filia"), number="FV/2")
    found = arrive(company, data)
    assert found.invoice.party == party
    product = company.run(
        mending.create_named_product, actor, found.invoice.id, 1, company.cable.kind_id,
        tracking=Tracking.QUANTITY,
    )  # fmt: skip
    assert product.sku == "NEW-1"
    company.run(post_invoice, company.actor(), found.invoice.id)
    assert counted(product.id, party) == 2


def test_serials_in_the_text_are_taken_when_a_person_says_so(company: Company, customer: Party) -> None:
    found = arrive(company, sale(row(1, "Laptop 14 LT000001", index="NB-14")))
    actor = company.actor(company.chief)
    assert company.run(mending.decide_offers, actor, found.invoice.id, Offers.TAKE).questions == 0
    company.run(post_invoice, actor, found.invoice.id)
    assert whereabouts("LT000001") == ("sold", customer.name)
    left = arrive(company, sale(row(1, "Laptop 14 LT000002", index="NB-14"), number="FV/2"))
    company.run(mending.decide_offers, actor, left.invoice.id, Offers.LEAVE, 1)
    company.run(post_invoice, actor, left.invoice.id)
    assert invoice_lines(left.invoice.id)[0].pending == 1


def test_a_doubtful_line_does_what_a_person_says(company: Company, customer: Party) -> None:
    post(company, sale(row(1, index="CB-2", quantity=5)))
    found = arrive(company, sale(row(1, index="CB-2", quantity=-2), number="FV/2"))
    actor = company.actor(company.chief)
    company.run(mending.decide, actor, found.invoice.id, 1, Decision.TAKE)
    company.run(post_invoice, actor, found.invoice.id)
    assert counted(company.cable.id, customer) == 3
    assert invoice_lines(found.invoice.id)[0].returned == 2
    skipped = arrive(company, sale(row(1, index="CB-2", quantity=-2), number="FV/3"))
    assert company.run(mending.decide, actor, skipped.invoice.id, 1, Decision.SKIP).questions == 0
    company.run(post_invoice, actor, skipped.invoice.id)
    assert counted(company.cable.id, customer) == 3


def corrected(before: int, after: int, index: str, number: str, **options: object) -> bytes:
    rows = (
        row(1, index=index, quantity=before, before=True, uu_id="a"),
        row(1, index=index, quantity=after, uu_id="a"),
    )
    return sale(*rows, kind="KOR", number=number, **options)


def test_a_correction_brings_only_the_difference_back(company: Company, customer: Party) -> None:
    post(company, sale(row(1, index="CB-2", quantity=5)))
    done = post(company, corrected(5, 3, "CB-2", "KOR/1"))
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    assert counted(company.cable.id, customer) == 3
    more = post(company, corrected(3, 4, "CB-2", "KOR/2"))
    assert more.invoice.state is InvoiceState.IMPORTED
    assert counted(company.cable.id, customer) == 4
    few = post(company, corrected(9, 0, "CB-2", "KOR/3"))
    assert "only 4" in few.questions[0]


def test_a_correction_takes_unscanned_pieces_first_and_the_rest_is_scanned_in(
    company: Company, customer: Party
) -> None:
    post(company, sale(row(1, index="NB-14", quantity=3), extras=extra(1, "Numer seryjny", "LT000001")))
    done = post(company, corrected(3, 0, "NB-14", "KOR/1"))
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    assert select("SELECT sum(quantity - filled - dropped) AS n FROM pending_serial") == [{"n": 0}]
    (made,) = done.made
    assert (made.type.value, made.status.value) == ("delivery", "open")
    assert whereabouts("LT000001")[0] == "sold"


def test_a_named_serial_comes_back(company: Company, customer: Party) -> None:
    company.stock(company.laptop, "LT000001")
    serial = extra(1, "Numer seryjny", "LT000001")
    post(company, sale(row(1, index="NB-14"), extras=serial))
    done = post(company, corrected(1, 0, "NB-14", "KOR/1", extras=serial))
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    assert whereabouts("LT000001")[0] == "stock"


def test_a_route_in_doubt_is_said_by_a_person(company: Company) -> None:
    supplier = seller(company)
    found = arrive(company, sale(row(1, gtin=LAPTOP_GTIN)), "")
    assert found.invoice.direction is Direction.UNDECIDED
    actor = company.actor(company.chief)
    assessed = company.run(mending.settle_route, actor, found.invoice.id, Direction.PURCHASE)
    assert (assessed.questions, assessed.invoice.party) == (0, supplier)
    done = company.run(post_invoice, actor, found.invoice.id)
    assert [made.type.value for made in done.made] == ["delivery"]


def test_a_waiting_invoice_is_thrown_away_and_may_come_again(company: Company, customer: Party) -> None:
    data = sale(row(1, "Nieznane"))
    found = arrive(company, data)
    company.run(mending.forget_invoice, company.actor(), found.invoice.id)
    assert invoices(InvoiceState.WAITING, limit=10) == []
    assert not arrive(company, data).known


def test_an_import_is_reversed_by_documents_and_may_be_posted_again(
    company: Company, customer: Party
) -> None:
    company.stock(company.laptop, "LT000001")
    serials = extra(1, "Numer seryjny", "LT000001, LT000002")
    rows = (row(1, index="NB-14", quantity=3), row(2, index="CB-2", quantity=4))
    done = post(company, sale(*rows, extras=serials))
    actor = company.actor(company.chief)
    undone = company.run(reverse_invoice, actor, done.invoice.id, reason="pomyłka")
    assert undone.invoice.state is InvoiceState.REVERSED
    assert whereabouts("LT000001") == ("stock", company.us.name)
    assert whereabouts("LT000002") == ("scrapped", company.us.name)
    assert counted(company.cable.id, customer) == 0
    assert select("SELECT sum(quantity - filled - dropped) AS n FROM pending_serial") == [{"n": 0}]
    assert company.run(reverse_invoice, actor, done.invoice.id, reason="x").known
    assert arrive(company, sale(*rows, extras=serials)).invoice.state is InvoiceState.REVERSED
    company.run(reopen_invoice, actor, done.invoice.id)
    again = company.run(post_invoice, company.actor(company.chief), done.invoice.id)
    assert again.invoice.state is InvoiceState.IMPORTED
    assert {whereabouts(serial) for serial in ("LT000001", "LT000002")} == {("sold", customer.name)}
    assert counted(company.cable.id, customer) == 4


def test_what_has_moved_on_is_not_reversed(company: Company, customer: Party) -> None:
    done = post(company, sale(row(1, index="NB-14"), extras=extra(1, "Numer seryjny", "LT000001")))
    back = company.delivery(party=customer)
    company.run(mending_line, company, back.id)
    company.accept(back, "LT000001")
    company.close(back)
    with pytest.raises(RefusedError) as refused:
        company.run(reverse_invoice, company.actor(company.chief), done.invoice.id, reason="x")
    assert refused.value.refusal.code is RefusalCode.MOVED_ON
    assert refused.value.refusal.data == {"what": "LT000001"}
    with pytest.raises(RefusedError) as refused:
        company.run(reverse_invoice, company.actor(company.worker), done.invoice.id, reason="x")
    assert refused.value.refusal.code is RefusalCode.NOT_ALLOWED


def mending_line(company: Company, document_id: int) -> None:
    from store.domain.documents import NewLine
    from store.operations.lines import add_line_row

    add_line_row(document_id, NewLine(product_id=company.laptop.id))


def test_a_delivery_that_nobody_scanned_is_cancelled_with_its_invoice(company: Company) -> None:
    seller(company)
    done = post(company, sale(row(1, gtin=LAPTOP_GTIN)), BUYER)
    undone = company.run(reverse_invoice, company.actor(company.chief), done.invoice.id, reason="x")
    assert [made.status.value for made in undone.made] == ["cancelled"]
    other = post(company, sale(row(1, gtin=LAPTOP_GTIN), number="FV/2"), BUYER)
    from store.queries.documents import head

    document = head(other.made[0].id)
    assert document is not None
    company.accept(document, "LT000001")
    with pytest.raises(RefusedError):
        company.run(reverse_invoice, company.actor(company.chief), other.invoice.id, reason="x")
