"""The messages that cross the screens, named for what happened."""

from dataclasses import dataclass

from textual.message import Message

from store.domain.scan import Scan


@dataclass
class Scanned(Message):
    """A code was scanned. Sent to the screen on top, never to a widget."""

    scan: Scan


@dataclass
class Misread(Message):
    """A code was scanned and could not be read: `text` says why, and what to do."""

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
