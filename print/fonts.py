"""The one typeface of all papers, embedded: the fonts of reportlab silently lack Polish letters."""

from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont


class Typeface(NamedTuple):
    """The registered names of a typeface's weights, as reportlab knows them."""

    regular: str
    bold: str
    italic: str
    bold_italic: str


FILES = ("Lato-Regular.ttf", "Lato-Bold.ttf", "Lato-Italic.ttf", "Lato-BoldItalic.ttf")


@cache
def typeface() -> Typeface:
    """Register Lato (SIL Open Font License) once a process and return the names of its weights."""
    names = Typeface("Lato", "Lato-Bold", "Lato-Italic", "Lato-BoldItalic")
    for name, file in zip(names, FILES, strict=True):
        with as_file(files("font_lato") / "files" / file) as path:
            pdfmetrics.registerFont(TTFont(name, path))
    pdfmetrics.registerFontFamily(
        "Lato", normal=names.regular, bold=names.bold, italic=names.italic, boldItalic=names.bold_italic
    )
    return names
