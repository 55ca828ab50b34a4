"""Serials and other numbers as they are compared.

A serial is stored exactly as it was scanned; beside it stands its key, and two texts with the same key
are the same number. The key forgives what keyboards and scanners change (letter case, width, spaces
around and within) and nothing that a maker may mean (hyphens, dots, leading zeros).
"""

import re
import unicodedata

MAX_LENGTH = 128
"""The longest serial, in characters. GS1 AI (21) allows 20, makers print up to about 60."""


def key_of(text: str) -> str:
    """Return the form of `text` under which numbers are compared and unique; empty if nothing is left."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if not char.isspace() and char.isprintable()).upper()


def fits(pattern: str | None, text: str) -> bool:
    """Tell whether `text` fully matches a product's serial pattern (a regular expression, case ignored).

    A product without a pattern takes any serial.
    """
    return pattern is None or re.fullmatch(pattern, text.strip(), re.IGNORECASE) is not None
