"""Reminders to return: a customer is written to once a day, and each unit's history says so.

A reminder is begun before it is sent and settled afterwards, so that a program that ends in between sends
nobody the same letter twice. Its letter is kept with it from the beginning.
"""

from collections.abc import Sequence

from store.domain.errors import RefusalCode, RefusedError
from store.domain.events import BuiltIn, NewEvent
from store.domain.kept_papers import NewPaper
from store.domain.printing import Printed, PrintState
from store.domain.records import Actor
from store.domain.reminders import Channel, NewReminder, Reminder, ReminderState
from store.models.moments import to_store
from store.models.sql import execute, select
from store.operations.events import record_events
from store.operations.papers import keep_paper, note_print
from store.queries.parties import party_by_id
from store.queries.reminders import reminder_with, reminders_to


def begin_reminder(actor: Actor, new: NewReminder, letter: NewPaper, *, token: str) -> Reminder:
    """Take it upon us to write to a customer today, keep the letter, and return the reminder.

    Called again with the same `token` it returns what it began. Raises RefusedError: REMINDED when they were
    written to that day, or somebody is about to, and that did not fail.
    """
    party = party_by_id(new.party_id)
    execute(
        """
        INSERT INTO reminder (party_id, party_name, day, channel, address, state, reason, units, operator_id,
                              operator_name, recorded_at, token)
        VALUES (:party_id, :party_name, :day, :channel, :address, 'begun', '', 0, :operator_id,
                :operator_name, :recorded_at, :token)
        ON CONFLICT (party_id, day) DO UPDATE
        SET party_name = excluded.party_name, channel = excluded.channel, address = excluded.address,
            state = 'begun', reason = '', operator_id = excluded.operator_id,
            operator_name = excluded.operator_name, recorded_at = excluded.recorded_at,
            token = excluded.token, paper_id = NULL
        WHERE reminder.state = 'failed'
        """,
        party_id=party.id,
        party_name=party.name,
        day=new.day.isoformat(),
        channel=new.channel.value,
        address=new.address if new.channel is Channel.EMAIL else "",
        operator_id=actor.operator.id,
        operator_name=actor.operator.name,
        recorded_at=to_store(actor.at),
        token=token,
    )
    begun = reminder_with(token)
    if begun is None:
        other = next(each for each in reminders_to(party.id) if each.day == new.day)
        raise RefusedError(
            RefusalCode.REMINDED, party=other.party_name, at=other.at, operator=other.operator_name
        )
    kept = keep_paper(actor, letter, token=f"{token}/letter")
    execute(
        "UPDATE reminder SET paper_id = :paper WHERE token = :token AND state = 'begun'",
        paper=kept.id,
        token=token,
    )
    return begun


def settle_reminder(
    actor: Actor, token: str, unit_ids: Sequence[int], *, text: str, file: str = ""
) -> Reminder:
    """Say that a begun reminder was sent: an event with `text` on each of its units.

    `file` is where the letter was written to, if it was not sent by e-mail.

    Called again it changes nothing. Raises LookupError when no reminder was begun with `token`.
    """
    begun = _begun(token)
    if begun.state is ReminderState.DONE:
        return begun
    if unit_ids:
        record_events(actor, unit_ids, NewEvent(kind=BuiltIn.REMINDER, text=text), token=token)
    if file:
        saved = Printed(state=PrintState.SAVED, file=file)
        paper_id = select("SELECT paper_id FROM reminder WHERE token = :token", token=token)[0]["paper_id"]
        note_print(actor, paper_id, saved, copies=1, is_copy=False, token=f"{token}/saved")
    execute(
        "UPDATE reminder SET state = 'done', reason = '', units = :units WHERE token = :token",
        units=len(set(unit_ids)),
        token=token,
    )
    return _begun(token)


def fail_reminder(token: str, *, reason: str) -> None:
    """Say that a begun reminder was not sent, and why: it may be sent again that day. A done one stays."""
    execute(
        "UPDATE reminder SET state = 'failed', reason = :reason WHERE token = :token AND state = 'begun'",
        reason=reason,
        token=token,
    )


def _begun(token: str) -> Reminder:
    found = reminder_with(token)
    if found is None:
        raise LookupError(token)
    return found
