"""A unit is built into another one: it goes with it, never by itself, and comes out where it is then."""

import pytest
from peewee import IntegrityError

from store.domain.documents import Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.events import Way
from store.domain.terms import DocumentType, Terms
from store.domain.timeline import TimelineKind
from store.models.sql import execute, select
from store.operations.events import record_event
from store.operations.installing import install, take_out
from store.operations.posted import MOVEMENT_COLUMNS
from store.queries.events import events
from store.queries.loans import loans_of
from store.queries.timeline import timeline
from tests.store.company import Company
from tests.store.counting import asked
from tests.store.test_repairs import facts, hand_out, intake, sound, unit


def build_in(company: Company, part: str, carrier: str) -> None:
    ids = unit(company, part).id, unit(company, carrier).id
    company.run(install, company.actor(), *ids, token=f"{part} {carrier} {company.now}")


@pytest.fixture
def server(company: Company) -> Company:
    """P2 is in P1, and P3 in P2; all lie in our stock."""
    company.stock(company.printer, "P1", "P2", "P3", "P4")
    build_in(company, "P2", "P1")
    build_in(company, "P3", "P2")
    return company


def test_parts_go_where_their_carrier_goes_on_every_movement(server: Company) -> None:
    issue = server.issue()
    server.accept(issue, "P1")
    server.close(issue)
    sold = (server.customer.name, server.customer.name, Terms.SOLD)
    assert [facts(server, serial) for serial in ("P1", "P2", "P3")] == [sold] * 3
    assert unit(server, "P3").warranty_until == unit(server, "P1").warranty_until is not None
    intake(server, "P1")
    assert [facts(server, serial)[2] for serial in ("P1", "P2", "P3")] == [Terms.SERVICE] * 3
    hand_out(server, "P1")
    assert [facts(server, serial) for serial in ("P1", "P2", "P3")] == [sold] * 3
    carriers = server.run(
        select,
        "SELECT u.serial, c.serial AS carrier FROM movement m JOIN unit u ON u.id = m.unit_id "
        "JOIN unit c ON c.id = m.carrier_id WHERE m.to_terms = 'service' ORDER BY u.serial",
    )
    assert [(row["serial"], row["carrier"]) for row in carriers] == [("P2", "P1"), ("P3", "P2")]
    assert sound(server) == []


def test_a_part_is_lent_and_comes_back_with_its_carrier(server: Company) -> None:
    rental = server.lend("P1")
    assert {loan.serial for loan in server.run(loans_of, rental.id)} == {"P1", "P2", "P3"}
    back = server.open(DocumentType.RETURN, server.us)
    server.accept(back, "P1")
    server.close(back)
    assert [facts(server, serial)[2] for serial in ("P1", "P2", "P3")] == [Terms.STOCK] * 3
    assert sound(server) == []


def test_by_itself_a_part_goes_nowhere(server: Company) -> None:
    issue = server.issue()
    refused = server.take(issue, "P2")
    assert isinstance(refused, Refused)
    assert refused.refusal.code is RefusalCode.INSTALLED
    assert refused.refusal.data["carrier"] == "P1"
    with pytest.raises(IntegrityError):
        server.run(
            execute,
            f"INSERT INTO movement ({MOVEMENT_COLUMNS}) SELECT {MOVEMENT_COLUMNS} FROM movement "
            "WHERE unit_id = :unit_id",
            unit_id=unit(server, "P2").id,
        )


def test_what_was_scanned_before_it_was_built_in_is_refused_at_the_closing(company: Company) -> None:
    company.stock(company.printer, "P1", "P2")
    issue = company.issue()
    company.accept(issue, "P2")
    build_in(company, "P2", "P1")
    with pytest.raises(RefusedError) as refused:
        company.close(issue)
    assert refused.value.refusal.code is RefusalCode.INSTALLED


def test_taken_out_it_is_where_its_carrier_is_and_both_tell_of_it(server: Company) -> None:
    issue = server.issue()
    server.accept(issue, "P1")
    server.close(issue)
    server.run(take_out, server.actor(), unit(server, "P2").id, token="out")
    assert facts(server, "P2") == (server.customer.name, server.customer.name, Terms.SOLD)
    for serial, other in (("P1", "P2"), ("P2", "P1")):
        told = [event.text for event in server.run(events, unit(server, serial).id, kind="upgrade")]
        assert len([text for text in told if text.endswith(other)]) == 2
    for serial, ways in (
        ("P2", [Way.TAKEN_OUT_OF, Way.BUILT_INTO]), ("P1", [Way.TAKEN_OUT, Way.BUILT_IN]),
    ):  # fmt: skip
        about = "P1" if serial == "P2" else "P2"
        entries = server.run(timeline, unit(server, serial).id, kinds=[TimelineKind.EVENT])
        told = [entry.data for entry in entries if entry.data["text"].endswith(about)]
        assert [data["way"] for data in told] == ways
        assert {data["text"] for data in told} == {f"Drukarka laserowa {about}"}
    with pytest.raises(RefusedError) as refused:
        server.run(take_out, server.actor(), unit(server, "P2").id, token="again")
    assert refused.value.refusal.code is RefusalCode.NOT_INSTALLED
    assert sound(server) == []


def test_put_right_it_still_says_which_way_the_part_went(company: Company) -> None:
    company.stock(company.printer, "P1", "P2")
    ids = [unit(company, serial).id for serial in ("P1", "P2")]
    company.run(install, company.actor(), *ids, text="z magazynu", token="in")
    (told,) = company.run(events, ids[0])
    assert (told.text, told.way) == ("Drukarka laserowa P2, z magazynu", Way.BUILT_INTO)
    for number in range(2):
        right = [
            company.run(
                record_event, company.actor(), ids[0], "upgrade", f"Drukarka P2 {number}",
                corrects_id=told.id, token=f"right {number}",
            )
            for _again in range(2)
        ]  # fmt: skip
        assert right[0] == right[1]
        told = right[0]
    assert (told.text, told.way) == ("Drukarka P2 1", Way.BUILT_INTO)
    note = company.run(record_event, company.actor(), ids[0], "note", "in part", token="in part")
    assert note.way is None


def test_only_what_is_together_is_built_in_and_never_in_a_circle(server: Company) -> None:
    codes = []
    for part, carrier in (("P1", "P3"), ("P1", "P1"), ("P2", "P4")):
        with pytest.raises(RefusedError) as refused:
            build_in(server, part, carrier)
        codes.append(refused.value.refusal.code)
    issue = server.issue()
    server.accept(issue, "P1")
    server.close(issue)
    with pytest.raises(RefusedError) as refused:
        build_in(server, "P4", "P1")
    codes.append(refused.value.refusal.code)
    assert codes == [
        RefusalCode.SAME_UNIT, RefusalCode.SAME_UNIT, RefusalCode.INSTALLED, RefusalCode.NOT_TOGETHER,
    ]  # fmt: skip


def test_many_parts_take_as_many_statements_as_few(company: Company) -> None:
    def statements(letter: str, count: int) -> int:
        company.stock(company.printer, letter, *(f"{letter}{number}" for number in range(count)))
        for number in range(count):
            build_in(company, f"{letter}{number}", letter)
        issue = company.issue()
        company.accept(issue, letter)
        return asked(company.database, lambda: company.close(issue))

    assert statements("A", 1) == statements("B", 7)
