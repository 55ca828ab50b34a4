"""Master data by lists: added, changed where that is safe, written out, all or nothing."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from store.check.run import check_store
from store.domain.documents import NewLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.fields import FieldSpec, FieldType
from store.domain.lists import COLUMNS, BadRow, BadRowsError, ListKind, Loaded, Row
from store.domain.roles import Role
from store.operations.administration import administer, save_row
from store.operations.field_values import set_value
from store.operations.fields import define_field, give_field
from store.operations.loading import DryRunError, load
from store.operations.operators import create_operator, sign_in
from store.queries import units
from store.queries.fields import fields_of_kind
from store.queries.lists import by_key, every, listed
from store.queries.products import product_by_id
from tests.store.company import Company


def update(company: Company, kind: ListKind, *rows: Row) -> Loaded:
    return company.run(load, kind, rows, update=True)


def bad(company: Company, kind: ListKind, *rows: Row) -> Sequence[BadRow]:
    with pytest.raises(BadRowsError) as error:
        update(company, kind, *rows)
    return error.value.rows


def refusal(company: Company, kind: ListKind, row: Row) -> RefusalCode | None:
    (found,) = bad(company, kind, row)
    return found.refusal.code if found.refusal else None


def exported(company: Company, kind: ListKind) -> list[dict[str, str]]:
    return company.run(lambda: [dict(row.cells) for row in every(kind)])


@pytest.mark.parametrize("kind", ListKind)
def test_what_is_written_out_can_be_loaded_again_and_changes_nothing(
    company: Company, kind: ListKind
) -> None:
    field = company.run(
        define_field, FieldSpec(name="Kolor", type=FieldType.CHOICE, choices=("czarny", "biały"))
    )
    company.run(give_field, company.laptop.kind_id, field.id, required=True)
    update(company, ListKind.EVENT_KINDS, {"code": "LEGAL", "name": "Legalisation", "name_pl": "Legalizacja"})
    update(company, ListKind.TEAMS, {"code": "S", "name": "Serwis", "members": "W1 C1"})
    rows = exported(company, kind)
    assert rows
    assert all(set(row) <= set(COLUMNS[kind].all) for row in rows)
    assert update(company, kind, *rows) == Loaded(added=0, known=len(rows), changed=0)
    assert exported(company, kind) == rows


def test_rows_are_added_and_changed_by_code(company: Company) -> None:
    product = dict(company.run(by_key, ListKind.PRODUCTS, "NB-14").cells)
    changed = product | {
        "name": "Laptop 14 nowy",
        "warranty_months": "36",
        "service_months": "12",
        "warranty_rule": "prolong",
        "gtins": "4006381333948",
    }
    added = {"sku": "NEW", "name": "Nowy", "kind": "COMP", "tracking": "quantity"}
    assert update(company, ListKind.PRODUCTS, changed, added) == Loaded(added=1, known=0, changed=1)
    found = company.run(product_by_id, company.laptop.id)
    assert (found.name, found.warranty_months, found.gtins) == ("Laptop 14 nowy", 36, ("04006381333948",))
    assert found.serial_pattern == company.laptop.serial_pattern
    cells = company.run(by_key, ListKind.PRODUCTS, "NB-14").cells
    assert (cells["service_months"], cells["warranty_rule"]) == ("12", "prolong")
    assert company.run(by_key, ListKind.PRODUCTS, "NEW").cells["warranty_rule"] == "law"
    only_name = {"sku": "nb-14", "name": "Laptop", "kind": "COMP"}
    assert update(company, ListKind.PRODUCTS, only_name).changed == 1
    assert company.run(product_by_id, company.laptop.id).warranty_months == 36
    assert company.run(load, ListKind.PRODUCTS, [product]) == Loaded(added=0, known=1)
    assert company.run(product_by_id, company.laptop.id).name == "Laptop"


def test_every_bad_row_is_named_and_none_is_taken(company: Company) -> None:
    rows = [
        {"sku": "A", "name": "A", "kind": "COMP"},
        {"sku": "B", "name": "B", "kind": "nothing"},
        {"sku": "C", "name": "C", "kind": "COMP", "warranty_months": "long"},
        {"sku": "D", "name": "D", "kind": "COMP", "gtins": "123"},
        {"sku": "E", "name": "E", "kind": "COMP", "retired": "perhaps"},
    ]
    found = bad(company, ListKind.PRODUCTS, *rows)
    told = [(row.number, row.column, row.refusal.code if row.refusal else None) for row in found]
    assert told == [
        (1, "kind", None), (2, "warranty_months", None), (3, "gtins", RefusalCode.BAD_GTIN),
        (4, "retired", None),
    ]  # fmt: skip
    assert company.run(by_key, ListKind.PRODUCTS, "A") is None


def test_all_bad_cells_of_a_row_are_named_in_the_order_of_the_columns(company: Company) -> None:
    lists: dict[ListKind, tuple[Row, list[str]]] = {
        ListKind.PRODUCTS: (
            {"sku": "A", "name": "A", "kind": "none", "tracking": "x", "warranty_months": "x", "gtins": "1",
             "serial_pattern": "[A-", "seats": "0", "service_meter": "x", "retired": "x"},
            ["kind", "tracking", "warranty_months", "serial_pattern", "gtins", "retired", "seats",
             "service_meter"],
        ),
        ListKind.OPERATORS: (
            {"code": "W1", "name": "A", "role": "king", "pin": "1", "language": "de"},
            ["role", "pin", "language"],
        ),
        ListKind.PARTIES: (
            {"code": "CUS", "name": "A", "role": "x", "email": "x", "language": "de"},
            ["role", "email", "language"],
        ),
        ListKind.KIND_FIELDS: (
            {"kind": "COMP", "field": "none", "position": "0", "on_list": "x"},
            ["field", "position", "on_list"],
        ),
        ListKind.TEAMS: (
            {"code": "S", "name": "S", "members": "none", "takes_services": "x"},
            ["members", "takes_services"],
        ),
        ListKind.TERMINALS: (
            {"code": "T9", "name": "T", "location": "none", "retired": "x"}, ["location", "retired"],
        ),
    }  # fmt: skip
    for kind, (row, columns) in lists.items():
        found = bad(company, kind, row)
        assert [(each.number, each.column) for each in found] == [(0, column) for column in columns]


def test_what_is_taken_is_named_and_not_the_code(company: Company) -> None:
    company.run(create_operator, "X1", "Iksiński", Role.WORKER, badge="B-1")
    update(company, ListKind.TERMINALS, {"code": "T8", "name": "T", "location": "MAIN", "hostname": "ramp"})
    operator = {"code": "X2", "name": "B", "role": "worker", "badge": "b-1"}
    (found,) = bad(company, ListKind.OPERATORS, operator)
    assert (found.column, found.refusal and found.refusal.code) == ("badge", RefusalCode.BADGE_TAKEN)
    assert "b-1" not in str(found).casefold()
    for code in ("T9", "T1"):
        terminal = {"code": code, "name": "T", "location": "MAIN", "hostname": "ramp"}
        (found,) = bad(company, ListKind.TERMINALS, terminal)
        assert (found.column, found.refusal and found.refusal.data["text"]) == ("hostname", "ramp")
    assert update(company, ListKind.OPERATORS, operator | {"code": "X1"}).changed == 1


def test_a_row_that_comes_twice_is_bad_whatever_else_it_says(company: Company) -> None:
    product = {"sku": "A-1", "name": "A", "kind": "COMP"}
    (found,) = bad(company, ListKind.PRODUCTS, product, product | {"sku": "a-1 ", "name": "B"})
    assert (found.number, found.column, found.same_as) == (1, "sku", 0)
    company.run(load, ListKind.FIELDS, [{"code": "ram", "name": "R", "type": "number"}])
    link = {"kind": "COMP", "field": "ram"}
    (found,) = bad(company, ListKind.KIND_FIELDS, link, link | {"kind": "ACC"}, link)
    assert (found.number, found.column, found.same_as) == (2, "kind, field", 0)


def test_a_dry_run_says_the_same_and_writes_nothing(company: Company) -> None:
    rows = [{"code": "VAN", "name": "Inny bus"}, {"code": "V2", "name": "Bus 2"}]
    with pytest.raises(DryRunError) as end:
        company.run(load, ListKind.LOCATIONS, rows, update=True, dry_run=True)
    assert end.value.loaded == Loaded(added=1, known=0, changed=1)
    assert [row["name"] for row in exported(company, ListKind.LOCATIONS)] == [
        "Magazyn główny", "Samochód serwisowy",
    ]  # fmt: skip


def test_tracking_and_nature_stay_once_documents_have_the_product(company: Company) -> None:
    row = {"sku": "CB-2", "name": "Kabel", "kind": "ACC", "tracking": "serial"}
    assert update(company, ListKind.PRODUCTS, row | {"tracking": "serial"}).changed == 1
    update(company, ListKind.PRODUCTS, row | {"tracking": "quantity"})
    company.delivery(NewLine(product_id=company.cable.id, expected=Decimal(5)))
    assert refusal(company, ListKind.PRODUCTS, row) is RefusalCode.TRACKING_FIXED
    kind = {"code": "ACC", "name": "Akcesoria", "nature": "service"}
    assert refusal(company, ListKind.KINDS, kind) is RefusalCode.NATURE_FIXED
    company.run(load, ListKind.KINDS, [{"code": "POL", "name": "Polisy", "nature": "service"}])
    assert refusal(company, ListKind.PRODUCTS, {"sku": "CB-2", "name": "K", "kind": "POL"}) is (
        RefusalCode.NATURE_FIXED
    )


def test_a_location_in_use_is_not_retired(company: Company) -> None:
    company.stock(company.laptop, "LT000001", location=company.van)
    van = {"code": "VAN", "name": "Bus", "retired": "yes"}
    assert refusal(company, ListKind.LOCATIONS, van) is RefusalCode.STILL_USED
    issue = company.issue(location=company.van)
    company.accept(issue, "LT000001")
    company.close(issue)
    assert update(company, ListKind.LOCATIONS, van).changed == 1
    assert [row.cells["code"] for row in company.run(listed, ListKind.LOCATIONS)] == ["MAIN"]
    assert [row.cells["code"] for row in company.run(listed, ListKind.LOCATIONS, retired=True)] == ["VAN"]
    assert update(company, ListKind.LOCATIONS, van | {"retired": "nie"}).changed == 1


def test_the_last_administrator_stays_one(company: Company) -> None:
    company.run(create_operator, "A1", "Szefowa", Role.ADMIN, pin="2468")
    row = {"code": "A1", "name": "Szefowa", "role": "worker"}
    assert refusal(company, ListKind.OPERATORS, row) is RefusalCode.LAST_ADMIN
    assert refusal(company, ListKind.OPERATORS, row | {"role": "admin", "retired": "yes"}) is (
        RefusalCode.LAST_ADMIN
    )
    company.run(create_operator, "A2", "Druga", Role.ADMIN, pin="2468")
    assert update(company, ListKind.OPERATORS, row).changed == 1


def test_secrets_are_never_written_out_and_stay_where_nothing_is_said(company: Company) -> None:
    company.run(create_operator, "X1", "Iksiński", Role.WORKER, pin="2468", badge="B-1")
    (row,) = [row for row in exported(company, ListKind.OPERATORS) if row["code"] == "X1"]
    assert "2468" not in row.values()
    assert not {"pin", "badge"} & set(row)
    update(company, ListKind.OPERATORS, row | {"pin": "", "badge": ""})
    assert not isinstance(company.run(sign_in, "X1", "2468", company.now), RefusedError)
    update(company, ListKind.OPERATORS, row | {"pin": "1357"})
    assert isinstance(company.run(sign_in, "X1", "2468", company.now), RefusedError)
    assert not isinstance(company.run(sign_in, "X1", "1357", company.now), RefusedError)
    other = {"code": "W1", "name": "Magazynier", "role": "worker", "badge": "b-1"}
    assert refusal(company, ListKind.OPERATORS, other) is RefusalCode.BADGE_TAKEN


def test_our_own_company_stays_ours(company: Company) -> None:
    row = next(row for row in exported(company, ListKind.PARTIES) if row["role"] == "own")
    assert update(company, ListKind.PARTIES, row | {"address": "Nowa 1"}).changed == 1
    assert update(company, ListKind.PARTIES, row | {"email": "a@b.pl; c@d.pl", "language": "en"}).changed == 1
    again = next(row for row in exported(company, ListKind.PARTIES) if row["role"] == "own")
    assert (again["email"], again["language"]) == ("a@b.pl c@d.pl", "en")
    assert refusal(company, ListKind.PARTIES, row | {"email": "a"}) is RefusalCode.BAD_EMAIL
    assert bad(company, ListKind.PARTIES, row | {"language": "de"})[0].column == "language"
    assert refusal(company, ListKind.PARTIES, row | {"retired": "yes"}) is RefusalCode.STILL_USED
    assert bad(company, ListKind.PARTIES, row | {"role": "customer"})[0].column == "role"


def test_fields_and_their_kinds_come_from_lists(company: Company) -> None:
    fields = [
        {"code": "ram", "name": "Pamięć", "type": "number", "measure": "GB"},
        {"code": "os", "name": "System", "type": "choice", "choices": "Debian; Windows|brak"},
    ]
    kinds = [
        {"kind": "COMP", "field": "os", "required": "tak", "position": "5"},
        {"kind": "COMP", "field": "ram", "on_list": "yes"},
        {"kind": "ACC", "field": "ram", "retired": "yes"},
    ]
    assert company.run(load, ListKind.FIELDS, fields).added == 2
    assert company.run(load, ListKind.KIND_FIELDS, kinds).added == 3
    system, memory = fields_of_kind(company.laptop.kind_id)
    assert (system.field.choices, system.required) == (("Debian", "Windows", "brak"), True)
    assert (memory.field.measure, memory.on_list, memory.on_card) == ("GB", True, True)
    assert fields_of_kind(company.cable.kind_id) == []


def test_a_list_does_not_change_the_type_of_a_field_with_values(company: Company) -> None:
    row = {"code": "ram", "name": "Pamięć", "type": "text"}
    company.run(load, ListKind.FIELDS, [row])
    assert update(company, ListKind.FIELDS, row | {"type": "number"}).changed == 1
    company.stock(company.laptop, "LT000001")
    field = company.run(by_key, ListKind.FIELDS, "ram")
    unit = units.by_number("LT000001")[0]
    company.run(set_value, company.actor(), unit.id, field.id, "16")
    assert refusal(company, ListKind.FIELDS, row) is RefusalCode.TYPE_HAS_VALUES
    assert list(check_store(company.database)) == []


def test_screens_administer_only_for_those_who_may(company: Company) -> None:
    row = {"code": "V9", "name": "Bus 9"}
    for deed in (
        lambda: save_row(company.actor(company.chief), ListKind.LOCATIONS, row, is_new=True),
        lambda: administer(
            company.actor(company.chief), define_field, FieldSpec(name="F", type=FieldType.TEXT)
        ),
    ):
        with pytest.raises(RefusedError) as refused:
            company.run(deed)
        assert refused.value.refusal.code is RefusalCode.NOT_ALLOWED
    admin = company.actor(company.run(create_operator, "A1", "Szefowa", Role.ADMIN, pin="2468"))
    company.run(save_row, admin, ListKind.LOCATIONS, row, is_new=True)
    with pytest.raises(RefusedError) as refused:
        company.run(save_row, admin, ListKind.LOCATIONS, row, is_new=True)
    assert refused.value.refusal.code is RefusalCode.EXISTS
    wrong = {"code": "T9", "name": "T", "location": "NOWHERE"}
    with pytest.raises(RefusedError) as refused:
        company.run(save_row, admin, ListKind.TERMINALS, wrong, is_new=True)
    assert refused.value.refusal.data["field"] == "location"


def test_a_list_is_searched_as_it_is_called(company: Company) -> None:
    found = company.run(listed, ListKind.PARTIES, "odbior")
    assert [row.cells["code"] for row in found] == ["CUS"]
    assert [row.cells["sku"] for row in company.run(listed, ListKind.PRODUCTS, "", limit=2, skip=1)] == [
        "CB-2", "NB-14",
    ]  # fmt: skip
