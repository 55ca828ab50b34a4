"""Who was reminded when."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from store.domain.reminders import Channel, Reminder, ReminderState
from store.models.moments import from_store
from store.models.sql import select

_REMINDERS = """
    SELECT id, party_id, party_name, day, channel, address, state, reason, units, operator_name, recorded_at
    FROM reminder
"""


def reminders_of(day: date) -> list[Reminder]:
    """Return the reminders of a day, by the name of the customer."""
    return _found(select(f"{_REMINDERS} WHERE day = :day ORDER BY party_name, id", day=day.isoformat()))


def reminders_to(party_id: int, *, limit: int = 20) -> list[Reminder]:
    """Return the reminders to a customer, newest first: at most `limit`."""
    rows = select(
        f"{_REMINDERS} WHERE party_id = :party_id ORDER BY day DESC LIMIT :limit",
        party_id=party_id,
        limit=limit,
    )
    return _found(rows)


def reminder_with(token: str) -> Reminder | None:
    """Return the reminder that was begun with a token, or None."""
    found = _found(select(f"{_REMINDERS} WHERE token = :token", token=token))
    return found[0] if found else None


def _found(rows: Sequence[dict[str, Any]]) -> list[Reminder]:
    return [
        Reminder(
            id=row["id"],
            party_id=row["party_id"],
            party_name=row["party_name"],
            day=date.fromisoformat(row["day"]) if isinstance(row["day"], str) else row["day"],
            channel=Channel(row["channel"]),
            address=row["address"],
            state=ReminderState(row["state"]),
            reason=row["reason"],
            units=row["units"],
            operator_name=row["operator_name"],
            at=from_store(row["recorded_at"]),
        )
        for row in rows
    ]
