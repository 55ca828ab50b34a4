"""What the fields of services hold: asked for when one is given, carried on to the one that follows."""

import pytest

from store.domain.errors import RefusalCode
from store.domain.fields import Field, FieldSpec, FieldType
from store.domain.records import Product
from store.domain.services import NewService, Renewal
from store.operations.fields import define_field, give_field
from store.operations.services import add_services, renew
from store.queries.fields import changes_of_unit, fields_of_unit
from tests.store.company import Company
from tests.store.services import add, code_of, licence_of


@pytest.fixture
def licence(company: Company) -> Product:
    return licence_of(company)


def give(
    company: Company, licence: Product, name: str, *, required: bool = False, default: str = ""
) -> Field:
    made = company.run(define_field, FieldSpec(name=name, type=FieldType.TEXT, default=default))
    company.run(give_field, licence.kind_id, made.id, required=required)
    return made


def values(company: Company, unit_id: int) -> dict[str, str]:
    return {each.field.name: each.text for each in company.run(fields_of_unit, unit_id) if each.text}


def test_a_service_is_not_given_without_what_its_kind_requires(company: Company, licence: Product) -> None:
    contract = give(company, licence, "Umowa", required=True)
    give(company, licence, "Opiekun", default="Serwis")
    new = NewService(party_id=company.customer.id, product_id=licence.id, numbers=("KEY-1",))
    token = next(company.tokens)
    assert code_of(company, add_services, company.actor(), new, token=token) is RefusalCode.FIELDS_NEEDED
    first, second = add(company, licence, "KEY-1", "KEY-2", values={contract.id: "UM/1"})
    assert values(company, first) == values(company, second) == {"Umowa": "UM/1", "Opiekun": "Serwis"}


def test_what_follows_a_service_has_its_fields(company: Company, licence: Product) -> None:
    contract = give(company, licence, "Umowa", required=True)
    old, other = add(company, licence, "KEY-1", "KEY-2", values={contract.id: "UM/1"})
    after = company.run(
        renew, company.actor(), [Renewal(unit_id=old), Renewal(unit_id=other)], token=next(company.tokens)
    )
    assert [values(company, unit_id) for unit_id in after] == [{"Umowa": "UM/1"}] * 2
    (change,) = company.run(changes_of_unit, after[0])
    assert (change.old, change.new, change.operator) == ("", "UM/1", company.actor().operator.name)
