"""What service works at in the demo company: units that wait, one that was replaced, a part built in."""

from datetime import datetime, timedelta

from store.demo.service import FAULTS
from store.demo.world import World
from store.domain.records import Actor
from store.domain.repairs import Intake
from store.domain.roles import Role
from store.domain.terms import DocumentType
from store.models.sql import select
from store.operations.installing import install
from store.operations.replacing import replace_unit
from store.operations.service import begin_service, close_intake, say_intake
from store.queries.repairs import scanned_pieces

_SOLD = """
    SELECT u.id, n.id AS new_id FROM unit u JOIN product p ON p.id = u.product_id
    JOIN product_kind k ON k.id = p.kind_id AND k.nature = 'goods'
    LEFT JOIN unit n ON n.id = (
        SELECT min(x.id) FROM unit x WHERE x.product_id = u.product_id AND x.terms = 'stock'
        AND x.place_id = :place_id AND x.condition <> 'blocked'
        AND NOT EXISTS (SELECT 1 FROM reserved_piece r WHERE r.product_id = x.product_id))
    WHERE u.terms = 'sold' AND u.last_movement_at < :at AND u.warranty_until IS NOT NULL
    ORDER BY u.id DESC LIMIT 400
"""
_TOGETHER = """
    SELECT u.id, u.product_id FROM unit u WHERE u.terms = 'stock' AND u.place_id = :place_id
    ORDER BY u.id DESC LIMIT 400
"""


def create_repairs(world: World, at: datetime) -> None:
    """Let two units wait in service, replace another one, and build a unit into another."""
    place = world.terminals[0].location.place_id
    rows = [row for row in select(_SOLD, place_id=place, at=at.isoformat()) if row["new_id"]]
    if len(rows) < 3:
        return
    for number, row in enumerate(rows[:2]):
        _take_in(_actor(world, at - timedelta(hours=30 * (2 - number))), row["id"], number)
    replaced = rows[2]
    actor, swap, built = _actor(world, at), "demo-swap", "demo-install"
    replace_unit(actor, replaced["id"], replaced["new_id"], reason="Wada płyty głównej", token=swap)
    lying = select(_TOGETHER, place_id=place)
    carrier = lying[0] if lying else None
    part = next((row for row in lying if row["product_id"] != lying[0]["product_id"]), None)
    if carrier is not None and part is not None:
        install(actor, part["id"], carrier["id"], text="Rozbudowa", token=built)


def _take_in(actor: Actor, unit_id: int, number: int) -> None:
    token = f"demo-intake-{number}"
    document = begin_service(actor, DocumentType.SERVICE_INTAKE, unit_id, token=token)
    said = Intake(fault=FAULTS[number][0], accessories="zasilacz" if number == 0 else "")
    say_intake(document.id, [piece.scan_id for piece in scanned_pieces(document.id)], said)
    close_intake(actor, document.id, token=f"{token} closed")


def _actor(world: World, at: datetime) -> Actor:
    chief = next(operator for operator in world.operators if operator.role is Role.SUPERVISOR)
    return Actor(operator=chief, terminal=world.terminals[0], at=at)
