"""Receipt, issue and transfer: what a reader of the PDF finds is right, and nothing overlaps."""

from dataclasses import replace
from decimal import Decimal

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4

from print.goods_note import goods_note
from print.page import MARGIN, on_letterhead
from store.domain.kinds import KINDS
from store.domain.language import Language
from store.domain.notes import NOTES
from store.domain.papers import (
    GoodsNote,
    Letterhead,
    PaperLanguage,
    PaperLine,
    PaperUnit,
    PaperWords,
)
from store.domain.terms import Condition, DocumentType
from tests.print.papers import LONG, UNBROKEN, codes, laptops, note, overlaps, texts, unit, words
from tui import speech


@pytest.fixture(autouse=True)
def _english() -> None:
    speech.speak(Language.EN)


CROWDED = note(
    laptops(4, name=LONG),
    PaperLine(name=UNBROKEN, sku="SKU" * 20, quantity=Decimal("2.5")),
    PaperLine(
        name="Drukarka",
        sku="PR-1",
        quantity=Decimal(4),
        units=(
            unit(1),
            unit(2, Condition.USED),
            PaperUnit(serial="S" * 150, condition=Condition.DAMAGED),
            unit(3),
        ),
    ),
    *(laptops(2, name=f"Laptop {number}") for number in range(40)),
    name=UNBROKEN,
)


def test_what_stands_on_an_issue() -> None:
    (page,) = texts(goods_note(note(laptops(2)), Language.EN))
    for text in (
        "Goods issue note (WZ)", "WZ/2026/000123", "Date: 2026-11-24", "Place: Magazyn główny",
        "Reference: ZAM/77/2026", "Hurtownia Żółw S.A.", "ul. Krótka 1", "00-001 Łódź", "1234563218",
        "Odbiorca sp. z o.o.", "ul. Świętokrzyska 14", "5260250274", "Laptop 14", "NB-14", "LT000000",
        "LT000001", "new", "Total", "Klient chce <mniej> & taniej", "Handed over by", "Grażyna Świątek",
        "Received by", "page 1 of 1",
    ):  # fmt: skip
        assert text in page


@pytest.mark.parametrize("count", [1, 50, 2000])
def test_every_unit_is_there_once_on_as_many_pages_as_it_takes(count: int) -> None:
    pages = texts(goods_note(note(laptops(count)), Language.EN))
    assert [page.count("Qty") for page in pages[:-1]] == [1] * (len(pages) - 1)
    assert [f"page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(
        pages
    )
    found = [word for page in pages for word in page.split() if word.startswith("LT0")]
    assert found == [f"LT{number:06}" for number in range(count)]


def test_two_thousand_products_are_all_there() -> None:
    lines = [laptops(1, name=f"Model-{number}") for number in range(2000)]
    pages = texts(goods_note(note(*lines), Language.EN))
    found = [word for page in pages for word in page.split() if word.startswith("Model-")]
    assert found == [line.name for line in lines]


@pytest.mark.parametrize("language", PaperLanguage)
@pytest.mark.parametrize("paper", [CROWDED, note(laptops(100))])
def test_nothing_overlaps_or_leaves_the_sheet(paper: GoodsNote, language: PaperLanguage) -> None:
    for page in pypdfium2.PdfDocument(goods_note(paper, *language.languages)):
        found = list(words(page))
        assert overlaps(found) == []
        outside = [
            word for word in found
            if word.left < MARGIN - 1 or word.right > A4[0] - MARGIN + 1 or word.bottom < MARGIN - 4
        ]  # fmt: skip
        assert outside == []


def test_long_names_are_there_whole() -> None:
    page = texts(goods_note(CROWDED, Language.EN))[0]
    assert LONG in page
    assert page.count("Ź") == 2 * len(UNBROKEN)
    assert "S" * 150 in page.replace(" ", "")


def test_conditions_are_told_apart_where_they_differ() -> None:
    page = texts(goods_note(CROWDED, Language.EN))[0]
    assert "LT000001 (new) LT000002 (used)" in page
    assert "new, used, damaged" in page


def test_the_signatures_never_stand_alone() -> None:
    for count in range(1, 130, 3):
        last = texts(goods_note(note(laptops(count)), Language.EN))[-1]
        assert "Total" in last
        assert "Received by" in last


def test_the_number_reads_back_from_the_first_page() -> None:
    (first, *others) = codes(goods_note(note(laptops(200)), Language.PL))
    assert [(code.text, str(code.format)) for code in first] == [("WZ/2026/000123", "Code 128")]
    assert others != []
    assert others == [[]] * len(others)


def test_a_long_number_still_reads() -> None:
    number = "WZ/MAG-01/2026/000123"
    (page,) = codes(goods_note(note(laptops(1), number=number), Language.PL))
    assert [code.text for code in page] == [number]


@pytest.mark.parametrize(
    ("type_", "english", "polish"),
    [
        (DocumentType.ISSUE, "Goods issue note (WZ)", "Wydanie zewnętrzne (WZ)"),
        (DocumentType.DELIVERY, "Goods receipt (PZ)", "Przyjęcie zewnętrzne (PZ)"),
        (DocumentType.TRANSFER, "Transfer note (MM)", "Przesunięcie międzymagazynowe (MM)"),
        (DocumentType.CONSIGNMENT, "Issue into consignment (WK)", "Wydanie w komis (WK)"),
        (DocumentType.CONSIGNMENT_RETURN, "Return from consignment (ZK)", "Zwrot z komisu (ZK)"),
        (DocumentType.SUPPLIER_RETURN, "Return to supplier (ZD)", "Zwrot do dostawcy (ZD)"),
        (DocumentType.BUYOUT, "Buy-out of a deposit (WD)", "Wykup z depozytu (WD)"),
    ],
)
def test_the_title_is_that_of_the_document_in_the_papers_own_language(
    type_: DocumentType, english: str, polish: str
) -> None:
    paper = note(laptops(1), PaperLine(name="Kabel", sku="CB", quantity=Decimal("2.5")), type_=type_)
    ((in_english,), (in_polish,)) = (
        texts(goods_note(paper, language)) for language in (Language.EN, Language.PL)
    )
    assert english in in_english
    assert "2.5" in in_english
    assert polish in in_polish
    assert "2,5" in in_polish
    assert "strona 1 z 1" in in_polish
    # The program itself went on in English.
    assert english in texts(goods_note(paper, Language.EN))[0]


@pytest.mark.parametrize("type_", NOTES)
def test_the_words_of_every_note_fit_its_head_in_both_languages(type_: DocumentType) -> None:
    paper = note(laptops(1), type_=type_, number=f"{KINDS[type_].series}/2026/000123")
    (page,) = texts(goods_note(paper, *PaperLanguage.BOTH.languages))
    assert "…" not in page
    assert f"({KINDS[type_].series}) / " in page


def test_the_company_calls_its_papers_as_it_likes() -> None:
    paper = note(laptops(1), type_=DocumentType.CONSIGNMENT)
    own = {
        ("WK", Language.PL): PaperWords(title="Wydanie do składu konsygnacyjnego", taker="Konsygnatariusz")
    }
    with on_letterhead(Letterhead(words=own)):
        (page,) = texts(goods_note(paper, *PaperLanguage.BOTH.languages))
        (other,) = texts(goods_note(note(laptops(1)), Language.PL))
    assert "Wydanie do składu konsygnacyjnego / Issue into consignment (WK)" in page
    assert "Konsygnatariusz / Consignee" in page
    assert "Komitent / Consignor" in page
    assert "Wydanie zewnętrzne (WZ)" in other


def test_both_languages_stand_beside_each_other_on_one_paper() -> None:
    paper = note(laptops(1), PaperLine(name="Kabel", sku="CB", quantity=Decimal("2.5")))
    (page,) = texts(goods_note(paper, *PaperLanguage.BOTH.languages))
    for text in (
        "Wydanie zewnętrzne (WZ) / Goods issue note (WZ)", "Odbiorca / Recipient",
        "Wydał(a) / Handed over by", "strona 1 z 1 / page 1 of 1", "2,5", "nowy / new",
    ):  # fmt: skip
        assert text in page


def test_a_number_that_no_barcode_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="ASCII"):
        goods_note(replace(CROWDED, number="WZ/ŁÓDŹ/1"), Language.EN)


def test_the_same_note_is_the_same_file() -> None:
    assert goods_note(CROWDED, Language.PL) == goods_note(CROWDED, Language.PL)
