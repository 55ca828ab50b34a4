"""Papers for the tests, and what an independent reader sees of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pypdfium2
import zxingcpp

from store.domain.kinds import KINDS
from store.domain.notes import NOTES
from store.domain.papers import GoodsNote, PaperLine, PaperParty, PaperUnit
from store.domain.terms import Condition, DocumentType

LONG = ("Zażółć gęślą jaźń, stacja robocza z bardzo długą nazwą; " * 4)[:200]
"""A name of 200 characters."""
UNBROKEN = "Ź" * 200


class Word(NamedTuple):
    """A piece of text where it stands on its page, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def unit(number: int, condition: Condition = Condition.NEW) -> PaperUnit:
    return PaperUnit(serial=f"LT{number:06}", condition=condition)


def laptops(count: int, name: str = "Laptop 14") -> PaperLine:
    return PaperLine(
        name=name, sku="NB-14", quantity=Decimal(count), units=tuple(unit(number) for number in range(count))
    )


def note(
    *lines: PaperLine,
    name: str = "Odbiorca sp. z o.o.",
    number: str = "WZ/2026/000123",
    type_: DocumentType = DocumentType.ISSUE,
) -> GoodsNote:
    return GoodsNote(
        series=KINDS[type_].series,
        words=NOTES[type_],
        number=number,
        day=date(2026, 11, 24),
        place="Magazyn główny",
        giver=PaperParty(
            name="Hurtownia Żółw S.A.", tax_id="1234563218", address="ul. Krótka 1\n00-001 Łódź"
        ),
        taker=PaperParty(name=name, tax_id="5260250274", address="ul. Świętokrzyska 14\n00-050 Warszawa"),
        lines=lines,
        reference="ZAM/77/2026",
        remarks="Klient chce <mniej> & taniej",
        handed_over_by="Grażyna Świątek",
    )


def texts(paper: bytes) -> list[str]:
    """Return the text of each page, its line breaks as blanks."""
    pages = pypdfium2.PdfDocument(paper)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pages]


def codes(paper: bytes) -> list[list[zxingcpp.Barcode]]:
    """Return the barcodes of each page, read from its picture."""
    return [
        list(zxingcpp.read_barcodes(page.render(scale=3).to_pil())) for page in pypdfium2.PdfDocument(paper)
    ]


def words(page: pypdfium2.PdfPage) -> Iterator[Word]:
    """Yield every run of text of a page."""
    text = page.get_textpage()
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        yield Word(text.get_text_bounded(left, bottom, right, top), left, bottom, right, top)


def overlaps(found: Sequence[Word]) -> list[tuple[str, str]]:
    """Return the pairs of runs that cover each other by more than half a point both ways."""
    return [
        (one.text, other.text)
        for index, one in enumerate(found)
        for other in found[index + 1 :]
        if min(one.right, other.right) - max(one.left, other.left) > 0.5
        and min(one.top, other.top) - max(one.bottom, other.bottom) > 0.5
    ]
