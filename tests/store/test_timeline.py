"""All that happened to a unit is one timeline, read page by page in a constant number of statements."""

from decimal import Decimal

import pytest

from store.domain.documents import NewLine
from store.domain.terms import Condition
from store.domain.timeline import TimelineEntry, TimelineKind
from store.operations.events import record_event
from store.operations.units import change_condition
from store.queries.timeline import SOURCES, timeline
from store.queries.unit_papers import papers
from store.queries.units import by_number
from tests.store.company import Company
from tests.store.counting import asked
from tests.store.putting_right import put_right


def life(company: Company, serial: str, rounds: int) -> int:
    """Receive a unit, then sell it, mark it and buy it back that many times; return its id."""
    company.stock(company.laptop, serial)
    (unit,) = company.run(by_number, serial)
    for _round in range(rounds):
        issue = company.issue(NewLine(product_id=company.laptop.id))
        company.accept(issue, serial)
        company.close(issue)
        for condition in (Condition.DAMAGED, Condition.USED):
            company.run(change_condition, company.actor(), unit.id, condition, reason="po powrocie")
        back = company.delivery(NewLine(product_id=company.laptop.id), party=company.customer)
        company.accept(back, serial)
        company.close(back)
    return unit.id


def said(entries: list[TimelineEntry]) -> list[str]:
    return [entry.number or entry.data["to"] for entry in entries]


def test_movements_and_conditions_are_one_history_newest_first(company: Company) -> None:
    unit_id = life(company, "LT000001", 1)
    entries = company.run(timeline, unit_id)
    assert said(entries) == ["PZ/2026/000002", "used", "damaged", "WZ/2026/000001", "PZ/2026/000001"]
    sold = entries[3]
    assert (sold.kind, sold.operator, sold.terminal) == (TimelineKind.MOVEMENT, "Kierownik", "Stanowisko 1")
    assert sold.data == {
        "from": company.main.name, "from_terms": "stock", "to": company.customer.name, "to_terms": "sold",
        "owner": company.customer.name,
    }  # fmt: skip
    assert entries[1].data == {"from": "damaged", "to": "used", "reason": "po powrocie"}
    assert "from_terms" not in entries[-1].data


def test_a_kind_alone_can_be_asked_for(company: Company) -> None:
    unit_id = life(company, "LT000001", 2)
    conditions = company.run(timeline, unit_id, kinds=[TimelineKind.CONDITION])
    assert {entry.kind for entry in conditions} == {TimelineKind.CONDITION}
    assert len(conditions) == 4


def test_pages_follow_each_other_without_a_gap_or_a_repeat(company: Company) -> None:
    unit_id = life(company, "LT000001", 3)
    whole = company.run(timeline, unit_id, limit=100)
    assert len(whole) == 1 + 4 * 3
    paged: list[TimelineEntry] = []
    while page := company.run(timeline, unit_id, limit=2, before=paged[-1].key if paged else None):
        paged += page
    assert paged == whole


def test_what_happened_in_one_moment_is_neither_lost_nor_doubled_between_pages(company: Company) -> None:
    company.stock(company.laptop, "LT000001")
    (unit,) = company.run(by_number, "LT000001")
    actor = company.actor()
    for condition in (Condition.DAMAGED, Condition.USED, Condition.BLOCKED):
        company.run(change_condition, actor, unit.id, condition, reason="spis")
    paged: list[TimelineEntry] = []
    while page := company.run(timeline, unit.id, limit=1, before=paged[-1].key if paged else None):
        paged += page
    assert said(paged) == ["blocked", "used", "damaged", "PZ/2026/000001"]


def test_it_is_one_statement_however_long_the_life_was(company: Company) -> None:
    short, long = life(company, "LT000001", 1), life(company, "LT000002", 6)
    counts = [
        asked(company.database, lambda unit=unit: company.run(timeline, unit)) for unit in (short, long)
    ]
    assert counts == [1, 1]


def test_every_kind_has_a_source(company: Company) -> None:
    assert {source.kind for source in SOURCES} == set(TimelineKind)


def test_the_papers_of_a_unit_are_the_documents_it_went_by(company: Company) -> None:
    unit_id = life(company, "LT000001", 1)
    life(company, "LT000002", 1)
    found = company.run(papers, unit_id)
    assert [paper.number for paper in found] == ["PZ/2026/000002", "WZ/2026/000001", "PZ/2026/000001"]
    assert [paper.party_name for paper in found] == [
        company.customer.name, company.customer.name, company.supplier.name,
    ]  # fmt: skip
    assert company.run(papers, unit_id, before_id=found[1].document_id) == found[2:]


def test_events_and_changes_of_warranty_are_in_the_same_history(company: Company) -> None:
    unit_id = life(company, "LT000001", 1)
    company.run(record_event, company.actor(), unit_id, "complaint", "Nie działa", token="event")
    newest = company.run(timeline, unit_id)[0]
    assert newest.kind is TimelineKind.EVENT
    assert newest.data["text"] == "Nie działa"
    assert (newest.data["kind"], newest.data["status"]) == ("complaint", "open")


@pytest.mark.parametrize("reading", ["1250", "1204.5", "0", "1000000"])
def test_an_event_has_its_reading_and_its_parts_in_the_history(company: Company, reading: str) -> None:
    company.stock(company.laptop, "LT000001")
    (unit,) = company.run(by_number, "LT000001")
    company.run(
        record_event, company.actor(), unit.id, "inspection", "Olej", meter=Decimal(reading), meter_unit="km",
        parts="TN123", token="event",
    )  # fmt: skip
    data = company.run(timeline, unit.id)[0].data
    assert (data["meter"], data["meter_unit"], data["parts"]) == (reading, "km", "TN123")


def test_an_event_that_was_put_right_says_by_which_and_stands_behind_it(company: Company) -> None:
    unit_id = life(company, "LT000001", 1)
    company.run(record_event, company.actor(), unit_id, "complaint", "Nie działa", token="event")
    right = put_right(company, unit_id, text="Nie świeci")
    newest, before = company.run(timeline, unit_id, kinds=[TimelineKind.EVENT])
    assert (newest.data["text"], newest.data["id"], newest.data["corrects"]) == (
        "Nie świeci", str(right.id), before.data["id"],
    )  # fmt: skip
    assert (before.data["text"], before.data["corrected_by"]) == ("Nie działa", str(right.id))
    assert "corrected_by" not in newest.data
    assert "corrects" not in before.data
