"""How one scanner, and the keyboard wedge, are set: frozen records that the configuration fills in."""

from dataclasses import dataclass
from enum import StrEnum


class ScannerKind(StrEnum):
    """How a scanner shows itself to the computer."""

    EVDEV = "evdev"
    """A USB or Bluetooth keyboard."""
    SERIAL = "serial"
    """A serial port (USB CDC-ACM, RS-232)."""


class Terminator(StrEnum):
    """What the scanner sends after each code."""

    ENTER = "enter"
    TAB = "tab"
    NUL = "nul"
    NONE = "none"
    """Nothing: the scan ends when `timeout_ms` pass without another character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerSettings:
    """One scanner that was named or learned; no other device is ever opened for scanning."""

    id: str
    """A stable id as `sztuka scanner list` prints it (`usb:0c2e:0901:SERIAL`, `by-id:...`, `by-path:...`,
    `name:...`), or a path below /dev."""
    name: str = ""
    """What the operator calls it; the id when empty."""
    terminal: str = ""
    """The code of the terminal that reads it; empty: every one on this machine."""
    kind: ScannerKind = ScannerKind.EVDEV
    layout: str = "us"
    """The keyboard layout that the scanner is set to (evdev only)."""
    terminator: Terminator = Terminator.ENTER
    timeout_ms: int = 300
    """So long a pause ends a half scan: thrown away, or taken where the terminator is `NONE`."""
    caps_lock: bool = False
    """Follow Caps Lock presses of the scanner (evdev only); scanners that press it to shout are rare."""
    baud: int = 9600
    """Speed of a real serial port; USB CDC-ACM ignores it."""
    prefix: str = ""
    """Sent before each code and taken off; a scan without it is refused."""
    suffix: str = ""
    """Sent after each code, before the terminator, and taken off; a scan without it is refused."""

    @property
    def label(self) -> str:
        """The name the operator knows, or the id."""
        return self.name or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class WedgeSettings:
    """How scans are told from typing where a scanner types into the terminal. docs/scanners.md says why."""

    hold_ms: int = 25
    """The longest pause inside a burst, and so the delay of one typed key."""
    min_length: int = 6
    """Fewer characters are never a scan (unless framed or a known command): a slow network may deliver
    that many typed keys at once."""
    terminators: tuple[Terminator, ...] = (Terminator.ENTER, Terminator.TAB)
    timeout_ms: int = 100
    """With `NONE` among the terminators: so long a pause ends a scan."""
    prefix: str = ""
    """What the scanner sends before a code (control characters allowed): what it starts is a scan, however
    short."""
    suffix: str = ""
    """What ends a scan that began with the prefix; the terminators, when empty."""
