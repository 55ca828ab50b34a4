"""Fields are filled in on the unit's card and before a delivery is closed, by keys and by scans alone."""

import pytest

from screens.delivery import Delivery
from screens.required_fields import LISTED, RequiredFields
from screens.session import Session
from screens.unit_actions import ACTIONS
from screens.unit_card import UnitCard
from screens.unit_fields import UnitFields
from screens.unit_tabs import TABS
from store.domain.documents import NewLine
from store.domain.fields import Field, FieldSpec, FieldType
from store.operations.entry import enter_range
from store.operations.field_values import set_value
from store.operations.fields import define_field, edit_field, give_field, retire_field
from store.queries.documents import lines
from store.queries.fields import fields_of_unit
from store.queries.units import by_number
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing


def field(company: Warehouse, name: str, type_: FieldType = FieldType.TEXT, **options: object) -> Field:
    required = bool(options.pop("required", False))
    defined = company.run(define_field, FieldSpec(name=name, type=type_, **options))  # type: ignore[arg-type]
    company.run(give_field, company.laptop.kind_id, defined.id, required=required)
    return defined


def stock(company: Warehouse, *serials: str) -> int:
    company.run(lambda: company.stock(company.laptop, *serials))
    return company.run(by_number, serials[0])[0].id


def values(company: Warehouse, unit: int) -> dict[str, str]:
    return {found.field.name: found.text for found in company.run(fields_of_unit, unit)}


@pytest.fixture
def unit(company: Warehouse) -> int:
    return stock(company, "LT000001")


async def test_the_card_opens_the_fields_and_shows_them(
    show: Showing, session: Session, company: Warehouse, unit: int
) -> None:
    memory = field(company, "Pamięć", FieldType.NUMBER, measure="GB")
    company.run(set_value, company.actor(), unit, memory.id, "16")
    async with show(UnitCard(session, unit)) as stage:
        await stage.shows("Serial: LT000001")
        place = next(number for number, tab in enumerate(TABS, start=1) if tab.TITLE == "Fields")
        await stage.command(str(place))
        await stage.shows("Pamięć: 16 GB")
        await stage.command("DO")
        row = next(
            number for number, action in enumerate(ACTIONS, start=1) if action.label == "Change fields"
        )
        await stage.shows(f"{row} Change fields")
        await stage.command(str(row))
        await stage.on_top(UnitFields)
        await stage.shows("1 Pamięć: 16 GB")
        await stage.command("BACK")
        await stage.on_top(UnitCard)


async def test_each_type_is_asked_in_its_own_way(
    show: Showing, session: Session, company: Warehouse, unit: int
) -> None:
    field(company, "A liczba", FieldType.NUMBER, measure="GB")
    field(company, "B wybór", FieldType.CHOICE, choices=("czarny", "biały"))
    field(company, "C kilka", FieldType.CHOICES, choices=("torba", "mysz"))
    field(company, "D czy", FieldType.YES_NO)
    field(company, "E linie", FieldType.LINES)
    field(company, "F kto", FieldType.PARTY)
    field(company, "G tekst")
    async with show(UnitFields(session, unit, "LT000001")) as stage:
        await stage.shows("A liczba: -")
        await stage.press("1")
        await stage.shows("A liczba (GB)?")
        await stage.write("dużo\n")
        await stage.shows("Enter a number")
        await stage.press(*["backspace"] * 4)
        await stage.write("16\n")
        await stage.shows("A liczba: 16 GB")
        await stage.command("2")
        await stage.shows("czarny", "biały")
        await stage.command("2")
        await stage.shows("B wybór: biały")
        await stage.command("3")
        await stage.shows("[ ] torba")
        await stage.command("3")
        await stage.shows("[x] mysz")
        await stage.command("1")
        await stage.shows("C kilka: mysz")
        await stage.command("4")
        await stage.shows("D czy?")
        await stage.command("YES")
        await stage.shows("D czy: Yes")
        await stage.command("5")
        await stage.shows("Add a line")
        await stage.command("2")
        await stage.shows("Line?")
        await stage.scan("szafa 3")
        await stage.shows("3 szafa 3")
        await stage.command("1")
        await stage.shows("E linie: szafa 3")
        await stage.command("6")
        await stage.shows("Which party?")
        await stage.scan("SUP")
        await stage.command("7")
        await stage.shows("G tekst?")
        await stage.scan("coś")
        await stage.until(lambda: values(company, unit)["G tekst"] == "coś")
    assert values(company, unit) == {
        "A liczba": "16", "B wybór": "biały", "C kilka": "mysz", "D czy": "yes", "E linie": "szafa 3",
        "F kto": "SUP", "G tekst": "coś",
    }  # fmt: skip


async def test_what_is_no_choice_any_more_stays_until_it_is_switched_off(
    show: Showing, session: Session, company: Warehouse, unit: int
) -> None:
    several = field(company, "Dodatki", FieldType.CHOICES, choices=("laser", "uchwyt"))
    company.run(set_value, company.actor(), unit, several.id, "laser; uchwyt")
    company.run(
        edit_field,
        several.id,
        FieldSpec(name="Dodatki", type=FieldType.CHOICES, choices=("laser", "wifi")),
    )
    async with show(UnitFields(session, unit, "LT000001")) as stage:
        await stage.shows("Dodatki: laser; uchwyt")
        await stage.command("1")
        await stage.shows("[x] laser", "[ ] wifi", "[x] uchwyt")
        await stage.command("1")
        await stage.shows("Dodatki: laser; uchwyt")
        await stage.command("1")
        await stage.shows("[x] uchwyt")
        await stage.command("4")
        await stage.shows("[ ] uchwyt")
        await stage.command("3")
        await stage.shows("[x] wifi")
        await stage.command("1")
        await stage.until(lambda: values(company, unit)["Dodatki"] == "laser; wifi")


async def test_a_value_is_taken_away_and_its_history_read(
    show: Showing, session: Session, company: Warehouse, unit: int
) -> None:
    room = field(company, "Sala")
    old = field(company, "Stara")
    company.run(set_value, company.actor(), unit, room.id, "101")
    company.run(set_value, company.actor(), unit, old.id, "x")
    company.run(retire_field, old.id)
    async with show(UnitFields(session, unit, "LT000001")) as stage:
        await stage.shows("Sala: 101", "Stara: x")
        await stage.press("1")
        await stage.shows("Sala?")
        await stage.press(*["backspace"] * 3, "enter")
        await stage.shows("Sala: -")
        await stage.command("CHANGES")
        await stage.shows("101 -> -")
        await stage.command("OK")
    assert values(company, unit) == {"Sala": "", "Stara": "x"}


async def test_changes_are_told_as_values_are_shown(
    show: Showing, session: Session, company: Warehouse, unit: int
) -> None:
    sealed = field(company, "Zaplombowany", FieldType.YES_NO)
    memory = field(company, "RAM", FieldType.NUMBER, measure="GB")
    company.run(set_value, company.actor(), unit, sealed.id, "yes")
    company.run(set_value, company.actor(), unit, memory.id, "16")
    async with show(UnitCard(session, unit)) as stage:
        await stage.shows("LT000001")
        await stage.command("2")
        await stage.shows("Zaplombowany: - -> Yes", "RAM: - -> 16 GB")
    async with show(UnitFields(session, unit, "LT000001")) as stage:
        await stage.shows("Zaplombowany")
        await stage.command("CHANGES")
        await stage.shows("- -> Yes", "- -> 16 GB")
        await stage.command("OK")


async def test_what_is_required_is_asked_at_closing_for_all_or_one_by_one(
    show: Showing, session: Session, company: Warehouse
) -> None:
    field(company, "Sala", required=True)
    field(company, "Kolor", FieldType.CHOICE, choices=("czarny", "biały"), required=True)
    document = company.run(lambda: company.delivery(NewLine(product_id=company.laptop.id)))
    company.run(lambda: company.accept(document, "LT000001", "LT000002"))
    async with show(Delivery(session, document.id)) as stage:
        await stage.shows("LT000002")
        await stage.command("CLOSE")
        await stage.shows("Sala: missing on 2 pieces", "The same for all")
        await stage.scan("LT000002")
        await stage.shows("Sala?")
        await stage.scan("102")
        await stage.shows("Sala: missing on 1 piece")
        await stage.command("1")
        await stage.shows("Sala?")
        await stage.scan("101")
        await stage.shows("Kolor: missing on 2 pieces")
        await stage.scan("NOBODY")
        await stage.shows("none of these pieces")
        await stage.command("OK")
        await stage.command("1")
        await stage.shows("czarny")
        await stage.command("1")
        await stage.shows("Close with")
        await stage.command("1")
        await stage.shows("PZ/2026/000001")
        await stage.command("OK")
        await stage.done()
    found = [values(company, company.run(by_number, serial)[0].id) for serial in ("LT000001", "LT000002")]
    assert found == [{"Sala": "101", "Kolor": "czarny"}, {"Sala": "102", "Kolor": "czarny"}]


async def test_a_piece_beyond_those_that_are_listed_is_found_by_its_scan(
    show: Showing, session: Session, company: Warehouse
) -> None:
    field(company, "Sala", required=True)
    delivery = company.delivery(NewLine(product_id=company.laptop.id))
    (line,) = company.run(lines, delivery.id)
    company.run(
        enter_range, company.actor(), delivery.id, line.id, "LT000001", count=LISTED + 5, token="range"
    )
    async with show(RequiredFields(session, delivery.id)) as stage:
        await stage.shows("Sala: missing on 105 pieces")
        await stage.scan("LT000103")
        await stage.shows("Sala?")
        await stage.scan("101")
        await stage.shows("Sala: missing on 104 pieces")
        await stage.scan("LT000103")
        await stage.shows("none of these pieces")
        await stage.command("OK")


async def test_going_back_from_what_is_required_leaves_the_document_open(
    show: Showing, session: Session, company: Warehouse
) -> None:
    field(company, "Sala", required=True)
    document = company.run(lambda: company.delivery(NewLine(product_id=company.laptop.id)))
    company.run(lambda: company.accept(document, "LT000001"))
    async with show(Delivery(session, document.id)) as stage:
        await stage.shows("LT000001")
        await stage.command("CLOSE")
        await stage.shows("Sala: missing on 1 piece")
        await stage.command("1")
        await stage.shows("Sala?")
        await stage.press("enter")
        await stage.shows("Sala: Enter something.")
        await stage.press("escape")
        await stage.shows("Sala: missing on 1 piece")
        await stage.command("BACK")
        await stage.on_top(Delivery)
    assert company.run(by_number, "LT000001") == []
