"""What the wedge makes of the bytes of a terminal."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keys:
    """Typed keys, mouse, replies of the terminal: bytes for the program's own parser, in their order."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Burst:
    """One scan, without prefix, suffix and terminator."""

    text: str


@dataclass(frozen=True, slots=True)
class Paste:
    """A bracketed paste: one line is a scan, several lines may be several; the screen decides."""

    text: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that are not blank, without their ends."""
        # Not str.splitlines: it takes GS for the end of a line.
        return tuple(line for line in re.split(r"[\r\n]+", self.text) if line.strip())


@dataclass(frozen=True, slots=True)
class Torn:
    """What looked like a scan and lacks a part, or is too long: never accepted, shown to the operator.

    Where a field has the focus the text may be put into it as a paste: a person on a bad network, too,
    may have typed it.
    """

    text: str


WedgeEvent = Keys | Burst | Paste | Torn
