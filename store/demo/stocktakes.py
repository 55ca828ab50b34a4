"""The counts of the demo company: its service van was counted, its warehouse is being counted now."""

from datetime import datetime, timedelta

from store.demo.world import World
from store.domain.documents import Document, NewDocument
from store.domain.records import Actor, Location, Operator
from store.domain.roles import Role
from store.domain.scan import Scan, Source
from store.domain.stocktake import DifferenceKind
from store.domain.terms import DocumentType
from store.models.moments import to_store
from store.models.sql import execute, select
from store.operations.closing import close_document
from store.operations.documents import open_document
from store.operations.scanning import take
from store.operations.stocktakes import compare, give_reason

LOST = 2
"""Units that nobody finds in the van."""
STRAYED = 1
"""Units of the warehouse that lie in the van."""
SCANNED = 9
"""Units of the warehouse that its count has so far, by two people."""
MOST = 5_000
"""A bigger company has no time for a count of the van."""


def create_stocktakes(world: World, at: datetime) -> None:
    """Post a count of the van, and leave one of the warehouse open."""
    van, here = world.locations[-1], world.locations[0]
    chief = next(operator for operator in world.operators if operator.role is Role.SUPERVISOR)
    if len(_free(van, MOST)) < MOST:
        _count_van(_actor(world, chief, van, at - timedelta(hours=3)), van, here)
    document = _open(_actor(world, chief, here, at), here, "spis roczny")
    workers = [operator for operator in world.operators if operator.role is Role.WORKER]
    for number, serial in enumerate(_free(here, SCANNED)):
        _scan(_actor(world, (chief, workers[0])[number % 2], here, at), document, serial)


def _count_van(actor: Actor, van: Location, here: Location) -> None:
    document = _open(actor, van, "przekazanie samochodu")
    _scan_all(actor, document, skip=LOST)
    for serial in _free(here, STRAYED):
        _scan(actor, document, serial)
    found = compare(document.id)
    reasons = {
        DifferenceKind.MISSING: "Zagubione",
        DifferenceKind.ELSEWHERE: "Przeniesione bez dokumentu",
        DifferenceKind.LESS: "Zużyte",
        DifferenceKind.MORE: "Wcześniej źle policzono",
    }
    for each in found.kinds:
        if each.without_reason:
            give_reason(actor, document.id, reasons[each.kind], kind=each.kind)
    close_document(actor, document.id, token="demo-stocktake")  # noqa: S106 - names the call, no secret


def _free(location: Location, count: int) -> list[str]:
    """Return the serials of units there that no open document has, each a number of one unit alone."""
    rows = select(
        """
        SELECT u.serial FROM unit u WHERE u.place_id = :place_id AND u.terms = 'stock'
        AND NOT EXISTS (SELECT 1 FROM draft_scan d WHERE d.product_id = u.product_id
                        AND d.serial_key = u.serial_key AND d.state = 'draft')
        AND NOT EXISTS (SELECT 1 FROM unit o WHERE o.serial_key = u.serial_key AND o.id <> u.id)
        ORDER BY u.id LIMIT :count
        """,
        place_id=location.place_id,
        count=count,
    )
    return [row["serial"] for row in rows]


def _open(actor: Actor, location: Location, reference: str) -> Document:
    new = NewDocument(type=DocumentType.STOCKTAKE, location_id=location.id, reference=reference)
    return open_document(actor, new)


def _scan(actor: Actor, document: Document, serial: str) -> None:
    scan = Scan(text=serial, raw=serial, source=Source.DEVICE, at=actor.at)
    take(actor, document.id, scan, token=f"demo-count-{document.id}-{serial}")


def _scan_all(actor: Actor, document: Document, *, skip: int) -> None:
    """Scan everything that lies at the place, but the `skip` oldest units, in two statements."""
    execute(
        """
        INSERT INTO document_line (document_id, position, product_id, scanned, rejected, announced)
        SELECT :document_id, row_number() OVER (ORDER BY t.product_id), t.product_id, 0, 0, 0
        FROM (SELECT e.product_id FROM stocktake_piece e WHERE e.document_id = :document_id
              UNION SELECT u.product_id FROM stocktake_unit s JOIN unit u ON u.id = s.unit_id
              WHERE s.document_id = :document_id) AS t ORDER BY t.product_id
        """,
        document_id=document.id,
    )
    execute(
        """
        INSERT INTO draft_scan (document_id, line_id, product_id, unit_id, serial, serial_key, quantity,
            rejected, reason, announced, state, text, scanned_at, operator_id, operator_name, terminal_id,
            terminal_name, token, counted, seen_movement_id, seen_quantity)
        SELECT n.document_id, n.id, t.product_id, t.unit_id, t.serial, t.serial_key, t.quantity, false, '',
               false, 'draft', coalesce(t.serial, p.sku), :at, :operator_id, :operator, :terminal_id,
               :terminal,
               'demo-count-' || CAST(n.id AS TEXT) || coalesce(t.serial_key, ''), true, t.movement_id, t.seen
        FROM (SELECT u.product_id, u.id AS unit_id, u.serial, u.serial_key, 1000 AS quantity, s.movement_id,
                     NULL AS seen, s.unit_id AS position
              FROM stocktake_unit s JOIN unit u ON u.id = s.unit_id WHERE s.document_id = :document_id
              AND s.unit_id NOT IN (SELECT x.unit_id FROM stocktake_unit x
                                    WHERE x.document_id = :document_id ORDER BY x.unit_id LIMIT :skip)
              UNION ALL
              SELECT e.product_id, NULL, NULL, NULL, e.quantity, c.movement_id, e.quantity, 0
              FROM stocktake_piece e JOIN stocktake c ON c.document_id = e.document_id
              WHERE e.document_id = :document_id) AS t
             JOIN document_line n ON n.document_id = :document_id AND n.product_id = t.product_id
             JOIN product p ON p.id = t.product_id
        ORDER BY n.position, t.position
        """,
        document_id=document.id, skip=skip, at=to_store(actor.at), operator_id=actor.operator.id,
        operator=actor.operator.name, terminal_id=actor.terminal.id, terminal=actor.terminal.name,
    )  # fmt: skip
    execute(
        """
        UPDATE document_line SET scanned = (
            SELECT coalesce(sum(s.quantity), 0) FROM draft_scan s
            WHERE s.document_id = document_line.document_id AND s.line_id = document_line.id)
        WHERE document_id = :document_id
        """,
        document_id=document.id,
    )


def _actor(world: World, operator: Operator, location: Location, at: datetime) -> Actor:
    terminal = next(each for each in world.terminals if each.location.id == location.id)
    return Actor(operator=operator, terminal=terminal, at=at)
