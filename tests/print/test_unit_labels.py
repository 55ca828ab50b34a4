"""Labels of units: read back by zxing's reader from the picture of the sheet, and where they should stand."""

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from print.unit_labels import label_sheets, unit_labels
from store.domain.papers import LabelCode, LabelFormat, LabelSheets, UnitLabel
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
    lefts = sorted(found.position.top_left.x / 3 for found in first)
    assert [int(left // (70 * mm)) for left in lefts] == [1, 2]
    assert all(found.position.top_left.y / 3 > A4[1] - 37 * mm for found in first)


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


@pytest.mark.parametrize("code", LabelCode)
def test_what_fields_say_stands_on_the_label_and_the_code_reads_back(code: LabelCode) -> None:
    values = ("Numer w sieci: BIURO-01", f"Uwagi: {LONG}")
    label = UnitLabel(name="Laptop Żółw 14", sku="NB-14", serial="LT000001", values=values)
    paper = unit_labels([label] * 24, code)
    assert texts(paper)[0].count("BIURO-01") == 24
    (page,) = pypdfium2.PdfDocument(paper)
    assert overlaps(list(words(page))) == []
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


@pytest.mark.parametrize("code", [LabelCode.QR, LabelCode.DATAMATRIX])
@pytest.mark.parametrize(("width", "height"), [(40, 20), (70, 37), (100, 60)])
def test_on_a_roll_each_label_is_a_page_of_its_size(code: LabelCode, width: int, height: int) -> None:
    form = LabelFormat(roll=True, width=width, height=height)
    paper = label_sheets(LabelSheets(labels=tuple(labels(3, gtin=GTIN, name=LONG)), code=code, format=form))
    document = pypdfium2.PdfDocument(paper)
    assert [(round(page.get_width() / mm), round(page.get_height() / mm)) for page in document] == 3 * [
        (width, height)
    ]
    assert [len(page) for page in codes(paper)] == [1, 1, 1]
    if code is LabelCode.DATAMATRIX:
        (first, *_others) = codes(paper)
        assert (first[0].text, first[0].symbology_identifier) == (f"(01){GTIN}(21)LT/000000", "]d2")


def test_a_sheet_can_be_cut_otherwise() -> None:
    form = LabelFormat(columns=4, rows=10, width=52, height=29)
    assert form.fits
    assert not LabelFormat(columns=4, rows=10, width=53, height=29).fits
    (first, second) = codes(unit_labels(labels(41), LabelCode.DATAMATRIX, form=form))
    assert (len(first), len(second)) == (40, 1)
