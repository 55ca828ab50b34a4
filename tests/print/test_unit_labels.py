"""Labels of units: read back by zxing's reader from the picture of the sheet, and where they should stand."""

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from print.unit_labels import LabelSheet, unit_labels
from store.domain.papers import LabelCode, UnitLabel
from tests.print.papers import LONG, codes, overlaps, texts, words

GTIN = "05901234123457"


def labels(count: int, **options: str) -> list[UnitLabel]:
    fields = {"name": "Laptop Żółw 14", "sku": "NB-14"} | options
    return [UnitLabel(serial=f"LT/{number:06}", **fields) for number in range(count)]


@pytest.mark.parametrize(
    ("code", "gtin", "text", "symbology"),
    [
        (LabelCode.CODE128, GTIN, "LT/{:06}", "]C0"),
        (LabelCode.QR, GTIN, "LT/{:06}", "]Q1"),
        (LabelCode.DATAMATRIX, GTIN, "(01)05901234123457(21)LT/{:06}", "]d2"),
        (LabelCode.DATAMATRIX, "", "LT/{:06}", "]d1"),
    ],
)
def test_every_label_reads_back(code: LabelCode, gtin: str, text: str, symbology: str) -> None:
    pages = codes(unit_labels(labels(30, gtin=gtin), code))
    assert [len(page) for page in pages] == [24, 6]
    read = {(found.text, found.symbology_identifier) for page in pages for found in page}
    assert read == {(text.format(number), symbology) for number in range(30)}


def test_a_used_sheet_is_used_up() -> None:
    (first, second) = codes(unit_labels(labels(3), LabelCode.QR, start=23))
    assert (len(first), len(second)) == (2, 1)
    sheet = LabelSheet()
    lefts = sorted(found.position.top_left.x / 3 for found in first)
    assert [int(left // sheet.width) for left in lefts] == [1, 2]
    assert all(found.position.top_left.y / 3 > A4[1] - sheet.height for found in first)


@pytest.mark.parametrize("code", LabelCode)
def test_long_names_stay_on_their_label(code: LabelCode) -> None:
    paper = unit_labels(labels(24, name=LONG), code)
    assert LONG[:20] in texts(paper)[0]
    (page,) = pypdfium2.PdfDocument(paper)
    found = list(words(page))
    assert overlaps(found) == []
    for word in found:
        assert word.left % (70 * mm) < word.right % (70 * mm)
    assert len(codes(paper)[0]) == 24


@pytest.mark.parametrize("serial", ["Ż1", "S" * 60])
def test_what_a_bar_code_cannot_hold_is_refused_but_a_matrix_holds_it(serial: str) -> None:
    label = UnitLabel(name="x", sku="x", serial=serial, gtin=GTIN)
    with pytest.raises(ValueError, match=serial):
        unit_labels([label], LabelCode.CODE128)
    for code in (LabelCode.QR, LabelCode.DATAMATRIX):
        ((found,),) = codes(unit_labels([label], code))
        assert found.text == serial


@pytest.mark.parametrize("start", [0, 25])
def test_a_place_that_no_sheet_has_is_refused(start: int) -> None:
    with pytest.raises(ValueError, match="24"):
        unit_labels(labels(1), LabelCode.QR, start=start)
