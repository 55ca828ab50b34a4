"""Invoices of the small company, and what the tests do with them."""

from typing import Any

from store.domain.received import Receipt
from store.domain.records import Party
from store.operations.importing import post_if_clear
from store.operations.parties import create_party
from store.operations.receiving import receive
from store.queries.invoice_facts import with_party
from store.queries.units import by_number, card
from tests.store.company import Company
from tests.store.imports.files import BUYER, SELLER, faktura


def sale(*rows: str, number: str = "FV/2026/7", **options: Any) -> bytes:
    """An invoice from our company (SELLER) to BUYER."""
    return faktura(*rows, **options).replace(b"FV/2026/7", number.encode())


def buyer(company: Company) -> Party:
    """The buyer of the files, as a customer."""
    return company.run(create_party, "ZOLW", "Żółw i Syn", tax_id=BUYER, is_customer=True)


def seller(company: Company) -> Party:
    """The seller of the files, as a supplier of a company whose number is BUYER."""
    return company.run(create_party, "NASZ", "Dostawca XML", tax_id=SELLER, is_supplier=True)


def arrive(company: Company, data: bytes, ours: str = SELLER, **options: Any) -> Receipt:
    """Receive a file and leave it waiting."""
    options.setdefault("name", "file.xml")
    return company.run(receive, company.actor(company.chief), data, ours=(ours,), **options)


def post(company: Company, data: bytes, ours: str = SELLER, **options: Any) -> Receipt:
    """Receive a file and post it unless it asks something."""
    receipt = arrive(company, data, ours, **options)
    return company.run(post_if_clear, company.actor(company.chief), receipt)


def whereabouts(serial: str) -> tuple[str, str]:
    """On which terms a unit is, and whose it is."""
    unit = card(by_number(serial)[0].id)
    assert unit is not None
    return unit.terms.value, unit.owner_name


def counted(product_id: int, party: Party) -> int:
    """How many pieces of a product without serials a party has."""
    return int(with_party([product_id], party.id).get(product_id, 0))
