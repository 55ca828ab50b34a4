"""From characters to whole reads: terminators, pauses, prefix and suffix, the longest read."""

from dataclasses import dataclass
from enum import StrEnum

from scanners.settings import ScannerSettings, Terminator
from store.domain.scan import MAX_LENGTH

# A scanner that is set to send nothing may still send Enter.
_ENDS = {Terminator.ENTER: "\r\n", Terminator.TAB: "\t", Terminator.NUL: "\0", Terminator.NONE: "\r\n"}


TORN_SECONDS = 2.0
"""So long the rest of a read that a pause tore may come, and is not taken for a read of its own."""


class Problem(StrEnum):
    """Why a read was thrown away."""

    UNKNOWN_KEY = "unknown_key"
    """A key without a character: the layout is wrong, or it is no scanner."""
    DROPPED = "dropped"
    """The kernel dropped events because they were not read in time."""
    INCOMPLETE = "incomplete"
    """A pause instead of the rest."""
    REST = "rest"
    """It began so soon after a torn read that it may be the rest of that."""
    TOO_LONG = "too_long"
    NOT_FRAMED = "not_framed"
    """Without the configured prefix or suffix."""
    DAMAGED = "damaged"
    """Bytes that are no text."""


@dataclass(frozen=True, slots=True)
class Read:
    """A whole read, without terminator, prefix and suffix."""

    text: str


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A read that was thrown away, once for each, and what had come of it until then."""

    problem: Problem
    text: str


class Assembler:
    """Collects the characters of one scanner. Times are seconds of one clock that the caller chooses."""

    def __init__(self, settings: ScannerSettings) -> None:
        """Assemble reads as the scanner of `settings` sends them."""
        self._ends = _ENDS[settings.terminator]
        self._open_ended = settings.terminator is Terminator.NONE
        self._prefix, self._suffix = settings.prefix, settings.suffix
        self._timeout = settings.timeout_ms / 1000
        self._chars: list[str] = []
        self._last = 0.0
        self._is_spoiled = self._is_rest = False
        self._rest_until = float("-inf")

    def deadline(self) -> float | None:
        """Return when `expire` must be called unless a character comes before; None: nothing is begun."""
        return self._last + self._timeout if self._chars or self._is_spoiled else None

    def add(self, char: str, now: float) -> list[Read | Spoiled]:
        """Take one character that came at `now`; a pause before it ends what was begun."""
        results: list[Read | Spoiled] = []
        deadline = self.deadline()
        if deadline is not None and now > deadline:
            results += self.expire()
        self._last = now
        if char in self._ends:
            results += self._end()
        elif not self._is_spoiled:
            self._is_rest = now <= self._rest_until if not self._chars else self._is_rest
            self._chars.append(char)
            if len(self._chars) > MAX_LENGTH + len(self._prefix) + len(self._suffix):
                results += self.spoil(Problem.TOO_LONG, now)
        return results

    def spoil(self, problem: Problem, now: float) -> list[Read | Spoiled]:
        """Throw the read that is under way away, with all that comes until its end or a pause."""
        text, self._last = "".join(self._chars), now
        self._chars.clear()
        if self._is_spoiled:
            return []
        self._is_spoiled = True
        return [Spoiled(problem, text)]

    def expire(self) -> list[Read | Spoiled]:
        """Decide about what was begun, because a pause came."""
        if self._open_ended:
            return self._end()
        text = "".join(self._chars)
        self._chars.clear()
        if not text and not self._is_spoiled:
            return []
        self._rest_until = self._last + TORN_SECONDS
        self._is_spoiled = False
        return [Spoiled(Problem.INCOMPLETE, text)] if text else []

    def _end(self) -> list[Read | Spoiled]:
        text = "".join(self._chars)
        self._chars.clear()
        was_spoiled, self._is_spoiled = self._is_spoiled, False
        self._rest_until = float("-inf")
        if was_spoiled or not text:  # nothing before the end: the LF of CR LF
            return []
        # A prefix tells a beginning from a rest.
        if self._is_rest and not self._prefix:
            return [Spoiled(Problem.REST, text)]
        whole = len(text) >= len(self._prefix) + len(self._suffix)
        if not (whole and text.startswith(self._prefix) and text.endswith(self._suffix)):
            return [Spoiled(Problem.NOT_FRAMED, text)]
        text = text[len(self._prefix) : len(text) - len(self._suffix)]
        return [Read(text)] if text else []
