"""The sheet that all papers share: A4, margins, heading, 'page x of y'."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepInFrame, PageTemplate, Paragraph

from print.fonts import typeface
from store.domain.language import Language, _, languages_in_force, speaking
from store.domain.papers import Letterhead

MARGIN = 15 * mm
HEADING = 12 * mm
FOOTING = 8 * mm
WIDTH = A4[0] - 2 * MARGIN
"""The width between the margins, in points."""
GAP = 4 * mm
"""Between the two texts of a head."""
LOGO = (40 * mm, 11 * mm)
"""The room of a logo above the line of the head, width and height."""
PAGE_NUMBER = 55 * mm
"""The room of 'page x of y' at the right of the foot, in two languages."""

_letterhead: ContextVar[Letterhead | None] = ContextVar("_letterhead", default=None)


@contextmanager
def on_letterhead(letterhead: Letterhead) -> Iterator[None]:
    """Put `letterhead` on all pages that are drawn inside the block, in this thread or task only."""
    token = _letterhead.set(letterhead)
    try:
        yield
    finally:
        _letterhead.reset(token)


def letterhead() -> Letterhead:
    """Return the letterhead in force, in this thread or task."""
    return _letterhead.get() or Letterhead()


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


def fitting(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return as much of `text` as `width` points hold in `size`, with an ellipsis where it was cut."""
    face = typeface().bold if bold else typeface().regular
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
        ours = letterhead()
        begin = MARGIN + self._draw_logo(ours.logo, top - HEADING + 14)
        room = A4[0] - MARGIN - begin
        title = fitting(self.title, room, 13, bold=True)
        self.setFont(face.bold, 13)
        self.drawString(begin, top - 10, title)
        left = room - stringWidth(title, face.bold, 13) - GAP
        self.setFont(face.regular, 9)
        if left > 0:
            self.drawRightString(A4[0] - MARGIN, top - 10, fitting(self.subtitle, left, 9))
        self.line(MARGIN, top - HEADING + 12, A4[0] - MARGIN, top - HEADING + 12)
        words = _("page {number} of {total}").format(number=number, total=total)
        self.drawRightString(A4[0] - MARGIN, MARGIN, words)
        self._draw_footer([ours.footers.get(each, "") for each in languages_in_force()])

    def _draw_logo(self, picture: bytes, bottom: float) -> float:
        """Draw the logo above the line at `bottom` and return the width that it takes."""
        if not picture:
            return 0
        image = ImageReader(BytesIO(picture))
        width, height = image.getSize()
        scale = min(LOGO[0] / width, LOGO[1] / height)
        size = (width * scale, height * scale)
        self.drawImage(image, MARGIN, bottom, *size, mask="auto")
        return size[0] + GAP

    def _draw_footer(self, texts: Sequence[str]) -> None:
        """Write the footer of each language at the left of the foot, smaller where it would not fit."""
        small = style(7)
        lines = [line for text in texts for line in text.splitlines() if line.strip()]
        if not lines:
            return
        room = (WIDTH - PAGE_NUMBER, FOOTING)
        frame = KeepInFrame(*room, [Paragraph(escape(line), small) for line in lines], mode="shrink")
        _wide, high = frame.wrapOn(self, *room)
        frame.drawOn(self, MARGIN, MARGIN + FOOTING - 4 - min(high, FOOTING))


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
