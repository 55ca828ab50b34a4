"""The text of a PDF on its pages, read from the PDF itself: what is printed is what is seen."""

import pypdfium2

from print.text_page import TextPage, TextRun

SAME_LINE = 4.0
"""Points by which the feet of texts in one line may differ."""


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
