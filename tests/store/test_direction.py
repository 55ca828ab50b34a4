"""Which way goods go is said by whose tax id is ours, in every format alike. Strangers are refused."""

from decimal import Decimal

import pytest

from store.domain.direction import Direction, RouteDoubt, route_of
from store.domain.received import Ask, InvoiceState, Receipt
from store.domain.records import Party
from store.domain.terms import DocumentStatus, DocumentType
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.reader import read_invoice
from store.models.parties import PartyRow
from store.models.sql import select
from store.operations.assessing import assess
from store.operations.importing import post_if_clear
from store.operations.receiving import receive
from store.queries.documents import view
from tests.store.company import CABLE_GTIN, Company
from tests.store.imports.files import (
    BUYER,
    FA2,
    SELLER,
    STRANGER,
    faktura,
    row,
    ubl,
    ubl_line,
    ubl_parties,
    ubl_party,
)
from tests.store.invoice_files import buyer, counted, seller

ITEM = (
    f'<cac:StandardItemIdentification><cbc:ID schemeID="0160">{CABLE_GTIN[1:]}</cbc:ID>'
    "</cac:StandardItemIdentification>"
)
DESPATCHED = ubl_party("DespatchSupplierParty", "Dostawca", vat=f"PL{SELLER}") + ubl_party(
    "DeliveryCustomerParty", "Odbiorca", vat=f"PL{BUYER}"
)
TABLE = (
    "Nr faktury;Data;NIP sprzedawcy;Sprzedawca;NIP nabywcy;Nabywca;Lp.;Nazwa;EAN;Ilość;J.m.;Cena netto\n"
    f"F/1;01.03.2026;{SELLER};Dostawca;{BUYER};Odbiorca;1;Kabel;{CABLE_GTIN[1:]};2;szt.;10,00\n"
)
FILES: dict[str, bytes] = {
    "KSeF FA(3)": faktura(row(name="Kabel", gtin=CABLE_GTIN[1:], quantity=2)),
    "KSeF FA(2)": faktura(row(name="Kabel", gtin=CABLE_GTIN[1:], quantity=2), space=FA2, form="FA (2)"),
    "UBL invoice": ubl("Invoice", ubl_parties(), ubl_line("Invoice", item=ITEM)),
    "UBL credit note": ubl("CreditNote", ubl_parties(), ubl_line("CreditNote", item=ITEM)),
    "UBL despatch advice": ubl("DespatchAdvice", DESPATCHED, ubl_line("Despatch", item=ITEM, price="")),
    "CSV": TABLE.encode(),
}
MOVING = ("KSeF FA(3)", "KSeF FA(2)", "UBL invoice", "CSV")
"""Of these the goods of a sale move without a word of a person."""
SPELLINGS = ("{}", "PL{}", "PL 526-025-02-74", "526 025 02 74")

every_format = pytest.mark.parametrize("name", FILES)


@every_format
def test_our_number_at_the_seller_makes_a_sale(name: str) -> None:
    route = route_of(read_invoice(FILES[name]), [SELLER])
    assert route.direction is Direction.SALE
    assert route.holder.tax_id == f"PL{BUYER}"
    assert route.doubt is (RouteDoubt.OWN_DESPATCH if "despatch" in name else None)


@every_format
def test_our_number_at_the_buyer_makes_a_purchase(name: str) -> None:
    route = route_of(read_invoice(FILES[name]), [BUYER])
    assert (route.direction, route.source.tax_id, route.doubt) == (Direction.PURCHASE, f"PL{SELLER}", None)


@every_format
def test_an_invoice_between_strangers_is_refused_with_their_names(name: str) -> None:
    with pytest.raises(UnreadableInvoiceError) as refused:
        route_of(read_invoice(FILES[name]), [STRANGER])
    assert refused.value.code is Unreadable.NOT_OURS
    assert SELLER in str(refused.value)
    assert BUYER in str(refused.value)


@every_format
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_our_number_counts_however_it_is_spelled(name: str, spelling: str) -> None:
    assert route_of(read_invoice(FILES[name]), [spelling.format(SELLER)]).direction is Direction.SALE


@every_format
def test_seller_and_buyer_that_are_both_ours_are_asked_about(name: str) -> None:
    route = route_of(read_invoice(FILES[name]), [SELLER, BUYER])
    assert (route.direction, route.doubt) == (Direction.UNDECIDED, RouteDoubt.BOTH_OURS)


def we_are(company: Company, tax_id: str) -> None:
    """Give our own company its number, as a person enters it."""
    company.run(lambda: PartyRow.update(tax_id=tax_id).where(PartyRow.is_own).execute())


def arrived(company: Company, name: str) -> Receipt:
    """Let a file come in, with nothing but the store to say who we are."""
    actor = company.actor(company.chief)
    receipt = company.run(receive, actor, FILES[name], name=name)
    return company.run(post_if_clear, actor, receipt)


@every_format
def test_what_we_sold_goes_to_the_buyer(company: Company, name: str) -> None:
    customer = buyer(company)
    we_are(company, "526-025-02-74")
    done = arrived(company, name)
    assert (done.invoice.direction, done.invoice.party) == (Direction.SALE, customer)
    if name in MOVING:
        assert done.invoice.state is InvoiceState.IMPORTED, done.questions
        assert counted(company.cable.id, customer) == 2
        return
    # A credit note and our own despatch advice wait for a person.
    assert done.invoice.state is InvoiceState.WAITING
    found = assess(done.invoice.id)
    assert Ask.ROUTE in found.asks if "despatch" in name else found.lines[0].question is Ask.RULE
    assert select("SELECT 1 FROM movement") == []


@every_format
def test_what_we_bought_is_a_delivery_from_the_seller(company: Company, name: str) -> None:
    supplier = seller(company)
    we_are(company, BUYER)
    done = arrived(company, name)
    assert (done.invoice.direction, done.invoice.party) == (Direction.PURCHASE, supplier)
    if name == "UBL credit note":
        assert done.invoice.state is InvoiceState.WAITING
        return
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    (made,) = done.made
    assert (made.type, made.status) == (DocumentType.DELIVERY, DocumentStatus.OPEN)
    delivery = view(made.id)
    assert delivery is not None
    assert delivery.document.party == supplier
    assert [(line.product.sku, line.expected) for line in delivery.lines] == [("CB-2", Decimal(2))]


@every_format
def test_of_strangers_nothing_is_kept(company: Company, name: str) -> None:
    parties: tuple[Party, ...] = (buyer(company), seller(company))
    assert all(parties)
    we_are(company, STRANGER)
    with pytest.raises(UnreadableInvoiceError) as refused:
        arrived(company, name)
    assert refused.value.code is Unreadable.NOT_OURS
    assert select("SELECT 1 FROM invoice UNION ALL SELECT 1 FROM document") == []
