"""How wide the columns of a letter's table are: as wide as what stands in them, as far as the page goes."""

import re
from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

from print.fonts import typeface
from print.grid import PAD, SIZE, Column
from print.page import WIDTH

_TAG = re.compile(r"<[^>]*>")


def columns(heads: Sequence[str], rows: Sequence[Sequence[str]], rights: Sequence[bool]) -> list[Column]:
    """Return the columns of a table, which together have the width of the page."""
    face = typeface().bold
    wanted = [
        max(stringWidth(_TAG.sub("", text), face, SIZE) for text in texts) + 2 * PAD + 1
        for texts in zip(heads, *rows, strict=True)
    ]
    return [
        Column(head=head, width=width, right=right)
        for head, width, right in zip(heads, _shared(wanted), rights, strict=True)
    ]


def _shared(wanted: Sequence[float]) -> list[float]:
    """Return widths that make up the page: narrow columns get what they want, wide ones share the rest."""
    widths = list(wanted)
    left, room = len(widths), WIDTH
    for index in sorted(range(len(widths)), key=lambda each: wanted[each]):
        widths[index] = min(wanted[index], room / left)
        room -= widths[index]
        left -= 1
    spare = room / sum(widths)
    return [width * (1 + spare) for width in widths]
