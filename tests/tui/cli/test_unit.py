"""`sztuka unit`: everything that the card shows, for people and for programs."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from store.domain.costs import Borne, CostKind, NewCost
from store.domain.fields import FieldSpec, FieldType
from store.domain.kept_papers import NewPaper
from store.domain.papers import PaperCode, PaperLanguage
from store.domain.tasks import NewTask, Priority
from store.operations.attachments import attach
from store.operations.costs import add_cost
from store.operations.events import record_event
from store.operations.field_values import set_value
from store.operations.fields import define_field, give_field
from store.operations.installing import install, take_out
from store.operations.papers import keep_paper
from store.operations.replacing import replace_unit
from store.operations.tasks import add_task, do_task
from store.queries.units import by_number
from tests.store.conftest import opened_company
from tests.store.putting_right import put_right
from tests.tui.cli.conftest import Sztuka


@pytest.fixture
def store(store_url: str) -> str:
    """A company with a sold laptop that everything was done to, LT000001, and parts and others around it."""
    with opened_company(store_url) as company:
        company.stock(company.laptop, "LT000001", "LT000002")
        company.stock(company.printer, "P1", "P2")
        ids = {
            serial: company.run(by_number, serial)[0].id for serial in ("LT000001", "LT000002", "P1", "P2")
        }
        unit, actor = ids["LT000001"], company.actor()
        memory = company.run(define_field, FieldSpec(name="Pamięć", type=FieldType.NUMBER, measure="GB"))
        company.run(give_field, company.laptop.kind_id, memory.id)
        company.run(set_value, actor, unit, memory.id, "16")
        for part in ("P1", "P2"):
            company.run(install, actor, ids[part], unit, token=part)
        company.now += timedelta(hours=1)
        for part in ("P1", "P2"):
            company.run(take_out, company.actor(), ids[part], token=f"{part} out")
        issue = company.issue()
        company.accept(issue, "LT000001")
        company.close(issue)
        event = company.run(
            record_event, company.actor(), unit, "inspection", "Olej", meter=Decimal(1250), meter_unit="km",
            parts="TN123", technician_id=company.chief.id, token="inspection",
        )  # fmt: skip
        for number, (amount, currency, borne) in enumerate(
            (("100.50", "PLN", Borne.OWN), ("20", "PLN", Borne.CHARGED), ("7", "EUR", Borne.WARRANTY))
        ):
            cost = NewCost(
                event_id=event.id, kind=CostKind.PARTS, amount=Decimal(amount), currency=currency, borne=borne
            )
            company.run(add_cost, company.actor(), cost, token=f"cost {number}")
        done = company.run(add_task, company.actor(), NewTask(unit_id=unit, title="Umyć"), token="done")
        company.run(do_task, company.actor(), done.id, text="", token="do")
        waiting = NewTask(
            unit_id=unit, title="Przegląd", due=date(2026, 5, 1), checklist=("a",), priority=Priority.HIGH
        )
        company.run(add_task, company.actor(), waiting, token="waiting")
        company.run(attach, company.actor(), [unit], "foto.jpg", b"jpg")
        letter = NewPaper(
            code=PaperCode.LETTER, language=PaperLanguage.PL, pdf=b"%PDF", party_code=company.customer.code,
            unit_ids=(unit,), name="reminder",
        )  # fmt: skip
        company.run(keep_paper, company.actor(), letter, token="paper")
        company.run(record_event, company.actor(), unit, "complaint", "ekran", token="complaint")
        put_right(company, unit, text="bateria")
        company.run(replace_unit, company.actor(), unit, ids["LT000002"], reason="Wada", token="swap")
    return store_url


def card(sztuka: Sztuka, store: str, serial: str) -> dict[str, Any]:
    run = sztuka("unit", serial, "--json", "--store", store)
    assert run.returncode == 0, run.stderr
    (unit,) = json.loads(run.stdout)["units"]
    found: dict[str, Any] = unit
    return found


def test_for_programs_it_is_the_whole_card(sztuka: Sztuka, store: str) -> None:
    unit = card(sztuka, store, "LT000001")
    (field,) = unit["fields"]
    assert (field["name"], field["type"], field["measure"], field["value"]) == (
        "Pamięć",
        "number",
        "GB",
        "16",
    )
    (task,) = unit["open_tasks"]
    assert (task["title"], task["due"], task["priority"]) == ("Przegląd", "2026-05-01", "high")
    assert task["checklist"] == [{"text": "a", "is_done": False}]
    totals = {each["currency"]: each for each in unit["costs"]["totals"]}
    assert {name: each["total"] for name, each in totals.items()} == {"PLN": "120.5", "EUR": "7"}
    assert (totals["PLN"]["own"], totals["PLN"]["charged"], totals["EUR"]["warranty"]) == ("100.5", "20", "7")
    assert [(each["amount"], each["currency"]) for each in unit["costs"]["entries"]] == [
        ("7", "EUR"), ("20", "PLN"), ("100.5", "PLN"),
    ]  # fmt: skip
    assert [(each["relation"], each["serial"], each["until"] is None) for each in unit["related"]] == [
        ("replaced_by", "LT000002", True), ("has", "P2", False), ("has", "P1", False),
    ]  # fmt: skip
    assert [(each["name"], each["size"]) for each in unit["attachments"]] == [("foto.jpg", 3)]
    (paper,) = unit["papers"]
    assert (paper["kind"], paper["name"], paper["state"]) == ("letter", "reminder", None)
    assert [each["type"] for each in unit["documents"]] == ["replacement", "issue", "delivery"]
    assert card(sztuka, store, "LT000002")["related"][0]["relation"] == "replaces"
    assert [each["relation"] for each in card(sztuka, store, "P1")["related"]] == ["in"]


def test_its_history_says_all_of_an_event(sztuka: Sztuka, store: str) -> None:
    unit = card(sztuka, store, "LT000001")
    told = [entry["data"] for entry in unit["history"] if entry["kind"] == "event"]
    inspection = next(data for data in told if data["kind"] == "inspection")
    assert (inspection["meter"], inspection["meter_unit"], inspection["parts"]) == ("1250", "km", "TN123")
    assert inspection["id"] == unit["costs"]["entries"][0]["event"]
    right, wrong = [data for data in told if data["kind"] == "complaint"]
    assert (right["text"], wrong["text"]) == ("bateria", "ekran")
    assert (right["corrects"], wrong["corrected_by"]) == (wrong["id"], right["id"])
    assert {data["way"] for data in told if data["kind"] == "upgrade"} == {"built_in", "taken_out"}


def test_for_people_it_says_the_same_in_words(sztuka: Sztuka, store: str) -> None:
    run = sztuka("unit", "LT000001", "--store", store)
    assert run.returncode == 0, run.stderr
    for said in (
        "complaint: bateria", "complaint (put right): ekran", "Meter: 1250 km", "Parts: TN123",
        "Technician: Kierownik", "built in: Drukarka laserowa P1", "taken out: Drukarka laserowa P2",
    ):  # fmt: skip
        assert said in run.stdout
    run = sztuka("unit", "P1", "--store", store)
    assert "built into Laptop 14 LT000001" in run.stdout
    assert "taken out of Laptop 14 LT000001" in run.stdout


def test_the_complaint_counts_once_in_the_purchases(sztuka: Sztuka, store: str) -> None:
    run = sztuka("purchases", "SUP", "--json", "--store", store)
    assert run.returncode == 0, run.stderr
    laptops = next(each for each in json.loads(run.stdout)["products"] if each["sku"] == "NB-14")
    assert (laptops["complained"], laptops["complaints"]) == (1, 1)
