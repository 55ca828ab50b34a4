"""After-sales work of the demo company: complaints, repairs, what they cost, and what is to be done."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from store.demo.world import World
from store.domain.costs import Borne, CostKind, NewCost
from store.domain.events import BuiltIn
from store.domain.records import Actor
from store.domain.roles import Role
from store.domain.tasks import NewTask, Priority
from store.models.moments import from_store
from store.models.products import ProductRow
from store.models.sql import select
from store.models.tasks import TeamRow
from store.operations.costs import add_cost
from store.operations.events import close_event, create_event_kind, record_event
from store.operations.recurring import make_due_tasks
from store.operations.tasks import add_task, create_team

CASES = 36
"""Units of customers that something happened to."""
FAULTS = (
    ("nie włącza się", "wymieniony zasilacz", "zasilacz", 189),
    ("miga obraz", "wymieniona taśma matrycy", "taśma matrycy", 74),
    ("hałasuje wentylator", "wyczyszczony i nasmarowany", "", 0),
    ("nie czyta kodów", "wymieniona szybka skanera", "szybka", 58),
    ("zacina papier", "wymienione rolki", "zestaw rolek", 132),
    ("bateria trzyma godzinę", "wymieniona bateria", "bateria", 245),
)
RATE = Decimal(140)
INSPECTED = 8
YEARLY = "Przegląd roczny"
WAITING: tuple[tuple[str, int, Priority], ...] = (
    ("Odebrać z magazynu dostawcy", -3, Priority.HIGH),
    ("Zadzwonić w sprawie wyceny", -1, Priority.NORMAL),
    ("Zamówić baterię", 0, Priority.NORMAL),
    ("Sprawdzić po naprawie", 2, Priority.NORMAL),
    ("Wgrać nowe oprogramowanie", 5, Priority.LOW),
    ("Oddać zastępczy", 9, Priority.NORMAL),
)
"""Tasks with the days until they are due."""


def create_service(world: World, random: Random, at: datetime) -> None:
    """Let things happen to sold units until the morning `at`, and leave tasks for today."""
    admin = next(operator for operator in world.operators if operator.role is Role.ADMIN)
    members = tuple(operator.id for operator in world.operators if operator.role is Role.WORKER)[:2]
    chief = _actor(world, at)
    as_admin = replace(chief, operator=admin)
    team = create_team(as_admin, "SERWIS", "Serwis", members)
    create_event_kind(as_admin, "LEGAL", "Legalizacja")
    _recur(chief, team.id)
    rows = select(
        "SELECT u.id, u.serial, u.last_movement_at, k.code FROM unit u JOIN product p ON p.id = u.product_id "
        "JOIN product_kind k ON k.id = p.kind_id WHERE u.terms = 'sold' ORDER BY u.id LIMIT 4000"
    )
    chosen = random.sample(rows, min(CASES, len(rows)))
    for number, row in enumerate(chosen):
        _repair(world, random, row, number, at)
    for number, row in enumerate(chosen[:INSPECTED]):
        _inspect(chief, row, at.date(), number)
    for number, (title, days, priority) in enumerate(WAITING):
        new = NewTask(
            title=title,
            unit_id=chosen[number]["id"] if number < len(chosen) else None,
            due=at.date() + timedelta(days=days),
            priority=priority,
            assignee_id=None if number % 3 == 1 else chief.operator.id,
            team_id=team.id if number % 3 == 1 else None,
            checklist=("kopia danych", "numer zgłoszenia na pudełku") if number == 0 else (),
        )
        add_task(chief, new, token=f"demo-task-{number}")


def _recur(chief: Actor, team_id: int) -> None:
    """Let what few customers have be serviced every two years, by the team, and make what is due."""
    TeamRow.update(takes_services=True).where(TeamRow.id == team_id).execute()
    rows = select(
        "SELECT product_id FROM unit WHERE terms = 'sold' AND warranty_until IS NOT NULL "
        "GROUP BY product_id HAVING count(*) >= 5 ORDER BY count(*), product_id LIMIT 1"
    )
    for row in rows:
        ProductRow.update(service_months=24).where(ProductRow.id == row["product_id"]).execute()
    make_due_tasks(chief)


def _repair(world: World, random: Random, row: dict[str, Any], number: int, at: datetime) -> None:
    """Complain about a unit some time after its sale, and repair it in most cases."""
    sold = from_store(row["last_movement_at"])
    told = sold + (at - sold) * random.uniform(0.2, 0.9)
    fault, outcome, part, price = FAULTS[number % len(FAULTS)]
    actor = replace(_actor(world, told), operator=random.choice(world.operators))
    complaint = record_event(actor, row["id"], BuiltIn.COMPLAINT, fault, token=f"demo-complaint-{number}")
    if number % 6 == 5:
        return
    done = told + (at - told) * random.uniform(0.1, 0.5)
    later = replace(actor, at=done)
    repair = record_event(
        later, row["id"], BuiltIn.SERVICE, fault, outcome=outcome, parts=part, token=f"demo-service-{number}"
    )
    close_event(later, complaint.id, outcome=outcome)
    borne = Borne.CHARGED if number % 4 == 3 else Borne.WARRANTY
    hours = Decimal(random.randint(2, 9)) / 4
    labour = NewCost(event_id=repair.id, kind=CostKind.LABOUR, hours=hours, rate=RATE, borne=borne)
    add_cost(later, labour, token=f"demo-labour-{number}")
    if price:
        parts = NewCost(
            event_id=repair.id, kind=CostKind.PARTS, amount=Decimal(price), borne=borne, text=part
        )
        add_cost(later, parts, token=f"demo-parts-{number}")
    if number % 5 == 0:
        travel = NewCost(event_id=repair.id, kind=CostKind.TRAVEL, amount=Decimal(90), borne=borne)
        add_cost(later, travel, token=f"demo-travel-{number}")


def _inspect(actor: Actor, row: dict[str, Any], today: date, number: int) -> None:
    """Let a unit wait for its yearly inspection."""
    new = NewTask(
        title=YEARLY,
        unit_id=row["id"],
        due=today + timedelta(days=11 * number - 8),
        every_months=12,
        assignee_id=actor.operator.id,
        checklist=("czyszczenie", "test zasilania", "naklejka z datą"),
    )
    add_task(actor, new, token=f"demo-inspection-{number}")


def _actor(world: World, at: datetime) -> Actor:
    return Actor(
        operator=next(operator for operator in world.operators if operator.role is Role.SUPERVISOR),
        terminal=world.terminals[0],
        at=at,
    )
