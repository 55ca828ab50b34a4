"""The service protocol: what a reader of the PDF finds is right, whole and nowhere covered."""

from datetime import date
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4

from print.page import MARGIN
from print.service_protocol import service_protocol
from store.domain.costs import Borne, CostKind
from store.domain.language import Language
from store.domain.papers import PaperParty
from store.domain.repairs import Settlement
from store.domain.service_papers import ServiceCost, ServiceLine, ServiceProtocol
from store.domain.terms import Condition
from store.domain.warranty import WarrantyCause, WarrantyRule
from store.domain.warranty_told import WarrantyTold
from tests.print.loans import DAY, THEM, US
from tests.print.papers import LONG, UNBROKEN, codes, overlaps, texts, words
from tui import speech

BOTH = (Language.PL, Language.EN)
LABOUR = ServiceCost(
    serial="SN1", kind=CostKind.LABOUR, text="czyszczenie", hours=Decimal("1.5"), amount=Decimal("210.00"),
    currency="PLN", borne=Borne.CHARGED,
)  # fmt: skip
PARTS = ServiceCost(
    serial="SN1", kind=CostKind.PARTS, text="wentylator", hours=None, amount=Decimal("1040.50"),
    currency="PLN", borne=Borne.WARRANTY,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english() -> None:
    speech.speak(Language.EN)


def line(number: int, **fields: Any) -> ServiceLine:
    known: dict[str, Any] = {
        "name": "Laptop 14", "sku": "NB-14", "serial": f"SN{number}", "condition": Condition.USED,
        "fault": "nie włącza się", "accessories": "zasilacz, torba", "warranty_until": date(2028, 1, 31),
    }  # fmt: skip
    return ServiceLine(**(known | fields))


def protocol(*lines: ServiceLine, **fields: Any) -> ServiceProtocol:
    known: dict[str, Any] = {
        "number": "PS/2026/000012", "is_handout": False, "day": DAY, "place": "Serwis", "service": US,
        "customer": THEM, "lines": lines or (line(1),), "signed_by": "Grażyna Świątek",
    }  # fmt: skip
    return ServiceProtocol(**(known | fields))


def handout(**fields: Any) -> ServiceProtocol:
    done = line(1, since=date(2026, 11, 3), settlement=Settlement.MINOR, outcome="Wymieniony wentylator")
    known: dict[str, Any] = {"number": "WS/2026/000007", "is_handout": True, "costs": (LABOUR, PARTS)}
    return protocol(done, **(known | fields))


def test_an_intake_says_what_was_brought_and_what_is_wrong() -> None:
    (page,) = texts(service_protocol(protocol(), Language.EN))
    for said in (
        "Service intake protocol", "PS/2026/000012", "Odbiorca sp. z o.o.", "nie włącza się",
        "zasilacz, torba", "SN1", "2028-01-31", "Terms", "Received by", "Grażyna Świątek",
    ):  # fmt: skip
        assert said in page


def test_a_hand_out_says_what_came_of_it_and_what_is_to_be_paid() -> None:
    (page,) = texts(service_protocol(handout(), Language.PL))
    for said in (
        "Protokół wydania z serwisu", "WS/2026/000007", "2026-11-03", "Wymieniony", "Inna naprawa",
        "210,00 PLN", "Do zapłaty przez klienta: 210,00 PLN", "wentylator",
    ):  # fmt: skip
        assert said in page
    assert "Warunki" not in page


def test_a_hand_out_tells_the_new_warranty_and_why() -> None:
    told = WarrantyTold(
        serial="SN1", cause=WarrantyCause.PROLONGED, rule=WarrantyRule.LAW, settlement=Settlement.MINOR,
        was=date(2028, 1, 31), until=date(2028, 2, 9),
    )  # fmt: skip
    done = line(1, since=DAY, settlement=Settlement.MINOR, outcome="Wentylator", told=told)
    changed = ServiceProtocol(
        number="WS/2026/000007",
        is_handout=True,
        day=DAY,
        place="Serwis",
        service=US,
        customer=THEM,
        lines=(done,),
    )
    (page,) = texts(service_protocol(changed, Language.EN))
    assert "SN1: warranty until 2028-02-09 (was 2028-01-31): prolonged by 9 days without the unit" in page
    assert "art. 581" in page
    # Each language says it once, and by itself.
    (both,) = texts(service_protocol(changed, *BOTH))
    assert (both.count("2028-02-09"), both.count("art. 581")) == (2, 2)
    (unchanged,) = texts(service_protocol(handout(), Language.EN))
    assert "art. 581" not in unchanged


def test_both_languages_stand_on_one_sheet() -> None:
    (page,) = texts(service_protocol(protocol(), *BOTH))
    assert "Przyjęcia" in page or "przyjęcia" in page
    assert "Service intake protocol" in page


def test_long_texts_are_whole_and_nothing_overlaps() -> None:
    wide = line(
        0, name=LONG, sku="SKU" * 20, serial="S" * 128, fault=UNBROKEN, accessories=LONG, within="W" * 60
    )
    crowd = PaperParty(name=LONG, tax_id="1" * 20, address=UNBROKEN)
    made = service_protocol(protocol(*(line(n) for n in range(60)), wide, customer=crowd), *BOTH)
    for page in pypdfium2.PdfDocument(made):
        found = list(words(page))
        assert overlaps(found) == []
        assert [
            word for word in found
            if word.left < MARGIN - 1 or word.right > A4[0] - MARGIN + 1 or word.bottom < MARGIN - 4
        ] == []  # fmt: skip
    shown = " ".join(texts(made)).replace(" ", "")
    assert LONG.replace(" ", "") in shown
    assert shown.count("S") > 128


def test_its_barcode_opens_the_document() -> None:
    assert [[code.text for code in page] for page in codes(service_protocol(handout(), *BOTH))] == [
        ["WS/2026/000007"]
    ]
