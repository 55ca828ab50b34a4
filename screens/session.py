"""What the screens are given: the lane, who works here, the clock. Made by the front door, or by a test."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store.domain.language import Language
from store.domain.records import Actor, Operator, Terminal
from store.lane import Lane

# What papers, letters and invoices stand on is imported when one is made: the sign-in would wait for it.
if TYPE_CHECKING:
    from store.domain.papers import PaperSetup
    from store.domain.reminders import LetterSetup
    from store.imports.options import ImportSetup


def utc_now() -> datetime:
    """Return the time, timezone-aware UTC."""
    return datetime.now(UTC)


def _speak_nothing(_language: Language) -> None:
    """Keep the language in force."""


def _papers_at_home() -> "PaperSetup":
    """Return the setup where nothing is configured."""
    from store.domain.papers import PaperSetup

    return PaperSetup(folder=Path.home())


def _letters_at_home() -> "LetterSetup":
    """Return the setup where nothing is configured."""
    from store.domain.reminders import LetterSetup

    return LetterSetup(templates=Path.home(), folder=Path.home())


def _imports_by_default() -> "ImportSetup":
    """Return the setup where nothing is configured."""
    from store.imports.options import ImportSetup

    return ImportSetup()


@dataclass(slots=True, kw_only=True)
class Session:
    """One person at one terminal. Everything that a screen needs and does not own."""

    lane: Lane
    terminal: Terminal | None = None
    operator: Operator | None = None
    hostname: str | None = None
    """The host on which the program runs, when it is used at its own keyboard and screen."""
    address: str | None = None
    """The client's address, when it is used over SSH."""
    language: Language = Language.EN
    """The language of the configuration; an operator's own goes before it."""
    clock: Callable[[], datetime] = utc_now
    speak: Callable[[Language], None] = _speak_nothing
    """Makes the program speak a language from now on."""
    plain: bool = False
    """The terminal draws ASCII only: no lines, dots or arrows beyond it."""
    bell: bool = True
    papers: "Callable[[], PaperSetup]" = _papers_at_home
    """How papers are made and printed, asked for when one is wanted. Raises StoreError, in words."""
    letters: "Callable[[], LetterSetup]" = _letters_at_home
    """How letters are written and sent, asked for when one is wanted. Raises StoreError, in words."""
    imports: "Callable[[], ImportSetup]" = _imports_by_default
    """How invoices are read, asked for when one is."""
    attachment_folder: Path | None = None
    """Where photos and signed papers turn up that are to be attached to units."""
    largest_attachment: int = 10_000_000
    """In bytes."""
    hint: str = ""
    """Shown above the sign-in: how to get into the demo company."""

    def actor(self) -> Actor:
        """Return who does something here and now. Raises RuntimeError before anybody has signed in."""
        if self.operator is None or self.terminal is None:
            message = "nobody has signed in"
            raise RuntimeError(message)
        return Actor(operator=self.operator, terminal=self.terminal, at=self.clock())

    def greet(self, operator: Operator) -> None:
        """Sign `operator` in and speak their language."""
        self.operator = operator
        self.speak(operator.language or self.language)

    def part(self) -> None:
        """Sign the operator out and speak the terminal's language again."""
        self.operator = None
        self.speak(self.language)
