"""The mark of a copy: what is printed again says so on every page. The paper that is kept stays as it was."""

from io import BytesIO

import pypdfium2
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from print.fonts import typeface
from store.domain.language import Language, _, speaking

SIZE = 11
FROM_TOP = 9.5 * mm
"""The line of the mark: above everything that papers have, below what printers cannot reach."""
FROM_RIGHT = 15 * mm
PAD = 1.5 * mm


def marked_copy(pdf: bytes, *languages: Language) -> bytes:
    """Return `pdf` with the mark of a copy in `languages` at the upper right of each page."""
    document = pypdfium2.PdfDocument(pdf)
    with speaking(*languages):
        stamp = pypdfium2.PdfDocument(_stamp(_("COPY"), [page.get_size() for page in document]))
    for index, page in enumerate(document):
        page.insert_obj(stamp.page_as_xobject(index, document).as_pageobject())
        page.gen_content()
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _stamp(text: str, sizes: list[tuple[float, float]]) -> bytes:
    """Return pages of these sizes, in points, with the mark and nothing else."""
    target = BytesIO()
    face = typeface().bold
    canvas = Canvas(target, invariant=True)
    for width, height in sizes:
        canvas.setPageSize((width, height))
        long = stringWidth(text, face, SIZE)
        right, foot = width - FROM_RIGHT, height - FROM_TOP
        canvas.setFont(face, SIZE)
        canvas.drawRightString(right - PAD, foot, text)
        canvas.rect(right - long - 2 * PAD, foot - 1.2 * mm, long + 2 * PAD, SIZE + 1.2 * mm)
        canvas.showPage()
    canvas.save()
    return target.getvalue()
