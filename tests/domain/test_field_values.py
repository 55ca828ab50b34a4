"""What a person types becomes the value of a field, or is refused with what would be taken."""

import pytest

from store.domain.errors import RefusalCode, RefusedError
from store.domain.field_values import key_of_value, parse, retyped, shown
from store.domain.fields import FieldFault, FieldSpec, FieldType

MEMORY = FieldSpec(name="Pamięć", type=FieldType.NUMBER, measure="GB")
PRICE = FieldSpec(name="Składka", type=FieldType.MONEY, measure="PLN")
COLOUR = FieldSpec(name="Kolor", type=FieldType.CHOICE, choices=("czarny", "Biały"))
PORTS = FieldSpec(name="Porty", type=FieldType.CHOICES, choices=("USB-C", "HDMI", "RJ-45"))
PLATE = FieldSpec(
    name="Rejestracja", type=FieldType.TEXT, pattern=r"[A-Z]{2,3} ?[A-Z0-9]{4,5}", message="Jak WX 12345."
)


def of(type_: FieldType) -> FieldSpec:
    return FieldSpec(name="F", type=type_)


TAKEN = [
    (of(FieldType.TEXT), "  Szafa 3 ", "Szafa 3", None),
    (of(FieldType.LINES), " a \r\nb\n", "a\nb", None),
    (MEMORY, "16 gb", "16", 160_000),
    (MEMORY, "1 024,50GB", "1024.5", 10_245_000),
    (MEMORY, "-0", "0", 0),
    (of(FieldType.NUMBER), "007.10", "7.1", 71_000),
    (PRICE, "12,5 PLN", "12.50", 125_000),
    (PRICE, "0.0001", "0.0001", 1),
    (of(FieldType.DATE), "24.11.2026", "2026-11-24", 739_944),
    (of(FieldType.DATE), "20261124", "2026-11-24", 739_944),
    (COLOUR, "BIAŁY", "Biały", None),
    (PORTS, "rj-45; usb-c | RJ-45", "USB-C; RJ-45", None),
    (of(FieldType.YES_NO), "Tak", "yes", 1),
    (of(FieldType.YES_NO), "0", "no", 0),
    (of(FieldType.LINK), "example.com/a", "https://example.com/a", None),
    (of(FieldType.LINK), "mailto:biuro@example.com", "mailto:biuro@example.com", None),
    (PLATE, "WX 12345", "WX 12345", None),
]


@pytest.mark.parametrize(("field", "text", "stored", "number"), TAKEN)
def test_it_is_taken_and_kept_in_one_form(
    field: FieldSpec, text: str, stored: str, number: int | None
) -> None:
    value = parse(field, text)
    assert (value.text, value.number) == (stored, number)
    assert value.key == key_of_value(stored)
    # What is stored is stored the same again, whatever choices and patterns are by then.
    assert parse(field, stored) == value
    assert retyped(field.type, stored) == value


REFUSED = [
    (of(FieldType.TEXT), " \n ", FieldFault.EMPTY),
    (of(FieldType.TEXT), "a\nb", FieldFault.ONE_LINE),
    (of(FieldType.TEXT), "a" * 501, FieldFault.LONG),
    (of(FieldType.LINES), "a" * 4001, FieldFault.LONG),
    (MEMORY, "16 TB", FieldFault.NUMBER),
    (MEMORY, "1.234,5", FieldFault.NUMBER),
    (MEMORY, "1e5", FieldFault.NUMBER),
    (MEMORY, ".", FieldFault.NUMBER),
    (MEMORY, "٣", FieldFault.NUMBER),
    (MEMORY, "1" * 15, FieldFault.PLACES),
    (MEMORY, "0.00001", FieldFault.PLACES),
    (PRICE, "dużo", FieldFault.MONEY),
    (of(FieldType.DATE), "31.02.2026", FieldFault.DATE),
    (COLOUR, "zielony", FieldFault.CHOICE),
    (PORTS, ";", FieldFault.EMPTY),
    (of(FieldType.YES_NO), "może", FieldFault.YES_NO),
    (of(FieldType.LINK), "javascript:alert(1)", FieldFault.LINK),
    (of(FieldType.LINK), "zwykły tekst", FieldFault.LINK),
    (of(FieldType.LINK), "https://", FieldFault.LINK),
]


@pytest.mark.parametrize(("field", "text", "fault"), REFUSED)
def test_what_does_not_fit_is_refused_with_its_fault(field: FieldSpec, text: str, fault: FieldFault) -> None:
    with pytest.raises(RefusedError) as refused:
        parse(field, text)
    assert refused.value.refusal.code is RefusalCode.BAD_VALUE
    assert refused.value.refusal.data["fault"] is fault
    assert refused.value.refusal.data["field"] == field.name


def test_a_pattern_is_explained_in_the_words_of_who_defined_it() -> None:
    with pytest.raises(RefusedError) as refused:
        parse(PLATE, "123")
    assert refused.value.refusal.data["fault"] == "Jak WX 12345."


def test_a_wrong_choice_is_told_which_there_are() -> None:
    with pytest.raises(RefusedError) as refused:
        parse(COLOUR, "zielony")
    assert refused.value.refusal.data["choices"] == ("czarny", "Biały")


def test_values_are_shown_with_measure_name_and_word() -> None:
    assert shown(MEMORY, "16") == "16 GB"
    assert shown(of(FieldType.YES_NO), "no") == "No"
    assert shown(of(FieldType.PARTY), "CUS", "Odbiorca") == "Odbiorca (CUS)"
    assert shown(of(FieldType.TEXT), "x") == "x"
