"""Papers of lending: what a reader of the PDF finds is right, whole and nowhere covered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4

from print.holdings_list import holdings_list
from print.page import MARGIN
from print.rental_protocol import rental_protocol
from print.return_protocol import return_protocol
from print.unreturned_list import unreturned_list
from store.domain.language import Language
from store.domain.loan_papers import BackFrom, BackLine, HeldLine, LentLine, OutLine, OutWith
from store.domain.loans import BackAs, Deposit
from store.domain.papers import PaperParty
from store.domain.terms import Condition, Terms
from tests.print.loans import CABLE, DAY, NUMBER, THEM, back, holdings, rental, serial, unreturned
from tests.print.papers import LONG, UNBROKEN, codes, overlaps, texts, words
from tui import speech

BOTH = (Language.PL, Language.EN)
WIDE: dict[str, Any] = {"name": LONG, "sku": "SKU" * 20, "serial": "S" * 128}
CROWD = PaperParty(name=LONG, tax_id="1" * 20, address=UNBROKEN)


@pytest.fixture(autouse=True)
def _english() -> None:
    speech.speak(Language.EN)


def crowded_rental() -> bytes:
    further = [LentLine(**WIDE, accessories=UNBROKEN), LentLine(name=UNBROKEN, sku="x"), LentLine(**CABLE)]
    paper = rental(
        70, *further, borrower=CROWD, purpose=LONG, terms=dict.fromkeys(Language, f"{LONG}\n{UNBROKEN}")
    )
    return rental_protocol(paper, *BOTH)


def crowded_return() -> bytes:
    lines = (BackLine(**WIDE, rental=NUMBER, condition=Condition.DAMAGED, note=LONG), BackLine(**CABLE))
    return return_protocol(back(70, BackFrom(party=CROWD, lines=lines), lines=lines), *BOTH)


def crowded_holdings() -> bytes:
    lines = [HeldLine(**WIDE, terms=Terms.CONSIGNED), HeldLine(**CABLE, terms=Terms.SOLD)]
    return holdings_list(holdings(70, *lines, customer=CROWD, code="K" * 15), *BOTH)


def crowded_unreturned() -> bytes:
    lines = (OutLine(**WIDE, value=Decimal("1234567.89"), days_late=12345), OutLine(**CABLE))
    with_all = OutWith(code="Ź" * 30, name=LONG, lines=lines * 3)
    found = unreturned(9, 7, with_all, OutWith(code="C" * 60, name=UNBROKEN, lines=lines[:1]), selection=LONG)
    return unreturned_list(found, *BOTH)


@pytest.mark.parametrize("make", [crowded_rental, crowded_return, crowded_holdings, crowded_unreturned])
def test_nothing_overlaps_or_leaves_the_sheet(make: Callable[[], bytes]) -> None:
    for page in pypdfium2.PdfDocument(make()):
        found = list(words(page))
        assert overlaps(found) == []
        assert [
            word for word in found
            if word.left < MARGIN - 1 or word.right > A4[0] - MARGIN + 1 or word.bottom < MARGIN - 4
        ] == []  # fmt: skip


@pytest.mark.parametrize("make", [crowded_rental, crowded_return, crowded_holdings, crowded_unreturned])
def test_long_texts_are_there_whole(make: Callable[[], bytes]) -> None:
    shown = " ".join(texts(make())).replace(" ", "")
    assert LONG.replace(" ", "") in shown
    assert "S" * 128 in shown or shown.count("S") > 128
    assert shown.count("Ź") >= 30


def test_what_stands_on_a_rental_protocol() -> None:
    (page,) = texts(rental_protocol(rental(2, LentLine(**CABLE)), Language.EN))
    for text in (
        "Rental protocol", NUMBER, "Date: 2026-11-24", "Place: Magazyn główny", "Due back: 2026-12-08",
        "Lender",
        "Hurtownia Żółw S.A.", "1234563218", "Borrower", "Odbiorca sp. z o.o.", "5260250274",
        "No. Name Model Serial Qty U.M. Condition Accessories",
        "1 Laptop 14 NB-14 LT000000 1 pcs. used zasilacz, torba", "3 Kabel CB-2 2.5 pcs. Total 4.5 pcs.",
        "Purpose: targi <b> & wystawa", "Deposit: 1,500.00 PLN", "Rate for a day: 12.50 PLN",
        "not given to others without the lender's consent", "Handed over by", "Grażyna Świątek",
        "Received by",
        "date and signature", "page 1 of 1",
    ):  # fmt: skip
        assert text in page
    assert "To be asked again" not in page


def test_an_open_ended_rental_says_when_we_ask_again() -> None:
    (page,) = texts(
        rental_protocol(rental(1, due=None, ask_again=DAY + timedelta(days=90), deposit=None), Language.PL)
    )
    assert "Zwrot do: bezterminowo" in page
    assert "2027-02-22" in page
    assert "Kaucja" not in page


def test_the_companys_own_terms_go_before_the_programs() -> None:
    own = rental(1, terms={Language.PL: "Raz.\n\n<Dwa>."})
    (polish,) = texts(rental_protocol(own, Language.PL))
    assert "Warunki Raz. <Dwa>. Wydał" in polish
    assert "niepogorszonym" not in polish
    (both,) = texts(rental_protocol(own, *BOTH))
    assert "<Dwa>." in both
    assert "not worsened" in both


def test_both_languages_stand_on_one_protocol() -> None:
    (page,) = texts(rental_protocol(rental(1), *BOTH))
    for text in (
        "Protokół wypożyczenia / Rental protocol",
        "Biorący / Borrower",
        "1\N{NO-BREAK SPACE}500,00",
    ):
        assert text.replace("\N{NO-BREAK SPACE}", " ") in page
    assert "niepogorszonym" in page
    assert "not worsened" in page


def test_what_stands_on_a_return_protocol() -> None:
    (page,) = texts(return_protocol(back(3), Language.EN))
    for text in (
        "Return protocol", "ZW/2026/000007", "Returned by", "Odbiorca sp. z o.o.", "Received by",
        f"2 Laptop 14 NB-14 LT000001 1 {NUMBER} 2026-11-24 1 day used zasilacz brak torby",
        f"3 Laptop 14 NB-14 LT000002 1 {NUMBER} 2026-11-24 2 days used zasilacz", "Total 3",
        "Zwrócono w kartonie", "Grażyna Świątek",
    ):  # fmt: skip
        assert text in page


def test_a_return_protocol_says_which_deposit_is_given_back() -> None:
    deposit = Deposit(number=NUMBER, party_name="Odbiorca", amount=Decimal(1500))
    paper = back(1)
    giver = replace(paper.givers[0], deposits=(deposit,))
    (page,) = texts(return_protocol(replace(paper, givers=(giver,)), Language.EN))
    assert f"Deposit to be given back: {NUMBER}: 1,500.00 PLN" in page


def test_a_sold_unit_on_a_return_protocol_says_why_it_comes_back() -> None:
    line = BackLine(name="Mysz", sku="M-1", serial="M1", back_as=BackAs.COMPLAINT, condition=Condition.USED)
    (page,) = texts(return_protocol(back(1, lines=(line,)), Language.EN))
    assert "2 Mysz M-1 M1 1 complaint used" in page


def test_each_who_gave_something_back_has_pages_to_sign() -> None:
    other = BackFrom(party=PaperParty(name="Inny S.A."), lines=(BackLine(name="Mysz", sku="M", serial="M1"),))
    paper = return_protocol(back(60, other), Language.EN)
    pages = texts(paper)
    assert "Inny S.A." in pages[-1]
    assert "LT0" not in pages[-1]
    assert "Inny" not in "".join(pages[:-1])
    assert "Total 60" in pages[-2]
    assert sum(page.count("date and signature") for page in pages) == 4
    read = [[code.text for code in page] for page in codes(paper)]
    assert read[0] == read[-1] == ["ZW/2026/000007"]


def test_what_stands_on_a_holdings_list() -> None:
    (page,) = texts(holdings_list(holdings(3, HeldLine(**CABLE, terms=Terms.SOLD)), Language.EN))
    for text in (
        "Holdings list", "K-0042", "As of: 2026-11-24", "Odbiorca sp. z o.o.",
        f"2 Laptop 14 NB-14 LT000001 1 rented 2026-11-24 2026-11-24 {NUMBER}", "Total 5.5",
        "sold: 4.5", "rented: 1",
    ):  # fmt: skip
        assert text in page
    assert "Ż-1" in texts(holdings_list(holdings(1, code="Ż-1"), Language.EN))[0]


def test_what_stands_on_an_unreturned_list() -> None:
    (page,) = texts(unreturned_list(unreturned(2, 3, selection="after their day"), Language.EN))
    for text in (
        "Unreturned units", "As of: 2026-11-24", "Selection: after their day", "Customers: 2",
        "Odbiorca 0 (K-0000)",
        f"1 Laptop 14 LT000000 1 {NUMBER} 2026-11-24 open-ended 1,234.50",
        f"3 Laptop 14 LT000002 1 {NUMBER} 2026-11-24 2026-11-24 2 1,234.50", "Together 3 3,703.50",
        "Total 6 7,407.00", "of it overdue 4 4,938.00",
    ):  # fmt: skip
        assert text in page


def test_the_head_of_a_customer_stays_with_what_they_have() -> None:
    for count in range(1, 60, 4):
        pages = texts(unreturned_list(unreturned(count, 2), Language.EN))
        for page in pages:
            last = page.split(" page ")[0]
            assert not last.endswith(")"), last[-80:]
            assert "late Value (PLN) Together" not in page


@pytest.mark.parametrize("count", [1, 30, 2000])
@pytest.mark.parametrize(
    "make",
    [
        lambda count: rental_protocol(rental(count), Language.PL),
        lambda count: return_protocol(back(count), Language.PL),
        lambda count: holdings_list(holdings(count), Language.PL),
        lambda count: unreturned_list(unreturned(max(count // 10, 1), min(count, 10)), Language.PL),
    ],
    ids=["rental", "return", "holdings", "unreturned"],
)
def test_every_unit_is_there_once_under_a_repeated_head(make: Callable[[int], bytes], count: int) -> None:
    pages = texts(make(count))
    found = [word for page in pages for word in page.split() if word.startswith("LT0")]
    assert found == [serial(number) for number in range(count)]
    assert all("Lp." in page for page in pages if "LT0" in page)
    assert all(f"strona {number} z {len(pages)}" in page for number, page in enumerate(pages, 1))


@pytest.mark.parametrize("make", [lambda n: rental_protocol(rental(n), Language.PL),
                                  lambda n: return_protocol(back(n), Language.PL)])  # fmt: skip
def test_the_signatures_never_stand_alone(make: Callable[[int], bytes]) -> None:
    for count in range(1, 90, 3):
        last = texts(make(count))[-1]
        assert "data i podpis" in last
        assert "Razem" in last or "niepogorszonym" in last


def test_the_papers_read_back_by_their_barcode() -> None:
    for paper, code in (
        (rental_protocol(rental(1), *BOTH), NUMBER),
        (return_protocol(back(1), *BOTH), "ZW/2026/000007"),
        (holdings_list(holdings(1), *BOTH), "K-0042"),
    ):
        ((read,),) = codes(paper)
        assert (read.text, str(read.format)) == (code, "Code 128")
    (page,) = codes(unreturned_list(unreturned(3, 1), *BOTH))
    assert {read.text for read in page} == {"K-0000", "K-0001", "K-0002"}


def test_a_number_that_no_barcode_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="ASCII"):
        rental_protocol(rental(1, number="WYP/ŁÓDŹ/1"), Language.PL)


def test_the_same_record_is_the_same_file() -> None:
    assert rental_protocol(rental(3, borrower=THEM), *BOTH) == rental_protocol(
        rental(3, borrower=THEM), *BOTH
    )
