"""The protocol of a stocktake: everything is on it, whole, and nowhere covered."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4

from print.page import MARGIN
from print.stocktake_protocol import stocktake_protocol
from store.domain.count_papers import CountLine, CountRow, StocktakeProtocol
from store.domain.language import Language
from store.domain.papers import PaperParty
from store.domain.stocktake import DifferenceKind
from tests.print.papers import LONG, UNBROKEN, codes, overlaps, texts, words
from tui import speech


@pytest.fixture(autouse=True)
def _english() -> None:
    speech.speak(Language.EN)


def protocol(*rows: CountRow, lines: int = 2) -> StocktakeProtocol:
    at = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
    return StocktakeProtocol(
        number="INW/2026/000007",
        day=date(2026, 11, 24),
        company=PaperParty(name="Hurtownia Żółw S.A.", tax_id="1234563218"),
        place="Magazyn główny",
        begun_at=at,
        posted_at=at,
        lines=tuple(
            CountLine(name=f"Laptop {number}", sku="NB-14", on_record=Decimal(12), counted=Decimal("10.5"))
            for number in range(lines)
        ),
        rows=rows,
        counters=("Grażyna Świątek", "Jan Kos"),
        posted_by="Kierownik",
    )


def row(serial: str = "LT000001", **more: str) -> CountRow:
    facts = {"name": "Laptop 14", "sku": "NB-14", "where": "", "reason": "Lost", **more}
    return CountRow(serial=serial, quantity=Decimal(1), kind=DifferenceKind.MISSING, **facts)  # type: ignore[arg-type]


def test_what_was_counted_and_what_differs_stands_on_it() -> None:
    (page,) = texts(stocktake_protocol(protocol(row()), Language.EN))
    for part in (
        "Stocktake protocol", "INW/2026/000007", "Magazyn główny", "Grażyna Świątek, Jan Kos",
        "NB-14 12 10.5 -1.5", "LT000001 1 missing Lost", "Approved by Kierownik",
    ):  # fmt: skip
        assert part in page


def test_a_count_without_differences_says_so_in_polish() -> None:
    (page,) = texts(stocktake_protocol(protocol(), Language.PL))
    assert "Protokół inwentaryzacji" in page
    assert "Brak: wszystko zgadza się z ewidencją." in page


def test_long_names_and_many_pieces_flow_over_pages_and_nothing_overlaps() -> None:
    rows = [row(f"LT{number:06}") for number in range(120)]
    paper = stocktake_protocol(
        protocol(*rows, row("S" * 128, name=LONG, where=LONG, reason=UNBROKEN), lines=70),
        Language.PL, Language.EN,
    )  # fmt: skip
    pages = pypdfium2.PdfDocument(paper)
    assert len(pages) > 4
    for page in pages:
        found = list(words(page))
        assert overlaps(found) == []
        assert [word for word in found if word.right > A4[0] - MARGIN + 1 or word.left < MARGIN - 1] == []
    shown = " ".join(texts(paper))
    assert all(f"LT{number:06}" in shown for number in range(120))


def test_its_barcode_is_the_number_of_the_document() -> None:
    ((code,),) = codes(stocktake_protocol(protocol(row()), Language.PL))
    assert code.text == "INW/2026/000007"
