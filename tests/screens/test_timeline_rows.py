"""What the entries of a history say, as plain text."""

from datetime import UTC, datetime

import pytest

from screens.timeline_rows import KINDS, entry_rows
from store.domain.events import Way
from store.domain.language import Language, _, speaking
from store.domain.timeline import TimelineEntry, TimelineKey, TimelineKind
from tui import speech


@pytest.fixture(autouse=True)
def _english() -> None:
    speech.speak(Language.EN)


def event(**data: str) -> list[str]:
    """Return the rows of an event between its head and who recorded it."""
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    entry = TimelineEntry(
        kind=TimelineKind.EVENT, key=TimelineKey(at=at, rank=3, id=1), recorded_at=at, operator="Magazynier",
        terminal="", number="", document_id=None, data=data,
    )  # fmt: skip
    return [row.strip() for row in entry_rows(entry)[1:-1]]


def test_an_event_that_was_put_right_says_so() -> None:
    assert event(kind="complaint", text="ekran", status="closed", corrected_by="2") == [
        "complaint (put right): ekran"
    ]
    assert event(kind="complaint", text="bateria", status="closed", corrects="1") == ["complaint: bateria"]


def test_an_event_says_what_the_meter_showed_and_which_parts_were_used() -> None:
    told = event(kind="inspection", text="olej", outcome="ok", meter="1250", meter_unit="km", parts="TN123")
    assert told == ["inspection: olej", "Outcome: ok", "Meter: 1250 km", "Parts: TN123"]
    assert event(kind="inspection", text="olej", meter="0") == ["inspection: olej", "Meter: 0"]


@pytest.mark.parametrize(
    ("way", "told", "in_polish"),
    [
        (Way.BUILT_INTO, "built into Laptop SN1", "wbudowano w Laptop SN1"),
        (Way.BUILT_IN, "built in: Laptop SN1", "wbudowano: Laptop SN1"),
        (Way.TAKEN_OUT_OF, "taken out of Laptop SN1", "wymontowano z Laptop SN1"),
        (Way.TAKEN_OUT, "taken out: Laptop SN1", "wymontowano: Laptop SN1"),
    ],
)
def test_which_way_a_part_went_is_said_in_the_language_of_whoever_reads(
    way: Way, told: str, in_polish: str
) -> None:
    (row,) = event(kind="upgrade", text="Laptop SN1", way=way)
    assert row == f"upgrade: {told}"
    with speaking(Language.PL):
        (row,) = event(kind="upgrade", text="Laptop SN1", way=way)
    assert row.endswith(f": {in_polish}")


def test_the_technician_is_named_when_somebody_else_recorded_it() -> None:
    assert event(kind="note", text="olej", technician="Serwisant") == ["note: olej", "Technician: Serwisant"]
    assert event(kind="note", text="olej", technician="Magazynier") == ["note: olej"]


def test_in_polish_an_event_is_no_document_and_service_no_licence() -> None:
    with speaking(Language.PL):
        assert event(kind="complaint", text="ekran", status="open") == ["reklamacja (otwarte): ekran"]
        assert event(kind="service", text="olej") == ["serwis: olej"]
        assert _(KINDS[TimelineKind.CONDITION]) == "Stan"
