"""Taking units into service and handing them out: what is said of each piece, and the closing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from store.domain.documents import Document, NewDocument, NewLine, Refused
from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Actor
from store.domain.repairs import Intake, Settlement
from store.domain.scan import Scan, Source
from store.domain.tasks import NewTask
from store.domain.terms import DocumentType, Terms
from store.models.documents import DraftScanRow
from store.models.sql import select
from store.operations.closing import close_document
from store.operations.documents import open_document
from store.operations.opened import open_head
from store.operations.scanning import take
from store.operations.tasks import add_task
from store.queries.documents import lines

_SIDES = """
    SELECT u.serial, u.terms, u.product_id, h.id AS holder_id, b.id AS back_id,
           coalesce(l.name, h.name) AS place_name
    FROM unit u LEFT JOIN party h ON h.place_id = u.place_id LEFT JOIN location l ON l.place_id = u.place_id
         LEFT JOIN repair r ON r.unit_id = u.id AND r.ended_at IS NULL
         LEFT JOIN party b ON b.place_id = r.back_place_id
    WHERE u.id = :unit_id
"""
MOST_TASKS = 200
"""So many pieces get a task each; whoever brings more has a list."""


def say_intake(document_id: int, scan_ids: Sequence[int], intake: Intake) -> None:
    """Note of scanned pieces of an open intake what is wrong with them and what came with them.

    What was said before is replaced. Raises RefusedError: EMPTY without a fault, UNKNOWN when one was taken
    back, NOT_OPEN.
    """
    open_head(document_id)
    if not intake.fault.strip():
        raise RefusedError(RefusalCode.EMPTY)
    _say(
        document_id, scan_ids,
        fault=intake.fault.strip(), taken_as=intake.taken_as, note=intake.accessories.strip(),
    )  # fmt: skip


def say_fault(document_id: int, scan_ids: Sequence[int], fault: str) -> None:
    """Note of units of an open return what is wrong with them. Raises RefusedError as `say_intake`."""
    open_head(document_id)
    if not fault.strip():
        raise RefusedError(RefusalCode.EMPTY)
    _say(document_id, scan_ids, note=fault.strip())


def say_outcome(document_id: int, scan_ids: Sequence[int], settlement: Settlement, outcome: str) -> None:
    """Note of scanned pieces of an open hand-out what came of them. Raises RefusedError as `say_intake`."""
    open_head(document_id)
    if not outcome.strip():
        raise RefusedError(RefusalCode.EMPTY)
    _say(document_id, scan_ids, settlement=settlement, note=outcome.strip())


def close_intake(
    actor: Actor,
    document_id: int,
    *,
    reason: str = "",
    effective_at: datetime | None = None,
    task: NewTask | None = None,
    token: str,
) -> Document:
    """Take the scanned units into service and return the document with its number.

    What is wrong is told as a complaint or a service of each. With `task` each gets that task as well; its
    title is followed by what is wrong. All of it is one transaction. Raises RefusedError as `close_document`
    and `add_task` do.
    """
    document = close_document(actor, document_id, reason=reason, effective_at=effective_at, token=token)
    if task is not None:
        for row in _repairs(document_id):
            add_task(
                actor,
                NewTask(
                    title=task.title or row["fault"],
                    text=row["fault"] if task.title else task.text,
                    unit_id=row["unit_id"],
                    due=task.due,
                    priority=task.priority,
                    assignee_id=task.assignee_id,
                    team_id=task.team_id,
                ),
                token=f"intake {token} {row['unit_id']}",
            )
    return document


def begin_service(actor: Actor, kind: DocumentType, unit_id: int, *, token: str) -> Document:
    """Open an intake or a hand-out for one unit, with the unit scanned into it, and return its head.

    Whoever has it brings it, and whoever brought it gets it back. Called again with the same `token` it
    returns what it opened. Raises RefusedError: UNKNOWN, NOT_OUT when no party has it, NOT_IN_SERVICE, and
    whatever refuses the scan.
    """
    rows = select(_SIDES, unit_id=unit_id)
    if not rows:
        raise RefusedError(RefusalCode.UNKNOWN, text=str(unit_id))
    row = rows[0]
    is_intake = kind is DocumentType.SERVICE_INTAKE
    party_id = row["holder_id"] if is_intake else row["back_id"]
    if party_id is None:
        code = RefusalCode.NOT_OUT if is_intake else RefusalCode.NOT_IN_SERVICE
        terms = Terms(row["terms"])
        raise RefusedError(code, serial=row["serial"], terms=terms, place=row["place_name"] or "")
    new = NewDocument(
        type=kind,
        party_id=party_id,
        location_id=actor.terminal.location.id,
        lines=(NewLine(product_id=row["product_id"]),),
    )
    document = open_document(actor, new, token=token)
    line = lines(document.id)[0]
    scan = Scan(text=row["serial"], raw=row["serial"], source=Source.TYPED, at=actor.at)
    outcome = take(actor, document.id, scan, token=f"{token} unit", line_id=line.id)
    if isinstance(outcome, Refused):
        raise RefusedError(outcome.refusal.code, **outcome.refusal.data)
    return document


def _repairs(document_id: int) -> list[dict[str, Any]]:
    return select(
        "SELECT r.unit_id, r.fault FROM repair r JOIN movement m ON m.id = r.movement_id "
        "WHERE r.document_id = :document_id AND m.carrier_id IS NULL ORDER BY r.id LIMIT :limit",
        document_id=document_id,
        limit=MOST_TASKS,
    )


def _say(document_id: int, scan_ids: Sequence[int], **said: object) -> None:
    there = (
        (DraftScanRow.document == document_id)
        & DraftScanRow.id.in_(list(scan_ids))
        & (DraftScanRow.state == "draft")
    )
    if DraftScanRow.update(**said).where(there).execute() != len(scan_ids):
        raise RefusedError(RefusalCode.UNKNOWN, text=", ".join(str(scan_id) for scan_id in scan_ids))
