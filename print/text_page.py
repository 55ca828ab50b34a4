"""Pages of a paper as text: what is seen of it on a screen that shows letters only."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

MARGIN = 0.07
"""The empty part of a page at the left and at the right, of its width."""
COLUMNS = 60
"""Fewer cannot hold a table: its texts follow each other then."""
BREAK = "─"


@dataclass(frozen=True, slots=True)
class TextRun:
    """A text on a page."""

    left: float
    """Where it begins, from 0 at the left edge to 1 at the right one."""
    text: str


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page: its lines from the top, each from the left."""

    lines: tuple[tuple[TextRun, ...], ...]


def laid_out(pages: Sequence[TextPage], width: int, *, plain: bool = False) -> list[str]:
    """Return the pages as lines of at most `width` characters, a rule between two pages.

    Where there is room the texts stand where they stand on paper, else they follow each other and wrap.
    """
    lines: list[str] = []
    for number, page in enumerate(pages):
        if number:
            lines.append(("-" if plain else BREAK) * width)
        for line in page.lines:
            lines += _placed(line, width) if width >= COLUMNS else _wrapped(line, width)
    return lines


def _placed(line: Sequence[TextRun], width: int) -> list[str]:
    """Put each text where it stands; one that the text before it leaves no room for goes further right."""
    row = ""
    for run in line:
        column = max(0, round((run.left - MARGIN) / (1 - 2 * MARGIN) * width))
        gap = 1 if row else 0
        row = row.ljust(max(column, len(row) + gap)) + run.text
    return (
        textwrap.wrap(row, width, subsequent_indent="  ", drop_whitespace=False)
        if len(row) > width
        else [row]
    )


def _wrapped(line: Sequence[TextRun], width: int) -> list[str]:
    return textwrap.wrap("  ".join(run.text for run in line), width, break_long_words=True) or [""]
