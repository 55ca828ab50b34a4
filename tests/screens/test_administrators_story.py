"""An administrator's day: a kind with five fields, its products from a file, received, changed and issued."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from screens.delivery import Delivery
from screens.issue import Issue
from screens.kind_fields import KindFields
from screens.master_list import MasterList
from screens.record_form import RecordForm
from screens.required_fields import RequiredFields
from screens.session import Session
from screens.unit_card import UnitCard
from screens.unit_fields import UnitFields
from screens.unit_search import UnitSearch
from store.check.run import check_store
from store.domain.documents import NewLine
from store.domain.field_values import shown
from store.domain.fields import FieldType
from store.domain.lists import ListKind
from store.domain.terms import Terms
from store.queries.fields import changes_of_unit, fields_of_kind, fields_of_unit
from store.queries.lists import by_key
from store.queries.papers import labels_of
from store.queries.products import product_with_sku
from store.queries.units import by_number, card
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing, Stage

ROOT = Path(__file__).parents[2]
TYPES = list(FieldType)
FLAGS = ("Required", "On lists", "On labels")
PRODUCTS = """sku;name;kind;tracking;warranty_months;serial_pattern;gtins
TR-5;Terminal płatniczy T5;TERM;serial;24;T5\\d{4};4006381333948
TR-7;Terminal płatniczy T7;TERM;serial;%s;T7\\d{4};
"""


async def add_field(
    stage: Stage, name: str, type_: FieldType, *, measure: str = "", choices: str = ""
) -> None:
    """Define a field on the screen and give it to the kind on show, by scans alone."""
    await stage.on_top(KindFields)
    await stage.command("NEW")
    await stage.on_top(MasterList)
    await stage.command("NEW")
    await stage.shows("Name?")
    await stage.scan(name)
    await stage.shows("Kind of value?")
    await stage.command(str(TYPES.index(type_) + 1))
    if measure:
        await stage.shows("Measure?")
        await stage.scan(measure)
    for choice in choices.split():
        await stage.shows("Done")
        await stage.command("2")
        await stage.shows("Line?")
        await stage.scan(choice)
        await stage.shows(choice)
    if choices:
        await stage.command("1")
    if type_ is FieldType.TEXT:
        await stage.shows("Pattern?")
        await stage.command("BACK")
    await stage.on_top(RecordForm)
    await stage.command("SAVE")
    await stage.on_top(KindFields)
    await stage.shows(name)


async def set_flag(stage: Stage, row: int, flag: str, *, of: int) -> None:
    """Switch a flag of a field on: the `row` of so many that the kind has."""
    await stage.on_top(KindFields)
    await stage.command(str(row))
    await stage.shows("1 Change the field")
    # Changing the field, moving it up and down where it can, then the flags.
    moves = (row > 1) + (row < of)
    await stage.command(str(1 + moves + 1 + FLAGS.index(flag)))
    await stage.on_top(KindFields)


def values(company: Warehouse, serial: str) -> dict[str, str]:
    unit = company.run(by_number, serial)[0]
    return {each.field.name: each.text for each in company.run(fields_of_unit, unit.id) if each.text}


async def test_a_new_kind_of_goods_comes_into_use(
    show: Showing, session: Session, company: Warehouse, tmp_path: Path
) -> None:
    admin = replace(session, operator=company.admin)
    await define(show, admin, company)
    load(company, tmp_path)
    await receive(show, session, company)
    await tell_apart(show, session, company)
    await issue(show, session, company)
    with company.database.connection_context():
        assert list(check_store(company.database)) == []


async def define(show: Showing, admin: Session, company: Warehouse) -> None:
    """The kind and its five fields: two are required, one has a default, one is on lists and labels."""
    async with show(MasterList(admin, ListKind.KINDS)) as stage:
        await stage.command("NEW")
        await stage.shows("Code?")
        await stage.scan("TERM")
        await stage.shows("Name?")
        await stage.scan("Terminale płatnicze")
        await stage.on_top(RecordForm)
        await stage.command("SAVE")
        await stage.on_top(MasterList)
        await stage.until(lambda: company.run(by_key, ListKind.KINDS, "TERM"))
    kind = company.run(by_key, ListKind.KINDS, "TERM")
    assert kind is not None
    async with show(KindFields(admin, kind)) as stage:
        await add_field(stage, "Numer punktu", FieldType.TEXT)
        await add_field(stage, "Pamięć", FieldType.NUMBER, measure="MB")
        await add_field(stage, "Łączność", FieldType.CHOICE, choices="wifi gsm lan")
        await add_field(stage, "Ważność certyfikatu", FieldType.DATE)
        await add_field(stage, "Zaplombowany", FieldType.YES_NO)
        await set_flag(stage, 1, "Required", of=5)
        await set_flag(stage, 1, "On lists", of=5)
        await set_flag(stage, 1, "On labels", of=5)
        await set_flag(stage, 3, "Required", of=5)
    fields = company.run(fields_of_kind, kind.id)
    assert [(each.field.name, each.required, each.on_label) for each in fields] == [
        ("Numer punktu", True, True), ("Pamięć", False, False), ("Łączność", True, False),
        ("Ważność certyfikatu", False, False), ("Zaplombowany", False, False),
    ]  # fmt: skip
    assert fields[2].field.choices == ("wifi", "gsm", "lan")


def load(company: Warehouse, folder: Path) -> None:
    """The products from a file: a dry run names the bad cell and writes nothing, then all of them come."""
    path, url = folder / "products.csv", str(company.database.database)
    for months, options, exit_code in (("dużo", (), 1), ("12", ("--dry-run",), 0), ("12", (), 0)):
        path.write_text(PRODUCTS % months, encoding="utf-8")
        assert company.run(product_with_sku, "TR-5") is None
        command = (sys.executable, "-m", "tui", "load", "products", str(path), *options, "--store", url)
        own = {"XDG_CONFIG_HOME": str(folder), "XDG_STATE_HOME": str(folder)}
        run = subprocess.run(
            command, cwd=ROOT, env=os.environ | own, capture_output=True, text=True, check=False
        )
        assert run.returncode == exit_code, run.stderr
        if exit_code:
            assert ":3:" in run.stderr + run.stdout
            assert "warranty_months" in run.stderr + run.stdout
    product = company.run(product_with_sku, "tr-5")
    assert product is not None
    assert (product.kind_name, product.warranty_months) == ("Terminale płatnicze", 24)


async def receive(show: Showing, session: Session, company: Warehouse) -> None:
    """Two pieces are scanned; the delivery closes when each has what its kind requires."""
    product = company.run(product_with_sku, "TR-5")
    assert product is not None
    delivery = company.delivery(NewLine(product_id=product.id))
    async with show(Delivery(session, delivery.id)) as stage:
        await stage.scan("T50001")
        await stage.shows("T50001")
        await stage.scan("T50002")
        await stage.shows("T50002")
        await stage.command("CLOSE")
        await stage.on_top(RequiredFields)
        await stage.shows("Numer punktu: missing on 2 pieces")
        await stage.scan("T50001")
        await stage.shows("Numer punktu?")
        await stage.scan("P-17")
        await stage.shows("Numer punktu: missing on 1 piece")
        await stage.scan("T50002")
        await stage.shows("Numer punktu?")
        await stage.scan("P-18")
        await stage.shows("Łączność: missing on 2 pieces")
        await stage.command("1")
        await stage.shows("Łączność?", "gsm")
        await stage.command("2")
        await stage.shows("Close")
        await stage.command("YES")
        await stage.shows("Closed: 2 pieces")
        await stage.command("OK")
        await stage.done()
    assert values(company, "T50001") == {"Numer punktu": "P-17", "Łączność": "gsm"}
    assert values(company, "T50002") == {"Numer punktu": "P-18", "Łączność": "gsm"}


async def tell_apart(show: Showing, session: Session, company: Warehouse) -> None:
    """A value is changed on the card, kept with who and when; the search and the label know it."""
    unit = company.run(by_number, "T50002")[0]
    async with show(UnitCard(session, unit.id)) as stage:
        await stage.shows("Serial: T50002")
        await stage.app.push_screen(UnitFields(session, unit.id, "T50002"))
        await stage.shows("1 Numer punktu: P-18")
        await stage.command("1")
        await stage.shows("Numer punktu?")
        await stage.scan("P-20")
        await stage.shows("1 Numer punktu: P-20")
        await stage.command("CHANGES")
        await stage.shows("P-18", "P-20", company.chief.name)
    newest = company.run(changes_of_unit, unit.id)[0]
    assert (newest.old, newest.new, newest.operator) == ("P-18", "P-20", company.chief.name)
    async with show(UnitSearch(session)) as stage:
        await stage.command("FILTER")
        await stage.command("4")
        await stage.shows("Which field?", "Numer punktu")
        names = sorted(("Numer punktu", "Pamięć", "Łączność", "Ważność certyfikatu", "Zaplombowany"))
        await stage.command(str(names.index("Numer punktu") + 1))
        await stage.shows("Numer punktu: what")
        await stage.scan("p-2")
        await stage.shows("T50002")
        await stage.hides("T50001")
    (label,) = company.run(labels_of, [unit.id])
    assert label.values == ("Numer punktu: P-20",)


async def issue(show: Showing, session: Session, company: Warehouse) -> None:
    """It goes to the customer, with its warranty and its fields."""
    product = company.run(product_with_sku, "TR-5")
    assert product is not None
    document = company.issue(NewLine(product_id=product.id))
    async with show(Issue(session, document.id)) as stage:
        await stage.scan("T50002")
        await stage.shows("T50002")
        await stage.command("CLOSE")
        await stage.shows("Close")
        await stage.command("YES")
        await stage.shows("Closed: 1 piece")
        await stage.command("OK")
        await stage.done()
    unit = company.run(by_number, "T50002")[0]
    sold = company.run(card, unit.id)
    assert (sold.terms, sold.place and sold.place.name) == (Terms.SOLD, company.customer.name)
    assert sold.warranty_until is not None
    told = {each.field.name: shown(each.field, each.text) for each in company.run(fields_of_unit, unit.id)}
    assert told["Numer punktu"] == "P-20"
