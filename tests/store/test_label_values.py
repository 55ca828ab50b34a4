"""What a unit has in a field that is to be on labels stands on its label, and on no other."""

from store.domain.fields import FieldSpec, FieldType
from store.operations.field_values import set_value
from store.operations.fields import define_field, give_field
from store.queries import unit_search
from store.queries.papers import labels_of, unit_labels
from store.queries.units import by_number
from tests.store.company import Company
from tests.store.counting import asked


def test_labels_and_lists_have_the_values_that_are_to_be_on_them(company: Company) -> None:
    company.stock(company.laptop, "LT000001", "LT000002")
    label = company.run(define_field, FieldSpec(name="Numer w sieci", type=FieldType.TEXT))
    listed = company.run(define_field, FieldSpec(name="Pamięć", type=FieldType.NUMBER, measure="GB"))
    hidden = company.run(define_field, FieldSpec(name="Uwagi", type=FieldType.TEXT))
    kind = company.laptop.kind_id
    company.run(give_field, kind, label.id, on_label=True)
    company.run(give_field, kind, listed.id, on_list=True, on_label=True)
    company.run(give_field, kind, hidden.id)
    (unit,) = company.run(by_number, "LT000001")
    for field, text in ((label, "BIURO-01"), (listed, "16"), (hidden, "tajne")):
        company.run(set_value, company.actor(company.chief), unit.id, field.id, text)
    expected = [("Numer w sieci: BIURO-01", "Pamięć: 16 GB"), ()]
    of_document = company.run(unit_labels, "PZ/2026/000001")
    assert of_document is not None
    assert [each.values for each in of_document] == expected
    (other,) = company.run(by_number, "LT000002")
    of_units = company.run(labels_of, [other.id, unit.id])
    assert [each.values for each in of_units] == expected[::-1]
    found = company.run(unit_search.of_product, company.laptop.id)
    assert [[value.text for value in each.values] for each in found] == [["16"], []]


def test_many_labels_take_as_many_statements_as_few(company: Company) -> None:
    company.stock(company.laptop, *(f"LT{number:06}" for number in range(1, 51)))
    ids = [unit.id for unit in company.run(unit_search.of_product, company.laptop.id)]
    few = asked(company.database, lambda: company.run(labels_of, ids[:1]))
    assert asked(company.database, lambda: company.run(labels_of, ids)) == few
