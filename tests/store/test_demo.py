"""The demo company: the same every time, of the promised size, and sound."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

import pytest
from peewee import Database

from store.database import open_database
from store.demo.build import build
from store.demo.drafts import scan_units
from store.demo.goods import GOODS, KINDS, Kind
from store.demo.numbers import imei
from store.demo.partners import CUSTOMERS, LOCATIONS, SUPPLIERS, tax_id
from store.demo.people import PIN
from store.demo.prices import PRICES
from store.domain.documents import Accepted, NewLine
from store.domain.errors import StoreError
from store.domain.records import Actor, Operator
from store.domain.scan import Scan, Source
from store.domain.serials import fits, key_of
from store.domain.terms import Condition, DocumentStatus, DocumentType, Terms
from store.migrate import migrate
from store.models.sql import select
from store.operations.operators import sign_in
from store.operations.parties import create_party
from store.operations.scanning import take
from store.queries import deals, documents, loans, terminals, units, unreturned
from store.queries.purchases import purchased
from store.queries.saved_searches import names, saved_search
from store.queries.unit_search import find
from tests.store.company import START, Company

TODAY = date(2026, 3, 2)


@contextmanager
def demo(url: str, **options: int) -> Iterator[Database]:
    database = open_database(url)
    with database.connection_context():
        migrate(database)
        build(database, today=TODAY, hostname="workshop", **options)
        yield database


def everything() -> list[tuple[object, ...]]:
    return [
        tuple(row.values())
        for statement in (
            "SELECT id, product_id, serial, place_id, owner_id, terms, condition, last_movement_at FROM unit",
            "SELECT number, party_id, reference, posted_at, effective_at FROM document",
            "SELECT unit_id, type, text FROM identifier",
        )
        for row in select(f"{statement} ORDER BY id")
    ]


def test_the_same_seed_makes_the_same_company(tmp_path: Path) -> None:
    made = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        with demo(str(tmp_path / name), units=120, seed=seed):
            made.append(everything())
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_it_is_of_the_promised_size(store_url: str) -> None:
    with demo(store_url, units=300):
        counts = {
            table: select(f"SELECT count(*) AS n FROM {table}")[0]["n"]
            for table in ("unit", "location", "product", "product_kind", "party")
        }
        services = select("SELECT count(*) AS n FROM validity WHERE ended_on IS NULL")[0]["n"]
        assert services >= 10
        counts["unit"] -= select("SELECT count(*) AS n FROM validity")[0]["n"]
        assert counts == {"unit": 300, "location": 3, "product": 40, "product_kind": 8, "party": 31}
        # The past has units in stock, sold, held for a supplier, lost, and bought back and sold again.
        assert {row["terms"] for row in select("SELECT DISTINCT terms FROM unit")} == {
            Terms.STOCK, Terms.SOLD, Terms.HELD, Terms.CONSIGNED, Terms.BORROWED, Terms.RETURNED,
            Terms.RENTED, Terms.SCRAPPED, Terms.SERVICE,
        }  # fmt: skip
        assert select("SELECT unit_id FROM movement GROUP BY unit_id HAVING count(*) > 2")


def test_makers_bring_what_they_make_and_everything_bought_has_a_price(tmp_path: Path) -> None:
    makers = {code.title(): code for code, _name, _address in SUPPLIERS}
    with demo(str(tmp_path / "demo"), units=2000):
        rows = select(
            """SELECT DISTINCT q.code, p.sku, p.name FROM movement m JOIN document d ON d.id = m.document_id
               JOIN party q ON q.id = d.party_id JOIN product p ON p.id = m.product_id
               WHERE d.type = 'delivery' AND m.from_terms IS NULL"""
        )
        assert {row["code"] for row in rows} == set(makers.values())
        for row in rows:
            made_by = next((code for name, code in makers.items() if name in row["name"]), "HURT24")
            assert row["code"] == made_by, row
        unpriced = select(
            """SELECT DISTINCT d.units_of_supplier FROM unit u JOIN movement m ON m.unit_id = u.id
               JOIN document d ON d.id = m.document_id
               WHERE d.type = 'delivery' AND m.from_terms IS NULL AND u.purchase_price IS NULL"""
        )
        assert [bool(row["units_of_supplier"]) for row in unpriced] == [True]
        wexa = next(row["id"] for row in select("SELECT id FROM party WHERE code = 'WEXA'"))
        bought = purchased(wexa)
        assert all(product.lowest_price for product in bought)
        assert any(product.lowest_price != product.highest_price for product in bought)
    assert set(PRICES) == {goods.sku for goods in GOODS if goods.kind is not Kind.SERVICE}


def test_it_has_rentals_on_time_late_open_ended_and_returned_in_part(tmp_path: Path) -> None:
    with demo(str(tmp_path / "demo"), units=2000):
        out = unreturned.page(TODAY).rows
        lent = [row for row in out if row.terms is Terms.RENTED]
        assert any(row.days_late(TODAY) for row in lent)
        assert any(row.until and row.until.ask_again for row in lent)
        assert {row.owner_is_us for row in lent} == {True, False}
        (posted,) = documents.listing(DocumentType.RETURN, 1, status=DocumentStatus.POSTED)
        back = loans.returned_by(posted.id)
        assert {loan.returned_condition for loan in back} == {Condition.NEW, Condition.DAMAGED}
        assert loans.loans_of(back[0].document_id, only_open=True)
        (open_return,) = documents.listing(DocumentType.RETURN, 1)
        assert open_return.scanned == 1


def test_its_first_delivery_and_order_can_be_worked_on(store_url: str) -> None:
    with demo(store_url, units=300):
        terminal = terminals.find("workshop", None)
        assert terminal is not None
        operator = sign_in("101", PIN, START)
        assert isinstance(operator, Operator)
        actor = Actor(operator=operator, terminal=terminal, at=START)
        announced = next(
            found
            for found in documents.listing(DocumentType.DELIVERY, terminal.location.id)
            if found.reference == "WZ 4471/NV"
        )
        serial = select(
            "SELECT e.serial FROM expected_serial e JOIN document_line n ON n.id = e.line_id "
            "WHERE n.document_id = :id ORDER BY e.id",
            id=announced.id,
        )[0]["serial"]
        scan = Scan(text=serial, raw=serial, source=Source.DEVICE, at=START)
        outcome = take(actor, announced.id, scan, token="first")
        assert isinstance(outcome, Accepted)
        assert outcome.row.announced
        assert documents.listing(DocumentType.ISSUE, terminal.location.id)


def test_serials_fit_their_products_and_are_their_own_keys(tmp_path: Path) -> None:
    with demo(str(tmp_path / "demo"), units=300):
        rows = select("SELECT u.serial, p.serial_pattern FROM unit u JOIN product p ON p.id = u.product_id")
        assert rows
        assert all(fits(row["serial_pattern"], row["serial"]) for row in rows)
        assert all(key_of(row["serial"]) == row["serial"] for row in rows)
        found = select("SELECT text FROM identifier WHERE type = 'mac' ORDER BY id")[0]["text"]
        assert len(units.by_number(found)) == 1


def test_a_store_in_use_is_left_alone(tmp_path: Path) -> None:
    with demo(str(tmp_path / "demo"), units=60) as database:
        before = everything()
        with pytest.raises(StoreError, match="empty store"):
            build(database, today=TODAY)
        assert everything() == before


def test_the_lists_hold_what_the_size_promises() -> None:
    assert (len(GOODS), len(KINDS), len(LOCATIONS)) == (40, 8, 3)
    assert len(SUPPLIERS) + len(CUSTOMERS) == 30
    assert len({goods.sku for goods in GOODS}) == 40


def test_numbers_carry_right_check_digits() -> None:
    # The examples of the rules themselves: the NIP's modulo 11, and Luhn's 490154203237518 of 3GPP.
    made = tax_id(Random(4))
    assert sum(int(d) * w for d, w in zip(made, (6, 5, 7, 2, 3, 4, 5, 6, 7), strict=False)) % 11 == int(
        made[9]
    )
    assert imei("49015420", 323751) == "490154203237518"


def test_of_what_several_suppliers_left_at_one_place_only_the_owners_is_scanned(company: Company) -> None:
    other = company.run(create_party, "SUP2", "Druga hurtownia", is_supplier=True)
    company.deposit(company.laptop, "LT000001")
    second = company.delivery(NewLine(product_id=company.laptop.id), party=other, units_of_supplier=True)
    company.accept(second, "LT000002")
    company.close(second)
    bought = company.open(DocumentType.BUYOUT, other, NewLine(product_id=company.laptop.id))
    (line,) = documents.lines(bought.id)
    company.run(
        scan_units, company.actor(), line.id,
        place_id=company.main.place_id, terms=Terms.HELD, count=5, owner_id=other.id,
    )  # fmt: skip
    assert [row["serial"] for row in select("SELECT serial FROM draft_scan WHERE state = 'draft'")] == [
        "LT000002"
    ]


def test_deals_are_being_made_open_delivered_in_part_and_done(sqlite_url: str) -> None:
    with demo(sqlite_url, units=300):
        found = {row["state"]: row["id"] for row in select("SELECT id, state FROM deal")}
        assert set(found) == {"draft", "open", "partly", "done"}
        partly = deals.deal_lines(found["partly"])[0]
        assert (partly.delivered, partly.open) == (2, 1)


def test_most_units_of_every_kind_have_fields_and_searches_are_kept(tmp_path: Path) -> None:
    with demo(str(tmp_path / "demo"), units=600):
        rows = select(
            """SELECT k.name, count(DISTINCT u.id) AS units, count(DISTINCT v.unit_id) AS filled
               FROM unit u JOIN product p ON p.id = u.product_id JOIN product_kind k ON k.id = p.kind_id
                    LEFT JOIN field_value v ON v.unit_id = u.id GROUP BY k.id, k.name"""
        )
        assert len(rows) == len(KINDS)
        assert [row["name"] for row in rows if 2 * row["filled"] <= row["units"]] == []
        chief = sign_in("201", PIN, START)
        assert isinstance(chief, Operator)
        kept = [saved_search(chief.id, search_id) for search_id, _name, _shared in names(chief.id)]
        assert {saved.is_shared for saved in kept if saved} == {True, False}
        found = [find(saved.wanted, today=TODAY, limit=5).hits for saved in kept if saved]
        assert len(found) == len(kept) > 3
        assert sum(1 for hits in found if hits) >= 4
