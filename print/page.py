"""The sheet that all papers share: A4, margins, heading, 'page x of y'."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from print.fonts import typeface
from store.domain.language import Language, _, speaking

MARGIN = 15 * mm
HEADING = 12 * mm
FOOTING = 8 * mm
WIDTH = A4[0] - 2 * MARGIN
"""The width between the margins, in points."""
GAP = 4 * mm
"""Between the two texts of a head."""


def style(size: float, *, bold: bool = False) -> ParagraphStyle:
    """Return a paragraph style of the common typeface, `size` in points."""
    face = typeface()
    return ParagraphStyle(
        f"sztuka-{size}-{bold}",
        fontName=face.bold if bold else face.regular,
        fontSize=size,
        leading=size * 1.25,
        splitLongWords=True,
    )


def fitting(text: str, width: float, size: float) -> str:
    """Return as much of `text` as `width` points hold in `size`, with an ellipsis where it was cut."""
    face = typeface().regular
    if stringWidth(text, face, size) <= width:
        return text
    while text and stringWidth(f"{text}…", face, size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


class Begin(Flowable):
    """Nothing to see: from here on the pages have another title, and their foot other languages."""

    def __init__(self, title: str, *languages: Language) -> None:
        super().__init__()
        self._title = title
        self._languages = languages

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take no room."""
        return 0, 0

    def draw(self) -> None:
        """Tell the page's canvas."""
        canvas: Any = self.canv
        canvas.title, canvas.languages = self._title, self._languages


class _NumberedCanvas(Canvas):
    """Holds the pages back until their number is known, for 'page x of y'."""

    title: str
    subtitle: str
    languages: tuple[Language, ...] = ()
    """Of the foot; none: those in force."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._held: list[dict[str, object]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Keep the page instead of writing it."""
        self._held.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # the stubs leave it out

    def save(self) -> None:
        """Write the pages, each with the heading and its number."""
        for number, state in enumerate(self._held, start=1):
            self.__dict__.update(state)
            with speaking(*self.languages) if self.languages else nullcontext():
                self._draw_frame(number, len(self._held))
            super().showPage()
        super().save()

    def _draw_frame(self, number: int, total: int) -> None:
        face = typeface()
        top = A4[1] - MARGIN
        self.setFont(face.bold, 13)
        self.drawString(MARGIN, top - 10, self.title)
        left = WIDTH - stringWidth(self.title, face.bold, 13) - GAP
        self.setFont(face.regular, 9)
        self.drawRightString(A4[0] - MARGIN, top - 10, fitting(self.subtitle, left, 9))
        self.line(MARGIN, top - HEADING + 12, A4[0] - MARGIN, top - HEADING + 12)
        words = _("page {number} of {total}").format(number=number, total=total)
        self.drawRightString(A4[0] - MARGIN, MARGIN, words)


def _canvas_maker(title: str, subtitle: str) -> Callable[..., Canvas]:
    return type("TitledCanvas", (_NumberedCanvas,), {"title": title, "subtitle": subtitle})


def render(title: str, subtitle: str, story: Sequence[Flowable]) -> bytes:
    """Lay `story` out on A4 sheets and return the PDF.

    Every sheet has `title` at the left and `subtitle` at the right of its head, and its number at its foot.
    """
    target = BytesIO()
    document = BaseDocTemplate(target, pagesize=A4, title=title, author="Sztuka", invariant=True)
    height = A4[1] - 2 * MARGIN - HEADING - FOOTING
    frame = Frame(MARGIN, MARGIN + FOOTING, WIDTH, height, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    document.build(list(story), canvasmaker=_canvas_maker(title, subtitle))
    return target.getvalue()
