"""Services of the small company, and what the tests do with them."""

import pytest

from store.domain.errors import RefusalCode, RefusedError
from store.domain.lists import ListKind
from store.domain.records import Product
from store.domain.services import NewService, Validity
from store.domain.terms import Nature
from store.models.products import ProductRow
from store.operations.editing import EDITS
from store.operations.products import create_kind, create_product
from store.operations.services import add_services
from store.queries import units
from store.queries.services import validity_of
from tests.store.company import START, Company

TODAY = START.astimezone().date()


def licence_of(company: Company) -> Product:
    """A licence for a year and five seats."""

    def make() -> Product:
        kind = create_kind("LIC", "Licencje", nature=Nature.SERVICE)
        made = create_product("AV-5", "Antywirus 5 stanowisk", kind)
        EDITS[ListKind.PRODUCTS](ProductRow.get_by_id(made.id), {"validity_months": "12", "seats": "5"})
        return made

    return company.run(make)


def code_of(company: Company, *args: object, **options: object) -> RefusalCode:
    with pytest.raises(RefusedError) as error:
        company.run(*args, **options)  # type: ignore[arg-type]
    return error.value.refusal.code


def add(company: Company, product: Product, *numbers: str, token: str = "", **options: object) -> list[int]:
    options.setdefault("party_id", company.customer.id)
    new = NewService(product_id=product.id, numbers=numbers, **options)  # type: ignore[arg-type]
    return company.run(add_services, company.actor(), new, token=token or next(company.tokens))


def terms(company: Company, unit_id: int) -> Validity:
    found = company.run(validity_of, unit_id)
    assert found is not None
    return found


def id_of(company: Company, number: str) -> int:
    return company.run(units.by_number, number)[0].id
