"""The whole card of a unit for programs: what its tabs show, by the same queries and by codes."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from store.domain.costs import Cost, CostRow
from store.domain.fields import UnitField
from store.domain.kept_papers import KeptPaper
from store.domain.records import Place
from store.domain.services import Validity
from store.domain.tasks import Task, TaskStatus
from store.domain.timeline import TimelineEntry
from store.domain.unit_links import RelatedUnit
from store.domain.units import UnitCard
from store.queries.attachments import attachments
from store.queries.costs import costs, unit_totals
from store.queries.fields import fields_of_unit
from store.queries.kept_papers import papers_of_unit
from store.queries.services import related_services
from store.queries.tasks import unit_tasks
from store.queries.timeline import timeline
from store.queries.unit_links import related
from store.queries.unit_papers import papers

PAGE = 500
"""Rows that are read at once."""
Item = TypeVar("Item")
Key = TypeVar("Key")


def described(unit: UnitCard) -> dict[str, Any]:
    """Return everything that the card of a unit shows. Part of work on the store."""
    product = unit.product
    return {
        "serial": unit.serial,
        "numbers": [{"type": number.type, "text": number.text} for number in unit.identifiers],
        "product": {
            "sku": product.sku, "name": product.name, "kind": product.kind_name, "gtins": list(product.gtins),
        },
        "place": _place(unit.place) if unit.place else None,
        "owner": unit.owner_name,
        "owner_is_us": unit.owner_is_us,
        "is_foreign": unit.is_foreign,
        "terms": unit.terms,
        "condition": unit.condition,
        "warranty_from": unit.warranty_from,
        "warranty_until": unit.warranty_until,
        "validity": _validity(unit.validity) if unit.validity else None,
        "fields": [_field(found) for found in fields_of_unit(unit.id)],
        "open_tasks": _open_tasks(unit.id),
        "costs": _costs(unit.id),
        "related": [_link(link) for link in _related(unit.id)],
        **_papers(unit.id),
        "history": [_entry(entry) for entry in history(unit.id)],
    }  # fmt: skip


def history(unit_id: int) -> list[TimelineEntry]:
    """Return all that ever happened to a unit, newest first."""
    return _whole(lambda before: timeline(unit_id, before=before, limit=PAGE), lambda entry: entry.key)


def _whole(read: Callable[[Key | None], Sequence[Item]], key: Callable[[Item], Key]) -> list[Item]:
    """Return all pages; each is read from the key of the last item on."""
    found: list[Item] = []
    while page := read(key(found[-1]) if found else None):
        found += page
    return found


def _place(place: Place) -> dict[str, Any]:
    return {"kind": place.kind, "code": place.code, "name": place.name}


def _validity(terms: Validity) -> dict[str, Any]:
    return {
        "from": terms.valid_from,
        "until": terms.valid_until,
        "seats": terms.seats,
        "subject": terms.subject,
        "ended_on": terms.ended_on,
    }


def _field(found: UnitField) -> dict[str, Any]:
    field = found.field
    return {
        "code": field.code, "name": field.name, "type": field.type, "measure": field.measure,
        "value": found.text or None, "named": found.named, "applies": found.applies,
    }  # fmt: skip


def _open_tasks(unit_id: int) -> list[dict[str, Any]]:
    found = _whole(lambda before: unit_tasks(unit_id, before_id=before, limit=PAGE), lambda task: task.id)
    return [_task(task) for task in found if task.status is TaskStatus.OPEN]


def _task(task: Task) -> dict[str, Any]:
    return {
        "title": task.title,
        "text": task.text,
        "due": task.due,
        "due_meter": task.due_meter,
        "meter_unit": task.meter_unit,
        "priority": task.priority.name.lower(),
        "assignee": task.assignee,
        "created_at": task.created_at,
        "created_by": task.created_name,
        "checklist": [{"text": item.text, "is_done": item.is_done} for item in task.items],
    }


def _costs(unit_id: int) -> dict[str, Any]:
    found = _whole(lambda before: costs(unit_id, before_id=before, limit=PAGE), lambda cost: cost.id)
    return {
        "totals": [_total(row) for row in unit_totals(unit_id)],
        "entries": [_cost(cost) for cost in found],
    }


def _total(row: CostRow) -> dict[str, Any]:
    return {
        "currency": row.currency, "total": row.total, "warranty": row.warranty, "charged": row.charged,
        "own": row.own,
    }  # fmt: skip


def _cost(cost: Cost) -> dict[str, Any]:
    return {
        "day": cost.day,
        "kind": cost.kind,
        "amount": cost.amount,
        "currency": cost.currency,
        "hours": cost.hours,
        "rate": cost.rate,
        "borne": cost.borne,
        "text": cost.text,
        "holder": cost.holder_name,
        "operator": cost.operator_name,
        "event": None if cost.event_id is None else str(cost.event_id),
        "taken_back": cost.corrected,
    }


def _related(unit_id: int) -> list[RelatedUnit]:
    links = _whole(lambda before: related(unit_id, before_id=before, limit=PAGE), lambda link: link.link_id)
    return [*related_services(unit_id), *links]


def _link(link: RelatedUnit) -> dict[str, Any]:
    return {
        "relation": link.relation,
        "serial": link.serial,
        "product": link.product_name,
        "since": link.begun_at,
        "until": link.ended_at,
    }


def _papers(unit_id: int) -> dict[str, Any]:
    files = _whole(lambda before: attachments(unit_id, before_id=before, limit=PAGE), lambda file: file.id)
    kept = _whole(
        lambda before: papers_of_unit(unit_id, before_id=before, limit=PAGE), lambda paper: paper.id
    )
    documents = _whole(
        lambda before: papers(unit_id, before_id=before, limit=PAGE), lambda document: document.document_id
    )
    return {
        "attachments": [
            {
                "name": file.name, "size": file.size, "sha256": file.sha256, "operator": file.operator,
                "added_at": file.added_at,
            }
            for file in files
        ],
        "papers": [_paper(paper) for paper in kept],
        "documents": [
            {
                "type": document.type, "number": document.number, "reference": document.reference,
                "party": document.party_name, "posted_at": document.posted_at,
            }
            for document in documents
        ],
    }  # fmt: skip


def _paper(paper: KeptPaper) -> dict[str, Any]:
    return {
        "kind": paper.code,
        "name": paper.name,
        "number": paper.number,
        "language": paper.language,
        "made_at": paper.made_at,
        "made_by": paper.made_by,
        "state": paper.last_state,
        "sent_to": paper.sent_to,
        "sha256": paper.sha256,
    }


def _entry(entry: TimelineEntry) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": entry.kind,
        "at": entry.at,
        "recorded_at": entry.recorded_at,
        "operator": entry.operator,
    }
    found |= {
        name: value for name, value in (("terminal", entry.terminal), ("document", entry.number)) if value
    }
    return found | {"data": dict(entry.data)}
