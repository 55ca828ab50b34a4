"""What is printed again says that it is a copy, on every page, and is else the paper that it was."""

import pytest

from print.copy_mark import marked_copy
from print.goods_note import goods_note
from store.domain.language import Language
from store.domain.papers import PaperLanguage
from tests.print.papers import codes, laptops, note, texts
from tui import speech


@pytest.fixture(autouse=True)
def _english() -> None:
    speech.speak(Language.EN)


@pytest.mark.parametrize(
    ("language", "mark"),
    [(PaperLanguage.PL, "KOPIA"), (PaperLanguage.EN, "COPY"), (PaperLanguage.BOTH, "KOPIA / COPY")],
)
def test_every_page_is_marked_in_the_language_of_the_paper(language: PaperLanguage, mark: str) -> None:
    paper = goods_note(note(laptops(300)), *language.languages)
    copy = marked_copy(paper, *language.languages)
    before, after = texts(paper), texts(copy)
    assert len(before) == len(after) > 1
    for original, marked in zip(before, after, strict=True):
        assert mark in marked
        assert marked.replace(mark, "").split() == original.split()


def test_its_barcode_reads_as_before() -> None:
    copy = marked_copy(goods_note(note(laptops(2)), Language.PL), Language.PL)
    assert [code.text for code in codes(copy)[0]] == ["WZ/2026/000123"]
