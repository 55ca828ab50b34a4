"""The confirmation of a deal: what a reader of the PDF finds is right, and nothing overlaps."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from print.deal_confirmation import deal_confirmation
from store.domain.deal_papers import ConfirmedLine, DealConfirmation
from store.domain.language import Language
from store.domain.papers import PaperLanguage, PaperParty
from tests.print.papers import LONG, UNBROKEN, codes, overlaps, texts, words
from tui import speech


@pytest.fixture(autouse=True)
def _english() -> None:
    speech.speak(Language.EN)


def line(**fields: object) -> ConfirmedLine:
    known = {
        "name": "Laptop 14", "sku": "NB-14", "quantity": Decimal(3), "unit_price": Decimal("1234.5678"),
        "delivered": Decimal(1), "dropped": Decimal(0),
    }  # fmt: skip
    return ConfirmedLine(**(known | fields))  # type: ignore[arg-type]


DEAL = DealConfirmation(
    number="TR/2026/000007",
    day=date(2026, 11, 24),
    place="Magazyn główny",
    state="partly delivered",
    seller=PaperParty(name="Hurtownia Żółw S.A.", tax_id="1234563218", address="ul. Krótka 1\n00-001 Łódź"),
    customer=PaperParty(name="Odbiorca sp. z o.o.", tax_id="5260250274"),
    currency="PLN",
    lines=(
        line(),
        line(name="Kabel", sku="CB-2", quantity=Decimal("2.5"), unit_price=Decimal("10")),
        line(name="Torba", sku="T-1", unit_price=None, dropped=Decimal(2)),
    ),
    their_order="ZAM/77/2026",
    note="Dostawa <rano>",
    reason="Nie ma już",
    confirmed_by="Grażyna Świątek",
)
CROWDED = replace(
    DEAL,
    lines=tuple(
        line(name=name, sku="SKU" * 10, quantity=Decimal("9999999.125"), unit_price=Decimal("99999999.9999"),
             delivered=Decimal("9999998.125"), dropped=Decimal(1), note=LONG)
        for name in (LONG, UNBROKEN) * 20
    ),
)  # fmt: skip


def test_what_stands_on_it() -> None:
    (page,) = texts(deal_confirmation(DEAL, Language.EN))
    for text in (
        "Order confirmation (TR)", "Their order: ZAM/77/2026", "Delivery: partly delivered", "Seller",
        "Ordered by", "1,234.5678", "3,703.70", "Kabel", "2.5", "25.00", "to be agreed", "not delivered: 2",
        "Total", "3,728.70", "All prices are net.", "What has no price yet is not in the total.",
        "Dostawa <rano>", "Nie ma już", "Grażyna Świątek", "page 1 of 1",
    ):  # fmt: skip
        assert text in page
    (page,) = texts(deal_confirmation(DEAL, Language.PL))
    for text in (
        "Potwierdzenie zamówienia (TR)",
        "Zamawiający",
        "wydana częściowo",
        "3\N{NO-BREAK SPACE}728,70",
    ):
        assert " ".join(text.split()) in page


@pytest.mark.parametrize("language", PaperLanguage)
@pytest.mark.parametrize("deal", [DEAL, CROWDED])
def test_nothing_overlaps_and_the_number_reads_back(deal: DealConfirmation, language: PaperLanguage) -> None:
    paper = deal_confirmation(deal, *language.languages)
    for page in pypdfium2.PdfDocument(paper):
        assert overlaps(list(words(page))) == []
    assert [code.text for code in codes(paper)[0]] == ["TR/2026/000007"]
