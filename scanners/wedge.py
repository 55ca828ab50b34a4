"""Scans among the bytes of a terminal, where a scanner types like a keyboard (a "wedge"), also over SSH.

Pure: bytes and times go in, keys and scans come out, in their order. docs/scanners.md tells the rules and
where their numbers come from.
"""

import re
from collections.abc import Callable
from enum import Enum, auto

from scanners.escapes import ESC, PASTE_END, PASTE_START, is_key, sequence_end
from scanners.settings import Terminator, WedgeSettings
from scanners.wedge_events import Burst, Keys, Paste, Torn, WedgeEvent
from store.domain.scan import MAX_LENGTH

SURE_LENGTH = 12
"""So many characters without a pause are no typing: not even a network that stood still for half a second."""
KEY_SECONDS = 0.05
"""Nobody types faster than this for more than a few keys."""
TYPING_SECONDS = 0.6
"""So long after a typed key a person may still be in the middle of a word."""
STALL_SECONDS = 1.0
"""So long the rest of a sure scan is waited for: a lost packet comes again within 0.2 to 1 s."""
FRAGMENT_SECONDS = 0.5
"""So long the end of a scan may follow its beginning that was too short to be known as one."""
HEAD_SECONDS = 0.3
"""The same of a single character, which may as well be a key: within that no hand presses it and scans."""
SHORTEST = 2
"""Characters of a short scan; one and Enter are keys."""
TORN_SECONDS = 2.0
"""So long the end of a torn scan is expected, and not taken for a scan of its own."""
PASTE_SECONDS = 2.0
LATE_SECONDS = 0.25
"""So much later than its deadline input may be read because this program was busy."""
MAX_PASTE = 4 * 1024 * 1024

_FIRST = re.compile(rb"[\x1d\x20-\x7e\x80-\xff]")
# GS, RS, US, FS and EOT are part of GS1 and ISO 15434 messages.
_BODY = re.compile(rb"[\x04\x1c-\x1f\x20-\x7e\x80-\xff]+")
_BYTES = {Terminator.ENTER: b"\r\n", Terminator.TAB: b"\t", Terminator.NUL: b"\0", Terminator.NONE: b""}


class _Held(Enum):
    """What the bytes that wait may become."""

    RUN = auto()
    FRAME = auto()
    PASTE = auto()
    ESCAPE = auto()


def _known_by_nobody(_text: str) -> bool:
    return False


def _always() -> bool:
    return True


class Wedge:
    """Takes scans out of a stream of terminal input.

    Use it like this: wait for input no longer than until `deadline()`; if input came, `feed` it, even when
    the wait ended late; only if none came, call `expire`. So a program that was busy mistakes no delay of
    its own for a pause of the scanner. Times are seconds of one monotonic clock.
    """

    def __init__(
        self,
        settings: WedgeSettings,
        known: Callable[[str], bool] = _known_by_nobody,
        *,
        writing: Callable[[], bool] = _always,
    ) -> None:
        """Judge by `settings`; what `known` tells to be a command is a scan however short it is.

        `writing` tells whether a person may be writing words now: only then may a burst be the end of one
        that a slow network held back. Elsewhere keys are commands, and what follows one at once is a scan.
        """
        self._known, self._writing = known, writing
        self._hold = settings.hold_ms / 1000
        self._min_length = settings.min_length
        self._terminators = b"".join(_BYTES[terminator] for terminator in settings.terminators)
        self._timeout = settings.timeout_ms / 1000 if Terminator.NONE in settings.terminators else None
        self._prefix = settings.prefix.encode()
        suffix = re.escape(settings.suffix.encode()) or b"[" + re.escape(self._terminators) + b"]"
        self._suffix = re.compile(suffix, re.DOTALL) if settings.suffix or self._terminators else None
        self._held = b""
        self._kind = _Held.RUN
        self._start = self._last = 0.0
        self._key_at: float | None = None
        self._burst_at = float("-inf")
        # What may follow the end of a scan at once: the LF of CR LF, Enter after Tab or after a suffix.
        self._doubled = b""
        self._fragment_until = self._head_until = self._torn_until = float("-inf")
        self._is_alone = True

    def deadline(self) -> float | None:
        """Return when `expire` must be called unless input comes before; None: nothing is held back."""
        return self._last + self._patience() if self._held else None

    def feed(self, data: bytes, now: float) -> list[WedgeEvent]:
        """Take `data`, read at `now`; return what is decided, in order. The rest is held back."""
        events: list[WedgeEvent] = []
        deadline = self.deadline()
        if deadline is not None and now > deadline + LATE_SECONDS:
            events += self.expire(now)
        start = self._start if self._held else now
        self._is_alone = self._is_alone or not self._held
        buffer = self._held + data
        self._held = b""
        position = 0
        while position < len(buffer):
            event, end = self._token(buffer, position, start, now)
            if end is None:
                self._hold_back(buffer[position:], start, now, events)
                break
            self._emit(event, events, now)
            self._is_alone = not isinstance(event, Keys)
            position, start = end, now
        self._last = now
        return events

    def expire(self, now: float) -> list[WedgeEvent]:
        """Decide about what is held back, because nothing came until the deadline."""
        held, patience, self._held = self._held, self._patience(), b""
        events: list[WedgeEvent] = []
        if not held:
            return events
        if self._kind is _Held.RUN and self._timeout is not None:
            self._emit(self._judge(held, b"", self._start, self._last), events, self._last)
        elif self._kind is _Held.FRAME and self._suffix is None and len(held) > len(self._prefix) + 2:
            self._emit(Burst(_text(held[len(self._prefix) :])), events, self._last)
        elif patience > self._hold:
            self._tear(held, events, now)
        else:
            if self._kind is _Held.RUN:
                self._expect_rest(len(held))
            self._emit(Keys(held), events, self._last)
        return events

    def _expect_rest(self, length: int) -> None:
        """So many characters have gone to the keys; they may be the beginning of a scan."""
        self._fragment_until = self._last + (FRAGMENT_SECONDS if length > 2 else HEAD_SECONDS)
        if length >= SHORTEST:
            self._head_until = self._last + TORN_SECONDS

    def close(self) -> list[WedgeEvent]:
        """End at a hang-up: what is held back is no scan and is thrown away, as `Torn`."""
        held, self._held = self._held, b""
        return [Torn(_text(held))] if held else []

    def _patience(self) -> float:
        """How long the held bytes wait for more."""
        length = len(self._held)
        if self._kind is _Held.PASTE:
            return PASTE_SECONDS
        if self._kind is _Held.FRAME:
            patience = STALL_SECONDS if self._suffix or self._timeout is None else self._timeout
            return patience if length > len(self._prefix) + 2 else self._hold
        if self._kind is _Held.RUN:
            if self._timeout is not None and length >= self._min_length:
                return self._timeout
            return STALL_SECONDS if length >= SURE_LENGTH else self._hold
        return self._hold

    def _token(
        self, buffer: bytes, position: int, start: float, now: float
    ) -> tuple[WedgeEvent | None, int | None]:
        """Return the event at `position` and where it ends; no end: more bytes are needed."""
        if self._prefix and self._may_be_framed(buffer, position):
            return self._framed(buffer, position)
        byte = buffer[position : position + 1]
        if byte == ESC:
            return self._escape(buffer, position)
        if _FIRST.match(byte):
            return self._run(buffer, position, start, now)
        if byte in self._doubled and now - self._burst_at <= self._hold:
            self._doubled = b""
            return None, position + 1
        return Keys(byte), position + 1

    def _may_be_framed(self, buffer: bytes, position: int) -> bool:
        if self._prefix == ESC and is_key(buffer[position:]):
            return False
        return self._prefix.startswith(buffer[position : position + len(self._prefix)])

    def _framed(self, buffer: bytes, position: int) -> tuple[WedgeEvent | None, int | None]:
        begin = position + len(self._prefix)
        self._kind = _Held.FRAME
        found = self._suffix.search(buffer, begin) if self._suffix else None
        if found is None:
            return None, None
        self._doubled = self._terminators
        text = _text(buffer[begin : found.start()])
        return (Burst(text) if _is_whole(text) else Torn(text)), found.end()

    def _escape(self, buffer: bytes, position: int) -> tuple[WedgeEvent | None, int | None]:
        if buffer.startswith(PASTE_START, position):
            begin = position + len(PASTE_START)
            end = buffer.find(PASTE_END, begin)
            self._kind = _Held.PASTE
            return (None, None) if end < 0 else (Paste(_text(buffer[begin:end])), end + len(PASTE_END))
        self._kind = _Held.ESCAPE
        sequence = sequence_end(buffer, position)
        return (None, None) if sequence is None else (Keys(buffer[position:sequence]), sequence)

    def _run(
        self, buffer: bytes, position: int, start: float, now: float
    ) -> tuple[WedgeEvent | None, int | None]:
        match = _BODY.match(buffer, position)
        end = match.end() if match else position + 1
        run = buffer[position:end]
        self._kind = _Held.RUN
        if end == len(buffer):
            return None, None
        terminator = buffer[end : end + 1]
        if terminator not in self._terminators:
            return Keys(run), end
        follows = buffer[end + 1 : end + 2]
        self._is_alone &= follows in self._terminators or _FIRST.match(follows) is not None
        return self._judge(run, terminator, start, now), end + 1

    def _judge(self, run: bytes, terminator: bytes, start: float, now: float) -> WedgeEvent:
        """Decide whether a run of characters and its end are a scan or typing."""
        self._doubled = self._terminators.replace(terminator, b"")
        text = _text(run)
        length = len(text)
        if start <= self._torn_until:
            self._torn_until = float("-inf")
            return Torn(text)
        is_command = bool(terminator) and self._known(text)
        is_short = bool(terminator) and self._is_short(text, start, now)
        if self._is_typed(text, start, now) and not is_command and not is_short:
            return Keys(run + terminator)
        if start <= (self._head_until if is_short else self._fragment_until) and not is_command:
            # The beginning went to the keys: a short end goes the same way where it is a part of a word.
            return Keys(run + terminator) if length < SURE_LENGTH and self._writing() else Torn(text)
        return Burst(text) if _is_whole(text) else Torn(text)

    def _is_short(self, text: str, start: float, now: float) -> bool:
        """Tell whether a run too short to be known by its length can be nothing but a scan.

        Nobody writes, so it is no word; it came as fast as a scanner types, and with no keys around it.
        """
        is_fast = now - start <= len(text) * self._hold
        is_length = SHORTEST <= len(text) < self._min_length and len(set(text)) > 1
        return is_length and is_fast and self._is_alone and not self._writing()

    def _is_typed(self, text: str, start: float, now: float) -> bool:
        length = len(text)
        slowest = length * self._hold + (STALL_SECONDS if length >= SURE_LENGTH else 0)
        if length < self._min_length or now - start > slowest or len(set(text)) == 1:
            return True
        # A network that held back the end of a word which a person is typing.
        since = TYPING_SECONDS + 1 if self._key_at is None else start - self._key_at
        return since <= TYPING_SECONDS and (length + 1) * KEY_SECONDS <= since and self._writing()

    def _hold_back(self, rest: bytes, start: float, now: float, events: list[WedgeEvent]) -> None:
        if self._kind is _Held.RUN and len(rest) >= SURE_LENGTH and len(set(rest)) == 1:
            self._emit(Keys(rest), events, now)  # a key that repeats itself
        elif len(rest) > (MAX_PASTE if self._kind is _Held.PASTE else 4 * MAX_LENGTH):
            self._tear(rest, events, now)
        else:
            self._held, self._start = rest, start

    def _tear(self, held: bytes, events: list[WedgeEvent], now: float) -> None:
        self._torn_until = now + TORN_SECONDS
        events.append(Torn(_text(held)))

    def _emit(self, event: WedgeEvent | None, events: list[WedgeEvent], at: float) -> None:
        if event is None:
            return
        self._burst_at, self._key_at = at, None
        if isinstance(event, Keys):
            self._doubled = b""
            printable = _FIRST.match(event.data) is not None and _FIRST.match(event.data[-1:]) is not None
            self._key_at = at if printable else None
            if events and isinstance(events[-1], Keys):
                events[-1] = Keys(events[-1].data + event.data)
                return
        events.append(event)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _is_whole(text: str) -> bool:
    # The replacement character stands for bytes that were damaged on the way.
    return 0 < len(text) <= MAX_LENGTH and "\ufffd" not in text
