"""The messages that cross the screens, named for what happened."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from store.domain.scan import Scan


@dataclass
class Scanned(Message):
    """A code was scanned. Sent to the screen on top, never to a widget."""

    scan: Scan


@dataclass
class PastedLines(Message):
    """Several lines were pasted: a list where a screen takes one, else one scan after the other."""

    scans: Sequence[Scan]


@dataclass
class Misread(Message):
    """A code was scanned and could not be read: `text` says why, and what to do."""

    text: str


@dataclass
class Said(Message):
    """A worker has something to say on the message line of its screen."""

    text: str


@dataclass
class StoreWaiting(Message):
    """The store does not answer (`waiting`), or answers again."""

    waiting: bool


@dataclass
class ScannerNews(Message):
    """Something about the scanner that the operator should see: unplugged, back again, in use elsewhere."""

    text: str
    is_problem: bool
