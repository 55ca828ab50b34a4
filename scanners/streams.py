"""From the bytes of an open device to reads: input events of a keyboard, text of a serial port."""

import codecs
import struct
from typing import Protocol

from scanners.assembler import Assembler, Problem, Read, Spoiled
from scanners.decoder import KeyDecoder
from scanners.settings import ScannerKind, ScannerSettings

EVENT = struct.Struct("llHHi")
"""`struct input_event`: seconds, microseconds, type, code, value."""


class Stream(Protocol):
    """Turns bytes into reads."""

    def feed(self, data: bytes, now: float) -> list[Read | Spoiled]:
        """Take what was read at `now`, in seconds."""
        ...

    def expire(self) -> list[Read | Spoiled]:
        """Decide about what was begun, because a pause came."""
        ...

    def is_begun(self) -> bool:
        """Tell whether `expire` is wanted after a pause."""
        ...


class KeyStream:
    """Input events, which carry the kernel's own time: a reader that is late sees no false pauses."""

    def __init__(self, settings: ScannerSettings) -> None:
        """Decode as the scanner of `settings` is set."""
        self._decoder = KeyDecoder(settings)
        self._rest = b""

    def feed(self, data: bytes, _now: float) -> list[Read | Spoiled]:
        """Take bytes of events; a cut one waits for its rest, which only a pipe can do."""
        data = self._rest + data
        whole = len(data) - len(data) % EVENT.size
        self._rest = data[whole:]
        results: list[Read | Spoiled] = []
        for seconds, micros, kind, code, value in EVENT.iter_unpack(data[:whole]):
            results += self._decoder.feed(kind, code, value, seconds + micros / 1e6)
        return results

    def expire(self) -> list[Read | Spoiled]:
        """Decide about what was begun."""
        return self._decoder.expire()

    def is_begun(self) -> bool:
        """Tell whether a scan is under way."""
        return self._decoder.deadline() is not None


class ByteStream:
    """Text in UTF-8. Other bytes are damage, and the read they are in is thrown away."""

    def __init__(self, settings: ScannerSettings) -> None:
        """Assemble as the scanner of `settings` is set."""
        self._assembler = Assembler(settings)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, data: bytes, now: float) -> list[Read | Spoiled]:
        """Take bytes, a letter of several bytes cut anywhere."""
        results: list[Read | Spoiled] = []
        for char in self._decoder.decode(data):
            if char == "\ufffd":
                results += self._assembler.spoil(Problem.DAMAGED, now)
            else:
                results += self._assembler.add(char, now)
        return results

    def expire(self) -> list[Read | Spoiled]:
        """Decide about what was begun."""
        self._decoder.reset()
        return self._assembler.expire()

    def is_begun(self) -> bool:
        """Tell whether a scan is under way."""
        return self._assembler.deadline() is not None


def stream_for(settings: ScannerSettings) -> Stream:
    """Return the decoder that a scanner of these settings needs."""
    return ByteStream(settings) if settings.kind is ScannerKind.SERIAL else KeyStream(settings)
