"""The text of a PDF as it stands on its pages: what is seen of a paper on a screen that shows letters only.

It is read from the PDF itself, so that what is seen is what is printed.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2

MARGIN = 0.07
"""The empty part of a page at the left and at the right, of its width."""
SAME_LINE = 4.0
"""Points by which the feet of texts in one line may differ."""
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


def pages_of(pdf: bytes) -> tuple[TextPage, ...]:
    """Return the texts of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_page(page) for page in document)
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> TextPage:
    width, text = page.get_width(), page.get_textpage()
    found = []
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        words = " ".join(text.get_text_bounded(left, bottom, right, top).split())
        if words:
            found.append((bottom, left, words))
    lines: list[list[tuple[float, float, str]]] = []
    for run in sorted(found, key=lambda each: (-each[0], each[1])):
        if lines and lines[-1][0][0] - run[0] <= SAME_LINE:
            lines[-1].append(run)
        else:
            lines.append([run])
    return TextPage(
        tuple(
            tuple(
                TextRun(left / width, words) for _bottom, left, words in sorted(line, key=lambda run: run[1])
            )
            for line in lines
        )
    )


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
