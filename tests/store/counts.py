"""What tests of stocktakes do and look at."""

from decimal import Decimal

from store.check.run import check_store
from store.domain.documents import Accepted, Document, NewDocument, NewLine
from store.domain.records import Location
from store.domain.stocktake import DifferenceKind
from store.domain.terms import DocumentType, Terms
from store.operations.documents import open_document
from store.operations.entry import take_quantity
from store.operations.stocktakes import compare, give_reason
from store.queries import units
from store.queries.stocktakes import all_differences
from tests.store.company import CABLE_GTIN, Company


def count(company: Company, location: Location | None = None) -> Document:
    new = NewDocument(type=DocumentType.STOCKTAKE, location_id=(location or company.main).id)
    return company.run(open_document, company.actor(), new)


def found(company: Company, document: Document) -> set[tuple[DifferenceKind, str]]:
    company.run(compare, document.id)
    return {
        (each.kind, each.serial or f"{each.quantity} {each.product_name}")
        for each in all_differences(document.id)
    }


def post(company: Company, document: Document, reason: str = "policzone") -> Document:
    company.run(compare, document.id)
    company.run(give_reason, company.actor(), document.id, reason)
    return company.close(document)


def cables(company: Company, quantity: int, *, deposit: bool = False) -> None:
    document = company.delivery(NewLine(product_id=company.cable.id), units_of_supplier=deposit)
    tell(company, document, quantity)
    company.close(document)


def tell(company: Company, document: Document, quantity: int) -> None:
    """Scan the box of cables once, and count the others by number."""
    (first,) = company.accept(document, CABLE_GTIN)
    if quantity > 1:
        outcome = company.run(
            take_quantity, company.actor(), document.id, first.line.id, Decimal(quantity - 1),
            token=next(company.tokens),
        )  # fmt: skip
        assert isinstance(outcome, Accepted), outcome


def issue(company: Company, *texts: str) -> Document:
    document = company.issue()
    company.accept(document, *texts)
    return company.close(document)


def state(serial: str) -> tuple[Terms, str, str]:
    card = units.card(units.by_number(serial)[0].id)
    return card.terms, card.place.name if card.place else "", card.owner_name


def sound(company: Company) -> bool:
    return list(check_store(company.database)) == []
