"""What the commands that only read say to scripts and other programs."""

import csv
import json
import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from store.database import open_database
from store.demo.build import build
from store.migrate import migrate
from tests.tui.cli.conftest import Sztuka


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo company that is only read."""
    path = tmp_path_factory.mktemp("reading") / "store.db"
    database = open_database(str(path))
    with database.connection_context():
        migrate(database)
        build(database, units=200, today=date(2026, 3, 2))
    return path


def one(store: Path, statement: str) -> tuple[str, ...]:
    with closing(sqlite3.connect(store)) as database:
        row: tuple[str, ...] = database.execute(statement).fetchone()
        return row


SOLD = """SELECT u.serial, p.sku, q.code FROM unit u JOIN product p ON p.id = u.product_id
          JOIN party q ON q.place_id = u.place_id WHERE u.terms = 'sold' ORDER BY u.id LIMIT 1"""


def test_the_card_and_the_whole_history_of_a_unit(sztuka: Sztuka, store: Path) -> None:
    serial, sku, party = one(store, SOLD)
    run = sztuka("unit", serial.lower(), "--json", "--store", str(store))
    assert run.returncode == 0, run.stderr
    (unit,) = json.loads(run.stdout)["units"]
    assert (unit["serial"], unit["product"]["sku"], unit["place"]["code"]) == (serial, sku, party)
    assert unit["terms"] == "sold"
    sold = next(entry for entry in unit["history"] if entry["data"].get("to_terms") == "sold")
    assert sold["document"].startswith("WZ/")
    assert unit["history"][-1]["document"].startswith("PZ/")
    run = sztuka("unit", serial, "--store", str(store))
    assert f"Serial: {serial}" in run.stdout
    assert sold["document"] in run.stdout


def test_no_key_is_offered_where_there_is_none(sztuka: Sztuka, store: Path) -> None:
    (serial,) = one(
        store, "SELECT serial FROM unit WHERE id NOT IN (SELECT unit_id FROM identifier) ORDER BY id LIMIT 1"
    )
    run = sztuka("unit", serial, "--store", str(store))
    assert serial in run.stdout
    assert "F2" not in run.stdout


def test_a_number_that_no_unit_has_is_told(sztuka: Sztuka, store: Path) -> None:
    run = sztuka("unit", "NOBODY-1", "--store", str(store))
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == "sztuka: NOBODY-1: no unit has this number\n"


def test_the_holdings_of_a_party_add_up_in_every_form(sztuka: Sztuka, store: Path) -> None:
    _serial, _sku, code = one(store, SOLD)
    run = sztuka("holdings", code, "--json", "--store", str(store))
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["party"]["code"] == code
    assert sum(product["units"] for product in found["products"]) == len(found["units"]) > 0
    run = sztuka("holdings", code, "--csv", "--store", str(store))
    rows = list(csv.DictReader(run.stdout.splitlines(), delimiter=";"))
    assert sum(Decimal(row["quantity"]) for row in rows) == Decimal(found["pieces"])
    described = [*found["units"], *found["without_serials"]]
    assert len(rows) == len(described)
    for row in described:
        row |= {f"field.{code}": text for code, text in row.pop("fields").items()}
    plain = [{name: cell for name, cell in row.items() if cell} for row in rows]
    wanted = [{name: cell for name, cell in row.items() if cell} for row in described]
    assert sorted(plain, key=str) == sorted(wanted, key=str)
    run = sztuka("holdings", code, "--store", str(store))
    assert all(product["sku"] in run.stdout for product in found["products"])


def test_a_party_that_nobody_is_is_told(sztuka: Sztuka, store: Path) -> None:
    run = sztuka("holdings", "NOBODY", "--store", str(store))
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == "sztuka: NOBODY: nobody has this code, tax id or name\n"


def test_a_part_finds_units_and_a_mistaken_number_is_marked(sztuka: Sztuka, store: Path) -> None:
    serial, sku, party = one(store, SOLD)
    run = sztuka("find", serial[1:], "--json", "--store", str(store))
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)["found"]
    assert (serial, sku, party) in [
        (hit["serial"], hit["sku"], hit["party"]) for hit in found if hit["type"] == "unit"
    ]
    assert serial in [hit["serial"] for hit in found if hit["type"] == "unit" and not hit["near"]]
    wrong = serial[:-1] + "*"
    run = sztuka("find", wrong, "--json", "--store", str(store))
    near = {hit["serial"]: hit["near"] for hit in json.loads(run.stdout)["found"] if hit["type"] == "unit"}
    assert near[serial] is True
    run = sztuka("find", serial, "--limit", "1", "--store", str(store))
    assert run.stdout.startswith(serial)
    run = sztuka("find", "NOTHING-LIKE-IT-HERE", "--store", str(store))
    assert (run.returncode, run.stdout) == (1, "")


def test_a_search_is_narrowed_down_by_options(sztuka: Sztuka, store: Path) -> None:
    serial, sku, code = one(store, SOLD)

    def serials(*options: str) -> set[str]:
        run = sztuka("find", *options, "--limit", "500", "--json", "--store", str(store))
        assert run.returncode in {0, 1}, run.stderr
        return {hit["serial"] for hit in json.loads(run.stdout)["found"]}

    both = serials("--party", code, "--product", sku.lower())
    assert serial in both
    assert both == serials("--party", code) & serials("--product", sku)
    assert serial in serials(serial[-4:], "--party", code, "--sold-from", "2020-01-01")
    assert serials("--sold-to", "2001-01-01") == set()
    (number,) = one(
        store,
        f"""SELECT d.number FROM movement m JOIN document d ON d.id = m.document_id
            JOIN unit u ON u.id = m.unit_id WHERE u.serial = '{serial}' AND m.to_terms = 'sold'""",
    )
    assert serial in serials("--document", number)
    field, text, has = one(
        store,
        """SELECT f.code, v.text, u.serial FROM field_value v JOIN field f ON f.id = v.field_id
           JOIN unit u ON u.id = v.unit_id WHERE NOT f.retired ORDER BY v.id LIMIT 1""",
    )
    assert has in serials("--field", f"{field}={text}")
    assert serials("--open-complaint") >= serials("--open-complaint", "--under-warranty")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "say what to look for"),
        (("--product", "NONE"), "no product has the SKU NONE"),
        (("--document", "WZ/1"), "no document has the number WZ/1"),
        (("--field", "NONE=1"), "no field has the code NONE"),
        (("--field", "NONE"), "CODE=VALUE"),
        (("--saved", "None"), "no search is saved for everybody as None"),
    ],
)
def test_a_search_for_what_is_not_there_is_told(
    sztuka: Sztuka, store: Path, options: tuple[str, ...], told: str
) -> None:
    run = sztuka("find", *options, "--store", str(store))
    assert run.returncode == 1
    assert told in run.stderr


def test_the_purchases_of_a_supplier_add_up(sztuka: Sztuka, store: Path) -> None:
    code, pieces = one(
        store,
        """SELECT q.code, count(*) FROM movement m JOIN document d ON d.id = m.document_id
           JOIN party q ON q.id = d.party_id WHERE d.type = 'delivery' AND m.from_terms IS NULL
           AND m.unit_id IS NOT NULL GROUP BY q.code ORDER BY count(*) DESC LIMIT 1""",
    )
    run = sztuka("purchases", code, "--json", "--lines", "--store", str(store))
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert sum(product["units"] for product in found["products"]) == pieces
    assert {line["sku"] for line in found["lines"]} >= {product["sku"] for product in found["products"]}
    middle = sorted(line["at"][:10] for line in found["lines"])[len(found["lines"]) // 2]
    run = sztuka("purchases", code, "--since", middle, "--json", "--lines", "--store", str(store))
    narrowed = json.loads(run.stdout)
    assert narrowed["lines"] == [line for line in found["lines"] if line["at"][:10] >= middle]
    assert sum(Decimal(line["pieces"]) for line in narrowed["lines"]) == sum(
        Decimal(product["pieces"]) for product in narrowed["products"]
    )
    run = sztuka("purchases", code, "--until", "2001-01-01", "--json", "--store", str(store))
    assert json.loads(run.stdout)["products"] == []
    run = sztuka("purchases", code, "--store", str(store))
    assert all(product["name"] in run.stdout for product in found["products"])
