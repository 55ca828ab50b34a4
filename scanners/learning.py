"""Tells a scanner from a keyboard by how one code arrives. Pure: bytes in, finding out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from scanners import keys
from scanners.assembler import Read
from scanners.devices import Device
from scanners.layouts import names
from scanners.settings import ScannerKind, ScannerSettings, Terminator
from scanners.streams import EVENT, stream_for
from scanners.symbology import gtin_of

CHECK_CODE = 'Sztuka-yz-YZ-aqm;:/@#"'
"""Scanned, it tells layouts apart: its letters and signs lie elsewhere on German, French, Czech, Spanish,
Italian and British keyboards. US and Polish differ in nothing that a code contains without AltGr."""
SHORTEST = 6
"""Keys; fewer may come from a person who rolls over the keyboard."""
SLOWEST_SECONDS = 0.03
"""A key on average. Scanners need 1 to 20 ms, the fastest typists 50 ms over a whole word."""
MOST_KEYS_DOWN = 2
"""Scanners press one key after the other (some without a report between two); more is a hand."""
PAUSE_MS = 1000


class Verdict(StrEnum):
    """What a burst looks like."""

    SCAN = "scan"
    TYPED = "typed"
    """As slow as a person, or with several keys down at once."""
    SHORT = "short"
    """Too short to tell."""
    UNREADABLE = "unreadable"
    """Fast enough, but no text comes of it under any layout (or at this speed of a serial port)."""
    NOTHING = "nothing"
    """Releases and modifiers only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """All that one device delivered between two pauses: input events, or text of a serial port."""

    device: Device
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found out from a burst."""

    verdict: Verdict
    terminator: Terminator = Terminator.NONE
    readings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What it says: by text the layouts under which it says so, the likeliest layout first. One only, if it
    is clear: the check code, a GTIN, or a code that is the same under all layouts."""


def examine(burst: Burst) -> Finding:
    """Return what the burst looks like."""
    verdict = Verdict.SCAN if burst.device.kind is ScannerKind.SERIAL else _manner(burst.data)
    if verdict is not Verdict.SCAN:
        return Finding(verdict=verdict)
    for terminator in Terminator:
        by_text: dict[str, list[str]] = {}
        for layout in _likely(burst.device.kind):
            text = _read(burst, layout, terminator)
            if text:
                by_text.setdefault(text, []).append(layout)
        if by_text:
            readings = {text: tuple(layouts) for text, layouts in by_text.items()}
            return Finding(verdict=Verdict.SCAN, terminator=terminator, readings=_clearest(readings))
    return Finding(verdict=Verdict.UNREADABLE)


def _likely(kind: ScannerKind) -> list[str]:
    """Return the layouts to try; scanners leave the factory as US keyboards."""
    if kind is ScannerKind.SERIAL:
        return ["us"]
    return sorted(names(), key=lambda name: (name != "us", name))


def _read(burst: Burst, layout: str, terminator: Terminator) -> str:
    """Return the first read under these settings; empty: none that ends as they say."""
    settings = ScannerSettings(
        id="learn", kind=burst.device.kind, layout=layout, terminator=terminator, timeout_ms=PAUSE_MS
    )
    stream = stream_for(settings)
    results = stream.feed(burst.data, 0.0)
    if terminator is Terminator.NONE:
        results += stream.expire()
    return next((result.text for result in results if isinstance(result, Read)), "")


def _clearest(readings: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    for is_clear in (lambda text: text == CHECK_CODE, lambda text: gtin_of(text) is not None):
        clear = {text: layouts for text, layouts in readings.items() if is_clear(text)}
        if len(clear) == 1:
            return clear
    return readings


def _manner(data: bytes) -> Verdict:
    """Judge the speed and the fingers of key events."""
    times: list[float] = []
    down: set[int] = set()
    for code, value, now in _keys(data):
        if value == keys.RELEASED:
            down.discard(code)
        elif value == keys.PRESSED:
            down.add(code)
            times.append(now)
            if len(down) > MOST_KEYS_DOWN:
                return Verdict.TYPED
    if not times:
        return Verdict.NOTHING
    if len(times) > 1 and times[-1] - times[0] > SLOWEST_SECONDS * (len(times) - 1):
        return Verdict.TYPED
    if len(times) < SHORTEST:
        return Verdict.TYPED if len(times) == 1 else Verdict.SHORT
    return Verdict.SCAN


def _keys(data: bytes) -> Iterator[tuple[int, int, float]]:
    whole = len(data) - len(data) % EVENT.size
    skipped = keys.MODIFIERS | {keys.CAPS_LOCK, keys.NUM_LOCK}
    for seconds, micros, kind, code, value in EVENT.iter_unpack(data[:whole]):
        if kind == keys.EV_KEY and code not in skipped:
            yield code, value, seconds + micros / 1e6
