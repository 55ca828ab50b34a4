"""From the key events of one scanner to whole reads. Pure: events go in, reads and problems come out."""

import unicodedata

from scanners import keys
from scanners.assembler import Assembler, Problem, Read, Spoiled
from scanners.layouts import layout
from scanners.settings import ScannerSettings

# What Alt and a number mean on Windows, where this mode comes from: with a leading zero in the code page of
# the country, without in that of DOS.
_CENTRAL_EUROPE = frozenset({"pl", "cz"})
_SPACING = {
    "\u0300": "`", "\u0301": "\u00b4", "\u0302": "^", "\u0303": "~", "\u0304": "\u00af", "\u0306": "\u02d8",
    "\u0307": "\u02d9", "\u0308": "\u00a8", "\u030a": "\u00b0", "\u030b": "\u02dd", "\u030c": "\u02c7",
    "\u0327": "\u00b8", "\u0328": "\u02db",
}  # fmt: skip


class KeyDecoder:
    """Follows the keys of one scanner. One decoder a device: two would mix their characters."""

    def __init__(self, settings: ScannerSettings) -> None:
        """Decode as the scanner of `settings` is set. Raises ValueError for an unknown layout."""
        self._keys = layout(settings.layout).keys
        self._follows_caps_lock = settings.caps_lock
        east = settings.layout in _CENTRAL_EUROPE
        self._windows, self._dos = ("cp1250", "cp852") if east else ("cp1252", "cp437")
        self._timeout = settings.timeout_ms / 1000
        self._assembler = Assembler(settings)
        self._down: set[int] = set()
        self._caps = False
        self._alt_digits = ""
        self._dead = ""
        self._is_dropping = False
        self._last = float("-inf")

    def deadline(self) -> float | None:
        """Return when `expire` must be called unless an event comes before; None: nothing is begun."""
        return self._assembler.deadline()

    def expire(self) -> list[Read | Spoiled]:
        """Decide about what was begun, because a pause came."""
        self._release_all()
        return self._assembler.expire()

    def feed(self, kind: int, code: int, value: int, now: float) -> list[Read | Spoiled]:
        """Take one event: its type, code and value, and the kernel's time for it in seconds."""
        if kind == keys.EV_SYN:
            return self._synchronise(code, now)
        if kind != keys.EV_KEY or self._is_dropping or value == keys.REPEATED:
            return []
        if now - self._last > self._timeout:
            self._release_all()  # a release that never came
        self._last = now
        if code in keys.MODIFIERS:
            return self._modify(code, now, is_pressed=value == keys.PRESSED)
        if value != keys.PRESSED:
            return []
        if code in {keys.CAPS_LOCK, keys.NUM_LOCK}:
            self._caps ^= code == keys.CAPS_LOCK and self._follows_caps_lock
            return []
        return self._press(code, now)

    def _synchronise(self, code: int, now: float) -> list[Read | Spoiled]:
        if code == keys.SYN_DROPPED:
            self._is_dropping = True
            self._release_all()
            return self._assembler.spoil(Problem.DROPPED, now)
        if code == keys.SYN_REPORT:
            # Up to here events belong to what was dropped.
            self._is_dropping = False
        return []

    def _release_all(self) -> None:
        self._down.clear()
        self._alt_digits = self._dead = ""

    def _modify(self, code: int, now: float, *, is_pressed: bool) -> list[Read | Spoiled]:
        (self._down.add if is_pressed else self._down.discard)(code)
        if code != keys.ALT:
            return []
        digits, self._alt_digits = self._alt_digits, ""
        return self._emit(self._by_number(digits), now) if digits and not is_pressed else []

    def _by_number(self, digits: str) -> str:
        number = int(digits)
        if number < 128:
            return chr(number)
        if number > 255:
            return chr(number) if number < 0xD800 else ""
        return bytes([number]).decode(self._windows if digits[0] == "0" else self._dos, "ignore")

    def _press(self, code: int, now: float) -> list[Read | Spoiled]:
        if keys.ALT in self._down:
            digit = keys.KEYPAD.get(code, "")
            if not digit.isdigit() or len(self._alt_digits) == 5:
                return self._assembler.spoil(Problem.UNKNOWN_KEY, now)
            self._alt_digits += digit
            return []
        return self._emit(self._character(code), now)

    def _emit(self, char: str, now: float) -> list[Read | Spoiled]:
        if char and unicodedata.combining(char) and not self._dead:
            self._dead = char
            return []
        if self._dead:
            dead, self._dead = self._dead, ""
            if composed := self._compose(char, dead):
                return self._assembler.add(composed, now)
            spoiled = self._assembler.spoil(Problem.UNKNOWN_KEY, now)
            return spoiled + (self._assembler.add(char, now) if char else [])
        return self._assembler.add(char, now) if char else self._assembler.spoil(Problem.UNKNOWN_KEY, now)

    def _character(self, code: int) -> str:
        """Return what the key gives with the modifiers that are down; empty: nothing known."""
        if code in keys.CONTROL:
            return keys.CONTROL[code]
        if code in keys.KEYPAD:
            return keys.KEYPAD[code]
        has_alt_gr = keys.ALT_GR in self._down
        if self._down & keys.CTRLS and not has_alt_gr:
            return keys.WITH_CTRL.get(code, "")
        row = self._keys.get(code, ("", "", "", ""))
        has_shift = bool(self._down & keys.SHIFTS)
        if self._caps and row[0].isalpha() and row[0].upper() == row[1]:
            has_shift = not has_shift
        return row[has_shift + 2 * has_alt_gr]

    @staticmethod
    def _compose(char: str, dead: str) -> str:
        if char in {" ", dead}:
            return _SPACING.get(dead, "")
        composed = unicodedata.normalize("NFC", char + dead)
        return composed if char and len(composed) == 1 else ""
