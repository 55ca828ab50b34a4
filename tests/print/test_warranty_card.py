"""The warranty card: what a reader of the PDF finds."""

from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from print.warranty_card import warranty_card
from store.domain.language import Language
from store.domain.papers import PaperParty, WarrantyCard, WarrantyLine, WarrantyTexts
from tests.print.papers import LONG, UNBROKEN, codes, overlaps, texts, words
from tui import speech


@pytest.fixture(autouse=True)
def _english() -> None:
    speech.speak(Language.EN)


def card(count: int, name: str = "Laptop 14", **options: str) -> WarrantyCard:
    line = WarrantyLine(
        name=name,
        sku="NB-14",
        months=24,
        until=date(2028, 11, 24),
        quantity=Decimal(count),
        serials=tuple(f"LT{number:06}" for number in range(count)),
    )
    return WarrantyCard(
        number="WZ/2026/000123",
        day=date(2026, 11, 24),
        guarantor=PaperParty(name="Hurtownia Żółw S.A.", tax_id="1234563218", address="ul. Krótka 1"),
        customer=PaperParty(name=name, address="ul. Świętokrzyska 14"),
        lines=(line, line),
        texts=dict.fromkeys(Language, WarrantyTexts(**options)),
    )


def test_what_stands_on_it() -> None:
    (page,) = texts(warranty_card(card(2, territory="Europa", conditions="Raz.\n\n<Dwa>."), Language.EN))
    for text in (
        "Warranty card", "WZ/2026/000123", "Warranty from: 2026-11-24", "Territory: Europa", "Guarantor",
        "Hurtownia Żółw S.A.", "Laptop 14", "LT000001", "24", "2028-11-24", "Raz.", "<Dwa>.",
        "the buyer has by law remedies", "page 1 of 1",
    ):  # fmt: skip
        assert text in page


def test_polish_and_a_statement_of_ones_own() -> None:
    (page,) = texts(warranty_card(card(1, statement="Nasze słowa."), Language.PL))
    assert "Karta gwarancyjna" in page
    assert "Nasze słowa." in page
    (page,) = texts(warranty_card(card(1), Language.PL))
    assert "gwarancja nie ma wpływu na te środki" in page.lower()


@pytest.mark.parametrize("count", [1, 50, 1000])
@pytest.mark.parametrize("name", [LONG, UNBROKEN])
def test_it_flows_and_nothing_overlaps(count: int, name: str) -> None:
    paper = warranty_card(card(count, name, conditions=f"{LONG}\n" * 60), Language.PL)
    serials = [word for page in texts(paper) for word in page.split() if word.startswith("LT0")]
    assert len(serials) == 2 * count
    assert [overlaps(list(words(page))) for page in pypdfium2.PdfDocument(paper)] == [[]] * len(texts(paper))


def test_the_number_reads_back() -> None:
    assert [code.text for code in codes(warranty_card(card(1), Language.PL))[0]] == ["WZ/2026/000123"]


def test_in_both_languages_each_has_its_pages() -> None:
    polish, english = texts(warranty_card(card(2, territory="UE"), Language.PL, Language.EN))
    assert "Karta gwarancyjna" in polish
    assert "strona 1 z 2" in polish
    assert "Warranty card" in english
    assert "page 2 of 2" in english
    assert "Gwarant" not in english
