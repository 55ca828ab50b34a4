"""An administrator's screens: lists of master data, their forms, kinds and their fields."""

from dataclasses import replace

import pytest

from screens.administration import Administration
from screens.home import Home
from screens.kind_fields import KindFields
from screens.master_columns import NAMES, label_of
from screens.master_list import MasterList
from screens.menu_items import PROGRAM, home_rows
from screens.record_form import RecordForm
from screens.session import Session
from store.domain.fields import FieldSpec, FieldType
from store.domain.lists import COLUMNS, ListKind, ListRow
from store.operations.administration import save_row
from store.operations.field_values import set_value
from store.operations.fields import define_field, give_field
from store.queries.events import kinds
from store.queries.fields import changes_of_unit, fields_of_kind
from store.queries.lists import by_key, listed
from store.queries.products import product_by_id
from store.queries.units import by_number
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing


@pytest.fixture
def admin(session: Session, company: Warehouse) -> Session:
    """The session of the administrator."""
    return replace(session, operator=company.admin)


def row(company: Warehouse, kind: ListKind, *key: str) -> ListRow:
    found = company.run(by_key, kind, *key)
    assert found is not None
    return found


def place_of(kind: ListKind, column: str) -> int:
    """Return the digit of a column in the form of a row that is there already."""
    return [name for name in COLUMNS[kind].all if name not in COLUMNS[kind].key].index(column) + 1


@pytest.mark.parametrize("kind", NAMES)
def test_every_column_of_a_list_with_a_screen_has_its_word(kind: ListKind) -> None:
    """A column that is added to a list later must not break its form."""
    assert all(label_of(kind, column) for column in COLUMNS[kind].all)


async def test_only_an_administrator_sees_the_way_in(
    show: Showing, session: Session, admin: Session, company: Warehouse
) -> None:
    digit = str(home_rows().index(PROGRAM) + 1)
    async with show(Home(session)) as stage:
        await stage.command(digit)
        await stage.shows("About")
        await stage.hides("Administration")
    async with show(Home(admin)) as stage:
        await stage.command(digit)
        await stage.shows("1 Administration")
        await stage.command("1")
        await stage.on_top(Administration)
        await stage.shows("1 Products")
        await stage.command("1")
        await stage.on_top(MasterList)
        await stage.shows("Laptop 14")


async def test_a_product_is_added_with_the_scanner_alone(
    show: Showing, admin: Session, company: Warehouse
) -> None:
    async with show(MasterList(admin, ListKind.PRODUCTS)) as stage:
        await stage.shows("Laptop 14")
        await stage.command("NEW")
        await stage.shows("SKU?")
        await stage.scan("TB-1")
        await stage.shows("Name?")
        await stage.scan("Tablet")
        await stage.on_top(MasterList)
        await stage.scan("COMP")
        await stage.on_top(RecordForm)
        await stage.shows("SKU: TB-1", "Kind: COMP", "F10 saves")
        place = 7
        await stage.command(str(place + 1))
        await stage.shows("GTIN?")
        await stage.command("2")
        await stage.shows("Line?")
        await stage.scan("4006381333948")
        await stage.shows("3 4006381333948")
        await stage.command("1")
        await stage.shows("GTIN: 4006381333948")
        await stage.command("SAVE")
        await stage.on_top(MasterList)
        await stage.until(lambda: company.run(listed, ListKind.PRODUCTS, "tablet"))
    (added,) = company.run(listed, ListKind.PRODUCTS, "tablet")
    product = company.run(product_by_id, added.id)
    assert (product.sku, product.gtins, product.kind_id) == (
        "TB-1", ("04006381333948",), company.laptop.kind_id,
    )  # fmt: skip


async def test_a_party_is_changed_retired_and_brought_back(
    show: Showing, admin: Session, company: Warehouse
) -> None:
    async with show(MasterList(admin, ListKind.PARTIES)) as stage:
        await stage.write("odb")
        await stage.shows("Odbiorca")
        await stage.press("enter")
        await stage.on_top(RecordForm)
        await stage.press("1")
        await stage.shows("Name?")
        await stage.press("end")
        await stage.write(" 2\n")
        await stage.shows("Name: Odbiorca sp. z o.o. 2")
        await stage.press(str(place_of(ListKind.PARTIES, "retired")))
        await stage.shows("Out of use?")
        await stage.command("2")
        await stage.shows("Out of use: Yes")
        await stage.press("f10")
        await stage.on_top(MasterList)
        await stage.press("f4")
        await stage.shows("out of use", "1 Odbiorca sp. z")
    found = row(company, ListKind.PARTIES, "CUS")
    assert (found.cells["name"], found.retired) == ("Odbiorca sp. z o.o. 2", True)


async def test_what_may_not_be_changed_says_why(show: Showing, admin: Session, company: Warehouse) -> None:
    company.run(lambda: company.stock(company.laptop, "LT000001"))
    async with show(RecordForm(admin, ListKind.PRODUCTS, row(company, ListKind.PRODUCTS, "NB-14"))) as stage:
        await stage.shows("Followed by: serial")
        await stage.press("3")
        await stage.shows("Followed by?")
        await stage.command("2")
        await stage.shows("Followed by: quantity")
        await stage.press("f10")
        await stage.shows("its tracking stays")
        await stage.command("OK")
        await stage.press("escape")
        await stage.shows("Leave without saving it?")
        await stage.command("YES")
        await stage.done()


async def test_what_does_not_fit_is_named_as_the_form_names_it(
    show: Showing, admin: Session, company: Warehouse
) -> None:
    async with show(RecordForm(admin, ListKind.PRODUCTS, row(company, ListKind.PRODUCTS, "NB-14"))) as stage:
        await stage.press(str(place_of(ListKind.PRODUCTS, "warranty_months")))
        await stage.shows("Warranty, months?")
        await stage.press("home", "shift+end")
        await stage.write("dwa\n")
        await stage.shows("Warranty, months: dwa")
        await stage.press("f10")
        await stage.shows("Warranty, months: dwa does not fit. 0-1200")
        await stage.hides("warranty_months")
        await stage.command("OK")
        await stage.on_top(RecordForm)


async def test_an_emptied_name_and_a_host_name_in_use_are_told(
    show: Showing, admin: Session, company: Warehouse
) -> None:
    location = {"location": company.main.code}
    other = {"code": "T8", "name": "Rampa", "hostname": "ramp", **location}
    company.run(
        save_row, replace(company.actor(), operator=company.admin), ListKind.TERMINALS, other, is_new=True
    )
    terminal = row(company, ListKind.TERMINALS, "T1")
    cells = {**terminal.cells, "hostname": "ramp"}
    async with show(RecordForm(admin, ListKind.TERMINALS, replace(terminal, cells=cells))) as stage:
        await stage.press("f10")
        await stage.shows("Host name: ramp is taken already.")
        await stage.command("OK")
    async with show(
        RecordForm(admin, ListKind.TERMINALS, replace(terminal, cells={**cells, "name": ""}))
    ) as stage:
        await stage.press("f10")
        await stage.shows("Name: Enter something.")
        await stage.command("OK")


async def test_a_kind_gets_a_new_field_which_is_ordered_and_required(
    show: Showing, admin: Session, company: Warehouse
) -> None:
    first = company.run(define_field, FieldSpec(name="Kolor", type=FieldType.TEXT))
    company.run(give_field, company.laptop.kind_id, first.id)
    kind = row(company, ListKind.KINDS, "COMP")
    async with show(RecordForm(admin, ListKind.KINDS, kind)) as stage:
        await stage.shows("4 Its fields...")
        await stage.press("4")
        await stage.on_top(KindFields)
        await stage.shows("1 Kolor: text")
        await stage.command("NEW")
        await stage.on_top(MasterList)
        await stage.command("NEW")
        await stage.shows("Name?")
        await stage.scan("Pamięć")
        await stage.shows("Kind of value?")
        await stage.command("3")
        await stage.shows("Measure?")
        await stage.scan("GB")
        await stage.shows("Kind of value: number", "Measure: GB")
        await stage.command("SAVE")
        await stage.on_top(KindFields)
        await stage.shows("2 Pamięć: number GB")
        await stage.command("2")
        await stage.shows("2 Move up", "Required: switch on")
        await stage.command("2")
        await stage.shows("1 Pamięć: number GB")
        await stage.command("1")
        await stage.shows("Required: switch on")
        await stage.command("3")
        await stage.shows("1 Pamięć: number GB, required")
        await stage.command("2")
        await stage.shows("Kolor: text", "1 Change the field")
        await stage.command("7")
        await stage.hides("Kolor")
    (field,) = company.run(fields_of_kind, company.laptop.kind_id)
    assert (field.field.name, field.field.measure, field.required) == ("Pamięć", "GB", True)


async def test_a_change_of_type_is_shown_before_it_is_done(
    show: Showing, admin: Session, company: Warehouse
) -> None:
    field = company.run(define_field, FieldSpec(name="Pamięć", type=FieldType.TEXT))
    company.run(give_field, company.laptop.kind_id, field.id)
    company.run(lambda: company.stock(company.laptop, "LT000001", "LT000002"))
    units = [company.run(by_number, serial)[0].id for serial in ("LT000001", "LT000002")]
    for unit, text in zip(units, ("16,0", "dużo"), strict=True):
        company.run(set_value, company.actor(), unit, field.id, text)
    async with show(RecordForm(admin, ListKind.FIELDS, row(company, ListKind.FIELDS, field.code))) as stage:
        await stage.shows("Kind of value: text")
        await stage.press("2")
        await stage.shows("Kind of value?")
        await stage.command("3")
        await stage.shows("Kind of value: number")
        await stage.press("f10")
        await stage.shows("2 units have a value.", "Converted: 1", "dużo (1)")
        await stage.command("2")
        await stage.on_top(RecordForm)
        assert row(company, ListKind.FIELDS, field.code).cells["type"] == "text"
        await stage.press("f10")
        await stage.shows("Converted: 1")
        await stage.command("1")
        await stage.done()
    assert row(company, ListKind.FIELDS, field.code).cells["type"] == "number"
    assert company.run(changes_of_unit, units[0])[0].new == "16"


async def test_the_list_of_fields_says_the_code_by_which_letters_name_one(
    show: Showing, admin: Session, company: Warehouse
) -> None:
    company.run(define_field, FieldSpec(name="Pamięć", type=FieldType.TEXT), code="ram")
    async with show(MasterList(admin, ListKind.FIELDS)) as stage:
        await stage.shows("Pamięć", "text  ram")


async def test_an_operator_gets_a_pin_that_is_never_shown(
    show: Showing, admin: Session, company: Warehouse
) -> None:
    async with show(RecordForm(admin, ListKind.OPERATORS, row(company, ListKind.OPERATORS, "W1"))) as stage:
        await stage.shows("PIN: -")
        await stage.press("3")
        await stage.shows("PIN?")
        await stage.write("97531")
        await stage.hides("97531")
        await stage.press("enter")
        await stage.shows("PIN: ***")
        await stage.press("f10")
        await stage.done()


async def test_a_kind_of_events_is_added_by_the_scanner_alone(
    show: Showing, admin: Session, company: Warehouse
) -> None:
    async with show(Administration(admin)) as stage:
        await stage.command(str(list(NAMES).index(ListKind.EVENT_KINDS) + 1))
        await stage.on_top(MasterList)
        await stage.command("NEW")
        await stage.shows("Code?")
        await stage.scan("LEG")
        await stage.shows("Name?")
        await stage.scan("Legalisation")
        await stage.on_top(RecordForm)
        await stage.shows("Legalisation")
        await stage.command("SAVE")
        await stage.on_top(MasterList)
        await stage.shows("Legalisation")
    assert [kind.name for kind in company.run(kinds) if not kind.is_built_in] == ["Legalisation"]
