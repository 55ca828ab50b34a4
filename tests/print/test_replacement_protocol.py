"""The replacement protocol: which unit for which, why, and until when the new one has a warranty."""

from datetime import date
from typing import Any

import pypdfium2
import pytest

from print.replacement_protocol import replacement_protocol
from store.domain.language import Language
from store.domain.papers import PaperParty
from store.domain.service_papers import ReplacementProtocol, SwappedUnit
from store.domain.terms import Condition
from store.domain.warranty import WarrantyCause, WarrantyRule
from store.domain.warranty_told import WarrantyTold
from tests.print.loans import DAY, THEM, US
from tests.print.papers import LONG, UNBROKEN, codes, overlaps, texts, words
from tui import speech

BOTH = (Language.PL, Language.EN)
TOLD = WarrantyTold(
    serial="SN2", cause=WarrantyCause.ANEW, rule=WarrantyRule.LAW, was=date(2027, 3, 1),
    begins=date(2026, 12, 1), until=date(2028, 12, 1),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english() -> None:
    speech.speak(Language.EN)


def swapped(serial: str, **fields: Any) -> SwappedUnit:
    known: dict[str, Any] = {
        "name": "Laptop 14",
        "sku": "NB-14",
        "serial": serial,
        "condition": Condition.USED,
    }
    return SwappedUnit(**(known | fields))


def protocol(**fields: Any) -> ReplacementProtocol:
    known: dict[str, Any] = {
        "number": "WR/2026/000003", "day": DAY, "place": "Serwis", "service": US, "customer": THEM,
        "old": swapped("SN1"), "new": swapped("SN2", condition=Condition.NEW), "complaint": "nie włącza się",
        "reason": "Wada płyty", "told": TOLD, "signed_by": "Grażyna Świątek",
    }  # fmt: skip
    return ReplacementProtocol(**(known | fields))


def test_it_says_what_for_what_why_and_until_when() -> None:
    (page,) = texts(replacement_protocol(protocol(), Language.EN))
    for said in (
        "Replacement protocol", "WR/2026/000003", "Taken back", "SN1", "Given for it", "SN2",
        "nie włącza się", "Wada płyty", "2028-12-01", "was 2027-03-01", "art. 581", "Handed over by",
        "Grażyna Świątek", "Received by", "The customer has received",
    ):  # fmt: skip
        assert said in page


def test_each_language_says_the_warranty_by_itself() -> None:
    (page,) = texts(replacement_protocol(protocol(), *BOTH))
    assert (page.count("2027-03-01"), page.count("art. 581")) == (2, 2)


def test_of_a_rental_it_says_that_the_rental_goes_on() -> None:
    lent = protocol(rental="WYP/2026/000001", due=date(2026, 12, 24), told=None, complaint="")
    (page,) = texts(replacement_protocol(lent, Language.PL))
    for said in ("Protokół wymiany", "WYP/2026/000001", "2026-12-24", "Wypożyczenie trwa dalej"):
        assert said in page
    assert "Gwarancja" not in page


def test_long_texts_are_whole_and_nothing_overlaps() -> None:
    crowd = PaperParty(name=LONG, tax_id="1" * 20, address=UNBROKEN)
    wide = swapped("S" * 128, name=LONG, sku="SKU" * 20)
    made = replacement_protocol(
        protocol(old=wide, new=wide, customer=crowd, complaint=LONG, reason=UNBROKEN), *BOTH
    )
    for page in pypdfium2.PdfDocument(made):
        assert overlaps(list(words(page))) == []
    assert texts(made)[0].replace(" ", "").count("S") > 200


def test_its_barcode_opens_the_document() -> None:
    assert [[code.text for code in page] for page in codes(replacement_protocol(protocol(), *BOTH))] == [
        ["WR/2026/000003"]
    ]
