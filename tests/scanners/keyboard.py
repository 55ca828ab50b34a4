"""A scanner for tests: the key events by which it types a text under a layout."""

import struct
import unicodedata
from collections.abc import Iterator, Sequence

from scanners import keys
from scanners.assembler import Read, Spoiled
from scanners.decoder import KeyDecoder
from scanners.layouts import layout

Event = tuple[int, int, int, float]
LEFT_SHIFT, ENTER = 42, 28
SYNC = (keys.EV_SYN, keys.SYN_REPORT, 0)
DEAD = {"^": "\u0302", "`": "\u0300", "~": "\u0303"}
_CTRL = {char: code for code, char in keys.WITH_CTRL.items()}


def strokes(text: str, name: str = "us") -> Iterator[tuple[list[int], int]]:
    """Yield (modifiers, key) for each character of `text`."""
    rows = layout(name).keys
    where = {
        char: ([[], [LEFT_SHIFT], [keys.ALT_GR], [LEFT_SHIFT, keys.ALT_GR]][level], code)
        for code, row in reversed(rows.items())
        for level, char in reversed(list(enumerate(row)))
        if char
    }
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        if char in where:
            yield where[char]
        elif char == "\r":
            yield [], ENTER
        elif char == "\t":
            yield [], keys.TAB
        elif DEAD.get(char) in where:
            yield where[DEAD[char]]
            yield where[" "]
        elif len(parts) == 2 and parts[1] in where:
            yield where[parts[1]]
            yield where[parts[0]]
        else:
            yield [29], _CTRL[char]


def type_text(
    text: str, *, name: str = "us", start: float = 0.0, gap: float = 0.001, keep: Sequence[int] = ()
) -> list[Event]:
    """Return the events of typing `text`, a report after each key; keys in `keep` are never released."""
    events: list[Event] = []
    now = start

    def add(code: int, value: int) -> None:
        events.extend([(keys.EV_KEY, code, value, now), (*SYNC, now)])

    for modifiers, code in strokes(text, name):
        for modifier in modifiers:
            add(modifier, keys.PRESSED)
        add(code, keys.PRESSED)
        for released in [code, *reversed(modifiers)]:
            if released not in keep:
                add(released, keys.RELEASED)
        now += gap
    return events


def press(*codes: int, start: float = 0.0) -> list[Event]:
    """Return the events of pressing and releasing `codes` one after the other."""
    return [
        event
        for code in codes
        for value in (keys.PRESSED, keys.RELEASED)
        for event in ((keys.EV_KEY, code, value, start), (*SYNC, start))
    ]


def decode(decoder: KeyDecoder, events: Sequence[Event]) -> list[Read | Spoiled]:
    """Feed all `events` and return what came of them."""
    return [result for event in events for result in decoder.feed(*event)]


def packed(events: Sequence[Event]) -> bytes:
    """Return `events` as the kernel hands them out."""
    return b"".join(
        struct.pack("llHHi", int(now), int(now % 1 * 1e6), kind, code, value)
        for kind, code, value, now in events
    )
