"""One decoded read, whatever device it came from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MAX_LENGTH = 4096
"""The longest scan, in characters; a longer burst is no scan. QR codes hold at most 4,296 letters."""


GS1_SYMBOLOGIES = frozenset({"]C1", "]d2", "]Q3", "]e0", "]e1", "]J1"})
"""The AIM identifiers of codes whose text is GS1 element strings."""
EAN_SYMBOLOGIES = frozenset({"]E0", "]E3", "]E4", "]I1"})
"""Those of codes that hold a GTIN and nothing else."""


class Source(StrEnum):
    """Where a scan came from."""

    DEVICE = "device"
    SERIAL = "serial"
    WEDGE = "wedge"
    TYPED = "typed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gs1Item:
    """What a GS1 code says of the thing it is on."""

    gtin: str
    """14 digits, zero-padded: GTIN-8, 12, 13 and 14 compare equal in this form."""
    serial: str | None = None
    """Application identifier (21)."""
    lot: str | None = None
    """Application identifier (10)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One whole read: the text without its terminator, and what could be told from the text alone."""

    text: str
    """As read, with GS (0x1d) kept; without the AIM identifier if it is one the decoder knows."""
    raw: str
    """As read, before anything was taken off."""
    source: Source
    at: datetime
    """When the terminator arrived, timezone-aware UTC."""
    symbology: str | None = None
    """The AIM identifier (']C1'), where the scanner sends one."""
    gs1: Gs1Item | None = None
    device: str | None = None
    """The name of the scanner, as the operator knows it."""
