"""Tasks with their events, recurring service, and what all of it costs whom."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from peewee import DatabaseError

from store.check.run import check_store
from store.domain.costs import Borne, CostKind, CostsBy, NewCost, totals
from store.domain.documents import NewLine
from store.domain.errors import RefusalCode, RefusedError
from store.domain.findings import FindingCode
from store.domain.records import Operator
from store.domain.roles import Role
from store.domain.tasks import NewTask, Priority, TaskStatus
from store.models.sql import execute
from store.operations.costs import add_cost, take_back_cost
from store.operations.events import record_event
from store.operations.operators import create_operator
from store.operations.tasks import (
    add_task,
    assign_task,
    create_team,
    do_task,
    drop_task,
    put_off_task,
    tick_item,
)
from store.queries import units
from store.queries.costs import costs, report, unit_totals
from store.queries.events import events
from store.queries.tasks import counts, my_tasks, overdue, task_by_id, unit_tasks
from tests.store.company import START, Company
from tests.store.counting import asked
from tests.store.test_check import corrupt

TODAY = START.astimezone().date()


@pytest.fixture
def sold(company: Company) -> int:
    company.stock(company.laptop, "LT000001")
    issue = company.issue()
    company.accept(issue, "LT000001")
    company.close(issue)
    return units.by_number("LT000001")[0].id


def code_of(company: Company, *args: object, **options: object) -> RefusalCode:
    with pytest.raises(RefusedError) as error:
        company.run(*args, **options)  # type: ignore[arg-type]
    return error.value.refusal.code


def test_a_task_is_done_together_with_its_event(company: Company, sold: int) -> None:
    new = NewTask(
        title="Wymiana filtra", unit_id=sold, due=TODAY, assignee_id=company.worker.id,
        checklist=("zdjąć pokrywę", "wymienić", " "), meter_unit="h",
    )  # fmt: skip
    task = company.run(add_task, company.actor(), new, token="t")
    assert company.run(add_task, company.actor(), new, token="t") == task
    assert [(item.position, item.text, item.is_done) for item in task.items] == [
        (1, "zdjąć pokrywę", False), (2, "wymienić", False),
    ]  # fmt: skip
    assert company.run(tick_item, company.actor(), task.items[0].id).items[0].is_done
    assert not company.run(tick_item, company.actor(), task.items[0].id, is_done=False).items[0].is_done
    for _again in range(2):
        done = company.run(
            do_task, company.actor(), task.id, text="czysto", outcome="ok", meter=Decimal(1200), token="d"
        )
        assert (done.status, done.done_name) == (TaskStatus.DONE, "Magazynier")
    (event,) = events(sold)
    assert (event.kind, event.text, event.outcome, event.meter, event.meter_unit) == (
        "note", "Wymiana filtra: czysto", "ok", Decimal(1200), "h",
    )  # fmt: skip
    assert code_of(company, do_task, company.actor(), task.id, text="", token="e") is RefusalCode.NOT_OPEN
    assert code_of(company, tick_item, company.actor(), task.items[0].id) is RefusalCode.NOT_OPEN
    assert unit_tasks(sold) == (task_by_id(task.id),)
    assert list(check_store(company.database)) == []


def test_a_recurring_service_comes_again_by_the_calendar_and_by_the_meter(
    company: Company, sold: int
) -> None:
    new = NewTask(
        title="Przegląd", unit_id=sold, due=TODAY, every_months=6, every_meter=Decimal(500),
        due_meter=Decimal(1000), meter_unit="km", checklist=("olej",), priority=Priority.HIGH,
    )  # fmt: skip
    first = company.run(add_task, company.actor(), new, token="1")
    assert code_of(company, add_task, company.actor(), new, token="2") is RefusalCode.EXISTS
    company.run(tick_item, company.actor(), first.items[0].id)
    for _again in range(2):
        company.run(do_task, company.actor(), first.id, text="", meter=Decimal(1040), token="d")
    again, done = unit_tasks(sold)
    assert done.id == first.id
    assert (again.due, again.due_meter, again.meter_unit) == (date(2026, 9, 2), Decimal(1540), "km")
    assert [(item.text, item.is_done) for item in again.items] == [("olej", False)]
    assert [task.id for task in unit_tasks(sold, only_open=True)] == [again.id]
    company.run(drop_task, company.actor(), again.id, reason="sprzedany", token="x")
    assert [task.status for task in unit_tasks(sold)] == [TaskStatus.DROPPED, TaskStatus.DONE]
    assert unit_tasks(sold, only_open=True) == ()


def test_a_task_by_the_meter_is_due_an_interval_after_the_last_reading(company: Company, sold: int) -> None:
    def read(meter: int, unit: str, token: str, **more: object) -> int:
        event = company.run(
            record_event, company.actor(), sold, "note", "licznik", meter=Decimal(meter), meter_unit=unit,
            token=token, **more,
        )  # fmt: skip
        assert isinstance(event.id, int)
        return event.id

    def due(title: str, **parts: object) -> Decimal | None:
        new = NewTask(title=title, unit_id=sold, every_meter=Decimal(100), meter_unit="km", **parts)  # type: ignore[arg-type]
        due_meter = company.run(add_task, company.actor(), new, token=title).due_meter
        assert due_meter is None or isinstance(due_meter, Decimal)
        return due_meter

    assert due("bez odczytu") == 100
    read(1100, "km", "1")
    wrong = read(9999, "km", "2")
    read(1250, "KM", "3", corrects_id=wrong)
    read(70, "h", "4")
    assert due("po odczycie") == 1350
    assert due("jak powiedziano", due_meter=Decimal(1300)) == 1300


def test_my_tasks_are_those_of_my_teams_too_the_next_due_first(company: Company, sold: int) -> None:
    admin: Operator = company.run(create_operator, "A1", "Administrator", Role.ADMIN)
    with pytest.raises(RefusedError):
        company.run(create_team, company.actor(), "SRV", "Serwis")
    team = company.run(create_team, company.actor(admin), "SRV", "Serwis", (company.worker.id,))
    for title, due, mine in (
        ("bez terminu", None, {"assignee_id": company.worker.id}),
        ("jutro", TODAY + timedelta(days=1), {"team_id": team.id}),
        ("wczoraj", TODAY - timedelta(days=1), {"assignee_id": company.worker.id}),
        ("szefa", TODAY - timedelta(days=2), {"assignee_id": company.chief.id}),
    ):
        company.run(add_task, company.actor(), NewTask(title=title, due=due, **mine), token=title)
    assert [task.title for task in my_tasks(company.worker.id)] == ["wczoraj", "jutro", "bez terminu"]
    assert [task.assignee for task in my_tasks(company.worker.id)][1] == "Serwis"
    late = overdue(TODAY)
    assert [task.title for task in late] == ["szefa", "wczoraj"]
    assert [task.title for task in overdue(TODAY, after=late[0])] == ["wczoraj"]
    assert all(task.is_overdue(TODAY) for task in late)
    found = counts(company.worker.id, TODAY)
    assert (found.mine, found.mine_overdue, found.overdue) == (3, 1, 2)
    assert asked(company.database, lambda: counts(company.worker.id, TODAY)) == 1
    assert asked(company.database, lambda: my_tasks(company.worker.id)) == 2
    company.run(assign_task, company.actor(), late[0].id, operator_id=company.worker.id, team_id=None)
    assert my_tasks(company.chief.id) == ()
    company.run(put_off_task, company.actor(), late[0].id, TODAY)
    assert [task.title for task in overdue(TODAY)] == ["wczoraj"]
    company.run(drop_task, company.actor(), late[0].id, reason="x", token="x")
    assert code_of(company, put_off_task, company.actor(), late[0].id, TODAY) is RefusalCode.NOT_OPEN


def test_a_task_that_says_nothing_is_refused(company: Company, sold: int) -> None:
    def refusal(**parts: object) -> RefusalCode:
        return code_of(
            company, add_task, company.actor(), NewTask(**({"title": "x"} | parts)), token="refused"
        )  # type: ignore[arg-type]

    assert refusal(title=" ") is RefusalCode.EMPTY
    assert refusal(unit_id=999_999) is RefusalCode.UNKNOWN
    assert refusal(assignee_id=999_999) is RefusalCode.UNKNOWN
    assert refusal(team_id=999_999) is RefusalCode.UNKNOWN
    assert refusal(every_months=0) is RefusalCode.BAD_QUANTITY
    assert refusal(every_meter=Decimal(-1)) is RefusalCode.BAD_QUANTITY
    assert unit_tasks(sold) == ()


def test_a_cost_stays_with_the_customer_of_that_day(company: Company, sold: int) -> None:
    service = company.run(record_event, company.actor(), sold, "service", "naprawa", token="s")
    labour = company.run(
        add_cost, company.actor(),
        NewCost(event_id=service.id, kind=CostKind.LABOUR, hours=Decimal("1.5"), rate=Decimal("133.33")),
        token="c",
    )  # fmt: skip
    assert (labour.amount, labour.currency, labour.day) == (Decimal("200"), "PLN", TODAY)
    again = company.run(
        add_cost, company.actor(), NewCost(event_id=service.id, kind=CostKind.LABOUR), token="c"
    )
    assert again == labour
    bought = company.delivery(NewLine(product_id=company.laptop.id), party=company.customer)
    company.accept(bought, "LT000001")
    company.close(bought)
    parts = NewCost(
        event_id=service.id, kind=CostKind.PARTS, amount=Decimal("99.99"), borne=Borne.CHARGED, text="dysk"
    )
    assert company.run(add_cost, company.actor(), parts, token="p").holder_name == company.customer.name
    task = company.run(add_task, company.actor(), NewTask(title="test", unit_id=sold), token="t")
    own = NewCost(task_id=task.id, kind=CostKind.EXTERNAL, amount=Decimal(5), currency="eur", borne=Borne.OWN)
    assert company.run(add_cost, company.actor(), own, token="o").holder_name == company.us.name
    by_customer = {(row.name, row.currency): row for row in report(CostsBy.CUSTOMER)}
    ours = by_customer[company.us.name, "EUR"]
    theirs = by_customer[company.customer.name, "PLN"]
    assert (theirs.warranty, theirs.charged, theirs.total, theirs.count) == (
        Decimal(200), Decimal("99.99"), Decimal("299.99"), 2,
    )  # fmt: skip
    assert (ours.own, ours.ours) == (Decimal(5), Decimal(5))
    assert [row.total for row in totals(tuple(by_customer.values()))] == [Decimal(5), Decimal("299.99")]
    assert [row.currency for row in unit_totals(sold)] == ["EUR", "PLN"]


def test_a_wrong_cost_is_taken_back_by_a_row_and_stays(company: Company, sold: int) -> None:
    event = company.run(record_event, company.actor(), sold, "service", "x", token="s")
    wrong = company.run(
        add_cost, company.actor(), NewCost(event_id=event.id, kind=CostKind.TRAVEL, amount=Decimal(70)),
        token="c",
    )  # fmt: skip
    actor = company.actor()
    assert code_of(company, take_back_cost, actor, wrong.id, reason=" ", token="b") is (
        RefusalCode.REASON_NEEDED
    )
    back = company.run(take_back_cost, actor, wrong.id, reason="nie było dojazdu", token="b")
    assert company.run(take_back_cost, actor, wrong.id, reason="x", token="b") == back
    assert code_of(company, take_back_cost, actor, wrong.id, reason="x", token="n") is RefusalCode.EXISTS
    assert code_of(company, take_back_cost, actor, back.id, reason="x", token="n") is RefusalCode.EXISTS
    other = company.run(
        add_cost, actor, NewCost(event_id=event.id, kind=CostKind.PARTS, amount=Decimal(5)), token="o"
    )
    assert [cost.id for cost in costs(sold, standing=True)] == [other.id]
    assert costs(sold, standing=True, before_id=other.id) == ()
    company.run(take_back_cost, actor, other.id, reason="x", token="ob")
    assert costs(sold, standing=True) == ()
    newest, oldest = costs(sold, before_id=other.id)
    assert (newest.amount, newest.corrects_id, oldest.corrected) == (Decimal(-70), wrong.id, True)
    assert unit_totals(sold)[0].total == 0
    for statement in ("UPDATE cost SET amount = 1", "DELETE FROM cost"):
        with pytest.raises(DatabaseError, match="never changed or deleted"), company.database.atomic():
            execute(statement)
    assert list(check_store(company.database)) == []


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({}, RefusalCode.BAD_AMOUNT),
        ({"amount": Decimal(0)}, RefusalCode.BAD_AMOUNT),
        ({"amount": Decimal(-5)}, RefusalCode.BAD_AMOUNT),
        ({"amount": Decimal("1.00001")}, RefusalCode.BAD_AMOUNT),
        ({"amount": Decimal(1), "currency": "zł"}, RefusalCode.BAD_AMOUNT),
        ({"hours": Decimal(-1), "rate": Decimal(10)}, RefusalCode.BAD_QUANTITY),
        ({"amount": Decimal(1), "event_id": 999_999}, RefusalCode.UNKNOWN),
        ({"amount": Decimal(1), "event_id": None}, RefusalCode.EMPTY),
        ({"amount": Decimal(1), "day": date(2030, 1, 1)}, RefusalCode.IN_FUTURE),
    ],
)
def test_a_cost_that_cannot_be_is_refused(
    company: Company, sold: int, parts: dict[str, object], code: RefusalCode
) -> None:
    event = company.run(record_event, company.actor(), sold, "service", "x", token="s")
    new = NewCost(**({"event_id": event.id, "kind": CostKind.PARTS} | parts))  # type: ignore[arg-type]
    assert code_of(company, add_cost, company.actor(), new, token="c") is code
    assert costs(sold) == ()


def test_reports_sum_up_over_any_period_and_side(company: Company, sold: int) -> None:
    company.stock(company.printer, "P1")
    printer = units.by_number("P1")[0].id
    for number, (unit, amount, day) in enumerate(
        ((sold, 10, date(2025, 12, 31)), (sold, 20, date(2026, 1, 1)), (printer, 30, date(2026, 2, 28)))
    ):
        event = company.run(record_event, company.actor(), unit, "service", "x", token=f"e{number}")
        new = NewCost(event_id=event.id, kind=CostKind.PARTS, amount=Decimal(amount), day=day)
        company.run(add_cost, company.actor(), new, token=f"c{number}")
    january = {"first": date(2026, 1, 1), "last": date(2026, 1, 31)}
    assert [(row.name, row.total) for row in report(CostsBy.UNIT, **january)] == [("LT000001", Decimal(20))]
    assert [(row.name, row.more, row.total) for row in report(CostsBy.PRODUCT)] == [
        ("Drukarka laserowa", "PR-1", Decimal(30)), ("Laptop 14", "NB-14", Decimal(30)),
    ]  # fmt: skip
    assert [(row.name, row.more, row.total) for row in report(CostsBy.CUSTOMER_PRODUCT)] == [
        (company.us.name, "Drukarka laserowa", Decimal(30)),
        (company.customer.name, "Laptop 14", Decimal(30)),
    ]  # fmt: skip
    assert [(row.name, row.total) for row in report(CostsBy.MONTH)] == [
        ("2025-12", Decimal(10)), ("2026-01", Decimal(20)), ("2026-02", Decimal(30)),
    ]  # fmt: skip
    assert [row.total for row in report(CostsBy.MONTH, product_id=company.printer.id)] == [Decimal(30)]
    assert [row.total for row in report(CostsBy.MONTH, holder_id=company.customer.id)] == [
        Decimal(10), Decimal(20),
    ]  # fmt: skip
    for row in report(CostsBy.CUSTOMER_PRODUCT):
        whose = {"holder_id": row.id, "product_id": row.product_id, "currency": row.currency}
        assert [found.total for found in totals(report(CostsBy.MONTH, **whose))] == [row.total]
    assert report(CostsBy.MONTH, currency="EUR") == ()
    assert len(report(CostsBy.UNIT, limit=1)) == 1
    assert all(asked(company.database, lambda by=by: report(by)) == 1 for by in CostsBy)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cost SET unit_id = NULL, holder_id = NULL, product_id = NULL",
        "UPDATE cost SET holder_id = 1",
        "UPDATE cost SET amount = amount - 1 WHERE corrects_id IS NOT NULL",
    ],
)
def test_costs_changed_behind_the_programs_back_are_found(
    company: Company, sold: int, statement: str
) -> None:
    event = company.run(record_event, company.actor(), sold, "service", "x", token="s")
    new = NewCost(event_id=event.id, kind=CostKind.TRAVEL, amount=Decimal(70))
    cost = company.run(add_cost, company.actor(), new, token="c")
    company.run(take_back_cost, company.actor(), cost.id, reason="x", token="b")
    assert list(check_store(company.database)) == []
    corrupt(company.database, statement)
    assert FindingCode.COST in {finding.code for finding in check_store(company.database)}
