"""What a text means, as a table: raw read, then text, AIM identifier and GS1 content."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanners.symbology import gtin_of, to_scan
from store.domain.errors import RefusalCode, RefusedError
from store.domain.scan import MAX_LENGTH, Gs1Item, Scan, Source

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
GTIN = "05901234123457"
FULL = Gs1Item(gtin=GTIN, serial="SER1", lot="LOT7")
UNIT = Gs1Item(gtin=GTIN, serial="SER1")
MODEL = Gs1Item(gtin=GTIN)


def scan(raw: str) -> Scan:
    return to_scan(raw, source=Source.DEVICE, at=AT, device="bench")


@pytest.mark.parametrize(
    ("raw", "text", "symbology", "gs1"),
    [
        ("]C101" + GTIN + "21SER1", "01" + GTIN + "21SER1", "]C1", UNIT),
        ("]d201" + GTIN + "10LOT7\x1d21SER1", "01" + GTIN + "10LOT7\x1d21SER1", "]d2", FULL),
        ("]Q301" + GTIN + "21SER1\x1d10LOT7", "01" + GTIN + "21SER1\x1d10LOT7", "]Q3", FULL),
        ("]J101" + GTIN + "21SER1", "01" + GTIN + "21SER1", "]J1", UNIT),
        ("]e001" + GTIN, "01" + GTIN, "]e0", MODEL),
        ("]d201" + GTIN + "1700000021SER1", "01" + GTIN + "1700000021SER1", "]d2", UNIT),
        ("]d2\x1d01" + GTIN + "21SER1", "\x1d01" + GTIN + "21SER1", "]d2", UNIT),
        ("]E05901234123457", "5901234123457", "]E0", MODEL),
        ("]E359012341234570512", "59012341234570512", "]E3", MODEL),
        ("]E496385074", "96385074", "]E4", Gs1Item(gtin="00000096385074")),
        ("]E05901234123450", "5901234123450", "]E0", None),
        ("01" + GTIN + "21SER1", "01" + GTIN + "21SER1", None, UNIT),
        ("\x1d01" + GTIN + "21SER1", "\x1d01" + GTIN + "21SER1", None, UNIT),
        ("0105901234123450" + "21SER1", "010590123412345021SER1", None, None),
        ("]C1SER1", "SER1", "]C1", None),
        ("https://id.gs1.org/01/" + GTIN + "/21/SER1", None, None, UNIT),
        ("]Q1https://shop.example/x/01/5901234123457?21=SER1", "https://shop.example/x/01/5901234123457?21=SER1",
         "]Q1", UNIT),
        ("https://shop.example/manual", None, None, None),
        ("]A0ABC-123", "ABC-123", "]A0", None),
        ("]C0" + "5901234123457", "5901234123457", "]C0", None),
        ("5901234123457", None, None, None),
        # An ISBN would parse as application identifier 97.
        ("9788324631766", None, None, None),
        ("]W0SER1", None, None, None),
        ("]A0", None, None, None),
        (" SER 1 ", None, None, None),
    ],
)  # fmt: skip
def test_a_text_is_read_as_what_it_proves_to_be(
    raw: str, text: str | None, symbology: str | None, gs1: Gs1Item | None
) -> None:
    expected = Scan(
        text=raw if text is None else text, raw=raw, source=Source.DEVICE, at=AT,
        symbology=symbology, gs1=gs1, device="bench",
    )  # fmt: skip
    assert scan(raw) == expected


@pytest.mark.parametrize("aim", ["]C1", "]d2", ""])
@pytest.mark.parametrize("fields", ["10LOT721SER1", "21SER110LOT7", "21SER11726123110007"])
def test_lot_and_serial_without_a_separator_are_refused(aim: str, fields: str) -> None:
    raw = f"{aim}01{GTIN}{fields}"
    with pytest.raises(RefusedError) as refused:
        scan(raw)
    assert refused.value.refusal.code is RefusalCode.AMBIGUOUS_GS1


@pytest.mark.parametrize("serial", ["1012345678", "SN1001", "5521100017", "2110", "SER1172612310042"])
def test_a_serial_that_only_looks_like_another_field_is_taken(serial: str) -> None:
    item = scan(f"]C101{GTIN}21{serial}").gs1
    assert item == Gs1Item(gtin=GTIN, serial=serial)


def test_a_separator_anywhere_proves_that_the_scanner_sends_them() -> None:
    item = scan(f"]d201{GTIN}10LOT21A\x1d240X").gs1
    assert item == Gs1Item(gtin=GTIN, lot="LOT21A")


@pytest.mark.parametrize(("raw", "code"), [
    ("", RefusalCode.EMPTY), ("  \t", RefusalCode.EMPTY), ("x" * (MAX_LENGTH + 1), RefusalCode.TOO_LONG),
])  # fmt: skip
def test_nothing_and_too_much_are_refused(raw: str, code: RefusalCode) -> None:
    with pytest.raises(RefusedError) as refused:
        scan(raw)
    assert refused.value.refusal.code is code


@pytest.mark.parametrize("text", ["96385074", "590123412345", "036000291452", "5901234123457", GTIN])
def test_gtins_of_every_length_compare_equal_in_fourteen_digits(text: str) -> None:
    expected = text.zfill(14) if text != "590123412345" else None
    assert gtin_of(text) == expected


@given(st.text(max_size=60))
def test_any_text_gives_a_scan_that_keeps_it_or_a_typed_refusal(raw: str) -> None:
    try:
        result = scan(raw)
    except RefusedError:
        return
    assert result.raw == raw
    assert raw == (result.symbology or "") + result.text
