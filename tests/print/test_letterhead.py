"""Logo and footers stand on every page of every paper and cover nothing."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from print.goods_note import goods_note
from print.page import on_letterhead
from print.warranty_card import warranty_card
from store.domain.language import Language
from store.domain.papers import Letterhead, PaperLanguage
from tests.print.papers import LONG, laptops, note, overlaps, texts, words
from tests.print.test_warranty_card import card
from tui import speech

FOOTERS = {
    Language.PL: "Hurtownia Żółw S.A., ul. Krótka 1, Łódź, KRS 0000123456, kapitał 1 000 000 zł\n" + LONG,
    Language.EN: "Turtle Wholesale, Łódź, Poland\n" + LONG,
}


def picture(width: int, height: int) -> bytes:
    target = BytesIO()
    Image.new("RGBA", (width, height), (200, 0, 0, 255)).save(target, "PNG")
    return target.getvalue()


@pytest.fixture(autouse=True)
def _english() -> None:
    speech.speak(Language.EN)


@pytest.mark.parametrize("size", [(400, 100), (100, 400), (5000, 100)])
@pytest.mark.parametrize("language", PaperLanguage)
def test_they_stand_on_every_page_and_cover_nothing(size: tuple[int, int], language: PaperLanguage) -> None:
    letterhead = Letterhead(logo=picture(*size), footers=FOOTERS)
    with on_letterhead(letterhead):
        paper = goods_note(note(laptops(300)), *language.languages)
    for page, text in zip(pypdfium2.PdfDocument(paper), texts(paper), strict=True):
        for each in language.languages:
            assert FOOTERS[each].splitlines()[0] in text
        assert overlaps(list(words(page))) == []
        (logo,) = [thing for thing in page.get_objects() if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
        left, bottom, right, top = logo.get_bounds()
        assert not [
            word.text for word in words(page)
            if word.left < right and word.right > left and word.bottom < top and word.top > bottom
        ]  # fmt: skip


def test_a_warranty_card_in_two_languages_has_the_footer_of_each_on_its_own_pages() -> None:
    with on_letterhead(Letterhead(footers={Language.PL: "Stopka", Language.EN: "Foot"})):
        polish, english = texts(warranty_card(card(1), Language.PL, Language.EN))
    assert ("Stopka" in polish, "Foot" in polish) == (True, False)
    assert ("Stopka" in english, "Foot" in english) == (False, True)


def test_without_a_letterhead_papers_are_as_before() -> None:
    paper = goods_note(note(laptops(1)), Language.EN)
    with on_letterhead(Letterhead()):
        assert goods_note(note(laptops(1)), Language.EN) == paper
