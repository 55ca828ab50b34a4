"""Frozen records of reminders: who was written to, how, and what became of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from store.domain.mail import MailServer
from store.domain.papers import Letterhead


class Channel(StrEnum):
    """How a customer is written to."""

    EMAIL = "email"
    PAPER = "paper"


class ReminderState(StrEnum):
    """How far a reminder has come."""

    BEGUN = "begun"
    """It is being sent, or nobody can tell whether it arrived: it is not sent again that day."""
    DONE = "done"
    FAILED = "failed"
    """It was not sent, and may be sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSetup:
    """How letters to customers are written and sent here."""

    templates: Path
    """The folder of the company's own templates."""
    folder: Path
    """Where letters go that are not sent by e-mail."""
    server: MailServer | None = None
    letterhead: Letterhead = field(default_factory=Letterhead)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReminder:
    """A customer is about to be written to."""

    party_id: int
    day: date
    channel: Channel
    address: str = ""
    """Of an e-mail; empty on paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A customer was written to, or was about to be."""

    id: int
    party_id: int
    party_name: str
    """As it was called then."""
    day: date
    channel: Channel
    address: str
    state: ReminderState
    reason: str
    """Why it failed, as it was told then."""
    units: int
    operator_name: str
    at: datetime
