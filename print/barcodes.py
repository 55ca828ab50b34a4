"""Barcodes as drawings on paper."""

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm

MODULE = 0.33 * mm
"""The width of the narrowest bar. Hand scanners read 0.25 mm at arm's length; worn paper wants more."""


def code128(text: str, *, height: float = 12 * mm) -> Code128:
    """Return a Code 128 of `text`, `height` points high, with its quiet zones.

    Raises ValueError for anything but printable ASCII: reportlab drops other letters without a word, and the
    code on the paper would be another one.
    """
    if not text or not (text.isascii() and text.isprintable()):
        message = f"a Code 128 holds printable ASCII only, not {text!r}"
        raise ValueError(message)
    return Code128(text, barWidth=MODULE, barHeight=height, quiet=True)
