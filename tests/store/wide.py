"""A company whose documents are long: every line of them is of a product of its own."""

from datetime import timedelta
from decimal import Decimal

from store.domain.deals import NewDeal, NewDealLine
from store.domain.documents import Accepted, Document, NewDocument
from store.domain.loans import Until
from store.domain.received import InvoiceState
from store.domain.records import Party, Product
from store.domain.terms import DocumentType, Terms, Tracking
from store.models.sql import select
from store.operations.deals import make_deal
from store.operations.delivering import issue_deal, place_deal
from store.operations.documents import open_document
from store.operations.entry import enter_list
from store.operations.extending import extend
from store.operations.on_site import open_on_site
from store.operations.products import create_product
from store.operations.selling import transition
from store.operations.stocktakes import compare, give_reason
from store.operations.writing import WrittenLine, post_written
from store.queries import loans
from tests.store.company import Company
from tests.store.imports.files import row
from tests.store.invoice_files import buyer, post, sale

BORN = transition(DocumentType.DELIVERY, None, Terms.STOCK)
SOLD = transition(DocumentType.ISSUE, Terms.STOCK, Terms.SOLD)


def widen(company: Company, lines: int) -> None:
    """Let each kind of document happen once, with so many lines."""
    goods = [_product(company, number) for number in range(lines)]
    serial = [product for product in goods if product.tracking is Tracking.SERIAL]
    customer = buyer(company)
    _deliver(company, goods)
    _issue(company, customer, goods)
    _lend_and_return(company, serial)
    _bill(company, customer, goods)
    _deal(company, customer, goods)
    _count(company)


def _product(company: Company, number: int) -> Product:
    tracking = (Tracking.SERIAL, Tracking.QUANTITY)[number % 2]
    name = f"Część {number}"
    return company.run(create_product, f"X-{number}", name, company.cable.kind_id, tracking=tracking)


def _deliver(company: Company, goods: list[Product]) -> None:
    """Three units of a product, or ten pieces."""
    lines = [
        WrittenLine(product_id=product.id, units=[(f"{product.sku}/{piece}", None) for piece in range(3)])
        if product.tracking is Tracking.SERIAL
        else WrittenLine(product_id=product.id, counted=Decimal(10), row=BORN)
        for product in goods
    ]
    _write(company, DocumentType.DELIVERY, company.supplier, lines)


def _issue(company: Company, customer: Party, goods: list[Product]) -> None:
    lines = [
        WrittenLine(product_id=product.id, units=[(f"{product.sku}/0", _unit(f"{product.sku}/0"))])
        if product.tracking is Tracking.SERIAL
        else WrittenLine(product_id=product.id, counted=Decimal(2), row=SOLD)
        for product in goods
    ]
    _write(company, DocumentType.ISSUE, customer, lines)


def _write(company: Company, kind: DocumentType, party: Party, lines: list[WrittenLine]) -> None:
    company.run(
        post_written, company.actor(company.chief), kind, party, company.main, "", lines, token=f"wide {kind}"
    )


def _unit(serial: str) -> int:
    return int(select("SELECT id FROM unit WHERE serial = :serial", serial=serial)[0]["id"])


def _lend_and_return(company: Company, serial: list[Product]) -> None:
    """One rental of a unit of each product; half of them come back."""
    texts = [f"{product.sku}/1" for product in serial]
    rental = company.rental()
    _scan(company, rental, texts)
    company.close(rental)
    until = Until(due=company.now.date() + timedelta(days=30))
    ids = [loan.id for loan in loans.loans_of(rental.id)]
    company.run(extend, company.actor(), ids, until, reason="prosi", token="longer")
    returned = company.returning()
    _scan(company, returned, texts[::2])
    company.close(returned)


def _bill(company: Company, customer: Party, goods: list[Product]) -> None:
    """An invoice that counts the issue, and as many pieces more; half of the serials are scanned there."""
    rows = [row(number, index=product.sku, quantity=4) for number, product in enumerate(goods, start=1)]
    done = post(company, sale(*rows))
    assert done.invoice.state is InvoiceState.IMPORTED, done.questions
    document = company.run(open_on_site, company.actor(), customer)
    for line in select(
        "SELECT n.id, p.sku FROM document_line n JOIN product p ON p.id = n.product_id "
        "WHERE n.document_id = :id ORDER BY n.position",
        id=document.id,
    )[::2]:
        _scan(company, document, [f"{line['sku']}/there"], line["id"])
    company.close(document)


def _deal(company: Company, customer: Party, goods: list[Product]) -> None:
    """One deal that is put there, and one that is being issued."""
    for token in ("placed", "issued"):
        lines = tuple(NewDealLine(product_id=product.id, quantity=Decimal(1)) for product in goods)
        new = NewDeal(party_id=customer.id, location_id=company.main.id, lines=lines)
        deal = company.run(make_deal, company.actor(), new, token=token)
        deliver = place_deal if token == "placed" else issue_deal
        company.run(deliver, company.actor(), deal.head.id, token=token)


def _count(company: Company) -> None:
    """Nothing is found: every unit and every piece differs."""
    new = NewDocument(type=DocumentType.STOCKTAKE, location_id=company.main.id)
    count = company.run(open_document, company.actor(), new)
    company.run(compare, count.id)
    company.run(give_reason, company.actor(), count.id, "spis")
    company.close(count)


def _scan(company: Company, document: Document, texts: list[str], line_id: int | None = None) -> None:
    token = f"{document.id} {line_id} {texts[0]}"
    taken = company.run(enter_list, company.actor(), document.id, texts, line_id, token=token)
    assert all(isinstance(each, Accepted) for each in taken), taken
