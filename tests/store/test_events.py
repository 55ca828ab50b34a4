"""Events of units: recorded once, kept as they were, and with the party that had the unit that day."""

from datetime import timedelta
from decimal import Decimal

import pytest
from peewee import DatabaseError

from store.check.run import check_store
from store.domain.errors import RefusalCode, RefusedError
from store.domain.events import BuiltIn, EventStatus, NewEvent
from store.domain.findings import FindingCode
from store.domain.records import Operator
from store.domain.roles import Role
from store.models.sql import execute, is_postgres, select
from store.operations.events import close_event, create_event_kind, record_event, record_events
from store.operations.operators import create_operator
from store.queries import units
from store.queries.events import event_by_id, events, kinds, open_events
from tests.store.company import START, Company
from tests.store.counting import asked
from tests.store.test_check import corrupt


@pytest.fixture
def sold(company: Company) -> int:
    """A laptop that was sold yesterday."""
    company.now = START - timedelta(days=1)
    company.stock(company.laptop, "LT000001")
    company.now += timedelta(hours=1)
    issue = company.issue()
    company.accept(issue, "LT000001")
    company.close(issue)
    company.now = START
    return units.by_number("LT000001")[0].id


def refused(company: Company, *args: object, **options: object) -> RefusalCode:
    with pytest.raises(RefusedError) as error:
        company.run(record_event, company.actor(), *args, **({"token": "refused"} | options))
    return error.value.refusal.code


def test_an_event_keeps_its_facts_and_the_names_of_then(company: Company, sold: int) -> None:
    technician = company.run(create_operator, "S1", "Serwisant", Role.WORKER)
    told = company.run(
        record_event, company.actor(), sold, BuiltIn.SERVICE, "nie ładuje się", outcome="wymieniona bateria",
        meter=Decimal("1204.5"), meter_unit="h", parts="bateria NB-B1", technician_id=technician.id,
        token="service",
    )  # fmt: skip
    execute("UPDATE party SET name = 'Przemianowany' WHERE code = 'CUS'")
    execute("UPDATE operator SET name = 'Ktoś inny' WHERE code = 'S1'")
    (read,) = events(sold)
    assert read == told == event_by_id(told.id)
    assert (read.kind, read.text, read.outcome) == ("service", "nie ładuje się", "wymieniona bateria")
    assert (read.meter, read.meter_unit, read.parts) == (Decimal("1204.5"), "h", "bateria NB-B1")
    assert (read.holder_name, read.technician_name) == ("Odbiorca sp. z o.o.", "Serwisant")
    assert (read.operator_name, read.effective_at, read.status) == ("Magazynier", company.now, None)
    assert list(check_store(company.database)) == []


def test_an_event_of_an_earlier_day_is_of_whoever_had_the_unit_then(company: Company, sold: int) -> None:
    bought = select("SELECT min(effective_at) AS at FROM movement")[0]["at"]
    assert bought
    for at, holder in (
        (START - timedelta(days=1) + timedelta(minutes=30), company.us.name),
        (START - timedelta(hours=2), company.customer.name),
    ):
        told = company.run(
            record_event, company.actor(), sold, "note", "obejrzany", effective_at=at, token=f"note {at}"
        )
        assert (told.holder_name, told.effective_at) == (holder, at)
        assert told.recorded_at == company.now
    early = START - timedelta(days=3)
    assert refused(company, sold, "note", "x", effective_at=early) is RefusalCode.BEFORE_UNIT
    late = company.now + timedelta(hours=1)
    assert refused(company, sold, "note", "x", effective_at=late) is RefusalCode.IN_FUTURE


def test_the_same_token_records_an_event_once(company: Company, sold: int) -> None:
    first = company.run(record_event, company.actor(), sold, "note", "raz", token="same")
    assert company.run(record_event, company.actor(), sold, "note", "raz", token="same") == first
    assert len(events(sold)) == 1


def test_what_cannot_be_told_is_refused(company: Company, sold: int) -> None:
    assert refused(company, sold, "note", "  ") is RefusalCode.EMPTY
    assert refused(company, sold, "dance", "x") is RefusalCode.UNKNOWN
    assert refused(company, 999_999, "note", "x") is RefusalCode.UNKNOWN
    assert refused(company, sold, "note", "x", technician_id=999_999) is RefusalCode.UNKNOWN
    assert refused(company, sold, "note", "x", meter=Decimal(-1)) is RefusalCode.BAD_QUANTITY
    assert refused(company, sold, "note", "x", meter=Decimal("0.0001")) is RefusalCode.BAD_QUANTITY
    assert events(sold) == ()


def test_a_complaint_stays_open_until_it_is_settled_once(company: Company, sold: int) -> None:
    complaint = company.run(record_event, company.actor(), sold, "complaint", "pęknięty ekran", token="c")
    assert complaint.status is EventStatus.OPEN
    assert [event.id for event in open_events(sold)] == [complaint.id]
    with pytest.raises(RefusedError) as error:
        company.run(close_event, company.actor(), complaint.id, outcome=" ")
    assert error.value.refusal.code is RefusalCode.REASON_NEEDED
    closed = company.run(close_event, company.actor(company.chief), complaint.id, outcome="wymieniony")
    assert (closed.status, closed.outcome, closed.closed_name) == (
        EventStatus.CLOSED, "wymieniony", "Kierownik",
    )  # fmt: skip
    assert company.run(close_event, company.actor(), complaint.id, outcome="inaczej") == closed
    assert open_events(sold) == ()
    note = company.run(record_event, company.actor(), sold, "note", "uwaga", token="n")
    with pytest.raises(RefusedError) as error:
        company.run(close_event, company.actor(), note.id, outcome="x")
    assert error.value.refusal.code is RefusalCode.NOT_OPEN
    assert list(check_store(company.database)) == []


def test_a_correction_is_a_further_row_and_both_are_kept(company: Company, sold: int) -> None:
    wrong = company.run(record_event, company.actor(), sold, "complaint", "ekran", token="wrong")
    right = company.run(
        record_event, company.actor(), sold, "complaint", "bateria", corrects_id=wrong.id, token="right"
    )
    newest, oldest = events(sold)
    assert [event.id for event in events(sold, standing=True)] == [newest.id]
    assert (newest.id, newest.corrects_id, newest.status) == (right.id, wrong.id, EventStatus.OPEN)
    assert (oldest.text, oldest.corrected_by_id, oldest.status) == ("ekran", right.id, EventStatus.CLOSED)
    assert [event.id for event in open_events(sold)] == [right.id]
    assert refused(company, sold, "note", "x", corrects_id=wrong.id) is RefusalCode.EXISTS
    assert list(check_store(company.database)) == []


def test_many_units_get_an_event_in_the_same_few_statements(company: Company) -> None:
    serials = [f"LT{number:06}" for number in range(1, 41)]
    company.stock(company.laptop, *serials)
    ids = [row["id"] for row in select("SELECT id FROM unit ORDER BY id")]
    new = NewEvent(kind="reminder", text="termin zwrotu minął")
    counts = [
        asked(
            company.database,
            lambda some=some: company.run(record_events, company.actor(), some, new, token=f"r{len(some)}"),
        )
        for some in (ids[:2], ids)
    ]
    assert counts[0] == counts[1] <= 4
    assert select("SELECT count(*) AS n FROM event")[0]["n"] == 42
    assert company.run(record_events, company.actor(), ids, new, token="r40") == 40
    assert select("SELECT count(*) AS n FROM event")[0]["n"] == 42
    with pytest.raises(RefusedError):
        company.run(record_events, company.actor(), [*ids, 999_999], new, token="other")
    assert select("SELECT count(*) AS n FROM event")[0]["n"] == 42


def test_events_are_read_page_by_page_and_by_kind(company: Company, sold: int) -> None:
    for number in range(5):
        kind = "note" if number % 2 else "inspection"
        company.run(record_event, company.actor(), sold, kind, f"nr {number}", token=f"p{number}")
    page = events(sold, limit=3)
    assert [event.text for event in page] == ["nr 4", "nr 3", "nr 2"]
    assert [event.text for event in events(sold, before_id=page[-1].id)] == ["nr 1", "nr 0"]
    assert [event.text for event in events(sold, kind="note")] == ["nr 3", "nr 1"]


def test_a_company_has_kinds_of_its_own(company: Company, sold: int) -> None:
    admin: Operator = company.run(create_operator, "A1", "Administrator", Role.ADMIN)
    with pytest.raises(RefusedError):
        company.run(create_event_kind, company.actor(company.chief), "LEG", "Legalizacja")
    company.run(create_event_kind, company.actor(admin), "LEG", "Legalizacja", stays_open=True)
    with pytest.raises(RefusedError):
        company.run(create_event_kind, company.actor(admin), "LEG", "Druga")
    found = kinds()
    assert {kind.code for kind in found if kind.is_built_in} == set(BuiltIn)
    assert found[-1].code == "LEG"
    told = company.run(record_event, company.actor(), sold, "LEG", "plomba", token="leg")
    execute("UPDATE event_kind SET name = 'Inaczej', retired = (1 = 1) WHERE code = 'LEG'")
    assert (event_by_id(told.id).kind_name, told.status) == ("Legalizacja", EventStatus.OPEN)
    assert refused(company, sold, "LEG", "x") is RefusalCode.UNKNOWN


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET text = 'x'",
        "UPDATE event SET holder_id = 1",
        "UPDATE event SET id = id + 100",
        "UPDATE event SET outcome = 'x' WHERE status = 'closed'",
        "UPDATE event SET status = 'open' WHERE status = 'closed'",
        "UPDATE event SET status = 'open' WHERE status IS NULL",
        "DELETE FROM event",
    ],
)
def test_the_database_keeps_an_event_as_it_was(company: Company, sold: int, statement: str) -> None:
    company.run(record_event, company.actor(), sold, "note", "uwaga", token="n")
    complaint = company.run(record_event, company.actor(), sold, "complaint", "ekran", token="c")
    company.run(close_event, company.actor(), complaint.id, outcome="ok")
    before = select("SELECT * FROM event ORDER BY id")
    with pytest.raises(DatabaseError, match="never changed or deleted"), company.database.atomic():
        execute(statement)
    if not is_postgres():
        names = ", ".join(before[0])
        with pytest.raises(DatabaseError, match="never changed"), company.database.atomic():
            execute(f"REPLACE INTO event ({names}) SELECT {names} FROM event")
    assert select("SELECT * FROM event ORDER BY id") == before


@pytest.mark.parametrize(
    ("code", "statement"),
    [
        (FindingCode.EVENT_UNIT, "UPDATE event SET product_id = product_id + 1"),
        (FindingCode.EVENT_HOLDER, "UPDATE event SET holder_id = (SELECT id FROM party WHERE code = 'SUP')"),
        (FindingCode.EVENT_STATUS, "UPDATE event SET closed_at = recorded_at"),
        (FindingCode.EVENT_STATUS, "UPDATE event SET effective_at = '2030-01-01T00:00:00+00:00'"),
    ],
)
def test_events_changed_behind_the_programs_back_are_found(
    company: Company, sold: int, code: FindingCode, statement: str
) -> None:
    company.run(record_event, company.actor(), sold, "note", "uwaga", token="n")
    assert list(check_store(company.database)) == []
    corrupt(company.database, statement)
    findings = list(check_store(company.database))
    assert code in {finding.code for finding in findings}
    assert all("{" not in finding.sentence() for finding in findings)
