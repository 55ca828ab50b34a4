"""Ending services before their time, giving up those that expired, and putting the terms of one right."""

import logging
from collections.abc import Sequence
from datetime import date

from store.domain.errors import RefusalCode, RefusedError
from store.domain.events import BuiltIn, NewEvent, distinct
from store.domain.records import Actor
from store.domain.services import Validity
from store.models.bulk import among, listed
from store.models.services import ValidityRow
from store.models.sql import execute
from store.operations.events import record_event, record_events
from store.operations.service_checks import (
    check_seats,
    check_span,
    check_subject,
    existing,
    open_services,
    said,
)
from store.queries.services import validities

log = logging.getLogger(__name__)


def end_services(actor: Actor, unit_ids: Sequence[int], on: date, *, reason: str, token: str) -> int:
    """End services on a day, or give up those that expired: nobody is asked to renew them. Return how many.

    A service that ends before that day ends when it did. Called again with the same `token` it ends nothing
    twice. Raises RefusedError and ends nothing: REASON_NEEDED, NOT_SERVICE, SERVICE_OVER, BAD_SPAN when one
    begins later.
    """
    ids = distinct(unit_ids)
    if not reason.strip():
        raise RefusedError(RefusalCode.REASON_NEEDED)
    if open_services(ids, token) is None:
        return len(ids)
    for validity in validities(ids).values():
        if validity.valid_from > on:
            raise RefusedError(RefusalCode.BAD_SPAN, begins=validity.valid_from, ends=on)
    execute(
        "UPDATE validity SET ended_on = CASE WHEN valid_until < :day THEN valid_until ELSE :day END "
        f"WHERE {among('unit_id', 'ids')}",
        day=on.isoformat(),
        ids=listed(ids),
    )
    record_events(actor, ids, NewEvent(kind=BuiltIn.ENDING, text=f"{on}: {reason.strip()}"), token=token)
    log.info("%d services ended by operator %s", len(ids), actor.operator.code)
    return len(ids)


def amend_service(actor: Actor, unit_id: int, terms: Validity, *, reason: str, token: str) -> Validity:
    """Put the days, seats or subject of a service right, with a reason, and return its terms.

    What it was before is told in its history. Called again with the same `token` it changes nothing more.
    Raises RefusedError: REASON_NEEDED, NOT_SERVICE, SERVICE_OVER, BAD_SPAN, BAD_QUANTITY, UNKNOWN.
    """
    if not reason.strip():
        raise RefusedError(RefusalCode.REASON_NEEDED)
    old = existing(unit_id)
    if open_services([unit_id], token) is None:
        return old
    check_span(terms.valid_from, terms.valid_until)
    check_seats(terms.seats)
    check_subject(terms.subject_id)
    ValidityRow.update(
        valid_from=terms.valid_from,
        valid_until=terms.valid_until,
        seats=terms.seats,
        subject_unit=terms.subject_id,
        subject="" if terms.subject_id else terms.subject.strip(),
    ).where(ValidityRow.unit == unit_id).execute()
    told = f"{said(old)} -> {said(existing(unit_id))}: {reason.strip()}"
    record_event(actor, unit_id, BuiltIn.AMENDMENT, told, token=token)
    return existing(unit_id)
