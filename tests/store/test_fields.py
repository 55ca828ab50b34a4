"""Custom fields: defined once, used by kinds, filled in on units, and nothing of it is ever lost."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from peewee import DatabaseError

from screens.type_change import change_text
from store.check.run import check_store
from store.domain.documents import NewLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.fields import Field, FieldSpec, FieldType
from store.domain.findings import FindingCode
from store.models.products import ProductRow
from store.models.sql import execute, is_postgres, select
from store.operations import field_types
from store.operations.field_types import change_type, preview_type
from store.operations.field_values import CHANGE_COLUMNS, set_draft_values, set_value, set_values
from store.operations.fields import (
    define_field,
    edit_field,
    give_field,
    order_fields,
    retire_field,
    set_flags,
    take_field,
)
from store.operations.products import create_kind, create_product
from store.queries import units
from store.queries.fields import (
    changes_of_unit,
    fields,
    fields_of_kind,
    fields_of_unit,
    fields_of_units,
    missing_values,
)
from tests.store.company import Company
from tests.store.counting import asked


def refusal(deed: Callable[[], object]) -> RefusalCode:
    with pytest.raises(RefusedError) as refused:
        deed()
    return refused.value.refusal.code


def field(company: Company, name: str, type_: FieldType = FieldType.TEXT, **options: object) -> Field:
    """Define a field that computers have."""
    flags = {key: options.pop(key) for key in ("required", "on_list") if key in options}
    defined = company.run(define_field, FieldSpec(name=name, type=type_, **options))  # type: ignore[arg-type]
    company.run(give_field, company.laptop.kind_id, defined.id, **flags)
    return defined


@pytest.fixture
def unit(company: Company) -> int:
    company.stock(company.laptop, "LT000001", "LT000002", "LT000003")
    return units.by_number("LT000001")[0].id


def ids(*serials: str) -> list[int]:
    return [units.by_number(serial)[0].id for serial in serials]


def value(unit_id: int, field: Field) -> str:
    return next((each.text for each in fields_of_unit(unit_id) if each.field.id == field.id), "")


def sound(company: Company) -> bool:
    return list(check_store(company.database)) == []


def test_a_field_gets_a_code_of_its_name_that_no_other_has(company: Company) -> None:
    first = company.run(define_field, FieldSpec(name="Numer łóżka (ł)", type=FieldType.TEXT))
    second = company.run(define_field, FieldSpec(name="Numer łóżka: Ł", type=FieldType.TEXT))
    assert (first.code, second.code) == ("numer_lozka_l", "numer_lozka_l_2")
    assert refusal(lambda: company.run(define_field, first, code=first.code)) is RefusalCode.EXISTS


def test_one_field_is_used_by_several_kinds_and_renamed_once(company: Company, unit: int) -> None:
    memory = field(company, "RAM", FieldType.NUMBER, measure="GB")
    company.run(give_field, company.cable.kind_id, memory.id)
    company.run(set_value, company.actor(), unit, memory.id, "16")
    company.run(edit_field, memory.id, FieldSpec(name="Pamięć", type=FieldType.TEXT, measure="GiB"))
    for kind in (company.laptop.kind_id, company.cable.kind_id):
        (used,) = fields_of_kind(kind)
        assert (used.field.name, used.field.type, used.field.code) == ("Pamięć", FieldType.NUMBER, "ram")
    assert value(unit, memory) == "16"
    assert [change.field_name for change in changes_of_unit(unit)] == ["RAM"]


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        (FieldSpec(name=" ", type=FieldType.TEXT), RefusalCode.EMPTY),
        (FieldSpec(name="F", type=FieldType.CHOICE), RefusalCode.BAD_CHOICES),
        (FieldSpec(name="F", type=FieldType.CHOICE, choices=("a;b",)), RefusalCode.BAD_CHOICES),
        (FieldSpec(name="F", type=FieldType.TEXT, pattern="["), RefusalCode.BAD_PATTERN),
        (FieldSpec(name="F", type=FieldType.NUMBER, default="x"), RefusalCode.BAD_VALUE),
    ],
)
def test_a_definition_that_cannot_be_is_refused(company: Company, spec: FieldSpec, code: RefusalCode) -> None:
    assert refusal(lambda: company.run(define_field, spec)) is code
    assert fields() == []


def test_fields_of_a_kind_are_ordered_flagged_taken_and_given_back(company: Company) -> None:
    made = [field(company, name) for name in ("A", "B", "C")]
    kind = company.laptop.kind_id
    company.run(order_fields, kind, [made[2].id, made[0].id])
    assert [each.field.name for each in fields_of_kind(kind)] == ["C", "A", "B"]
    company.run(set_flags, kind, made[0].id, required=True, on_label=True)
    company.run(take_field, kind, made[0].id)
    assert [each.field.name for each in fields_of_kind(kind)] == ["C", "B"]
    assert [each.field.name for each in fields_of_kind(kind, retired=True)] == ["C", "B", "A"]
    company.run(give_field, kind, made[0].id)
    (_c, back, _b) = fields_of_kind(kind)
    assert (back.field.name, back.required, back.on_label) == ("A", True, True)


def test_every_change_of_a_value_is_kept_with_old_new_who_and_when(company: Company, unit: int) -> None:
    colour = field(company, "Kolor", FieldType.CHOICE, choices=("czarny", "biały"))
    first, second = company.actor(company.chief), company.actor()
    company.run(set_value, first, unit, colour.id, "CZARNY")
    company.run(set_value, first, unit, colour.id, "czarny")
    company.run(set_value, second, unit, colour.id, "biały")
    company.run(set_value, second, unit, colour.id, "")
    company.run(set_value, second, unit, colour.id, "")
    found = [(change.old, change.new, change.operator, change.at) for change in changes_of_unit(unit)]
    assert found == [
        ("biały", "", "Magazynier", second.at),
        ("czarny", "biały", "Magazynier", second.at),
        ("", "czarny", "Kierownik", first.at),
    ]
    assert value(unit, colour) == ""
    assert refusal(lambda: company.run(set_value, first, unit, colour.id, "zielony")) is RefusalCode.BAD_VALUE
    assert sound(company)


def test_a_reference_names_a_party_by_code_and_a_unit_by_any_number(company: Company, unit: int) -> None:
    insurer = field(company, "Ubezpieczyciel", FieldType.PARTY)
    dock = field(company, "Stacja", FieldType.UNIT)
    actor = company.actor()
    company.run(set_value, actor, unit, insurer.id, "SUP")
    company.run(set_value, actor, unit, dock.id, "lt000002")
    shown = {each.field.name: (each.text, each.named) for each in fields_of_unit(unit)}
    assert shown == {"Ubezpieczyciel": ("SUP", "Dostawca S.A."), "Stacja": ("LT000002", "Laptop 14")}
    assert refusal(lambda: company.run(set_value, actor, unit, insurer.id, "NOBODY")) is RefusalCode.BAD_VALUE
    assert refusal(lambda: company.run(set_value, actor, unit, dock.id, "NOTHING")) is RefusalCode.BAD_VALUE
    assert sound(company)


def test_values_of_another_kind_are_kept_and_shown_apart(company: Company, unit: int) -> None:
    memory = field(company, "Pamięć", FieldType.NUMBER)
    company.run(set_value, company.actor(), unit, memory.id, "16")
    other = company.run(create_kind, "OTHER", "Inne")
    company.run(ProductRow.update(kind=other).where(ProductRow.id == company.laptop.id).execute)
    (kept,) = fields_of_unit(unit)
    assert (kept.text, kept.applies) == ("16", False)
    company.run(
        ProductRow.update(kind=company.laptop.kind_id).where(ProductRow.id == company.laptop.id).execute
    )
    assert fields_of_unit(unit)[0].applies
    company.run(retire_field, memory.id)
    assert [(each.text, each.applies) for each in fields_of_unit(unit)] == [("16", False)]
    assert fields() == []
    assert [each.name for each in fields(retired=True)] == ["Pamięć"]


def test_fields_are_read_in_one_query_whatever_there_is(company: Company, unit: int) -> None:
    made = [field(company, f"Pole {number}") for number in range(30)]
    for each in made:
        company.run(set_value, company.actor(), unit, each.id, "x")
    assert asked(company.database, lambda: fields_of_unit(unit)) == 1
    three = ids("LT000001", "LT000002", "LT000003")
    assert asked(company.database, lambda: fields_of_units(three)) == 1
    found = fields_of_units(three)
    assert [len(found[each]) for each in three] == [30, 30, 30]
    assert [each.text for each in found[three[1]]] == [""] * 30


def test_one_value_goes_to_many_units_in_few_statements(company: Company, unit: int) -> None:
    room = field(company, "Sala")
    actor = company.actor()
    few, many = [unit], ids("LT000001", "LT000002", "LT000003")
    first = asked(company.database, lambda: company.run(set_values, actor, few, room.id, "101"))
    second = asked(company.database, lambda: company.run(set_values, actor, many, room.id, "102"))
    assert first == second
    assert [value(each, room) for each in many] == ["102"] * 3
    assert [(change.old, change.new) for change in changes_of_unit(many[1])] == [("", "102")]
    assert sound(company)


def test_a_change_of_type_says_how_many_more_texts_do_not_convert(
    company: Company, unit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(field_types, "EXAMPLES", 2)
    memory = field(company, "Pamięć")
    for each, text in zip(ids("LT000001", "LT000002", "LT000003"), ("a", "b", "c"), strict=True):
        company.run(set_value, company.actor(), each, memory.id, text)
    told = company.run(preview_type, memory.id, FieldSpec(name="Pamięć", type=FieldType.NUMBER))
    assert (told.left, len(told.examples), told.unlisted) == (3, 2, 1)
    assert change_text(told).endswith("and 1 more")


def test_a_change_of_type_says_first_what_converts_and_loses_nothing(company: Company, unit: int) -> None:
    memory = field(company, "Pamięć")
    one, two, three = ids("LT000001", "LT000002", "LT000003")
    for each, text in ((one, "16,0"), (two, "8"), (three, "dużo")):
        company.run(set_value, company.actor(), each, memory.id, text)
    spec = FieldSpec(name="Pamięć", type=FieldType.NUMBER, measure="GB")
    told = company.run(preview_type, memory.id, spec)
    assert (told.units, told.converts, told.rewritten, told.left) == (3, 2, 1, 1)
    assert told.examples == (("dużo", 1),)
    assert value(one, memory) == "16,0"
    assert company.run(change_type, company.actor(company.chief), memory.id, spec) == told
    found = {each: fields_of_unit(each)[0] for each in (one, two, three)}
    assert [(f.text, f.fits) for f in found.values()] == [("16", True), ("8", True), ("dużo", False)]
    assert (changes_of_unit(one)[0].old, changes_of_unit(one)[0].new) == ("16,0", "16")
    assert len(changes_of_unit(two)) == len(changes_of_unit(three)) == 1
    assert sound(company)
    numbers = select("SELECT number FROM field_value ORDER BY unit_id")
    assert [row["number"] for row in numbers] == [160_000, 80_000, None]
    company.run(change_type, company.actor(), memory.id, FieldSpec(name="Pamięć", type=FieldType.TEXT))
    assert [(value(each, memory), fields_of_unit(each)[0].fits) for each in (one, three)] == [
        ("16", True), ("dużo", True),
    ]  # fmt: skip
    assert sound(company)


def test_a_change_to_a_reference_finds_what_the_texts_name(company: Company, unit: int) -> None:
    insurer = field(company, "Ubezpieczyciel")
    one, two, _three = ids("LT000001", "LT000002", "LT000003")
    company.run(set_value, company.actor(), one, insurer.id, "SUP")
    company.run(set_value, company.actor(), two, insurer.id, "ktoś")
    told = company.run(
        change_type, company.actor(), insurer.id, FieldSpec(name="Ubezpieczyciel", type=FieldType.PARTY)
    )
    assert (told.converts, told.left) == (1, 1)
    assert [each.named for each in fields_of_unit(one)] == ["Dostawca S.A."]
    assert sound(company)


def test_what_is_required_is_asked_before_a_delivery_is_closed(company: Company) -> None:
    room = field(company, "Sala", required=True)
    field(company, "Stan", FieldType.CHOICE, choices=("nowy", "pokaz"), default="nowy", required=True)
    delivery = company.delivery(
        NewLine(product_id=company.laptop.id), NewLine(product_id=company.cable.id, expected=Decimal(1))
    )
    company.accept(delivery, "LT000001", "LT000002", "LT000003")
    company.take(delivery, "LT000004", rejected="szyba")
    close = lambda: company.close(delivery, reason="mniej")  # noqa: E731
    assert refusal(close) is RefusalCode.FIELDS_NEEDED
    (missing,) = missing_values(delivery.id)
    assert (missing.field.id, [serial for _id, serial, _name in missing.scans]) == (
        room.id, ["LT000001", "LT000002", "LT000003"],
    )  # fmt: skip
    company.run(set_draft_values, delivery.id, room.id, "101")
    assert missing_values(delivery.id) == []
    company.run(set_draft_values, delivery.id, room.id, "102", [missing.scans[1][0]])
    close()
    one, two, _three = ids("LT000001", "LT000002", "LT000003")
    assert [(each.field.name, each.text) for each in fields_of_unit(one)] == [
        ("Sala", "101"),
        ("Stan", "nowy"),
    ]
    assert value(two, room) == "102"
    assert {change.new for change in changes_of_unit(two)} == {"102", "nowy"}
    assert sound(company)


def test_a_unit_that_comes_back_keeps_what_it_has(company: Company, unit: int) -> None:
    room = field(company, "Sala", required=True, default="magazyn")
    company.run(set_value, company.actor(), unit, room.id, "101")
    issue = company.issue()
    company.accept(issue, "LT000001")
    company.close(issue)
    back = company.delivery(NewLine(product_id=company.laptop.id), party=company.customer)
    company.accept(back, "LT000001")
    company.close(back)
    assert value(unit, room) == "101"


def test_closing_takes_the_same_statements_with_more_units_and_values(company: Company) -> None:
    room = field(company, "Sala", required=True)
    taken = []
    for start, pieces in ((1, 2), (10, 30)):
        delivery = company.delivery(NewLine(product_id=company.laptop.id))
        company.accept(delivery, *(f"LT{number:06}" for number in range(start, start + pieces)))
        company.run(set_draft_values, delivery.id, room.id, "101")
        taken.append(asked(company.database, lambda document=delivery: company.close(document)))
    assert taken[0] == taken[1]


def test_the_history_of_a_field_cannot_be_changed_by_anybody(company: Company, unit: int) -> None:
    room = field(company, "Sala")
    company.run(set_value, company.actor(), unit, room.id, "101")
    for statement in (
        "UPDATE field_change SET new_text = '102'",
        "DELETE FROM field_change",
        "TRUNCATE field_change" if is_postgres() else "REPLACE INTO field_change SELECT * FROM field_change",
    ):
        with pytest.raises(DatabaseError, match="never changed or deleted"), company.database.atomic():
            execute(statement)
    with pytest.raises(DatabaseError), company.database.atomic():
        execute("DELETE FROM field")


WRONG_START = f"""INSERT INTO field_change ({CHANGE_COLUMNS})
    SELECT unit_id, field_id, field_name, 'x', new_text, operator_id, operator_name, changed_at
    FROM field_change"""


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE field_value SET text = '17'", FindingCode.FIELD_CHANGE),
        ("DELETE FROM field_value", FindingCode.FIELD_CHANGE),
        ("UPDATE field_value SET number = 1", FindingCode.FIELD_VALUE),
        ("UPDATE field_value SET key = 'x'", FindingCode.FIELD_VALUE),
        (WRONG_START, FindingCode.FIELD_CHAIN),
    ],
)
def test_a_value_changed_behind_the_programs_back_is_found(
    company: Company, unit: int, statement: str, code: FindingCode
) -> None:
    memory = field(company, "Pamięć", FieldType.NUMBER)
    company.run(set_value, company.actor(), unit, memory.id, "16")
    execute(statement)
    findings = list(check_store(company.database))
    assert code in {finding.code for finding in findings}
    assert all("{" not in finding.sentence() for finding in findings)


def test_a_product_of_the_same_kind_has_the_field_too(company: Company) -> None:
    field(company, "Sala")
    tablet = company.run(create_product, "TB-1", "Tablet", company.laptop.kind_id)
    company.stock(tablet, "TB1")
    assert [each.field.name for each in fields_of_unit(ids("TB1")[0])] == ["Sala"]
