"""Units in service: taken in from whom has them, handed out to where and to what they were."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from peewee import IntegrityError

from store.check.run import check_store
from store.domain.costs import Borne, CostKind, NewCost
from store.domain.documents import Accepted, Document, LinePicked, NewLine, Question, QuestionKind, Refused
from store.domain.errors import RefusalCode, RefusedError, StoreError
from store.domain.events import EventStatus
from store.domain.papers import PaperRequest
from store.domain.repairs import Intake, Settlement, TakenAs
from store.domain.tasks import NewTask
from store.domain.terms import DocumentType, Terms
from store.domain.units import UnitCard
from store.models.sql import execute, select
from store.operations.costs import add_cost
from store.operations.events import record_event
from store.operations.service import close_intake, say_intake, say_outcome
from store.queries.events import events, open_events
from store.queries.repairs import After, count_in_service, in_service, open_repair, scanned_pieces
from store.queries.service_papers import service_record
from store.queries.tasks import unit_tasks
from store.queries.units import by_number, card
from tests.store.company import Company
from tests.store.counting import asked
from tests.store.putting_right import put_right


def sell(company: Company, *serials: str) -> None:
    company.stock(company.printer, *serials)
    issue = company.issue()
    company.accept(issue, *serials)
    company.close(issue)


def intake(company: Company, *serials: str, fault: str = "Nie drukuje", **options: Any) -> Document:
    """Take units into service and return the posted document."""
    task, said = options.pop("task", None), Intake(fault=fault, **options)
    document = company.open(DocumentType.SERVICE_INTAKE, company.customer)
    company.accept(document, *serials)
    pieces = company.run(scanned_pieces, document.id)
    company.run(say_intake, document.id, [piece.scan_id for piece in pieces], said)
    actor = company.actor(company.chief)
    return company.run(close_intake, actor, document.id, task=task, token=next(company.tokens))


def hand_out(
    company: Company, *serials: str, settlement: Settlement = Settlement.PAID, outcome: str = "Naprawione"
) -> Document:
    document = company.open(DocumentType.SERVICE_HANDOUT, company.customer)
    company.accept(document, *serials)
    pieces = company.run(scanned_pieces, document.id)
    company.run(say_outcome, document.id, [piece.scan_id for piece in pieces], settlement, outcome)
    return company.close(document)


def unit(company: Company, serial: str) -> UnitCard:
    found = company.run(by_number, serial)
    return company.run(card, found[0].id)


def facts(company: Company, serial: str) -> tuple[str, str, Terms]:
    found = unit(company, serial)
    assert found.place is not None
    return found.place.name, found.owner_name, found.terms


def sound(company: Company) -> list[str]:
    return [finding.sentence() for finding in check_store(company.database)]


def test_a_sold_unit_comes_into_service_and_goes_back_as_it_was(company: Company) -> None:
    sell(company, "P1")
    before = facts(company, "P1")
    document = intake(company, "P1", accessories="Zasilacz")
    assert document.number is not None
    assert document.number.startswith("PS/")
    assert facts(company, "P1") == (company.main.name, company.customer.name, Terms.SERVICE)
    repair = company.run(open_repair, unit(company, "P1").id)
    assert repair is not None
    assert (repair.fault, repair.accessories, repair.party_name, repair.number) == (
        "Nie drukuje", "Zasilacz", company.customer.name, document.number,
    )  # fmt: skip
    given = hand_out(company, "P1")
    assert given.number is not None
    assert given.number.startswith("WS/")
    assert facts(company, "P1") == before
    assert company.run(open_repair, unit(company, "P1").id) is None
    assert sound(company) == []


def test_the_complaint_is_told_at_the_intake_and_closed_at_the_hand_out(company: Company) -> None:
    sell(company, "P1")
    intake(company, "P1")
    unit_id = unit(company, "P1").id
    told = company.run(open_events, unit_id, "complaint")
    assert [(event.text, event.holder_name) for event in told] == [("Nie drukuje", company.customer.name)]
    repair = company.run(open_repair, unit_id)
    assert repair is not None
    assert repair.event_id == told[0].id
    hand_out(company, "P1", outcome="Wymieniony bęben")
    closed = company.run(events, unit_id)
    assert [(event.kind, event.status, event.outcome) for event in closed] == [
        ("complaint", EventStatus.CLOSED, "Wymieniony bęben")
    ]


def test_a_paid_service_is_told_when_it_comes_and_when_it_is_done(company: Company) -> None:
    sell(company, "P1")
    intake(company, "P1", fault="Przegląd", taken_as=TakenAs.SERVICE)
    unit_id = unit(company, "P1").id
    assert company.run(open_events, unit_id) == ()
    hand_out(company, "P1", outcome="Wyczyszczona")
    told = [(event.kind, event.text, event.outcome) for event in company.run(events, unit_id)]
    assert told == [("service", "Przegląd", "Wyczyszczona"), ("service", "Przegląd", "")]


def test_a_rented_unit_stays_in_its_loan_while_it_is_in_service(company: Company) -> None:
    company.stock(company.printer, "P1")
    company.lend("P1")
    before = facts(company, "P1")
    intake(company, "P1")
    assert facts(company, "P1") == (company.main.name, company.us.name, Terms.SERVICE)
    loans = "SELECT id, returned_at FROM loan"
    assert [row["returned_at"] for row in company.run(select, loans)] == [None]
    assert sound(company) == []
    hand_out(company, "P1")
    assert facts(company, "P1") == before
    assert [row["returned_at"] for row in company.run(select, loans)] == [None]
    assert sound(company) == []


def test_a_unit_that_we_never_sold_is_taken_in_as_the_customers_when_confirmed(company: Company) -> None:
    document = company.open(DocumentType.SERVICE_INTAKE, company.customer)
    unknown = company.take(document, "OBCY-1")
    assert isinstance(unknown, Refused)
    assert unknown.refusal.code is RefusalCode.NOT_OURS
    picked = company.take(document, "PR-1")
    assert isinstance(picked, LinePicked)
    asking = company.take(document, "OBCY-1", line_id=picked.line.id)
    assert isinstance(asking, Question)
    assert asking.kind is QuestionKind.FOREIGN_UNIT
    confirmed = frozenset({QuestionKind.FOREIGN_UNIT})
    taken = company.take(document, "OBCY-1", line_id=picked.line.id, confirmed=confirmed)
    assert isinstance(taken, Accepted)
    company.run(say_intake, document.id, [taken.row.id], Intake(fault="Pęknięta obudowa"))
    company.close(document)
    assert facts(company, "OBCY-1") == (company.main.name, company.customer.name, Terms.SERVICE)
    assert unit(company, "OBCY-1").is_foreign
    hand_out(company, "OBCY-1")
    assert facts(company, "OBCY-1") == (company.customer.name, company.customer.name, Terms.SOLD)
    found = unit(company, "OBCY-1")
    assert (found.warranty_until, found.is_foreign) == (None, True)
    told = company.run(events, found.id)
    assert [(event.text, event.holder_name) for event in told] == [
        ("Pęknięta obudowa", company.customer.name)
    ]
    assert sound(company) == []


@pytest.mark.parametrize("taken_as", TakenAs)
def test_a_hand_out_settles_what_the_unit_came_in_for_and_nothing_else(
    company: Company, taken_as: TakenAs
) -> None:
    sell(company, "P1", "P2")
    others = [
        company.run(
            record_event, company.actor(), unit(company, serial).id, "complaint", "Brak kabla", token=serial
        ).id
        for serial in ("P1", "P2")
    ]
    intake(company, "P1", taken_as=taken_as)
    during = company.run(
        record_event, company.actor(), unit(company, "P1").id, "complaint", "Pęknięta klapa", token="during"
    )
    hand_out(company, "P1", outcome="Nowy bęben")
    told = company.run(events, unit(company, "P1").id)
    assert [event.id for event in company.run(open_events, unit(company, "P1").id)] == [others[0], during.id]
    assert [event.id for event in company.run(open_events, unit(company, "P2").id)] == [others[1]]
    # Of a service is told what was done; a complaint says it as its outcome.
    assert [(event.text, event.outcome) for event in told if event.outcome] == [("Nie drukuje", "Nowy bęben")]
    assert sound(company) == []


def test_a_hand_out_settles_the_complaint_of_the_intake_as_it_was_put_right(company: Company) -> None:
    sell(company, "P1")
    intake(company, "P1")
    for text in ("Drukuje smugi", "Drukuje paski"):
        put_right(company, unit(company, "P1").id, text=text)
    assert len(company.run(open_events, unit(company, "P1").id)) == 1
    hand_out(company, "P1", outcome="Nowy bęben")
    assert company.run(open_events, unit(company, "P1").id) == ()
    newest = company.run(events, unit(company, "P1").id)[0]
    assert (newest.text, newest.outcome, newest.status) == (
        "Drukuje paski", "Nowy bęben", EventStatus.CLOSED,
    )  # fmt: skip
    assert sound(company) == []


def test_a_foreign_unit_that_we_buy_and_sell_is_ours_to_warrant(company: Company) -> None:
    document = company.open(DocumentType.SERVICE_INTAKE, company.customer)
    picked = company.take(document, "PR-1")
    assert isinstance(picked, LinePicked)
    confirmed = frozenset({QuestionKind.FOREIGN_UNIT})
    (taken,) = company.accept(document, "OBCY-1", line_id=picked.line.id, confirmed=confirmed)
    company.run(say_intake, document.id, [taken.row.id], Intake(fault="Pęknięta obudowa"))
    company.close(document)
    hand_out(company, "OBCY-1")
    company.accept(
        bought := company.delivery(NewLine(product_id=company.printer.id), party=company.customer), "OBCY-1"
    )
    company.close(bought)
    assert not unit(company, "OBCY-1").is_foreign
    sell(company, "P1")
    assert not unit(company, "P1").is_foreign


def test_each_piece_gets_the_task_of_its_intake(company: Company) -> None:
    sell(company, "P1", "P2")
    intake(company, "P1", "P2", task=NewTask(title="", assignee_id=company.worker.id))
    for serial in ("P1", "P2"):
        tasks = company.run(unit_tasks, unit(company, serial).id)
        assert [(task.title, task.assignee) for task in tasks] == [("Nie drukuje", company.worker.name)]


def test_nothing_is_posted_while_it_is_not_said_what_is_wrong_or_what_came_of_it(company: Company) -> None:
    sell(company, "P1")
    document = company.open(DocumentType.SERVICE_INTAKE, company.customer)
    company.accept(document, "P1")
    with pytest.raises(RefusedError) as refused:
        company.close(document)
    assert refused.value.refusal.code is RefusalCode.FAULT_NEEDED
    assert facts(company, "P1")[2] is Terms.SOLD
    piece = company.run(scanned_pieces, document.id)[0]
    assert piece.is_under_warranty
    company.run(say_intake, document.id, [piece.scan_id], Intake(fault="Zacina papier"))
    company.close(document)
    given = company.open(DocumentType.SERVICE_HANDOUT, company.customer)
    company.accept(given, "P1")
    with pytest.raises(RefusedError) as refused:
        company.close(given)
    assert refused.value.refusal.code is RefusalCode.OUTCOME_NEEDED
    assert company.run(scanned_pieces, given.id)[0].fault == "Zacina papier"


def test_a_scan_is_refused_with_where_the_unit_is(company: Company) -> None:
    sell(company, "P1", "P2")
    company.stock(company.printer, "P3")
    intake(company, "P1")
    again = company.open(DocumentType.SERVICE_INTAKE, company.customer)
    codes = [company.take(again, serial).refusal.code for serial in ("P1", "P3")]  # type: ignore[union-attr]
    assert codes == [RefusalCode.IN_SERVICE, RefusalCode.NOT_WITH]
    wrong = company.open(DocumentType.SERVICE_HANDOUT, company.supplier)
    refused = company.take(wrong, "P1")
    assert isinstance(refused, Refused)
    assert refused.refusal.code is RefusalCode.GOES_BACK
    assert refused.refusal.data["party"] == company.customer.name
    refused = company.take(wrong, "P2")
    assert isinstance(refused, Refused)
    assert refused.refusal.code is RefusalCode.NOT_IN_SERVICE


def test_pieces_without_serials_are_not_taken_into_service(company: Company) -> None:
    document = company.open(DocumentType.SERVICE_INTAKE, company.customer)
    refused = company.take(document, "CB-2")
    assert isinstance(refused, Refused)
    assert refused.refusal.code is RefusalCode.NO_SERIALS


def test_what_is_in_service_is_listed_page_by_page_oldest_first(company: Company) -> None:
    sell(company, *(f"P{number}" for number in range(5)))
    for number in range(5):
        intake(company, f"P{number}", fault=f"Usterka {number}")
    first = company.run(in_service, limit=3)
    rest = company.run(in_service, limit=3, after=After(first[-1].since, first[-1].id))
    assert [(repair.serial, repair.fault) for repair in (*first, *rest)] == [
        (f"P{number}", f"Usterka {number}") for number in range(5)
    ]
    assert company.run(in_service, party_id=company.supplier.id) == []
    assert len(company.run(in_service, party_id=company.customer.id)) == 5
    assert company.run(count_in_service) == 5
    assert asked(company.database, lambda: company.run(in_service)) == 1


def test_an_intake_of_many_takes_as_many_statements_as_one_of_few(company: Company) -> None:
    def statements(*serials: str) -> int:
        sell(company, *serials)
        document = company.open(DocumentType.SERVICE_INTAKE, company.customer)
        company.accept(document, *serials)
        ids = [piece.scan_id for piece in company.run(scanned_pieces, document.id)]
        for number, scan_id in enumerate(ids):
            company.run(say_intake, document.id, [scan_id], Intake(fault=f"Usterka {number}"))
        return asked(company.database, lambda: company.close(document))

    statements("A0")
    assert statements("B1", "B2") == statements(*(f"C{number}" for number in range(9)))


def test_the_protocols_say_what_was_brought_what_came_of_it_and_what_it_cost(company: Company) -> None:
    sell(company, "P1")
    brought = intake(company, "P1", accessories="Zasilacz")
    unit_id = unit(company, "P1").id
    complaint = company.run(open_events, unit_id)[0]
    cost = NewCost(event_id=complaint.id, kind=CostKind.PARTS, amount=Decimal(120), borne=Borne.CHARGED)
    company.run(add_cost, company.actor(), cost, token="c")
    given = hand_out(company, "P1", settlement=Settlement.PAID, outcome="Nowy bęben")
    company.run(add_cost, company.actor(), cost, token="later")
    protocol = company.run(service_record, PaperRequest(number=brought.number or ""))
    (line,) = protocol.lines
    assert (protocol.is_handout, protocol.customer.name, protocol.costs) == (False, company.customer.name, ())
    assert (line.serial, line.fault, line.accessories, line.settlement) == (
        "P1", "Nie drukuje", "Zasilacz", None,
    )  # fmt: skip
    protocol = company.run(service_record, PaperRequest(number=given.number or ""))
    (line,) = protocol.lines
    assert (protocol.is_handout, line.settlement, line.outcome) == (True, Settlement.PAID, "Nowy bęben")
    assert [(cost.serial, cost.amount, cost.borne) for cost in protocol.costs] == [
        ("P1", Decimal(120), Borne.CHARGED)
    ]
    with pytest.raises(StoreError, match="PS/2026/999999"):
        company.run(service_record, PaperRequest(number="PS/2026/999999"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: execute("DELETE FROM repair"),
        lambda: execute("UPDATE repair SET outcome = 'x' WHERE ended_at IS NOT NULL"),
        lambda: execute(
            "INSERT INTO repair (unit_id, party_id, document_id, movement_id, since, back_place_id, "
            "back_terms, fault, accessories, outcome) SELECT unit_id, party_id, document_id, "
            "movement_id - 1, since, back_place_id, back_terms, '', '', '' FROM repair WHERE ended_at IS NULL"
        ),
    ],
    ids=["deleted", "changed", "twice"],
)
def test_the_database_keeps_repairs(company: Company, spoil: Callable[[], int]) -> None:
    sell(company, "P1", "P2")
    intake(company, "P1", "P2")
    hand_out(company, "P1")
    with pytest.raises(IntegrityError):
        company.run(spoil)


def test_check_finds_a_unit_in_service_that_nothing_is_known_of(company: Company) -> None:
    sell(company, "P1")
    company.run(execute, "UPDATE unit SET terms = 'service'")
    assert any("repair" in sentence for sentence in sound(company))
