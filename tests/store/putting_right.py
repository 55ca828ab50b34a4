"""Putting an event right, as a person does from the card."""

from itertools import count

from store.domain.events import Event
from store.operations.events import record_event
from store.queries.events import events
from tests.store.company import Company

_numbers = count()


def put_right(company: Company, unit_id: int, *, kind: str = "complaint", text: str = "Inaczej") -> Event:
    """Tell the newest complaint of a unit that was not put right yet anew, and return the correction."""
    told = company.run(events, unit_id, kind="complaint")
    wrong = next(event for event in told if event.corrected_by_id is None)
    return company.run(
        record_event, company.actor(), unit_id, kind, text, outcome=wrong.outcome,
        effective_at=wrong.effective_at, corrects_id=wrong.id, token=f"right {next(_numbers)}",
    )  # fmt: skip
